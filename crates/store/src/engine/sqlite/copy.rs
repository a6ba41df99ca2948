//! A copy of the whole database while it is in use: one reading transaction, which keeps no writer waiting. And what a
//! copy needs before it lives on: ids that the original gave meanwhile are left out.
//! Where copies go and what is packed with them is the server's business.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::connection::Opener;
use super::errors::translate;
use crate::StoreError;
use crate::engine::options::IDS_SKIPPED;

/// Copies into a new file (0600). An unfinished one is removed.
pub(super) fn copy(opener: &Opener, file: &Path) -> Result<(), StoreError> {
    let shown = file.display();
    let Some(path) = file.to_str() else { return Err(StoreError::broken(format!("{shown} is no name for a copy"))) };
    // SQLite fills an empty file, and would make one that others may read.
    let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    made.map_err(|error| StoreError::broken(format!("cannot write {shown}: {error}")))?;
    let copied = opener.for_copy().and_then(|connection| {
        let filled = connection.execute("VACUUM INTO ?1", [path]);
        filled.map(drop).map_err(|error| translate(&connection, "VACUUM INTO", &error))
    });
    if copied.is_err()
        && let Err(error) = fs::remove_file(file)
    {
        tracing::warn!(%error, "an unfinished copy of the database stays: {shown}");
    }
    copied
}

/// Every identity goes on behind the ids that somebody may have seen, also of tables that were empty.
pub(super) fn skip_ids(opener: &Opener) -> Result<(), StoreError> {
    let connection = opener.writer()?;
    let text = format!(
        "BEGIN IMMEDIATE;
         INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_master
           WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence);
         UPDATE sqlite_sequence SET seq = seq + {IDS_SKIPPED};
         COMMIT;"
    );
    connection.execute_batch(&text).map_err(|error| translate(&connection, "sqlite_sequence", &error))
}
