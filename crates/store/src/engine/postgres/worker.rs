//! A thread that runs transactions on its own PostgreSQL connections. Closures' futures cannot be sent between threads,
//! so each stays on one; the connections' own tasks live there too, which saves a wake-up per statement.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use deadpool_postgres::Pool;
use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use futures_util::future::LocalBoxFuture;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::LocalSet;

use super::attempt;
use super::connect::{connection, pool};
use crate::StoreError;
use crate::engine::job::{Job, OnCommit};
use crate::engine::tx::Tx;

/// A job without the types of its closure.
type Task = Box<dyn FnOnce(Rc<Desk>) -> LocalBoxFuture<'static, ()> + Send>;

enum Order {
    Run(Task),
    /// Finish what was asked before, answer, and end.
    Stop(oneshot::Sender<()>),
}

/// One thread's door.
pub(super) struct Worker {
    orders: mpsc::Sender<Order>,
    load: Arc<AtomicUsize>,
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
        let (orders, queue) = mpsc::channel(queue_jobs_max);
        let load = Arc::new(AtomicUsize::new(0));
        let failed = |error: std::io::Error| StoreError::broken(format!("cannot start a database thread: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let pool = pool(config, connections_max)?;
        let work = move || {
            let desk = Rc::new(Desk { pool, on_commit });
            LocalSet::new().block_on(&runtime, work(queue, desk, connections_max));
        };
        std::thread::Builder::new().name("postgres".into()).spawn(work).map_err(failed)?;
        Ok(Worker { orders, load })
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
        self.orders.try_send(Order::Run(task)).map_err(|_| StoreError::Busy)
    }

    /// Returns when everything queued is done.
    pub(super) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.orders.send(Order::Stop(done)).await.is_ok() {
            // The sender is dropped unsent where another `stop` came first; that one is answered when all is done.
            drop(stopped.await);
        }
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

/// The thread: as many transactions at once as it has connections.
async fn work(mut queue: mpsc::Receiver<Order>, desk: Rc<Desk>, connections_max: usize) {
    let connections = Arc::new(Semaphore::new(connections_max));
    let mut stop = None;
    while let Some(order) = queue.recv().await {
        match order {
            Order::Run(task) => {
                let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
                let running = task(Rc::clone(&desk));
                tokio::task::spawn_local(async move {
                    running.await;
                    drop(permit);
                });
            }
            Order::Stop(done) => {
                queue.close();
                stop.get_or_insert(done);
            }
        }
    }
    let all = u32::try_from(connections_max).unwrap_or(u32::MAX);
    let finished = connections.acquire_many(all).await;
    desk.pool.close();
    drop(finished);
    if let Some(done) = stop {
        // Whoever asked may have stopped waiting.
        done.send(()).ok();
    }
}

/// Tells the newest place of each account. A listener that panics must not spoil the answer.
pub(super) fn announce(announced: &[(AccountId, Seq)], on_commit: &OnCommit) {
    for (account, seq) in announced {
        if catch_unwind(AssertUnwindSafe(|| on_commit(*account, *seq))).is_err() {
            tracing::error!("a listener for commits panicked");
        }
    }
}
