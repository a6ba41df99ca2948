//! A member replies or writes a private note, joins without writing, or begins a conversation with a contact.

use frontdesk_core::Invalid;
use frontdesk_core::conversation::{Accept, Content, MessageKind, SenderKind, Status, accept};
use frontdesk_core::event::Event;
use frontdesk_core::id::{ContactId, ConversationNumber, InboxId};
use frontdesk_core::text::{Body, ClientKey};
use frontdesk_core::time::Millis;
use frontdesk_store::attributes::Attributes;
use frontdesk_store::conversations::{self, Conversation, NewConversation};
use frontdesk_store::messages::{self, Message, NewMessage};
use frontdesk_store::{AccountTx, contacts, events};

use super::converse::{add_message, join_by_acting};
use super::upload::{self, Named};
use super::{ActingMember, Refusal};

/// What a member sends.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The text.
    pub(crate) body: Body,
    /// For members only.
    pub(crate) private: bool,
    /// The sender's own key, if they give one.
    pub(crate) echo_id: Option<ClientKey>,
    /// The files that they uploaded for it.
    pub(crate) files: Named,
}

/// Sends into a conversation. A repeated key answers the first copy and changes nothing (BEHAVIOUR 7.2).
pub(crate) async fn send(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    draft: &Draft,
    now: Millis,
) -> Result<(Conversation, Message), Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let sender = (SenderKind::User, member.user.0);
    let echo_id = draft.echo_id.as_ref().map(ClientKey::as_str);
    let first = match echo_id {
        Some(key) => messages::find_by_echo(tx, conversation.id, sender, key).await?,
        None => None,
    };
    if let Some(first) = first.as_ref().filter(|it| it.deleted_at.is_some()) {
        // What it said is gone, and a retry does not bring it back.
        return Ok((conversation, first.clone()));
    }
    let files = upload::find(tx, &draft.files).await?;
    let stored = first.as_ref().map(|it| Content { body: &it.body, private: it.private, files: upload::compared(it.attachments.0.iter()) });
    let sent = Content { body: draft.body.as_str(), private: draft.private, files: upload::compared(files.iter().map(|it| &it.file)) };
    match (accept(stored.as_ref(), &sent), first.clone()) {
        (Accept::Conflict, _) => return Err(Invalid::new("echo_id", "has already been used for another message").into()),
        (Accept::Same, Some(first)) => return Ok((conversation, first)),
        (Accept::Same | Accept::New, _) => {}
    }
    let files = upload::unused(files)?;
    join_by_acting(tx, &mut conversation, member, draft.private, now).await?;
    if !draft.private {
        // Whoever answers has read what they had on the screen, and shows it by answering, Invisible or not. It is stored with
        // the message's own counters.
        let read_count = conversations::member_read(tx, conversation.id, member.user).await?;
        conversation.set_marks(conversation.marks().seen_up_to(read_count, conversation.incoming_count));
    }
    let new = NewMessage {
        kind: MessageKind::Outgoing,
        private: draft.private,
        sender: Some(sender),
        sender_name: &member.name,
        sender_picture: member.picture.as_deref(),
        body: draft.body.as_str(),
        contact_body: None,
        echo_id,
        attachments: &files,
    };
    let message = add_message(tx, &mut conversation, &new, Some(sender), now).await?;
    Ok((conversation, message))
}

/// Joins without writing; a member who is in it already stays as they are.
pub(crate) async fn join(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    now: Millis,
) -> Result<Conversation, Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    join_by_acting(tx, &mut conversation, member, false, now).await?;
    Ok(conversation)
}

/// What a member begins a conversation with.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    /// With whom.
    pub(crate) contact: ContactId,
    /// Through which inbox.
    pub(crate) inbox: InboxId,
    /// Usually open.
    pub(crate) status: Status,
    /// The first message, if there is one.
    pub(crate) draft: Option<Draft>,
    /// What is known of where it comes from.
    pub(crate) additional_attributes: Attributes,
    /// Random, for contacts.
    pub(crate) uuid: String,
    /// Random, should the contact not have come through this inbox before.
    pub(crate) source_id: String,
}

/// Begins a conversation; writing a first message joins and owns it.
pub(crate) async fn begin(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    beginning: &Beginning,
    now: Millis,
) -> Result<Conversation, Refusal> {
    let account = member.account;
    let contact = contacts::find(tx, account, beginning.contact).await?.ok_or(Refusal::NotFound("Contact"))?;
    let place = match contacts::find_inbox(tx, contact.id, beginning.inbox).await? {
        Some(place) => place.id,
        None => contacts::insert_inbox(tx, contact.id, beginning.inbox, &beginning.source_id, None, now).await?,
    };
    let new = NewConversation {
        uuid: &beginning.uuid,
        inbox: beginning.inbox,
        contact: contact.id,
        contact_inbox: place,
        start_key: None,
        status: beginning.status,
        additional_attributes: &beginning.additional_attributes,
    };
    let conversation = conversations::insert(tx, account, &new, now).await?;
    let actor = Some((SenderKind::User, member.user.0));
    let event = Event::ConversationCreated { inbox: conversation.inbox_id, conversation: conversation.id };
    events::append(tx, &event, actor, now).await?;
    match &beginning.draft {
        None => Ok(conversation),
        Some(draft) => Ok(send(tx, member, conversation.number, draft, now).await?.0),
    }
}
