//! One transaction on its way: its closure, and where the answer goes.
//! It is run by the engine's threads, so it comes to its end also when nobody waits for the answer any more.

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use tokio::sync::oneshot;

use crate::StoreError;

/// Told of each account's new place in the log, after the commit.
pub(crate) type OnCommit = dyn Fn(AccountId, Seq) + Send + Sync;

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Read one snapshot.
    Read,
    /// Read and write.
    Write,
    /// Read and write with this account locked.
    WriteIn(AccountId),
}

/// A closure with the way back to its caller.
pub(crate) struct Job<T, E, F> {
    pub(crate) closure: F,
    pub(crate) access: Access,
    reply: oneshot::Sender<Result<T, E>>,
}

/// The caller's end.
pub(crate) struct Answer<T, E>(oneshot::Receiver<Result<T, E>>);

impl<T, E: From<StoreError>, F> Job<T, E, F> {
    pub(crate) fn new(closure: F, access: Access) -> (Job<T, E, F>, Answer<T, E>) {
        let (reply, answer) = oneshot::channel();
        (Job { closure, access, reply }, Answer(answer))
    }

    /// Answers. A caller who has gone away gets no answer; what was done stays done.
    pub(crate) fn answer(self, result: Result<T, E>) {
        drop(self.reply.send(result));
    }
}

impl<T, E: From<StoreError>> Answer<T, E> {
    /// Waits for the answer.
    pub(crate) async fn wait(self) -> Result<T, E> {
        let gone = |_| Err(StoreError::broken("the database thread ended without an answer").into());
        self.0.await.unwrap_or_else(gone)
    }
}
