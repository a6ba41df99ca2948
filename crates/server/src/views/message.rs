//! Messages as members see them, private notes included. The contacts' shape is in `visitor`.

use frontdesk_core::conversation::{DELETED, Marks, MessageKind, MessageStatus, SenderKind};
use frontdesk_core::id::{ConversationNumber, InboxId};
use frontdesk_core::time::Millis;
use frontdesk_store::conversation_lists::Listed;
use frontdesk_store::conversations::Conversation;
use frontdesk_store::messages::Message;
use serde::Serialize;
use utoipa::ToSchema;

use super::attributes::{Fields, PageAttributes, fields};
use super::{AgentView, AttachmentView, SenderView, picture_url};

/// Who sent a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MessageSenderView {
    id: i64,
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    thumbnail: String,
}

/// What is to be known of a message's content.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ContentAttributesView {
    /// Present and true when the text was deleted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    deleted: bool,
}

/// A message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MessageView {
    id: i64,
    account_id: i64,
    inbox_id: i64,
    /// The conversation's number in the account.
    conversation_id: i64,
    /// 0 from a contact, 1 from a member, 2 something that happened.
    message_type: i64,
    content: String,
    content_type: &'static str,
    /// For members only.
    private: bool,
    /// How far it came: sent, delivered to a device of the other side, or read there.
    #[schema(value_type = String, example = "delivered")]
    status: MessageStatus,
    /// Unix seconds.
    created_at: i64,
    /// Unix milliseconds.
    created_at_ms: i64,
    /// 1, 2, 3, ... in the conversation: the one order that everybody sees.
    position: i64,
    /// The sender's own key, if one was given.
    echo_id: Option<String>,
    content_attributes: ContentAttributesView,
    /// Its files, in the sender's order.
    attachments: Vec<AttachmentView>,
    sender_type: Option<&'static str>,
    sender_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<MessageSenderView>,
}

/// What a message's view takes from its conversation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thread {
    pub(crate) number: ConversationNumber,
    pub(crate) inbox: InboxId,
    /// How far the contacts' messages came.
    pub(crate) incoming: Marks,
    /// How far the members' came to the contact who began it.
    pub(crate) outgoing: Marks,
}

impl Thread {
    /// The conversation with how far the members' messages came to the contact who began it.
    pub(crate) fn new(it: &Conversation, outgoing: Marks) -> Thread {
        Thread { number: it.number, inbox: it.inbox_id, incoming: it.marks(), outgoing }
    }

    fn status_of(self, it: &Message) -> MessageStatus {
        let marks = if it.kind == MessageKind::Incoming { self.incoming } else { self.outgoing };
        marks.status_of(it.side_number)
    }
}

impl From<&Listed> for Thread {
    fn from(it: &Listed) -> Thread {
        Thread::new(&it.conversation, it.contact_marks())
    }
}

impl MessageView {
    /// `thread` is the message's conversation.
    pub(crate) fn new(it: &Message, thread: Thread) -> MessageView {
        let (sender_type, kind) = match it.sender_kind {
            Some(SenderKind::Contact) => (Some("Contact"), "contact"),
            Some(SenderKind::User) => (Some("User"), "user"),
            None => (None, ""),
        };
        let sender = it.sender_id.map(|id| MessageSenderView {
            id,
            name: it.sender_name.clone(),
            kind,
            thumbnail: picture_url(it.sender_picture.as_deref()),
        });
        MessageView {
            id: it.id.0,
            account_id: it.account_id.0,
            inbox_id: thread.inbox.0,
            conversation_id: thread.number.0,
            message_type: it.kind.number(),
            content: if it.deleted_at.is_some() { DELETED.to_owned() } else { it.body.clone() },
            content_type: "text",
            private: it.private,
            status: thread.status_of(it),
            created_at: it.created_at.as_seconds(),
            created_at_ms: it.created_at.0,
            position: it.position,
            echo_id: it.echo_id.clone(),
            content_attributes: ContentAttributesView { deleted: it.deleted_at.is_some() },
            attachments: it.attachments.0.iter().map(|file| AttachmentView::new(file, it.account_id.0, it.id.0)).collect(),
            sender_type,
            sender_id: it.sender_id,
            sender,
        }
    }
}

/// The conversation to which a page of messages belongs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessagesMeta {
    labels: Vec<String>,
    #[schema(value_type = PageAttributes)]
    additional_attributes: Fields,
    contact: SenderView,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<AgentView>,
    agent_last_seen_at: i64,
    assignee_last_seen_at: i64,
}

impl From<&Listed> for MessagesMeta {
    fn from(it: &Listed) -> MessagesMeta {
        MessagesMeta {
            labels: it.conversation.labels.0.clone(),
            additional_attributes: fields(&it.conversation.additional_attributes),
            contact: (&it.contact).into(),
            assignee: it.owner.as_ref().map(AgentView::from),
            agent_last_seen_at: it.members_seen_at.map_or(0, Millis::as_seconds),
            assignee_last_seen_at: it.owner_seen_at.map_or(0, Millis::as_seconds),
        }
    }
}

/// A page of messages, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessagesView {
    pub(crate) meta: MessagesMeta,
    pub(crate) payload: Vec<MessageView>,
}
