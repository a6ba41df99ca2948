//! Opening SQLite connections: the file and its rights, and the settings of each connection.
//! The schema is brought up to date elsewhere.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::errors::translate;
use crate::StoreError;

/// Prepared statements kept per connection; there are fewer in the program.
const STATEMENTS_MAX: usize = 256;

/// Pause between attempts where SQLite does not wait by itself.
const RETRY_PAUSE: Duration = Duration::from_millis(10);

/// Settings of every connection. No memory mapping: an I/O error would kill the process instead of failing a write.
const EVERY_CONNECTION: &str = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;";

/// Settings of the writer. Its cache takes at most 8 MiB, a checkpoint comes every 16 MiB or so, and the log's file is
/// cut back to 64 MiB after a great transaction.
const WRITER: &str = "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4000; \
                      PRAGMA journal_size_limit = 67108864;";

/// Settings of a reader: at most 2 MiB of cache.
const READER: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -2048;";

/// How connections to one file are opened.
#[derive(Debug, Clone)]
pub(super) struct Opener {
    pub(super) file: PathBuf,
    pub(super) busy_timeout: Duration,
}

impl Opener {
    /// The first connection: makes the file and its directory where absent.
    pub(super) fn first(&self) -> Result<Connection, StoreError> {
        make_file(&self.file)?;
        self.writer()
    }

    /// A connection that may write.
    pub(super) fn writer(&self) -> Result<Connection, StoreError> {
        let connection = self.open(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        self.set_wal(&connection)?;
        settings(&connection, WRITER)?;
        Ok(connection)
    }

    /// A connection that cannot write.
    pub(super) fn reader(&self) -> Result<Connection, StoreError> {
        let connection = self.open(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        settings(&connection, READER)?;
        Ok(connection)
    }

    /// A connection for copying: it writes nothing here, and may write elsewhere.
    pub(super) fn for_copy(&self) -> Result<Connection, StoreError> {
        self.open(OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn open(&self, flags: OpenFlags) -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(&self.file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|error| StoreError::broken(format!("cannot open {}: {error}", self.file.display())))?;
        connection.busy_timeout(self.busy_timeout).map_err(|error| translate(&connection, "open", &error))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        // Plans do not depend on parameters: SQLite would otherwise prepare anew, at each use, every statement that
        // compares with a parameter or is limited by one.
        let stable = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
        stable.map_err(|error| translate(&connection, "open", &error))?;
        settings(&connection, EVERY_CONNECTION)?;
        Ok(connection)
    }

    /// SQLite refuses this at once, without its usual waiting, while another process opens the same new file.
    fn set_wal(&self, connection: &Connection) -> Result<(), StoreError> {
        let deadline = Instant::now() + self.busy_timeout;
        loop {
            match connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
                Ok(mode) if mode == "wal" => return Ok(()),
                Ok(mode) => {
                    let sentence = format!("{} cannot have a write-ahead log (it stays in mode {mode})", self.file.display());
                    return Err(StoreError::broken(sentence));
                }
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < deadline => {
                    std::thread::sleep(RETRY_PAUSE);
                }
                Err(error) => return Err(translate(connection, "PRAGMA journal_mode", &error)),
            }
        }
    }
}

fn settings(connection: &Connection, pragmas: &'static str) -> Result<(), StoreError> {
    connection.execute_batch(pragmas).map_err(|error| translate(connection, "settings", &error))
}

/// Makes the file (0600) and its directory (0700) where absent: nobody else on the machine reads a chat.
fn make_file(file: &Path) -> Result<(), StoreError> {
    let directory = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let refused = |what: &Path, error: &io::Error| StoreError::broken(format!("cannot write {}: {error}", what.display()));
    if !directory.is_dir() {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(directory);
        made.map_err(|error| refused(directory, &error))?;
    }
    let opened = fs::OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(file);
    opened.map(drop).map_err(|error| refused(file, &error))
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_statement_is_prepared_once_whatever_its_parameters_are() {
        let file = std::env::temp_dir().join(format!("frontdesk-prepared-{}.db", std::process::id()));
        let opener = Opener { file: file.clone(), busy_timeout: Duration::from_secs(1) };
        let connection = opener.first().unwrap();
        connection.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b BIGINT, c TEXT)").unwrap();
        let text = "SELECT a FROM t WHERE a = ?1 AND b = ?2 AND c = ?3 LIMIT ?4";
        for (number, word) in [(0, "x"), (1, "y"), (700, "z")] {
            let mut statement = connection.prepare_cached(text).unwrap();
            assert!(!statement.exists((number, number, word, number)).unwrap());
        }
        assert_eq!(connection.prepare_cached(text).unwrap().get_status(StatementStatus::RePrepare), 0);
        drop(connection);
        for end in ["", "-wal", "-shm"] {
            fs::remove_file(format!("{}{end}", file.display())).ok();
        }
    }
}
