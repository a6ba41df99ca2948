//! The other side of a LEFT JOIN: a struct that is there or not.

use std::ops::Deref;

use crate::{FromRow, Row, StoreError};

/// What a LEFT JOIN found: `None` where the joined row's first column, which must be NOT NULL in its table, is NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined<T>(pub Option<T>);

impl<T> Deref for Joined<T> {
    type Target = Option<T>;

    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<T: FromRow> FromRow for Joined<T> {
    const COLUMNS: usize = T::COLUMNS;

    fn from_row(row: &mut Row<'_>) -> Result<Joined<T>, StoreError> {
        if row.next_is_null() {
            row.skip(T::COLUMNS);
            return Ok(Joined(None));
        }
        T::from_row(row).map(|it| Joined(Some(it)))
    }
}
