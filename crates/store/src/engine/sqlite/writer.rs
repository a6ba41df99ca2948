//! The one thread that writes to SQLite: all writes that wait share one durable commit, each in its own savepoint.
//! What a write does is its closure's business.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::connection::Opener;
use super::errors::translate;
use super::write::Write;
use crate::StoreError;
use crate::engine::job::{Job, OnCommit};
use crate::engine::tx::Tx;

/// Writes in one commit. The first of a group waits for the last: at some 20 microseconds each, a few milliseconds.
const GROUP_JOBS_MAX: usize = 256;

/// What the thread is asked to do.
enum Order {
    Write(Box<dyn Write>),
    /// Finish what was asked before, answer, and end.
    Stop(oneshot::Sender<()>),
}

/// The thread's door.
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
}

impl Writer {
    /// Starts the thread. It ends when it is stopped, or when this door is dropped and everything queued is done.
    pub(super) fn start(
        connection: Connection,
        opener: Opener,
        queue_jobs_max: usize,
        on_commit: Arc<OnCommit>,
    ) -> Result<Writer, StoreError> {
        let (orders, queue) = mpsc::channel(queue_jobs_max);
        let worker = Worker { connection, opener, queue, on_commit, group: Vec::new(), announced: Vec::new(), stop: None };
        let started = std::thread::Builder::new().name("sqlite-writer".into()).spawn(move || worker.work());
        started.map_err(|error| StoreError::broken(format!("cannot start the writing thread: {error}")))?;
        Ok(Writer { orders })
    }

    /// Queues a write; `Busy` at once when the queue is full or the store is closing.
    pub(super) fn submit<T, E, F>(&self, job: Job<T, E, F>) -> Result<(), StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.orders.try_send(Order::Write(super::write::boxed(job))).map_err(|_| StoreError::Busy)
    }

    /// Whether the thread lives and takes writes; `Busy` while it is closing or its queue is full.
    pub(super) fn ping(&self) -> Result<(), StoreError> {
        if self.orders.is_closed() || self.orders.capacity() == 0 { Err(StoreError::Busy) } else { Ok(()) }
    }

    /// Returns when everything queued is done and the file is closed.
    pub(super) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.orders.send(Order::Stop(done)).await.is_ok() {
            // The sender is dropped unsent where another `stop` came first; that one is answered when all is done.
            drop(stopped.await);
        }
        self.orders.closed().await;
    }
}

/// The thread's own things.
struct Worker {
    connection: Connection,
    opener: Opener,
    queue: mpsc::Receiver<Order>,
    on_commit: Arc<OnCommit>,
    /// The writes of the commit that is being made; empty between commits.
    group: Vec<Box<dyn Write>>,
    announced: Vec<(AccountId, Seq)>,
    stop: Option<oneshot::Sender<()>>,
}

impl Worker {
    fn work(mut self) {
        while let Some(order) = self.queue.blocking_recv() {
            self.obey(order);
            if self.stop.is_some() {
                self.queue.close();
            }
        }
        let stop = self.stop.take();
        self.close();
        if let Some(stop) = stop {
            // Whoever asked may have stopped waiting.
            stop.send(()).ok();
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Write(first) => {
                let outcome = self.commit_group(first);
                self.tell(&outcome);
            }
            Order::Stop(done) => self.stop = Some(done),
        }
    }

    /// Runs the first write and all that come in the meantime, and commits them at once. An error means that nothing of
    /// the group is stored.
    fn commit_group(&mut self, first: Box<dyn Write>) -> Result<(), StoreError> {
        let mut outcome = self.statement("BEGIN IMMEDIATE");
        let mut next = Some(first);
        while let Some(mut write) = next {
            if outcome.is_ok() {
                outcome = self.run_in_savepoint(&mut *write);
            }
            self.group.push(write);
            // Also after an error: whoever waits meets the same database and should not wait through its timeout again.
            next = self.next_of_group();
        }
        let outcome = outcome.and_then(|()| self.statement("COMMIT"));
        if outcome.is_err() {
            self.roll_back();
        }
        outcome
    }

    fn next_of_group(&mut self) -> Option<Box<dyn Write>> {
        if self.group.len() >= GROUP_JOBS_MAX || self.stop.is_some() {
            return None;
        }
        match self.queue.try_recv().ok()? {
            Order::Write(write) => Some(write),
            Order::Stop(done) => {
                self.stop = Some(done);
                None
            }
        }
    }

    /// Runs one write so that its failure leaves the others alone. An error here means that the whole group is lost:
    /// disk full, I/O error and the like make SQLite roll everything back by itself.
    fn run_in_savepoint(&self, write: &mut dyn Write) -> Result<(), StoreError> {
        self.statement("SAVEPOINT job")?;
        let keep = write.run(&self.connection);
        if self.connection.is_autocommit() {
            return Err(write.failure().unwrap_or_else(|| StoreError::broken("SQLite rolled the transaction back")));
        }
        if !keep {
            self.statement("ROLLBACK TO job")?;
        }
        self.statement("RELEASE job")
    }

    fn statement(&self, text: &'static str) -> Result<(), StoreError> {
        let ran = self.connection.prepare_cached(text).and_then(|mut statement| statement.execute([]));
        ran.map(drop).map_err(|error| translate(&self.connection, text, &error))
    }

    /// Ends a transaction that cannot be committed. Where even that fails, a new connection takes over: the next group
    /// must not begin inside the remains of this one.
    fn roll_back(&mut self) {
        if self.connection.is_autocommit() {
            return;
        }
        let Err(error) = self.statement("ROLLBACK") else { return };
        tracing::error!(%error, "cannot roll back; opening the database anew");
        match self.opener.writer() {
            Ok(connection) => self.connection = connection,
            Err(error) => tracing::error!(%error, "cannot open the database anew"),
        }
    }

    /// Announces what is durable, then answers everyone.
    fn tell(&mut self, outcome: &Result<(), StoreError>) {
        for write in &mut self.group {
            write.take_announced(&mut self.announced);
        }
        if outcome.is_ok() {
            announce(&mut self.announced, &*self.on_commit);
        }
        self.announced.clear();
        for write in self.group.drain(..) {
            write.answer(outcome);
        }
    }

    fn close(self) {
        let folded = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        if let Err(error) = folded.map_err(|error| translate(&self.connection, "wal_checkpoint", &error)) {
            tracing::warn!(%error, "the write-ahead log stays; the next start reads it");
        }
        if let Err((connection, error)) = self.connection.close() {
            tracing::warn!(error = %translate(&connection, "close", &error), "the database was not closed cleanly");
        }
    }
}

/// Tells each account's newest place once. A listener that panics must not take the writer with it.
fn announce(announced: &mut [(AccountId, Seq)], on_commit: &OnCommit) {
    announced.sort_unstable();
    for newest in announced.chunk_by(|a, b| a.0 == b.0).filter_map(<[_]>::last) {
        if catch_unwind(AssertUnwindSafe(|| on_commit(newest.0, newest.1))).is_err() {
            tracing::error!("a listener for commits panicked");
        }
    }
}
