//! What a running transaction has met so far, and the guard that drives its closure.
//! Nothing here knows which engine it is.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;

use crate::StoreError;

thread_local! {
    /// A closure is being polled on this thread.
    static IN_CLOSURE: Cell<bool> = const { Cell::new(false) };
}

/// A statement that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What the closure is told.
    pub(crate) error: StoreError,
    /// The same transaction may succeed when it runs again: a serialization failure or a deadlock.
    pub(crate) conflict: bool,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure { error, conflict: false }
    }
}

/// Shared by a transaction, its guard and the engine that ends it.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    waiting: Cell<bool>,
    failed: RefCell<Option<Failure>>,
    announced: RefCell<Vec<(AccountId, Seq)>>,
}

impl Progress {
    /// Refuses once a statement has failed. PostgreSQL refuses by itself; SQLite may have rolled the transaction back,
    /// and a further statement would then be stored at once and alone.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        match &*self.failed.borrow() {
            Some(failure) => Err(failure.error.clone()),
            None => Ok(()),
        }
    }

    /// Remembers a statement's failure: the transaction can only be rolled back now.
    pub(crate) fn note<R>(&self, outcome: Result<R, Failure>) -> Result<R, StoreError> {
        outcome.map_err(|failure| {
            let error = failure.error.clone();
            self.failed.replace(Some(failure));
            error
        })
    }

    /// Waits for the database. Only what is awaited through here may keep a closure waiting.
    pub(crate) async fn wait_for<R>(&self, answer: impl Future<Output = R>) -> R {
        let _waiting = Waiting::set(&self.waiting);
        answer.await
    }

    pub(crate) fn announce(&self, account: AccountId, seq: Seq) {
        self.announced.borrow_mut().push((account, seq));
    }

    /// A closure that swallowed a statement's error is not committed: half of what it meant is missing.
    pub(crate) fn verdict<T, E: From<StoreError>>(&self, result: Result<T, E>) -> Result<T, E> {
        result.and_then(|value| self.check().map(|()| value).map_err(E::from))
    }

    /// Whether running the closure again may help.
    pub(crate) fn met_conflict(&self) -> bool {
        self.failed.borrow().as_ref().is_some_and(|failure| failure.conflict)
    }

    pub(crate) fn take_announced(&self) -> Vec<(AccountId, Seq)> {
        self.announced.take()
    }
}

/// Raises a flag until it is dropped, also when the waiting itself is dropped half-way.
struct Waiting<'p>(&'p Cell<bool>);

impl<'p> Waiting<'p> {
    fn set(flag: &'p Cell<bool>) -> Waiting<'p> {
        flag.set(true);
        Waiting(flag)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// A closure's future under the rules of the door: a panic becomes an error, and so does waiting for anything but the
/// transaction, which would hold locks (on SQLite: everybody's writes) for as long as that takes.
pub(crate) struct Guard<'p, F> {
    future: Pin<&'p mut F>,
    progress: &'p Progress,
}

impl<'p, F> Guard<'p, F> {
    pub(crate) fn new(future: Pin<&'p mut F>, progress: &'p Progress) -> Guard<'p, F> {
        Guard { future, progress }
    }
}

impl<T, E: From<StoreError>, F: Future<Output = Result<T, E>>> Future for Guard<'_, F> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, E>> {
        let outer = IN_CLOSURE.replace(true);
        let polled = catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(context)));
        IN_CLOSURE.set(outer);
        match polled {
            Ok(Poll::Ready(result)) => Poll::Ready(result),
            Ok(Poll::Pending) if self.progress.waiting.get() => Poll::Pending,
            Ok(Poll::Pending) => Poll::Ready(Err(waited_for_something_else().into())),
            Err(_) => Poll::Ready(Err(StoreError::broken("a transaction's closure panicked").into())),
        }
    }
}

/// The refusal for a closure that awaits anything but its transaction.
pub(crate) fn waited_for_something_else() -> StoreError {
    StoreError::broken("a transaction's closure awaited something other than its transaction")
}

/// Refuses to open a transaction inside another one: it would wait for itself, or not belong to it.
pub(crate) fn refuse_nesting() -> Result<(), StoreError> {
    if IN_CLOSURE.get() {
        return Err(StoreError::broken("a transaction's closure opened another transaction"));
    }
    Ok(())
}
