//! What travels: requests, answers, frames, and the views inside them. The contract in miniature; no JSON here.

use std::collections::BTreeSet;

use super::state::State;
use crate::conversation::Status;
use crate::id::{ConversationId, MessageId, UserId};

/// A sender's key of one message. Ascending in the order typed, which the real, random ones are not.
pub(super) type Echo = i64;

/// Names a history; the real one is a random text.
pub(super) type Epoch = i64;

/// Where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// Begins a conversation, under this key.
    New(Echo),
    In(ConversationId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) echo: Echo,
    pub(super) target: Target,
    pub(super) body: String,
    pub(super) private: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Request {
    Send(Draft),
    Fetch {
        attempt: u64,
    },
    SetStatus {
        conversation: ConversationId,
        wanted: Status,
    },
    Join {
        conversation: ConversationId,
    },
    /// Up to this many messages of the other side.
    MarkRead {
        conversation: ConversationId,
        count: i64,
    },
}

#[derive(Debug, Clone)]
pub(super) enum Answer {
    Stored { echo: Echo, conversation: ConversationView, message: MessageView },
    Refused { echo: Echo },
    Snapshot { attempt: u64, state: State },
    Done,
}

#[derive(Debug, Clone)]
pub(super) enum Frame {
    Resumed {
        cursor: i64,
    },
    Reload {
        epoch: Epoch,
        cursor: i64,
    },
    Event {
        seq: i64,
        news: News,
    },
    /// Nothing for this reader up to here.
    Cursor {
        seq: i64,
    },
    Typing {
        conversation: ConversationId,
        private: bool,
    },
}

/// An event with the state as of its delivery, which may be newer than the event.
#[derive(Debug, Clone)]
pub(super) enum News {
    Message(ConversationView, MessageView),
    Conversation(ConversationView),
    Read {
        conversation: ConversationId,
        count: i64,
    },
    /// A kind that changes nothing in the state here.
    Other,
}

/// A conversation as one reader may see it; what is only for the other side is left at nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConversationView {
    pub(super) id: ConversationId,
    pub(super) status: Status,
    pub(super) owner: Option<UserId>,
    pub(super) joined: BTreeSet<UserId>,
    pub(super) incoming_count: i64,
    pub(super) last_message: Option<MessageId>,
    /// Members see how far the contact read.
    pub(super) contact_read_count: i64,
    /// Contacts are told their unread count; members count theirs.
    pub(super) unread_count: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Me,
    Contact,
    Agent,
    Event,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MessageView {
    pub(super) conversation: ConversationId,
    /// 1, 2, 3, ... among what this reader may see of the conversation.
    pub(super) place: i64,
    pub(super) from: From,
    pub(super) private: bool,
    pub(super) content: String,
    pub(super) echo: Option<Echo>,
}
