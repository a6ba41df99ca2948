//! Running one statement in a PostgreSQL transaction. Transactions are begun and ended elsewhere.

use std::pin::pin;

use deadpool_postgres::Transaction;
use futures_util::TryStreamExt;
use tokio_postgres::RowStream;

use super::errors::translate;
use crate::engine::progress::Failure;
use crate::row::expect_columns;
use crate::{FromRow, Params, Row, Statement};

/// Every row.
pub(in crate::engine) async fn all<T: FromRow>(
    transaction: &Transaction<'_>,
    statement: &Statement,
    params: &Params<'_>,
) -> Result<Vec<T>, Failure> {
    let mut rows = pin!(query::<T>(transaction, statement, params).await?);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await.map_err(|error| translate(statement.name, &error))? {
        found.push(T::from_row(&mut Row::postgres(&row))?);
    }
    Ok(found)
}

/// The first row; the others are passed over, so that an error behind them is heard.
pub(in crate::engine) async fn first<T: FromRow>(
    transaction: &Transaction<'_>,
    statement: &Statement,
    params: &Params<'_>,
) -> Result<Option<T>, Failure> {
    let mut rows = pin!(query::<T>(transaction, statement, params).await?);
    let mut found = None;
    while let Some(row) = rows.try_next().await.map_err(|error| translate(statement.name, &error))? {
        if found.is_none() {
            found = Some(T::from_row(&mut Row::postgres(&row))?);
        }
    }
    Ok(found)
}

/// How many rows were changed.
pub(in crate::engine) async fn run(transaction: &Transaction<'_>, statement: &Statement, params: &Params<'_>) -> Result<u64, Failure> {
    let ran = async {
        let prepared = transaction.prepare_cached(statement.text).await?;
        transaction.execute_raw(&prepared, &params.0).await
    };
    ran.await.map_err(|error| translate(statement.name, &error))
}

async fn query<T: FromRow>(transaction: &Transaction<'_>, statement: &Statement, params: &Params<'_>) -> Result<RowStream, Failure> {
    let refused = |error| translate(statement.name, &error);
    let prepared = transaction.prepare_cached(statement.text).await.map_err(refused)?;
    expect_columns::<T>(statement, prepared.columns().len())?;
    transaction.query_raw(&prepared, &params.0).await.map_err(refused)
}
