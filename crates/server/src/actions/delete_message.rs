//! A member deletes a message: its text and files are gone for good, its place in the conversation stays.

use frontdesk_core::conversation::{MessageKind, SenderKind};
use frontdesk_core::event::Event;
use frontdesk_core::id::{ConversationNumber, MessageId};
use frontdesk_core::permission::{Action, may};
use frontdesk_core::time::Millis;
use frontdesk_store::{AccountTx, conversations, events, messages};

use super::{ActingMember, Refusal, hide_deleted};

/// Deletes a message of the member's own, or anybody's where the role allows it; one that is deleted already stays so.
/// What the system told of happenings is nobody's and stays.
pub(crate) async fn delete(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    (number, id): (ConversationNumber, MessageId),
    now: Millis,
) -> Result<(), Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let found = messages::find_in(tx, conversation.id, id).await?;
    let message = found.filter(|it| it.kind != MessageKind::Activity).ok_or(Refusal::NotFound("Message"))?;
    let sender = (SenderKind::User, member.user.0);
    let is_own = message.sender_kind.zip(message.sender_id) == Some(sender);
    if !is_own && !may(member.role, Action::DeleteOthersMessages) {
        return Err(Refusal::Denied);
    }
    if message.deleted_at.is_some() {
        return Ok(());
    }
    messages::delete_text(tx, id, now).await?;
    hide_deleted::hide(tx, conversation.id, id).await?;
    let event = Event::MessageUpdated {
        inbox: conversation.inbox_id,
        conversation: conversation.id,
        message: id,
        for_contacts: message.contact_position.is_some(),
    };
    events::append(tx, &event, Some(sender), now).await?;
    Ok(())
}
