//! One queued write and what became of it, without the types of its closure.
//! Savepoints and commits are the writer's business.

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use rusqlite::Connection;

use super::run_closure;
use crate::StoreError;
use crate::engine::job::Job;
use crate::engine::progress::Progress;
use crate::engine::tx::Tx;

/// A write in the writer's hands.
pub(super) trait Write: Send {
    /// Runs the closure; whether its work is to be kept.
    fn run(&mut self, connection: &Connection) -> bool;

    /// The statement error that spoiled the transaction, if any.
    fn failure(&self) -> Option<StoreError>;

    /// Moves out what the closure announced.
    fn take_announced(&mut self, into: &mut Vec<(AccountId, Seq)>);

    /// Answers the caller: with the closure's result, or with the error that took the whole group.
    fn answer(self: Box<Self>, group: &Result<(), StoreError>);
}

struct Queued<T, E, F> {
    job: Job<T, E, F>,
    result: Option<Result<T, E>>,
    failure: Option<StoreError>,
    announced: Vec<(AccountId, Seq)>,
}

/// A job as the writer takes it.
pub(super) fn boxed<T, E, F>(job: Job<T, E, F>) -> Box<dyn Write>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    Box::new(Queued { job, result: None, failure: None, announced: Vec::new() })
}

impl<T, E, F> Write for Queued<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: AsyncFn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let progress = Progress::default();
        let result = run_closure(connection, &self.job.closure, &progress);
        let keep = result.is_ok();
        if keep {
            self.announced = progress.take_announced();
        }
        self.failure = progress.check().err();
        self.result = Some(result);
        keep
    }

    fn failure(&self) -> Option<StoreError> {
        self.failure.clone()
    }

    fn take_announced(&mut self, into: &mut Vec<(AccountId, Seq)>) {
        into.append(&mut self.announced);
    }

    fn answer(self: Box<Self>, group: &Result<(), StoreError>) {
        let lost = |error: &StoreError| Err(error.clone().into());
        let result = match (self.result, group) {
            // A closure that refused keeps its own reason: it stored nothing in either case.
            (Some(Err(reason)), _) => Err(reason),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => lost(error),
            (None, Ok(())) => lost(&StoreError::broken("a write was passed over")),
        };
        self.job.answer(result);
    }
}
