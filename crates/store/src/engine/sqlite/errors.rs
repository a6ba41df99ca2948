//! SQLite's errors as the store's, without any value.
//! What to do about them is decided by the callers.

use rusqlite::{Connection, Error, ErrorCode, ffi};

use crate::StoreError;
use crate::error::intern;

/// The unique indexes of a table with their columns in order, and whether SQLite made and named them itself.
const UNIQUE_INDEXES: &str = "SELECT list.name, list.origin, group_concat(info.name, ', ' ORDER BY info.seqno) \
                              FROM pragma_index_list(?1) AS list, pragma_index_info(list.name) AS info \
                              WHERE list.\"unique\" GROUP BY list.name, list.origin";

/// Translates the error of the statement called `name`.
pub(super) fn translate(connection: &Connection, name: &str, error: &Error) -> StoreError {
    let Error::SqliteFailure(code, message) = error else {
        // The other kinds carry texts of this program only, such as a wrong number of parameters; but not all of them.
        return StoreError::broken(format!("{name}: {}", kind(error)));
    };
    let message = message.as_deref().unwrap_or_default();
    match (code.code, code.extended_code) {
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Busy,
        (ErrorCode::DiskFull, _) => StoreError::Full,
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => {
            StoreError::Duplicate(index_name(connection, message))
        }
        _ => StoreError::broken(format!("{name}: {code} ({message})")),
    }
}

fn kind(error: &Error) -> String {
    match error {
        Error::InvalidParameterCount(given, wanted) => format!("{given} parameters given, {wanted} wanted"),
        Error::ExecuteReturnedResults => "it gives rows, but was run for none".to_owned(),
        Error::SqlInputError { msg, offset, .. } => format!("{msg} at {offset}"),
        Error::Utf8Error(column, _) => format!("column {column} is not UTF-8"),
        _ => "the driver refused it".to_owned(),
    }
}

/// The index that `UNIQUE constraint failed: messages.conversation_id, messages.position` speaks of, as PostgreSQL
/// would name it. SQLite tells the columns only.
fn index_name(connection: &Connection, message: &str) -> &'static str {
    let told = message.rsplit_once("failed: ").map_or(message, |(_, columns)| columns);
    if let Some(index) = told.strip_prefix("index '") {
        return intern(index.trim_end_matches('\''));
    }
    let table = told.split('.').next().unwrap_or_default();
    let columns: Vec<&str> = told.split(", ").map(|column| column.rsplit('.').next().unwrap_or(column)).collect();
    match unique_indexes(connection, table) {
        Ok(indexes) => {
            let found = indexes.into_iter().find(|(_, of)| *of == columns);
            intern(&found.map_or_else(|| format!("{table}_pkey"), |(name, _)| name))
        }
        Err(error) => {
            tracing::warn!(table, error = kind(&error), "cannot read the names of a table's unique indexes");
            intern(told)
        }
    }
}

/// The unique indexes of a table, named as PostgreSQL names them, with their columns. A primary key of one integer is
/// no index in SQLite, so it is not among them.
pub(crate) fn unique_indexes(connection: &Connection, table: &str) -> Result<Vec<(String, Vec<String>)>, Error> {
    let mut statement = connection.prepare(UNIQUE_INDEXES)?;
    let rows = statement.query_map([table], |row| {
        let (name, origin): (String, String) = (row.get(0)?, row.get(1)?);
        let columns: Vec<String> = row.get::<_, String>(2)?.split(", ").map(str::to_owned).collect();
        let name = match origin.as_str() {
            "pk" => format!("{table}_pkey"),
            "u" => format!("{table}_{}_key", columns.join("_")),
            _ => name,
        };
        Ok((name, columns))
    })?;
    rows.collect()
}
