//! A member or a contact has read a conversation up to a place. Reading never goes back. The other side learns of it, but
//! not that an Invisible member reads (BEHAVIOUR 7.6).

use frontdesk_core::conversation::{SenderKind, shows_itself};
use frontdesk_core::event::Event;
use frontdesk_core::id::ConversationNumber;
use frontdesk_core::member::Availability;
use frontdesk_core::time::Millis;
use frontdesk_store::contacts::Visitor;
use frontdesk_store::conversations::{self, Conversation};
use frontdesk_store::{AccountTx, events, marks, messages};

use super::{ActingMember, Refusal};

/// The member has read up to the `up_to`th message from contacts, or all of them; their other devices hear of it, and
/// everybody when that is further than anybody had.
pub(crate) async fn as_member(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    up_to: Option<i64>,
    now: Millis,
) -> Result<Conversation, Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let read_count = up_to.unwrap_or(conversation.incoming_count).clamp(0, conversation.incoming_count);
    if conversations::set_member_read(tx, conversation.id, member.user, read_count, now).await? {
        let event = Event::ConversationRead { inbox: conversation.inbox_id, conversation: conversation.id, user: member.user, read_count };
        events::append(tx, &event, Some((SenderKind::User, member.user.0)), now).await?;
    }
    let marks = conversation.marks().seen_up_to(read_count, conversation.incoming_count);
    // Asked only when it matters: has an Invisible member given themselves away?
    let shows = async |tx: &mut AccountTx<'_, '_>| {
        let asks = member.availability == Availability::Offline;
        let has_replied = asks && messages::has_replied(tx, conversation.id, member.user).await?;
        Ok::<_, Refusal>(shows_itself(member.availability, has_replied))
    };
    if marks != conversation.marks() && shows(tx).await? {
        marks::set(tx, &mut conversation, marks).await?;
        super::converse::announce_marks(tx, &conversation, true, (Some((SenderKind::User, member.user.0)), now)).await?;
    }
    Ok(conversation)
}

/// The member wants to come back to it: their newest message from a contact counts as unread again, on all their devices.
pub(crate) async fn unread(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    now: Millis,
) -> Result<Conversation, Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let read_count = (conversation.incoming_count - 1).max(0);
    if conversations::set_member_unread(tx, conversation.id, member.user, read_count).await? {
        let event =
            Event::ConversationUnread { inbox: conversation.inbox_id, conversation: conversation.id, user: member.user, read_count };
        events::append(tx, &event, Some((SenderKind::User, member.user.0)), now).await?;
    }
    Ok(conversation)
}

/// The contact has read up to the message with this number of theirs.
pub(crate) async fn as_contact(
    tx: &mut AccountTx<'_, '_>,
    visitor: &Visitor,
    (uuid, number): (&str, i64),
    now: Millis,
) -> Result<(), Refusal> {
    let found = conversations::find_for_browser(tx, visitor.contact_inbox_id, uuid).await?;
    let conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let read_count = messages::outgoing_up_to(tx, conversation.id, number).await?;
    if conversations::set_contact_read(tx, conversation.id, visitor.contact_id, read_count, now).await? {
        // The contact's other devices clear their badge, and the team sees that it was seen.
        let actor = Some((SenderKind::Contact, visitor.contact_id.0));
        super::converse::announce_marks(tx, &conversation, true, (actor, now)).await?;
    }
    Ok(())
}
