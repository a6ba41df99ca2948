//! A copy of the whole database while it is in use: one reading transaction, which keeps no writer waiting.
//! Where copies go and what is packed with them is the server's business.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::connection::Opener;
use super::errors::translate;
use crate::StoreError;

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
