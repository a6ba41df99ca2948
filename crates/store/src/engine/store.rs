//! [`Store`]: opens the database and runs transactions on it. How each engine does so is in the modules beside this one.

use std::path::Path;
use std::sync::Arc;

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;

use super::account_tx::AccountTx;
use super::job::{Access, Job, OnCommit};
use super::options::{Location, Options};
use super::postgres::Postgres;
use super::progress::refuse_nesting;
use super::sqlite::Sqlite;
use super::tx::Tx;
use crate::{StoreError, installation, params, statements};

statements! {
    /// Reads something that is there in every migrated database.
    PING = "SELECT MAX(number) AS number FROM schema_migrations";
}

/// The database. Clones are the same store.
///
/// Transactions are async closures. A closure may run more than once (PostgreSQL reports conflicts only then), so it
/// takes `now` and new ids from outside, and it awaits its transaction only: waiting for anything else is refused, and
/// so is a transaction inside a transaction. Once asked for, a write comes to its end whether its caller still waits or
/// not; a future that was never polled asks for nothing.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match &*self.engine {
            Engine::Sqlite(_) => "Store(sqlite)",
            Engine::Postgres(_) => "Store(postgres)",
        })
    }
}

impl Store {
    /// Opens the database and brings its schema up to date; a SQLite file is made when absent.
    ///
    /// `on_commit` is called after each durable commit with the newest place of each account that the commit announced,
    /// from threads of the store: it must be quick and must not block. On PostgreSQL two calls for one account may come
    /// in the wrong order, so the greatest place counts.
    ///
    /// Errors: `NewerDatabase`; `Busy` when PostgreSQL cannot be reached or another process holds the file for long;
    /// `Broken` with a sentence for people for everything else.
    pub async fn open(location: &Location, on_commit: impl Fn(AccountId, Seq) + Send + Sync + 'static) -> Result<Store, StoreError> {
        Store::open_with(location, Options::default(), on_commit).await
    }

    /// The same with other limits, or (for tests) another schema.
    pub async fn open_with(
        location: &Location,
        options: Options,
        on_commit: impl Fn(AccountId, Seq) + Send + Sync + 'static,
    ) -> Result<Store, StoreError> {
        let on_commit: Arc<OnCommit> = Arc::new(on_commit);
        let engine = match location {
            Location::Sqlite(file) => Engine::Sqlite(Sqlite::open(file, options, on_commit).await?),
            Location::Postgres(url) => Engine::Postgres(Postgres::open(url, options, on_commit).await?),
        };
        Ok(Store { engine: Arc::new(engine) })
    }

    /// Runs a closure as one transaction and answers when it is durable; any `Err` rolls it back.
    ///
    /// `Busy` at once when too many transactions wait already.
    pub fn write<T, E, F>(&self, closure: F) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        self.queue(Access::Write, closure)
    }

    /// [`write`](Store::write) with the account's row locked first, so that writes of one account happen one after
    /// another, and with event numbers: their last one is stored and announced once. `Missing` when there is no such
    /// account.
    pub fn write_in<T, E, F>(&self, account: AccountId, closure: F) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut AccountTx<'_, '_>) -> Result<T, E> + Send + Sync + 'static,
    {
        self.queue(Access::WriteIn(account), async move |tx: &mut Tx<'_>| {
            let mut locked = AccountTx::lock(tx, account).await?;
            let value = closure(&mut locked).await?;
            locked.finish().await?;
            Ok(value)
        })
    }

    fn queue<T, E, F>(&self, access: Access, closure: F) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        let engine = Arc::clone(&self.engine);
        let (job, answer) = Job::new(closure, access);
        async move {
            refuse_nesting()?;
            match &*engine {
                Engine::Sqlite(sqlite) => sqlite.submit(job)?,
                Engine::Postgres(postgres) => postgres.submit(job)?,
            }
            answer.wait().await
        }
    }

    /// Runs a closure on one consistent snapshot; what it tries to write is refused.
    ///
    /// On SQLite it runs in place and to its end, so what may take long belongs on a thread that may block.
    pub fn read<T, E, F>(&self, closure: F) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    {
        let engine = Arc::clone(&self.engine);
        async move {
            refuse_nesting()?;
            let postgres = match &*engine {
                Engine::Sqlite(sqlite) => return sqlite.read(&closure),
                Engine::Postgres(postgres) => postgres,
            };
            let (job, answer) = Job::new(closure, Access::Read);
            postgres.submit(job)?;
            answer.wait().await
        }
    }

    /// Whether the database answers and takes writes, for `GET /ready`: it waits its turn among them.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.write(async |tx| tx.one::<i64>(&PING, params![]).await).await.map(drop)
    }

    /// Writes a complete and consistent copy of a SQLite database into a new file (0600), while others read and write on.
    ///
    /// Errors: `Broken` when the file is there already, when there is no room, and for PostgreSQL, which has `pg_dump`.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.copy_to(file).await,
            Engine::Postgres(_) => Err(StoreError::broken("a PostgreSQL database is copied by pg_dump")),
        }
    }

    /// Begins another history of a restored database, under the name `epoch`: every log cursor that somebody holds is void,
    /// and no id or conversation number that was given after the backup is given again. Nobody else uses the database.
    pub async fn begin_again(&self, epoch: &str) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.skip_ids().await?,
            Engine::Postgres(postgres) => postgres.skip_ids().await?,
        }
        let epoch = epoch.to_owned();
        self.write(async move |tx: &mut Tx<'_>| installation::begin_again(tx, &epoch).await).await
    }

    /// Refuses new transactions with `Busy`, finishes those that wait, and closes the database: the SQLite file is
    /// complete then, without a log beside it. Other clones of the store are closed too.
    pub async fn close(self) {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.close().await,
            Engine::Postgres(postgres) => postgres.close().await,
        }
    }
}
