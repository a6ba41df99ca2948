//! PostgreSQL behind the door: a few threads, each with connections of its own.
//! Its statements and values are translated in the modules below.

mod attempt;
mod connect;
pub(crate) mod errors;
pub(super) mod statement;
mod turns;
pub(crate) mod value;
mod worker;

use std::sync::Arc;

use tokio_postgres::{Config, NoTls};

use self::worker::Worker;
use super::job::{Access, Job, OnCommit};
use super::options::Options;
use super::tx::Tx;
use crate::migrate::Migration;
use crate::{StoreError, migrate};

/// Threads that talk to PostgreSQL. Most of a transaction is waiting, so few are enough.
const THREADS: usize = 2;

/// An open PostgreSQL database.
pub(super) struct Postgres {
    workers: Vec<Worker>,
}

impl Postgres {
    /// Connects, brings the schema up to date, and starts the threads.
    pub(super) async fn open(url: &str, options: Options, on_commit: Arc<OnCommit>) -> Result<Postgres, StoreError> {
        let config = connect::parse(url)?;
        migrate_schema(&config, options.migrations).await?;
        let threads = THREADS.min(options.connections_max.max(1));
        let start = |_| {
            let (connections, jobs) = ((options.connections_max / threads).max(1), options.queue_jobs_max.div_ceil(threads));
            Worker::start(config.clone(), connections, jobs, Arc::clone(&on_commit))
        };
        Ok(Postgres { workers: (0..threads).map(start).collect::<Result<_, _>>()? })
    }

    /// Queues a transaction: an account's writes always with the same thread, where they take turns, anything else with
    /// the thread that has least to do.
    pub(super) fn submit<T, E, F>(&self, job: Job<T, E, F>) -> Result<(), StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let worker = match job.access {
            Access::WriteIn(account) => {
                let place = account.0.unsigned_abs() % self.workers.len() as u64;
                usize::try_from(place).ok().and_then(|place| self.workers.get(place))
            }
            Access::Read | Access::Write => self.workers.iter().min_by_key(|worker| worker.load()),
        };
        worker.ok_or(StoreError::Busy)?.submit(job)
    }

    /// Finishes what is queued, then disconnects.
    pub(super) async fn close(&self) {
        futures_util::future::join_all(self.workers.iter().map(Worker::stop)).await;
    }
}

/// Migrates over a connection of its own, which has no time limits: a migration may take long.
async fn migrate_schema(config: &Config, migrations: &[Migration]) -> Result<(), StoreError> {
    let refused = |error| errors::translate("connect", &error).error;
    let (mut client, connection) = config.connect(NoTls).await.map_err(refused)?;
    let driver = tokio::spawn(connection);
    let migrated = migrate::postgres(&mut client, migrations).await;
    drop(client);
    match driver.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "the migrating connection did not end cleanly"),
        Err(error) => tracing::debug!(%error, "the migrating connection's task failed"),
    }
    migrated
}
