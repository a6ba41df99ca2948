//! Where one socket is woken, and where ephemeral news waits for it: the newest value per key, never more. Durable events
//! are not kept here; the socket pulls them from the log at its own pace.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use frontdesk_core::id::{ContactId, ContactInboxId, ConversationId, InboxId, UserId};
use tokio::sync::Notify;

use super::wire::ServerTyping;

/// Typists remembered for a socket that does not read; further ones are dropped without harm.
const TYPISTS_MAX: usize = 32;

/// Somebody outside or inside who types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TypistId {
    Contact(ContactId),
    User(UserId),
}

/// News of a typist, with what decides who may hear of it.
#[derive(Debug, Clone)]
pub(crate) struct Typing {
    pub(crate) who: TypistId,
    pub(crate) inbox: InboxId,
    pub(crate) conversation: ConversationId,
    /// The browser or channel that the conversation began in.
    pub(crate) begun_in: ContactInboxId,
    pub(crate) frame: ServerTyping,
}

/// One socket's letter box.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    wake: Notify,
    recheck: AtomicBool,
    typing: Mutex<BTreeMap<(ConversationId, TypistId), Typing>>,
}

impl Mailbox {
    /// Wakes the socket; a wake-up while it is busy is kept.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Puts typing news in place of older news of the same person in the same conversation.
    pub(crate) fn put(&self, typing: &Typing) {
        let mut waiting = self.typing.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (typing.conversation, typing.who);
        if waiting.len() < TYPISTS_MAX || waiting.contains_key(&key) {
            waiting.insert(key, typing.clone());
        }
        drop(waiting);
        self.wake();
    }

    /// Wakes the socket to ask again who it belongs to.
    pub(crate) fn ask_again(&self) {
        self.recheck.store(true, Ordering::Release);
        self.wake();
    }

    /// Whether to ask again, once.
    pub(crate) fn take_recheck(&self) -> bool {
        self.recheck.swap(false, Ordering::AcqRel)
    }

    /// Waits for a wake-up.
    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Takes the typing news that wait.
    pub(crate) fn take_typing(&self) -> Vec<Typing> {
        let mut waiting = self.typing.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *waiting).into_values().collect()
    }
}
