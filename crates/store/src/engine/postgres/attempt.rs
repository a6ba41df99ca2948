//! One closure as one PostgreSQL transaction, run again when PostgreSQL found a conflict.
//! Which thread and connection it runs on is the worker's business.

use std::pin::pin;
use std::time::Duration;

use deadpool_postgres::{Client, Transaction};
use tokio_postgres::IsolationLevel;

use super::errors::translate;
use crate::StoreError;
use crate::engine::job::{Access, OnCommit};
use crate::engine::progress::{Guard, Progress};
use crate::engine::tx::Tx;

/// How often a closure may meet a conflict. Whoever meets that many is better told to come again.
const ATTEMPTS_MAX: u32 = 5;

/// Pause after the first conflict; each further one doubles it.
const PAUSE: Duration = Duration::from_millis(2);

/// Runs a closure until it is committed, refused, or out of attempts.
pub(super) async fn run<T, E, F>(client: &mut Client, closure: &F, access: Access, on_commit: &OnCommit) -> Result<T, E>
where
    E: From<StoreError>,
    F: AsyncFn(&mut Tx<'_>) -> Result<T, E>,
{
    let mut attempt = 1;
    loop {
        let progress = Progress::default();
        let (result, conflict) = once(client, closure, access, &progress).await;
        if result.is_ok() && access != Access::Read {
            super::worker::announce(&progress.take_announced(), on_commit);
        }
        if !conflict || attempt == ATTEMPTS_MAX {
            return result;
        }
        tokio::time::sleep(PAUSE * (1 << attempt)).await;
        attempt += 1;
    }
}

/// One attempt: the result, and whether a conflict was its reason.
async fn once<T, E, F>(client: &mut Client, closure: &F, access: Access, progress: &Progress) -> (Result<T, E>, bool)
where
    E: From<StoreError>,
    F: AsyncFn(&mut Tx<'_>) -> Result<T, E>,
{
    let transaction = match begin(client, access).await {
        Ok(transaction) => transaction,
        Err(error) => return (Err(error.into()), false),
    };
    let result = {
        let mut tx = Tx::postgres(&transaction, progress);
        let future = pin!(async { closure(&mut tx).await });
        progress.verdict(Guard::new(future, progress).await)
    };
    match result {
        // Dropping rolls back without waiting for it, which ends a read as well as a commit would.
        Ok(value) if access == Access::Read => (Ok(value), false),
        Ok(value) => match transaction.commit().await.map_err(|error| translate("COMMIT", &error)) {
            Ok(()) => (Ok(value), false),
            Err(failure) => (Err(failure.error.into()), failure.conflict),
        },
        Err(reason) => {
            // Locks are to be free when the caller hears of it. A connection that cannot roll back is closed anyhow.
            if let Err(error) = transaction.rollback().await {
                tracing::debug!(%error, "a rollback was not confirmed");
            }
            (Err(reason), progress.met_conflict())
        }
    }
}

async fn begin(client: &mut Client, access: Access) -> Result<Transaction<'_>, StoreError> {
    let builder = client.build_transaction();
    let builder = match access {
        Access::Read => builder.isolation_level(IsolationLevel::RepeatableRead).read_only(true),
        Access::Write | Access::WriteIn(_) => builder.isolation_level(IsolationLevel::ReadCommitted),
    };
    builder.start().await.map_err(|error| translate("BEGIN", &error).error)
}
