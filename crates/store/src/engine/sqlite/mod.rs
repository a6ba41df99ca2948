//! SQLite behind the door: one writer thread, and readers that run in place.
//! Its statements and values are translated in the modules below.

mod company;
mod connection;
mod copy;
mod errors;
mod readers;
pub(super) mod statement;
pub(crate) mod value;
mod write;
mod writer;

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use self::connection::Opener;
use self::readers::Readers;
use self::writer::Writer;
use super::job::{Job, OnCommit};
use super::options::Options;
use super::progress::{Guard, Progress, waited_for_something_else};
use super::tx::Tx;
use crate::{StoreError, migrate};

/// An open SQLite database.
pub(super) struct Sqlite {
    opener: Opener,
    readers: Readers,
    writer: Writer,
}

impl Sqlite {
    /// Opens the file, made when absent, brings its schema up to date, and starts the writer.
    pub(super) async fn open(file: &Path, options: Options, on_commit: Arc<OnCommit>) -> Result<Sqlite, StoreError> {
        let opener = Opener { file: file.to_owned(), busy_timeout: options.busy_timeout };
        let opening = tokio::task::spawn_blocking(move || {
            let mut connection = opener.first()?;
            migrate::sqlite(&mut connection, options.migrations)?;
            let readers = Readers::new(opener.clone());
            let writer = Writer::start(connection, opener.clone(), options.queue_jobs_max, on_commit)?;
            Ok(Sqlite { opener, readers, writer })
        });
        opening.await.unwrap_or_else(|_| Err(StoreError::broken("opening the database panicked")))
    }

    /// Queues a write.
    pub(super) fn submit<T, E, F>(&self, job: Job<T, E, F>) -> Result<(), StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.submit(job)
    }

    /// Reads in place: what is short costs no change of threads.
    pub(super) fn read<T, E, F>(&self, closure: &F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E>,
    {
        self.readers.read(closure)
    }

    /// Copies the database into a new file, on a thread that may block.
    pub(super) async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let (opener, file) = (self.opener.clone(), file.to_owned());
        let copying = tokio::task::spawn_blocking(move || copy::copy(&opener, &file));
        copying.await.unwrap_or_else(|_| Err(StoreError::broken("copying the database panicked")))
    }

    /// Leaves out ids, on a thread that may block.
    pub(super) async fn skip_ids(&self) -> Result<(), StoreError> {
        let opener = self.opener.clone();
        let skipping = tokio::task::spawn_blocking(move || copy::skip_ids(&opener));
        skipping.await.unwrap_or_else(|_| Err(StoreError::broken("leaving out ids panicked")))
    }

    /// Finishes what is queued, then closes.
    pub(super) async fn close(&self) {
        // Readers first: the last connection to be closed removes the log beside the file.
        self.readers.close();
        self.writer.stop().await;
    }
}

/// Runs a closure to its end: inside SQLite nothing waits, so that one poll is enough.
fn run_closure<T, E, F>(connection: &Connection, closure: &F, progress: &Progress) -> Result<T, E>
where
    E: From<StoreError>,
    F: AsyncFn(&mut Tx<'_>) -> Result<T, E>,
{
    let mut tx = Tx::sqlite(connection, progress);
    let future = std::pin::pin!(async { closure(&mut tx).await });
    let guard = std::pin::pin!(Guard::new(future, progress));
    match guard.poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(result) => progress.verdict(result),
        std::task::Poll::Pending => Err(waited_for_something_else().into()),
    }
}
