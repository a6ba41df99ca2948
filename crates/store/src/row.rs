//! Rows into structs: columns are read in order, straight from the driver's memory.
//! Which rows there are is the statement's business.

use crate::{Statement, StoreError};

/// One column of one row, borrowed from the driver.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'r> {
    /// NULL.
    Null,
    /// Any integer; also a boolean on SQLite.
    Int(i64),
    /// A boolean on PostgreSQL.
    Bool(bool),
    /// Text.
    Text(&'r str),
    /// Bytes.
    Blob(&'r [u8]),
}

/// What one column can be read into.
pub trait FromValue: Sized {
    /// The value, or `None` where the column holds something else.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_cell(cell: Cell<'_>) -> Option<i64> {
        match cell {
            Cell::Int(it) => Some(it),
            _ => None,
        }
    }
}

impl FromValue for bool {
    fn from_cell(cell: Cell<'_>) -> Option<bool> {
        match cell {
            Cell::Bool(it) => Some(it),
            Cell::Int(it @ (0 | 1)) => Some(it == 1),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_cell(cell: Cell<'_>) -> Option<String> {
        match cell {
            Cell::Text(it) => Some(it.to_owned()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Option<Vec<u8>> {
        match cell {
            Cell::Blob(it) => Some(it.to_owned()),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Option<T>> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

/// A row being read, from its first column to its last.
#[derive(Debug)]
pub struct Row<'r> {
    source: Source<'r>,
    next: usize,
}

enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Source::Sqlite(_) => "sqlite",
            Source::Postgres(_) => "postgres",
        })
    }
}

impl<'r> Row<'r> {
    pub(crate) fn sqlite(row: &'r rusqlite::Row<'r>) -> Row<'r> {
        Row { source: Source::Sqlite(row), next: 0 }
    }

    pub(crate) fn postgres(row: &'r tokio_postgres::Row) -> Row<'r> {
        Row { source: Source::Postgres(row), next: 0 }
    }

    /// The next column as a `T`. `Broken` when there is none or it holds something else: then the statement and the
    /// type that reads it do not belong together.
    pub fn take<T: FromValue>(&mut self) -> Result<T, StoreError> {
        let column = self.next;
        self.next += 1;
        self.cell(column)
            .and_then(T::from_cell)
            .ok_or_else(|| StoreError::broken(format!("column {} is not a {}", column + 1, std::any::type_name::<T>())))
    }

    fn cell(&self, column: usize) -> Option<Cell<'_>> {
        match self.source {
            Source::Sqlite(row) => row.get_ref(column).ok().and_then(crate::engine::sqlite_cell),
            Source::Postgres(row) => row.try_get(column).ok(),
        }
    }

    pub(crate) fn next_is_null(&self) -> bool {
        self.cell(self.next) == Some(Cell::Null)
    }

    pub(crate) fn skip(&mut self, columns: usize) {
        self.next += columns;
    }
}

/// What a whole row can be read into: every [`FromValue`] (a row of one column), pairs and triples, and what
/// [`row!`](crate::row) declares.
pub trait FromRow: Sized {
    /// How many columns it reads; a statement that gives another number is refused.
    const COLUMNS: usize;

    /// Reads its columns from the row's next one on.
    fn from_row(row: &mut Row<'_>) -> Result<Self, StoreError>;
}

impl<T: FromValue> FromRow for T {
    const COLUMNS: usize = 1;

    fn from_row(row: &mut Row<'_>) -> Result<T, StoreError> {
        row.take()
    }
}

impl<A: FromRow, B: FromRow> FromRow for (A, B) {
    const COLUMNS: usize = A::COLUMNS + B::COLUMNS;

    fn from_row(row: &mut Row<'_>) -> Result<(A, B), StoreError> {
        Ok((A::from_row(row)?, B::from_row(row)?))
    }
}

impl<A: FromRow, B: FromRow, C: FromRow> FromRow for (A, B, C) {
    const COLUMNS: usize = A::COLUMNS + B::COLUMNS + C::COLUMNS;

    fn from_row(row: &mut Row<'_>) -> Result<(A, B, C), StoreError> {
        Ok((A::from_row(row)?, B::from_row(row)?, C::from_row(row)?))
    }
}

/// Declares a struct that is read from a row, column by column in the order of its fields. A field may itself be such a
/// struct: it takes as many columns as it has fields.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_visibility:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])* $visibility struct $name {
            $($(#[$field_meta])* $field_visibility $field: $type,)*
        }

        impl $crate::FromRow for $name {
            const COLUMNS: usize = 0 $(+ <$type as $crate::FromRow>::COLUMNS)*;

            fn from_row(row: &mut $crate::Row<'_>) -> Result<Self, $crate::StoreError> {
                Ok($name { $($field: <$type as $crate::FromRow>::from_row(row)?),* })
            }
        }
    };
}

/// Refuses a statement that gives another number of columns than `T` reads.
pub(crate) fn expect_columns<T: FromRow>(statement: &Statement, given: usize) -> Result<(), StoreError> {
    if given == T::COLUMNS {
        return Ok(());
    }
    let (name, wanted) = (statement.name, T::COLUMNS);
    Err(StoreError::broken(format!("{name} gives {given} columns, {wanted} are read")))
}
