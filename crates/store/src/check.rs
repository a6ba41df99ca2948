//! What can be told of a database without opening it for work: whether it is whole, and which schema it has.

use std::path::Path;

use frontdesk_core::time::Millis;
use rusqlite::{Connection, OpenFlags};

use crate::migrate::MIGRATIONS;
use crate::{Location, StoreError, engine};

/// The number of the last migration.
pub(crate) const SCHEMA: &str = "SELECT COALESCE(MAX(number), 0) FROM schema_migrations";
/// When the newest message was written.
pub(crate) const NEWEST: &str = "SELECT created_at FROM messages ORDER BY id DESC LIMIT 1";

/// What a look at a database found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Number of its last migration; 0 for an empty database.
    pub schema: i64,
    /// Number of the last migration that this release knows.
    pub known: i64,
    /// When its newest message was written.
    pub newest: Option<Millis>,
}

impl Checked {
    pub(crate) fn new(schema: i64, newest: Option<i64>) -> Checked {
        Checked { schema, known: MIGRATIONS.last().map_or(0, |it| it.number), newest: newest.map(Millis) }
    }
}

/// Looks at a database that may be in use meanwhile. A SQLite file is read from end to end; PostgreSQL looks after its own.
///
/// Errors: `Busy` when PostgreSQL cannot be reached, `Broken` with the database's own words for what is damaged.
pub async fn check(location: &Location) -> Result<Checked, StoreError> {
    match location {
        Location::Postgres(url) => engine::check_postgres(url).await,
        Location::Sqlite(file) => {
            let file = file.clone();
            let checking = tokio::task::spawn_blocking(move || check_sqlite(&file));
            checking.await.unwrap_or_else(|_| Err(StoreError::broken("checking the database panicked")))
        }
    }
}

fn check_sqlite(file: &Path) -> Result<Checked, StoreError> {
    let refused = |error: rusqlite::Error| StoreError::broken(error.to_string());
    // Writing is allowed for the sake of the log beside the file, which a reader may have to fold in.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(refused)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if found != "ok" {
        return Err(StoreError::broken(found));
    }
    let schema = connection.query_row(SCHEMA, [], |row| row.get(0)).map_err(refused)?;
    let newest = match connection.query_row(NEWEST, [], |row| row.get(0)) {
        Err(rusqlite::Error::QueryReturnedNoRows) => None,
        newest => Some(newest.map_err(refused)?),
    };
    Ok(Checked::new(schema, newest))
}
