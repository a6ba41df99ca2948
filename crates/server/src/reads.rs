//! What HTTP and sockets both read before they show it. Shapes are in `views`, statements in the store.

use frontdesk_core::id::ContactId;
use frontdesk_store::conversations::{self, Conversation};
use frontdesk_store::{StoreError, Tx};

use crate::views::VisitorConversationView;

/// A conversation as this contact sees it.
pub(crate) async fn conversation_for_contact(
    tx: &mut Tx<'_>,
    it: &Conversation,
    reader: ContactId,
) -> Result<VisitorConversationView, StoreError> {
    let agents = conversations::agents(tx, it.id).await?;
    let read_count = conversations::contact_read(tx, it.id, reader).await?;
    Ok(VisitorConversationView::new(it, agents, read_count))
}
