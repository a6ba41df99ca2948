//! What a client knows and a fetch gives: the same type, so that folding the events can be compared with fetching.

use std::collections::BTreeMap;

use super::wire::{ConversationView, Echo, MessageView, News};
use crate::id::ConversationId;

/// Messages of a conversation in a fetch; small, so that histories are longer than a page.
pub(super) const PAGE_MESSAGES: usize = 6;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) conversations: BTreeMap<ConversationId, ConversationView>,
    /// How far this member read; contacts are told their unread counts instead.
    pub(super) reads: BTreeMap<ConversationId, i64>,
    pub(super) messages: BTreeMap<(ConversationId, i64), MessageView>,
}

impl State {
    /// Takes an event in; twice is the same as once.
    pub(super) fn apply(&mut self, news: News) {
        match news {
            News::Message(conversation, message) => {
                self.put(message);
                self.conversations.insert(conversation.id, conversation);
            }
            News::Conversation(conversation) => {
                self.conversations.insert(conversation.id, conversation);
            }
            News::Read { conversation, count } => {
                let read = self.reads.entry(conversation).or_default();
                *read = count.max(*read);
            }
            News::Other => {}
        }
    }

    pub(super) fn put(&mut self, message: MessageView) {
        self.messages.insert((message.conversation, message.place), message);
    }

    pub(super) fn newest(&self) -> Option<ConversationId> {
        self.conversations.keys().next_back().copied()
    }

    /// The newest message of each conversation that has any here.
    pub(super) fn newest_places(&self) -> BTreeMap<ConversationId, i64> {
        // Ascending, so that the newest of each stays.
        self.messages.keys().copied().collect()
    }

    pub(super) fn holds(&self, echo: Echo) -> bool {
        self.messages.values().any(|it| it.echo == Some(echo))
    }

    pub(super) fn unread_count(&self, conversation: &ConversationView) -> i64 {
        (conversation.incoming_count - self.reads.get(&conversation.id).copied().unwrap_or(0)).max(0)
    }

    /// Leaves the chosen conversations with the newest page of each: what a fetch would give.
    pub(super) fn pages_of(&self, chosen: impl Fn(ConversationId) -> bool) -> State {
        let mut pages = self.clone();
        pages.conversations.retain(|id, _| chosen(*id));
        pages.reads.retain(|id, _| chosen(*id));
        pages.messages.clear();
        for id in pages.conversations.keys() {
            let newest = self.messages.range((*id, i64::MIN)..=(*id, i64::MAX)).rev().take(PAGE_MESSAGES);
            pages.messages.extend(newest.map(|(place, message)| (*place, message.clone())));
        }
        pages
    }
}
