//! The visitors' side: their REST, and the launcher and chat page that are given to browsers. No cookie counts here:
//! a visitor's browser proves itself with a secret that it made itself (docs/decisions/0003).

mod attachments;
mod conversations;
mod host_api;
mod identify;
mod launcher_words;
mod messages;
mod page;
pub(crate) mod pages;
mod seen;
mod session;
mod visitor;

pub(crate) use attachments::{__path_show_attachment, __path_upload, show_attachment, upload};
pub(crate) use conversations::{__path_create as __path_begin, create as begin};
pub(crate) use host_api::host_api;
pub(crate) use identify::{__path_identify, identify};
pub(crate) use messages::{__path_list, __path_send, list, send};
pub(crate) use seen::{__path_seen, seen};
pub(crate) use session::{__path_show as __path_show_session, show as show_session};

use frontdesk_store::conversations::Conversation;
use frontdesk_store::messages::Message;
use frontdesk_store::{StoreError, Tx};

use crate::reads::conversation_for_contact as conversation_view;
use crate::views::{Reader, VisitorMessageView};

/// Those of the messages that contacts may see, as this contact sees them.
fn message_views(messages: &[Message], conversation: &Conversation, reader: Reader<'_>) -> Vec<VisitorMessageView> {
    messages.iter().filter_map(|it| VisitorMessageView::new(it, &conversation.uuid, reader)).collect()
}

/// Messages in a page of a chat.
const PAGE_MESSAGES: i64 = 50;

/// The page of a chat before a place, and whether there is more before it.
async fn page(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    reader: Reader<'_>,
    before: Option<i64>,
) -> Result<(Vec<VisitorMessageView>, bool), StoreError> {
    let mut found = frontdesk_store::messages::before_for_contacts(tx, conversation.id, before, PAGE_MESSAGES + 1).await?;
    let more = found.len() > usize::try_from(PAGE_MESSAGES).unwrap_or(usize::MAX);
    if more {
        found.remove(0);
    }
    Ok((message_views(&found, conversation, reader), more))
}
