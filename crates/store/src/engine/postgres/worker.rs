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
use tokio::task::LocalSet;

use super::attempt;
use super::connect::{connection, pool};
use crate::StoreError;
use crate::engine::job::{Job, OnCommit};
use crate::engine::tx::Tx;

/// A job without the types of its closure.
type Task = Box<dyn FnOnce(Rc<Desk>) -> LocalBoxFuture<'static, ()> + Send>;

/// One thread's door.
pub(super) struct Worker {
    /// Taken away to close: the thread ends when the queue is empty and nobody can send any more.
    queue: RwLock<Option<mpsc::Sender<Task>>>,
    load: Arc<AtomicUsize>,
    /// Its other end is dropped when the thread has ended.
    ended: watch::Receiver<()>,
}

/// What a running transaction needs of its thread.
struct Desk {
    pool: Pool,
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
        let (sender, queue) = mpsc::channel(queue_jobs_max);
        let (alive, ended) = watch::channel(());
        let load = Arc::new(AtomicUsize::new(0));
        let failed = |error: std::io::Error| StoreError::broken(format!("cannot start a database thread: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let pool = pool(config, connections_max)?;
        let work = move || {
            let desk = Rc::new(Desk { pool, on_commit });
            LocalSet::new().block_on(&runtime, work(queue, desk, connections_max));
            drop(alive);
        };
        std::thread::Builder::new().name("postgres".into()).spawn(work).map_err(failed)?;
        Ok(Worker { queue: RwLock::new(Some(sender)), load, ended })
    }

    /// How many transactions are queued or running.
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
        let load = Load::add(&self.load);
        let task: Task = Box::new(move |desk| {
            Box::pin(async move {
                let result = match connection(&desk.pool).await {
                    Ok(mut client) => attempt::run(&mut client, &job.closure, job.access, &*desk.on_commit).await,
                    Err(error) => Err(error.into()),
                };
                drop(load);
                job.answer(result);
            })
        });
        let open = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().and_then(|queue| queue.try_send(task).ok()).ok_or(StoreError::Busy)
    }

    /// Returns when everything queued is done and the connections are closed.
    pub(super) async fn stop(&self) {
        self.queue.write().unwrap_or_else(PoisonError::into_inner).take();
        let mut ended = self.ended.clone();
        // Nothing is ever sent: the wait ends with an error when the thread has dropped its end.
        while ended.changed().await.is_ok() {}
    }
}

/// Counts one transaction until it is dropped.
struct Load(Arc<AtomicUsize>);

impl Load {
    fn add(count: &Arc<AtomicUsize>) -> Load {
        count.fetch_add(1, Ordering::Relaxed);
        Load(Arc::clone(count))
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The thread: as many transactions at once as it has connections, until nobody can send any more.
async fn work(mut queue: mpsc::Receiver<Task>, desk: Rc<Desk>, connections_max: usize) {
    let connections = Arc::new(Semaphore::new(connections_max));
    while let Some(task) = queue.recv().await {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
        let running = task(Rc::clone(&desk));
        tokio::task::spawn_local(async move {
            running.await;
            drop(permit);
        });
    }
    let all = u32::try_from(connections_max).unwrap_or(u32::MAX);
    let _finished = connections.acquire_many(all).await;
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
