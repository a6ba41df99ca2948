//! Running one statement on a SQLite connection. Transactions are begun and ended elsewhere.

use rusqlite::{CachedStatement, Connection, Rows, params_from_iter};

use super::errors::translate;
use crate::engine::progress::Failure;
use crate::row::expect_columns;
use crate::{FromRow, Params, Row, Statement};

/// Every row.
pub(in crate::engine) fn all<T: FromRow>(connection: &Connection, statement: &Statement, params: &Params<'_>) -> Result<Vec<T>, Failure> {
    let mut prepared = prepare(connection, statement)?;
    let mut rows = query::<T>(connection, statement, params, &mut prepared)?;
    let mut found = Vec::new();
    while let Some(row) = next(connection, statement, &mut rows)? {
        found.push(row);
    }
    Ok(found)
}

/// The first row. A statement that writes has written all of its rows by then.
pub(in crate::engine) fn first<T: FromRow>(
    connection: &Connection,
    statement: &Statement,
    params: &Params<'_>,
) -> Result<Option<T>, Failure> {
    let mut prepared = prepare(connection, statement)?;
    let mut rows = query::<T>(connection, statement, params, &mut prepared)?;
    next(connection, statement, &mut rows)
}

/// How many rows were changed.
pub(in crate::engine) fn run(connection: &Connection, statement: &Statement, params: &Params<'_>) -> Result<u64, Failure> {
    let mut prepared = prepare(connection, statement)?;
    match prepared.execute(params_from_iter(&params.0)) {
        Ok(changed) => Ok(changed as u64),
        Err(error) => Err(translate(connection, statement.name, &error).into()),
    }
}

fn prepare<'c>(connection: &'c Connection, statement: &Statement) -> Result<CachedStatement<'c>, Failure> {
    let prepared = connection.prepare_cached(statement.sqlite_text);
    prepared.map_err(|error| translate(connection, statement.name, &error).into())
}

fn query<'s, T: FromRow>(
    connection: &Connection,
    statement: &Statement,
    params: &Params<'_>,
    prepared: &'s mut CachedStatement<'_>,
) -> Result<Rows<'s>, Failure> {
    expect_columns::<T>(statement, prepared.column_count())?;
    let rows = prepared.query(params_from_iter(&params.0));
    rows.map_err(|error| translate(connection, statement.name, &error).into())
}

fn next<T: FromRow>(connection: &Connection, statement: &Statement, rows: &mut Rows<'_>) -> Result<Option<T>, Failure> {
    match rows.next() {
        Ok(Some(row)) => Ok(Some(T::from_row(&mut Row::sqlite(row))?)),
        Ok(None) => Ok(None),
        Err(error) => Err(translate(connection, statement.name, &error).into()),
    }
}
