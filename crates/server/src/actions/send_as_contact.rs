//! A visitor begins a conversation or writes on in one. A browser becomes known with its first message: until then
//! nothing about it is stored.

use frontdesk_core::Invalid;
use frontdesk_core::contact::{name_for_contacts, name_for_members};
use frontdesk_core::conversation::{Accept, Activity, Content, Incoming, MessageKind, SenderKind, Status, StatusChange, accept, incoming};
use frontdesk_core::event::Event;
use frontdesk_core::text::{Body, ClientKey, Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_store::attachments::Attachment;
use frontdesk_store::attributes::Attributes;
use frontdesk_store::contacts::{self, NewContact, Visitor};
use frontdesk_store::conversations::{self, Conversation, NewConversation};
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::messages::{self, Message, NewMessage};
use frontdesk_store::{AccountTx, StoreError, events};

use super::Refusal;
use super::converse::{Doer, add_message, announce_status, tell};
use super::inbox_members::settle;
use super::upload::{self, Named};

/// A browser and the random names that it gets should it be new.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    /// SHA-256 of the visitor's own secret.
    pub(crate) token_hash: String,
    /// Random: names the browser in the REST API.
    pub(crate) source_id: String,
    /// Random: names a conversation, should one begin.
    pub(crate) uuid: String,
}

/// A message from a visitor.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// The text.
    pub(crate) body: Body,
    /// The visitor's own key for it.
    pub(crate) echo_id: ClientKey,
    /// The files that this browser uploaded for it.
    pub(crate) files: Named,
}

/// What a conversation begins with.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// The visitor's own key for beginning it.
    pub(crate) key: ClientKey,
    /// Its first message.
    pub(crate) sent: Sent,
    /// What the visitor says they are called.
    pub(crate) name: Option<Name>,
    /// The address that the visitor claims.
    pub(crate) email: Option<Email>,
    /// What the page says that they write from.
    pub(crate) page: Attributes,
}

/// Begins a conversation with its first message, in one transaction. The same key is the same conversation: a repeat is the
/// first copy, and another message (a second tab began at the same time) is written on in it.
pub(crate) async fn begin(
    tx: &mut AccountTx<'_, '_>,
    inbox: &Inbox,
    browser: &Browser,
    opening: &Opening,
    now: Millis,
) -> Result<(Visitor, Conversation, Message), Refusal> {
    let visitor = know(tx, inbox, browser, opening, now).await?;
    if let Some(begun) = conversations::find_started(tx, visitor.contact_inbox_id, opening.key.as_str()).await? {
        let (conversation, message) = send(tx, (&visitor, &begun.uuid), (&opening.sent, &browser.uuid), now).await?;
        return Ok((visitor, conversation, message));
    }
    let files = upload::unused(upload::find(tx, &opening.sent.files).await?)?;
    let mut conversation = start(tx, &visitor, &browser.uuid, Some((&opening.key, &opening.page)), now).await?;
    let message = add_incoming(tx, &visitor, &mut conversation, (&opening.sent, &files), now).await?;
    Ok((visitor, conversation, message))
}

/// Writes on in a conversation. One that was resolved within a week opens again; after that the message goes to the
/// browser's newest conversation, or begins one (BEHAVIOUR 6.1).
pub(crate) async fn send(
    tx: &mut AccountTx<'_, '_>,
    (visitor, uuid): (&Visitor, &str),
    (sent, fresh_uuid): (&Sent, &str),
    now: Millis,
) -> Result<(Conversation, Message), Refusal> {
    let found = conversations::find_for_browser(tx, visitor.contact_inbox_id, uuid).await?;
    let addressed = found.ok_or(Refusal::NotFound("Conversation"))?;
    if let Some(first) = repeated(tx, visitor, (&addressed, now), sent).await? {
        return Ok(first);
    }
    let files = upload::unused(upload::find(tx, &sent.files).await?)?;
    let mut conversation = match open_to(tx, visitor, addressed, now).await? {
        Some((conversation, Incoming::Append)) => conversation,
        Some((mut conversation, _)) => {
            reopen(tx, visitor, &mut conversation, now).await?;
            conversation
        }
        None => start(tx, visitor, fresh_uuid, None, now).await?,
    };
    let message = add_incoming(tx, visitor, &mut conversation, (sent, &files), now).await?;
    Ok((conversation, message))
}

/// Where a message addressed to a conversation goes: there, or when that was resolved long ago to the newest one that
/// its browser reads, so that two tabs do not begin two; `None` begins one.
async fn open_to(
    tx: &mut AccountTx<'_, '_>,
    visitor: &Visitor,
    addressed: Conversation,
    now: Millis,
) -> Result<Option<(Conversation, Incoming)>, StoreError> {
    let newest = conversations::latest_of_browser(tx, visitor.contact_inbox_id).await?;
    for conversation in std::iter::once(addressed).chain(newest) {
        match incoming(conversation.status, conversation.resolved_at, now) {
            Incoming::StartNew => {}
            takes @ (Incoming::Append | Incoming::Reopen) => return Ok(Some((conversation, takes))),
        }
    }
    Ok(None)
}

/// The first copy of a message that was sent before: in the conversation it is addressed to, or, when that one no longer
/// takes messages, in the one where it went.
async fn repeated(
    tx: &mut AccountTx<'_, '_>,
    visitor: &Visitor,
    (addressed, now): (&Conversation, Millis),
    sent: &Sent,
) -> Result<Option<(Conversation, Message)>, Refusal> {
    let sender = (SenderKind::Contact, visitor.contact_id.0);
    let went_elsewhere = incoming(addressed.status, addressed.resolved_at, now) == Incoming::StartNew;
    let copies = messages::find_by_echo_anywhere(tx, sender, sent.echo_id.as_str()).await?;
    // The files of a message that was deleted are gone with it: nothing is compared then.
    let is_compared = copies.iter().any(|it| it.deleted_at.is_none());
    let files = if is_compared { upload::find(tx, &sent.files).await? } else { Vec::new() };
    let content = Content { body: sent.body.as_str(), private: false, files: upload::compared(files.iter().map(|it| &it.file)) };
    let is = |copy: &Message| {
        if copy.deleted_at.is_some() {
            // What it said is gone, and a retry does not bring it back.
            return Accept::Same;
        }
        let stored = Content { body: &copy.body, private: copy.private, files: upload::compared(copy.attachments.0.iter()) };
        accept(Some(&stored), &content)
    };
    let here = copies.iter().find(|it| it.conversation_id == addressed.id);
    if here.is_some_and(|copy| is(copy) == Accept::Conflict) {
        return Err(Invalid::new("echo_id", "has already been used for another message").into());
    }
    let elsewhere = copies.iter().find(|it| went_elsewhere && is(it) == Accept::Same);
    let Some(copy) = here.or(elsewhere) else { return Ok(None) };
    let conversation = conversations::read_by_browser(tx, visitor.contact_inbox_id, copy.conversation_id).await?;
    Ok(conversation.map(|it| (it, copy.clone())))
}

async fn know(tx: &mut AccountTx<'_, '_>, inbox: &Inbox, browser: &Browser, opening: &Opening, now: Millis) -> Result<Visitor, Refusal> {
    let name = opening.name.as_ref().map(Name::as_str);
    let email = opening.email.as_ref().map(Email::as_str);
    let known = contacts::find_visitor(tx, inbox.id, &browser.token_hash).await?;
    let (contact, changed) = match &known {
        // What is typed does not change what the website vouched for.
        Some(visitor) if visitor.hmac_verified || (name.is_none() && email.is_none()) => return Ok(visitor.clone()),
        Some(visitor) => (visitor.contact_id, contacts::introduce(tx, visitor.contact_id, name, email).await?),
        None => {
            // A typed address is a claim: it identifies nobody and joins this visitor to no known contact (BEHAVIOUR 6.10).
            let new = NewContact { name, email, email_claimed: true, ..NewContact::default() };
            let contact = contacts::insert(tx, inbox.account_id, &new, now).await?;
            contacts::insert_inbox(tx, contact, inbox.id, &browser.source_id, Some(&browser.token_hash), now).await?;
            (contact, true)
        }
    };
    if changed {
        let actor = Some((SenderKind::Contact, contact.0));
        events::append(tx, &Event::ContactUpdated { contact }, actor, now).await?;
    }
    let visitor = contacts::find_visitor(tx, inbox.id, &browser.token_hash).await?;
    Ok(visitor.ok_or(StoreError::Missing)?)
}

async fn start(
    tx: &mut AccountTx<'_, '_>,
    visitor: &Visitor,
    uuid: &str,
    opening: Option<(&ClientKey, &Attributes)>,
    now: Millis,
) -> Result<Conversation, StoreError> {
    let (key, page) = opening.unzip();
    let nothing = Attributes::default();
    let new = NewConversation {
        uuid,
        inbox: visitor.inbox_id,
        contact: visitor.contact_id,
        contact_inbox: visitor.contact_inbox_id,
        start_key: key.map(ClientKey::as_str),
        status: Status::Open,
        additional_attributes: page.unwrap_or(&nothing),
    };
    let conversation = conversations::insert(tx, visitor.account_id, &new, now).await?;
    let event = Event::ConversationCreated { inbox: conversation.inbox_id, conversation: conversation.id };
    events::append(tx, &event, Some((SenderKind::Contact, visitor.contact_id.0)), now).await?;
    Ok(conversation)
}

async fn reopen(tx: &mut AccountTx<'_, '_>, visitor: &Visitor, conversation: &mut Conversation, now: Millis) -> Result<(), StoreError> {
    let change = StatusChange { status: Status::Open, resolved_at: None, snoozed_until: None };
    let was_open = conversation.status.is_open_to_contacts();
    conversations::set_status(tx, conversation, change, now).await?;
    let activity = if was_open { Activity::Returned } else { Activity::ReopenedByContact };
    let actor = Some((SenderKind::Contact, visitor.contact_id.0));
    let name_for_contacts = name_for_contacts(visitor.name.as_deref());
    tell(tx, conversation, activity, &Doer { actor, name: &sender_name(visitor), name_for_contacts }, now).await?;
    announce_status(tx, conversation, !was_open, (actor, now)).await?;
    settle(tx, conversation, (actor, &sender_name(visitor)), now).await
}

async fn add_incoming(
    tx: &mut AccountTx<'_, '_>,
    visitor: &Visitor,
    conversation: &mut Conversation,
    (sent, files): (&Sent, &[Attachment]),
    now: Millis,
) -> Result<Message, StoreError> {
    let sender = (SenderKind::Contact, visitor.contact_id.0);
    let new = NewMessage {
        kind: MessageKind::Incoming,
        private: false,
        sender: Some(sender),
        sender_name: &sender_name(visitor),
        sender_picture: None,
        body: sent.body.as_str(),
        contact_body: None,
        echo_id: Some(sent.echo_id.as_str()),
        attachments: files,
    };
    add_message(tx, conversation, &new, Some(sender), now).await
}

fn sender_name(visitor: &Visitor) -> String {
    name_for_members(visitor.name.as_deref(), visitor.email.as_deref(), visitor.contact_id)
}
