//! The one thread that writes to SQLite: all writes that wait share one durable commit, each in its own savepoint.
//! What a write does is its closure's business.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use rusqlite::Connection;
use tokio::sync::watch;

use super::company::Company;
use super::connection::Opener;
use super::errors::translate;
use super::write::{Write, boxed};
use crate::StoreError;
use crate::engine::job::{Job, OnCommit};
use crate::engine::tx::Tx;

/// Writes in one commit. The first of a group waits for the last: at some 20 microseconds each, a few milliseconds.
const GROUP_JOBS_MAX: usize = 256;

/// The thread's door.
pub(super) struct Writer {
    /// Taken away to close: the thread ends when the queue is empty and nobody can send any more.
    queue: RwLock<Option<SyncSender<Box<dyn Write>>>>,
    /// Writes that are queued or running.
    under_way: Arc<AtomicUsize>,
    /// Its other end is dropped when the thread has ended.
    ended: watch::Receiver<()>,
}

impl Writer {
    /// Starts the thread. It ends when it is stopped, or when this door is dropped and everything queued is done.
    pub(super) fn start(
        connection: Connection,
        opener: Opener,
        queue_jobs_max: usize,
        on_commit: Arc<OnCommit>,
    ) -> Result<Writer, StoreError> {
        let (sender, queue) = sync_channel(queue_jobs_max);
        let under_way = Arc::new(AtomicUsize::new(0));
        let (alive, ended) = watch::channel(());
        let worker = Worker {
            connection,
            opener,
            queue,
            on_commit,
            under_way: Arc::clone(&under_way),
            company: Company::default(),
            group: Vec::new(),
            announced: Vec::new(),
        };
        let work = move || {
            worker.work();
            drop(alive);
        };
        let started = std::thread::Builder::new().name("sqlite-writer".into()).spawn(work);
        started.map_err(|error| StoreError::broken(format!("cannot start the writing thread: {error}")))?;
        Ok(Writer { queue: RwLock::new(Some(sender)), under_way, ended })
    }

    /// Queues a write; `Busy` at once when the queue is full or the store is closing.
    pub(super) fn submit<T, E, F>(&self, job: Job<T, E, F>) -> Result<(), StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let open = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        let queue = open.as_ref().ok_or(StoreError::Busy)?;
        self.under_way.fetch_add(1, Ordering::Relaxed);
        queue.try_send(boxed(job)).map_err(|_| {
            self.under_way.fetch_sub(1, Ordering::Relaxed);
            StoreError::Busy
        })
    }

    /// Returns when everything queued is done and the file is closed.
    pub(super) async fn stop(&self) {
        self.queue.write().unwrap_or_else(PoisonError::into_inner).take();
        let mut ended = self.ended.clone();
        // Nothing is ever sent: the wait ends with an error when the thread has dropped its end.
        while ended.changed().await.is_ok() {}
    }
}

/// The thread's own things.
struct Worker {
    connection: Connection,
    opener: Opener,
    queue: Receiver<Box<dyn Write>>,
    on_commit: Arc<OnCommit>,
    under_way: Arc<AtomicUsize>,
    company: Company,
    /// The writes of the commit that is being made; empty between commits.
    group: Vec<Box<dyn Write>>,
    announced: Vec<(AccountId, Seq)>,
}

impl Worker {
    fn work(mut self) {
        while let Ok(first) = self.queue.recv() {
            let outcome = self.commit_group(first);
            self.tell(&outcome);
        }
        self.close();
    }

    /// Runs the first write and all that come in the meantime, and commits them at once. An error means that nothing of
    /// the group is stored.
    fn commit_group(&mut self, first: Box<dyn Write>) -> Result<(), StoreError> {
        self.company.begin(Instant::now());
        let mut outcome = self.statement("BEGIN IMMEDIATE");
        let mut next = Some(first);
        while let Some(mut write) = next {
            if outcome.is_ok() {
                outcome = self.run_in_savepoint(&mut *write);
            }
            self.group.push(write);
            // Also after an error: whoever waits meets the same database and should not wait through its timeout again.
            next = self.next_of_group(outcome.is_ok());
        }
        let running = Instant::now();
        let outcome = outcome.and_then(|()| self.statement("COMMIT"));
        let now = Instant::now();
        self.company.answered(self.under_way.load(Ordering::Relaxed), now - running, now);
        if outcome.is_err() {
            self.roll_back();
        }
        outcome
    }

    fn next_of_group(&mut self, worth_waiting: bool) -> Option<Box<dyn Write>> {
        if self.group.len() >= GROUP_JOBS_MAX {
            return None;
        }
        if let Ok(write) = self.queue.try_recv() {
            return Some(write);
        }
        let pause = self.company.wait(self.group.len(), Instant::now()).filter(|_| worth_waiting)?;
        self.queue.recv_timeout(pause).ok()
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
        self.under_way.fetch_sub(self.group.len(), Ordering::Relaxed);
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
