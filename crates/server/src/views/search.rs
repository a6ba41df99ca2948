//! What a search found: conversations and people as everywhere, and messages with the part of them that shows why.

use frontdesk_core::contact::name_for_members;
use frontdesk_core::conversation::Marks;
use frontdesk_core::search::{Part, Query, excerpt};
use frontdesk_store::search::Hit;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ConversationView, MessageView, SenderView, Thread};

/// A piece of a message's text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExcerptPartView {
    text: String,
    /// It is what was searched for.
    #[serde(rename = "match")]
    is_match: bool,
}

impl From<Part> for ExcerptPartView {
    fn from(it: Part) -> ExcerptPartView {
        ExcerptPartView { text: it.text, is_match: it.is_match }
    }
}

/// A message that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundMessageView {
    #[serde(flatten)]
    message: MessageView,
    /// How the contact of the conversation is called.
    contact_name: String,
    /// The part of the text around the first match, in pieces.
    excerpt: Vec<ExcerptPartView>,
}

impl FoundMessageView {
    pub(crate) fn new(hit: &Hit, query: &Query) -> FoundMessageView {
        let (message, contact) = (&hit.message, &hit.contact);
        let thread = Thread {
            number: hit.number,
            inbox: hit.inbox_id,
            incoming: Marks { delivered: hit.delivered_count, seen: hit.seen_count },
            outgoing: Marks { delivered: hit.contact_delivered_count, seen: hit.contact_read_count },
        };
        FoundMessageView {
            message: MessageView::new(message, thread),
            contact_name: name_for_members(contact.name.as_deref(), contact.email.as_deref(), contact.id),
            excerpt: excerpt(&message.body, query).into_iter().map(Into::into).collect(),
        }
    }
}

/// What a search found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct SearchPayload {
    /// By their number, or by their contact; only on the first page.
    pub(crate) conversations: Vec<ConversationView>,
    pub(crate) contacts: Vec<SenderView>,
    /// Newest first.
    pub(crate) messages: Vec<FoundMessageView>,
}

/// What a search found.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct SearchView {
    pub(crate) payload: SearchPayload,
}
