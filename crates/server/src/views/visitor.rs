//! What contacts see: numbers that count only what they may see, names but no ids of members, and never a private note.

use frontdesk_core::contact::is_told_who_they_are;
use frontdesk_core::conversation::{DELETED, SenderKind};
use frontdesk_core::id::ContactId;
use frontdesk_store::contacts::Visitor;
use frontdesk_store::conversations::Conversation;
use frontdesk_store::messages::Message;
use serde::Serialize;
use utoipa::ToSchema;

use super::{VisitorAttachmentView, picture_url};

/// A member who takes part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VisitorAgentView {
    pub(crate) name: String,
    /// Their picture; empty for none.
    pub(crate) avatar_url: String,
}

/// A conversation as a contact sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VisitorConversationView {
    /// The uuid.
    id: String,
    #[schema(value_type = String, example = "open")]
    status: &'static str,
    /// The members who take part, in the order of joining.
    agents: Vec<VisitorAgentView>,
    /// Members' messages that this contact has not read.
    unread_count: i64,
    /// Messages from contacts so far: the newest of them is number `incoming_count`.
    incoming_count: i64,
    /// How many of those reached a device of a member.
    delivered_count: i64,
    /// How many of those a member has seen.
    seen_count: i64,
    created_at_ms: i64,
}

impl VisitorConversationView {
    /// `agents` are names; `read_count` is this contact's.
    pub(crate) fn new(it: &Conversation, agents: Vec<(String, Option<String>)>, read_count: i64) -> VisitorConversationView {
        VisitorConversationView {
            id: it.uuid.clone(),
            status: if it.status.is_open_to_contacts() { "open" } else { "resolved" },
            agents: agents
                .into_iter()
                .map(|(name, picture)| VisitorAgentView { name, avatar_url: picture_url(picture.as_deref()) })
                .collect(),
            unread_count: (it.outgoing_count - read_count).max(0),
            incoming_count: it.incoming_count,
            delivered_count: it.delivered_count,
            seen_count: it.seen_count,
            created_at_ms: it.created_at.0,
        }
    }
}

/// A message as a contact sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VisitorMessageView {
    /// 1, 2, 3, ... among what contacts may see of this conversation.
    number: i64,
    /// The conversation's uuid.
    conversation_id: String,
    /// "me", "contact" (another one), "agent" or "event".
    from: &'static str,
    name: Option<String>,
    /// An agent's picture; empty for none.
    avatar_url: String,
    content: String,
    /// The text is gone, and `content` says so.
    deleted: bool,
    /// The contact's own key, on own messages only.
    echo_id: Option<String>,
    /// Its files, in the sender's order.
    attachments: Vec<VisitorAttachmentView>,
    created_at_ms: i64,
}

/// Who reads, and through which inbox.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) contact: ContactId,
    /// The one that the reader proved themselves in.
    pub(crate) website_token: &'a str,
}

impl VisitorMessageView {
    /// `None` for what contacts may not see: the one gate between private notes and contacts.
    pub(crate) fn new(it: &Message, conversation_uuid: &str, reader: Reader<'_>) -> Option<VisitorMessageView> {
        let number = it.contact_position.filter(|_| !it.private)?;
        let from = match (it.sender_kind, it.sender_id) {
            (Some(SenderKind::Contact), Some(id)) if id == reader.contact.0 => "me",
            (Some(SenderKind::Contact), _) => "contact",
            (Some(SenderKind::User), _) => "agent",
            (None, _) => "event",
        };
        Some(VisitorMessageView {
            number,
            conversation_id: conversation_uuid.to_owned(),
            from,
            name: (from == "agent" || from == "contact").then(|| it.sender_name.clone()),
            avatar_url: picture_url(it.sender_picture.as_deref()),
            content: match it.deleted_at {
                Some(_) => DELETED.to_owned(),
                None => it.contact_body.clone().unwrap_or_else(|| it.body.clone()),
            },
            deleted: it.deleted_at.is_some(),
            echo_id: it.echo_id.clone().filter(|_| from == "me"),
            attachments: it.attachments.0.iter().map(|file| VisitorAttachmentView::new(file, reader.website_token)).collect(),
            created_at_ms: it.created_at.0,
        })
    }
}

/// What is known of the contact who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorContactView {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
}

impl VisitorContactView {
    /// What this browser may be told of who it is.
    pub(crate) fn new(it: &Visitor) -> VisitorContactView {
        let told = is_told_who_they_are(it.hmac_verified, it.channels);
        VisitorContactView { name: it.name.clone().filter(|_| told), email: it.email.clone().filter(|_| told) }
    }
}

/// What is known of a visitor after the website told who they are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdentifiedView {
    pub(crate) contact: VisitorContactView,
    /// Whether the website signed who uses this browser.
    pub(crate) hmac_verified: bool,
}

/// All that a chat needs to begin or to go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorSessionView {
    pub(crate) epoch: String,
    /// The newest number of this contact's view of the log; what is told here is at least as new.
    pub(crate) cursor: i64,
    pub(crate) contact: Option<VisitorContactView>,
    pub(crate) conversation: Option<VisitorConversationView>,
    /// The newest ones, oldest first.
    pub(crate) messages: Vec<VisitorMessageView>,
    /// Whether there are older ones.
    pub(crate) more: bool,
}

/// A page of messages, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorMessagesView {
    pub(crate) messages: Vec<VisitorMessageView>,
    /// Whether there are older ones.
    pub(crate) more: bool,
}

/// An accepted message and the conversation that it went to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VisitorSentView {
    pub(crate) conversation: VisitorConversationView,
    pub(crate) message: VisitorMessageView,
}
