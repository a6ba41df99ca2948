//! The steps that actions on a conversation share: adding a message with its event, joining, telling an activity.

use frontdesk_core::conversation::{Activity, Joining, MessageKind, SenderKind, Told, joining};
use frontdesk_core::event::Event;
use frontdesk_core::time::Millis;
use frontdesk_store::conversations::{self, Conversation};
use frontdesk_store::events::{self, Actor};
use frontdesk_store::messages::{self, Message, NewMessage};
use frontdesk_store::{AccountTx, StoreError};

use super::ActingMember;

/// Adds a message and tells everybody who may hear of it.
pub(super) async fn add_message(
    tx: &mut AccountTx<'_, '_>,
    conversation: &mut Conversation,
    new: &NewMessage<'_>,
    actor: Actor,
    now: Millis,
) -> Result<Message, StoreError> {
    let message = messages::insert(tx, conversation, new, now).await?;
    let event = Event::MessageCreated {
        inbox: conversation.inbox_id,
        conversation: conversation.id,
        message: message.id,
        for_contacts: !new.private,
    };
    events::append(tx, &event, actor, now).await?;
    Ok(message)
}

/// Who did something, as members and as contacts know them.
pub(super) struct Doer<'a> {
    pub(super) actor: Actor,
    pub(super) name: &'a str,
    /// Contacts never read an id, so somebody without a name has none for them.
    pub(super) name_for_contacts: &'a str,
}

/// Tells in the thread what happened, to contacts only what concerns them.
pub(super) async fn tell(
    tx: &mut AccountTx<'_, '_>,
    conversation: &mut Conversation,
    activity: Activity,
    doer: &Doer<'_>,
    now: Millis,
) -> Result<(), StoreError> {
    tell_that(tx, conversation, &activity.told(doer.name, doer.name_for_contacts), (doer.actor, doer.name), now).await
}

/// The same with a sentence that names more than one person.
pub(super) async fn tell_that(
    tx: &mut AccountTx<'_, '_>,
    conversation: &mut Conversation,
    told: &Told,
    (actor, name): (Actor, &str),
    now: Millis,
) -> Result<(), StoreError> {
    let new = NewMessage {
        kind: MessageKind::Activity,
        private: told.for_contacts.is_none(),
        sender: None,
        sender_name: name,
        sender_picture: None,
        body: &told.for_members,
        contact_body: told.for_contacts.as_deref(),
        echo_id: None,
        attachments: &[],
    };
    add_message(tx, conversation, &new, actor, now).await?;
    Ok(())
}

/// Announces that owner or people changed; to contacts only what concerns them.
pub(super) async fn announce_update(
    tx: &mut AccountTx<'_, '_>,
    conversation: &Conversation,
    for_contacts: bool,
    (actor, now): (Actor, Millis),
) -> Result<(), StoreError> {
    announce(tx, conversation, Change { for_contacts, ..Change::default() }, (actor, now)).await
}

/// Announces another status; to contacts only when it is open or resolved for them.
pub(super) async fn announce_status(
    tx: &mut AccountTx<'_, '_>,
    conversation: &Conversation,
    for_contacts: bool,
    doing: (Actor, Millis),
) -> Result<(), StoreError> {
    announce(tx, conversation, Change { for_contacts, status_changed: true, marks_only: false }, doing).await
}

/// Announces how far messages came; to contacts when they see it.
pub(super) async fn announce_marks(
    tx: &mut AccountTx<'_, '_>,
    conversation: &Conversation,
    for_contacts: bool,
    doing: (Actor, Millis),
) -> Result<(), StoreError> {
    announce(tx, conversation, Change { for_contacts, status_changed: false, marks_only: true }, doing).await
}

/// What is different, for those whom only some changes concern.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    for_contacts: bool,
    status_changed: bool,
    marks_only: bool,
}

async fn announce(
    tx: &mut AccountTx<'_, '_>,
    conversation: &Conversation,
    change: Change,
    (actor, now): (Actor, Millis),
) -> Result<(), StoreError> {
    let (inbox, conversation) = (conversation.inbox_id, conversation.id);
    let Change { for_contacts, status_changed, marks_only } = change;
    events::append(tx, &Event::ConversationUpdated { inbox, conversation, for_contacts, status_changed, marks_only }, actor, now).await?;
    Ok(())
}

/// The member joins if this act joins them, and owns the conversation if nobody does.
pub(super) async fn join_by_acting(
    tx: &mut AccountTx<'_, '_>,
    conversation: &mut Conversation,
    member: &ActingMember,
    writes_note: bool,
    now: Millis,
) -> Result<(), StoreError> {
    let is_participant = conversations::is_participant(tx, conversation.id, member.user).await?;
    let activity = match joining(is_participant, conversation.owner_id.is_some(), writes_note) {
        Joining::Stays => return Ok(()),
        Joining::Joins => Activity::Joined,
        Joining::JoinsAndOwns => Activity::JoinedAndOwns,
    };
    conversations::add_member(tx, conversation.id, member.user, now).await?;
    if activity == Activity::JoinedAndOwns {
        conversations::set_owner(tx, conversation, Some(member.user), now).await?;
    }
    let actor = Some((SenderKind::User, member.user.0));
    tell(tx, conversation, activity, &Doer { actor, name: &member.name, name_for_contacts: &member.name }, now).await?;
    announce_update(tx, conversation, true, (actor, now)).await
}
