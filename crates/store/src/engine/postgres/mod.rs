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

use tokio_postgres::{Client, Config, NoTls};

use self::worker::Worker;
use super::job::{Access, Job, OnCommit};
use super::options::{IDS_SKIPPED, Options};
use super::tx::Tx;
use crate::check::{NEWEST, SCHEMA};
use crate::migrate::Migration;
use crate::{Checked, StoreError, migrate};

/// Threads that talk to PostgreSQL. Most of a transaction is waiting, so few are enough.
const THREADS: usize = 2;

/// An open PostgreSQL database.
pub(super) struct Postgres {
    config: Config,
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
        let config_kept = config.clone();
        Ok(Postgres { config: config_kept, workers: (0..threads).map(start).collect::<Result<_, _>>()? })
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

    /// Leaves out ids of every identity, over a connection of its own.
    pub(super) async fn skip_ids(&self) -> Result<(), StoreError> {
        let text = format!(
            "DO $$ DECLARE it RECORD; BEGIN
               FOR it IN SELECT s.oid::regclass AS name FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype = 'i'
                 WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace
               LOOP PERFORM setval(it.name, nextval(it.name) + {IDS_SKIPPED}); END LOOP;
             END $$"
        );
        let (client, driver) = alone(&self.config).await?;
        let skipped = client.batch_execute(&text).await.map_err(|error| errors::translate("nextval", &error).error);
        leave(client, driver).await;
        skipped
    }

    /// Finishes what is queued, then disconnects.
    pub(super) async fn close(&self) {
        futures_util::future::join_all(self.workers.iter().map(Worker::stop)).await;
    }
}

/// Migrates over a connection of its own, which has no time limits: a migration may take long.
async fn migrate_schema(config: &Config, migrations: &[Migration]) -> Result<(), StoreError> {
    let (mut client, driver) = alone(config).await?;
    let migrated = migrate::postgres(&mut client, migrations).await;
    leave(client, driver).await;
    migrated
}

/// Looks at a database without bringing its schema up to date.
pub(crate) async fn check(url: &str) -> Result<Checked, StoreError> {
    let refused = |error| errors::translate("check", &error).error;
    let (client, driver) = alone(&connect::parse(url)?).await?;
    let looked = async {
        let exists = client.query_one("SELECT to_regclass('schema_migrations') IS NOT NULL", &[]).await?;
        if !exists.get::<_, bool>(0) {
            return Ok(Checked::new(0, None));
        }
        let schema = client.query_one(SCHEMA, &[]).await?.get(0);
        Ok(Checked::new(schema, client.query_opt(NEWEST, &[]).await?.map(|it| it.get(0))))
    };
    let checked = looked.await.map_err(refused);
    leave(client, driver).await;
    checked
}

type Driver = tokio::task::JoinHandle<Result<(), tokio_postgres::Error>>;

/// A connection of its own, which has no time limits.
async fn alone(config: &Config) -> Result<(Client, Driver), StoreError> {
    let connected = config.connect(NoTls).await;
    let (client, connection) = connected.map_err(|error| errors::translate("connect", &error).error)?;
    Ok((client, tokio::spawn(connection)))
}

async fn leave(client: Client, driver: Driver) {
    drop(client);
    match driver.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "a connection of its own did not end cleanly"),
        Err(error) => tracing::debug!(%error, "the task of a connection of its own failed"),
    }
}
