//! Values to and from SQLite. Which type a column has is the schema's business.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::{Cell, Value};

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(it) => ValueRef::Integer(*it),
            Value::Bool(it) => ValueRef::Integer((*it).into()),
            Value::Text(it) => ValueRef::Text(it.as_bytes()),
            Value::Blob(it) => ValueRef::Blob(it),
        }))
    }
}

/// A column as the store reads it; `None` for text that is not UTF-8 and for floating point, which no schema here has.
pub(crate) fn cell(value: ValueRef<'_>) -> Option<Cell<'_>> {
    match value {
        ValueRef::Null => Some(Cell::Null),
        ValueRef::Integer(it) => Some(Cell::Int(it)),
        ValueRef::Text(it) => std::str::from_utf8(it).ok().map(Cell::Text),
        ValueRef::Blob(it) => Some(Cell::Blob(it)),
        ValueRef::Real(_) => None,
    }
}
