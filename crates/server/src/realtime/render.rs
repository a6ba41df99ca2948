//! Events of the log as frames: the ids of an event become what its readers see, as it is now.

use frontdesk_core::event::Event;
use frontdesk_core::id::{AccountId, ContactInboxId, ConversationId, MessageId, UserId};
use frontdesk_store::conversation_lists::Listed;
use frontdesk_store::events::Placed;
use frontdesk_store::messages::Message;
use frontdesk_store::{StoreError, Tx, contacts, conversation_lists, conversations, inbox_members, inboxes, labels, members, messages};

use super::wire::{MemberEvent, ServerFrame, VisitorEvent, VisitorFrame};
use crate::reads::conversation_for_contact;
use crate::views::{ConversationLive, MessageView, Reader, VisitorMessageView};

/// What is asked about a list row that shows nobody's read state.
const NOBODY: UserId = UserId(0);

/// The frame's text for members; `None` when what it is about is gone.
pub(super) async fn for_members(tx: &mut Tx<'_>, account: AccountId, placed: &Placed) -> Result<Option<String>, StoreError> {
    let Some(event) = member_event(tx, account, placed).await? else { return Ok(None) };
    let frame = ServerFrame::Event { account_id: account.0, seq: placed.place, event };
    Ok(Some(text(&frame)?))
}

/// A frame as text.
pub(super) fn text(frame: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(frame).map_err(|_| StoreError::broken("a frame cannot be written as JSON"))
}

async fn listed(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Listed>, StoreError> {
    conversation_lists::one(tx, NOBODY, id).await
}

async fn member_event(tx: &mut Tx<'_>, account: AccountId, placed: &Placed) -> Result<Option<MemberEvent>, StoreError> {
    let at = placed.at.0;
    Ok(match placed.event {
        Event::ConversationCreated { conversation, .. } => {
            listed(tx, conversation).await?.map(|it| MemberEvent::ConversationCreated { at, conversation: Box::new((&it).into()) })
        }
        Event::ConversationUpdated { conversation, .. } => {
            listed(tx, conversation).await?.map(|it| MemberEvent::ConversationUpdated { at, conversation: Box::new((&it).into()) })
        }
        Event::MessageCreated { conversation, message, .. } => message_of(tx, conversation, message)
            .await?
            .map(|(conversation, message)| MemberEvent::MessageCreated { at, conversation, message }),
        Event::MessageUpdated { conversation, message, .. } => message_of(tx, conversation, message)
            .await?
            .map(|(conversation, message)| MemberEvent::MessageUpdated { at, conversation, message }),
        Event::ConversationRead { conversation, read_count, .. } => conversations::find(tx, conversation)
            .await?
            .map(|it| MemberEvent::ConversationRead { at, conversation_id: it.number.0, read_count }),
        Event::ConversationUnread { conversation, read_count, .. } => conversations::find(tx, conversation)
            .await?
            .map(|it| MemberEvent::ConversationUnread { at, conversation_id: it.number.0, read_count }),
        Event::ContactUpdated { contact } => {
            contacts::find(tx, account, contact).await?.map(|it| MemberEvent::ContactUpdated { at, contact: Box::new((&it).into()) })
        }
        Event::MemberUpdated { user } => {
            members::find(tx, account, user).await?.map(|it| MemberEvent::MemberUpdated { at, agent: Box::new((&it).into()) })
        }
        Event::ContactDeleted { contact, into } => {
            let merged = match into {
                Some(id) => contacts::find(tx, account, id).await?.map(|it| Box::new((&it).into())),
                None => None,
            };
            Some(MemberEvent::ContactDeleted { at, contact_id: contact.0, merged_into: merged })
        }
        Event::MemberAdded { user } => {
            members::find(tx, account, user).await?.map(|it| MemberEvent::MemberAdded { at, agent: Box::new((&it).into()) })
        }
        Event::LabelsChanged { ref was, ref becomes } => {
            let labels = labels::list(tx, account).await?.iter().map(Into::into).collect();
            Some(MemberEvent::LabelsChanged { at, labels, was: was.clone(), becomes: becomes.clone() })
        }
        Event::InboxUpdated { inbox } => {
            inboxes::find(tx, account, inbox).await?.map(|it| MemberEvent::InboxUpdated { at, inbox: Box::new((&it).into()) })
        }
        Event::InboxDeleted { inbox } => Some(MemberEvent::InboxDeleted { at, inbox_id: inbox.0 }),
        Event::InboxMembersChanged { inbox } => {
            let users = inbox_members::who_see(tx, account, inbox).await?;
            Some(MemberEvent::InboxMembersChanged { at, inbox_id: inbox.0, user_ids: users.into_iter().map(|it| it.0).collect() })
        }
    })
}

/// The message of an event with its conversation, as members see them.
async fn message_of(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Option<(Box<ConversationLive>, Box<MessageView>)>, StoreError> {
    let (Some(listed), Some(message)) = (listed(tx, conversation).await?, message_in(tx, conversation, message).await?) else {
        return Ok(None);
    };
    let message = MessageView::new(&message, (&listed).into());
    Ok(Some((Box::new((&listed).into()), Box::new(message))))
}

/// The message of an event. One of another conversation would be somebody else's: it is as good as gone.
async fn message_in(tx: &mut Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<Option<Message>, StoreError> {
    Ok(messages::find(tx, id).await?.filter(|it| it.conversation_id == conversation))
}

/// The frame's text for one browser of a contact; `None` when what it is about is gone, or not this browser's to read.
pub(super) async fn for_browser(
    tx: &mut Tx<'_>,
    browser: ContactInboxId,
    reader: Reader<'_>,
    placed: &Placed,
) -> Result<Option<String>, StoreError> {
    let Some(event) = visitor_event(tx, browser, reader, placed).await? else { return Ok(None) };
    Ok(Some(text(&VisitorFrame::Event { seq: placed.place, event })?))
}

async fn visitor_event(
    tx: &mut Tx<'_>,
    browser: ContactInboxId,
    reader: Reader<'_>,
    placed: &Placed,
) -> Result<Option<VisitorEvent>, StoreError> {
    let at = placed.at.0;
    // Asked again although the log was filtered when it was written: this is the last door before a contact.
    let Some(id) = placed.event.audience().contacts_in else { return Ok(None) };
    let Some(found) = conversations::read_by_browser(tx, browser, id).await? else { return Ok(None) };
    let conversation = conversation_for_contact(tx, &found, reader.contact).await?;
    match placed.event {
        Event::MessageCreated { message, .. } => {
            let message = message_in(tx, id, message).await?;
            let seen = message.and_then(|it| VisitorMessageView::new(&it, &found.uuid, reader));
            Ok(seen.map(|message| VisitorEvent::MessageCreated { at, conversation, message }))
        }
        Event::MessageUpdated { message, .. } => {
            let message = message_in(tx, id, message).await?;
            let seen = message.and_then(|it| VisitorMessageView::new(&it, &found.uuid, reader));
            Ok(seen.map(|message| VisitorEvent::MessageUpdated { at, conversation, message }))
        }
        Event::ConversationUpdated { .. } => Ok(Some(VisitorEvent::ConversationUpdated { at, conversation })),
        Event::ConversationCreated { .. }
        | Event::ConversationRead { .. }
        | Event::ConversationUnread { .. }
        | Event::ContactUpdated { .. }
        | Event::ContactDeleted { .. }
        | Event::MemberAdded { .. }
        | Event::MemberUpdated { .. }
        | Event::LabelsChanged { .. }
        | Event::InboxUpdated { .. }
        | Event::InboxDeleted { .. }
        | Event::InboxMembersChanged { .. } => Ok(None),
    }
}
