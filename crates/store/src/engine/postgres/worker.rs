//! A thread that runs transactions on its own PostgreSQL connections. Closures' futures cannot be sent between threads,
//! so each stays on one; the connections' own tasks live there too, which saves a wake-up per statement.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use deadpool_postgres::Pool;
use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use futures_util::future::LocalBoxFuture;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::{JoinSet, LocalSet};

use super::attempt;
use super::connect::{connection, pool};
use super::turns::Turns;
use crate::StoreError;
use crate::engine::job::{Access, Job, OnCommit};
use crate::engine::tx::Tx;

/// A job without the types of its closure.
type Task = Box<dyn FnOnce(Rc<Desk>) -> LocalBoxFuture<'static, ()> + Send>;

/// One thread's door.
pub(super) struct Worker {
    /// Taken away to close: the thread ends when the queue is empty and nobody can send any more. What it holds is
    /// bounded by `load`.
    queue: RwLock<Option<mpsc::UnboundedSender<Task>>>,
    load: Arc<AtomicUsize>,
    load_max: usize,
    /// Its other end is dropped when the thread has ended.
    ended: watch::Receiver<()>,
}

/// What transactions need of their thread.
struct Desk {
    pool: Pool,
    connections: Semaphore,
    turns: Turns,
    on_commit: Arc<OnCommit>,
}

impl Worker {
    /// Starts the thread.
    pub(super) fn start(
        config: tokio_postgres::Config,
        connections_max: usize,
        queue_jobs_max: usize,
        on_commit: Arc<OnCommit>,
    ) -> Result<Worker, StoreError> {
        let (sender, queue) = mpsc::unbounded_channel();
        let (alive, ended) = watch::channel(());
        let failed = |error: std::io::Error| StoreError::broken(format!("cannot start a database thread: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let pool = pool(config, connections_max)?;
        let work = move || {
            let connections = Semaphore::new(connections_max);
            let desk = Rc::new(Desk { pool, connections, turns: Turns::default(), on_commit });
            LocalSet::new().block_on(&runtime, work(queue, desk));
            drop(alive);
        };
        std::thread::Builder::new().name("postgres".into()).spawn(work).map_err(failed)?;
        let load_max = queue_jobs_max + connections_max;
        Ok(Worker { queue: RwLock::new(Some(sender)), load: Arc::default(), load_max, ended })
    }

    /// How many transactions wait or run.
    pub(super) fn load(&self) -> usize {
        self.load.load(Ordering::Relaxed)
    }

    /// Queues a transaction; `Busy` at once when the queue is full or the store is closing.
    pub(super) fn submit<T, E, F>(&self, job: Job<T, E, F>) -> Result<(), StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let load = Load::add(&self.load, self.load_max).ok_or(StoreError::Busy)?;
        let task: Task = Box::new(move |desk| {
            Box::pin(async move {
                let result = desk.run(&job).await;
                drop(load);
                job.answer(result);
            })
        });
        let open = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().and_then(|queue| queue.send(task).ok()).ok_or(StoreError::Busy)
    }

    /// Returns when everything queued is done and the connections are closed.
    pub(super) async fn stop(&self) {
        self.queue.write().unwrap_or_else(PoisonError::into_inner).take();
        let mut ended = self.ended.clone();
        // Nothing is ever sent: the wait ends with an error when the thread has dropped its end.
        while ended.changed().await.is_ok() {}
    }
}

impl Desk {
    /// Runs a transaction when its account's turn has come and a connection is free.
    async fn run<T, E, F>(&self, job: &Job<T, E, F>) -> Result<T, E>
    where
        E: From<StoreError>,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E>,
    {
        let _turn = match job.access {
            Access::WriteIn(account) => Some(self.turns.wait(account).await),
            Access::Read | Access::Write => None,
        };
        let _permit = self.connections.acquire().await.map_err(|_| StoreError::Busy)?;
        let mut client = connection(&self.pool).await?;
        attempt::run(&mut client, &job.closure, job.access, &*self.on_commit).await
    }
}

/// Counts one transaction until it is dropped.
struct Load(Arc<AtomicUsize>);

impl Load {
    fn add(count: &Arc<AtomicUsize>, max: usize) -> Option<Load> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        // Counted down again where it is one too many, by being dropped.
        Some(Load(Arc::clone(count))).filter(|_| before < max)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The thread: runs transactions until nobody can send any more and all have come to their end.
async fn work(mut queue: mpsc::UnboundedReceiver<Task>, desk: Rc<Desk>) {
    let mut running = JoinSet::new();
    while let Some(task) = queue.recv().await {
        running.spawn_local(task(Rc::clone(&desk)));
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
    desk.pool.close();
}

/// Tells the newest place of each account. A listener that panics must not spoil the answer.
pub(super) fn announce(announced: &[(AccountId, Seq)], on_commit: &OnCommit) {
    for (account, seq) in announced {
        if catch_unwind(AssertUnwindSafe(|| on_commit(*account, *seq))).is_err() {
            tracing::error!("a listener for commits panicked");
        }
    }
}
