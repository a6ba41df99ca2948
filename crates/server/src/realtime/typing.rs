//! Who is typing: ephemeral, told to those who may know, never stored. Contacts learn nothing of private notes, nor of
//! members who are Invisible and have not replied (BEHAVIOUR 6.11 and 7.6).

use frontdesk_core::contact::{name_for_contacts, name_for_members};
use frontdesk_core::conversation::shows_itself;
use frontdesk_core::event::Key;
use frontdesk_core::id::ConversationNumber;
use frontdesk_core::member::Availability;
use frontdesk_store::conversations::{self, Conversation};
use frontdesk_store::members::Member;
use frontdesk_store::{StoreError, Tx, events, messages};

use super::line::End;
use super::mailbox::{Typing, TypistId};
use super::wire::{ClientTyping, Close, ConversationRef, ServerTyping, Typist};
use super::{member, visitor};
use crate::actions::ActingMember;
use crate::app::App;

/// A member types in a conversation that they see; about others nothing happens.
pub(super) async fn by_member(app: &App, seat: &member::Seat, typing: ClientTyping) -> Result<(), End> {
    let ConversationRef::Number(number) = typing.conversation_id else { return Err(Close::Protocol.into()) };
    let Some(place) = seat.places.iter().find(|it| Some(it.member.account_id.0) == typing.account_id) else { return Ok(()) };
    app.member_types(&place.member, ConversationNumber(number), (typing.on, typing.private)).await?;
    Ok(())
}

impl App {
    /// Tells that a member types, or stopped, `(on, private)`; false when they see no such conversation.
    pub(crate) async fn member_types(
        &self,
        member: &Member,
        number: ConversationNumber,
        (on, private): (bool, bool),
    ) -> Result<bool, StoreError> {
        let scope = ActingMember::from(member).scope();
        let (user, name, availability) = (member.user_id, &member.name, member.availability);
        let find = async move |tx: &mut Tx<'_>| {
            let Some(found) = conversations::find_for(tx, scope, number).await? else { return Ok(None) };
            let asks = availability == Availability::Offline;
            let has_replied = asks && messages::has_replied(tx, found.id, user).await?;
            Ok::<_, StoreError>(Some((found, shows_itself(availability, has_replied))))
        };
        let Some((conversation, shows)) = self.store.read(find).await? else { return Ok(false) };
        let who = TypistId::User(user);
        tell_members(self, &conversation, who, Typist { kind: "user", id: Some(user.0), name: name.clone() }, on);
        if !private && shows {
            tell_contacts(self, &conversation, who, Typist { kind: "agent", id: None, name: name.clone() }, on).await?;
        }
        Ok(true)
    }
}

/// A visitor types in a conversation that they take part in.
pub(super) async fn by_visitor(app: &App, seat: &visitor::Seat, typing: ClientTyping) -> Result<(), End> {
    let ConversationRef::Uuid(uuid) = typing.conversation_id else { return Err(Close::Protocol.into()) };
    let (contact, browser) = (seat.visitor.contact_id, seat.visitor.contact_inbox_id);
    let find = async move |tx: &mut Tx<'_>| conversations::find_for_browser(tx, browser, &uuid).await;
    let Some(conversation) = app.store.read(find).await? else { return Ok(()) };
    let known = seat.visitor.name.as_deref();
    let name = name_for_members(known, seat.visitor.email.as_deref(), contact);
    let who = TypistId::Contact(contact);
    tell_members(app, &conversation, who, Typist { kind: "contact", id: Some(contact.0), name }, typing.on);
    let name = name_for_contacts(known).to_owned();
    tell_contacts(app, &conversation, who, Typist { kind: "contact", id: None, name }, typing.on).await?;
    Ok(())
}

fn news(it: &Conversation, who: TypistId, frame: ServerTyping) -> Typing {
    Typing { who, inbox: it.inbox_id, conversation: it.id, begun_in: it.contact_inbox_id, frame }
}

fn tell_members(app: &App, conversation: &Conversation, who: TypistId, typist: Typist, on: bool) {
    let account = conversation.account_id;
    let conversation_id = ConversationRef::Number(conversation.number.0);
    let frame = ServerTyping { account_id: Some(account.0), conversation_id, who: typist, on };
    let news = news(conversation, who, frame);
    app.hub.each_under(account, Key::Account(account), |mailbox| mailbox.put(&news));
}

async fn tell_contacts(app: &App, conversation: &Conversation, who: TypistId, typist: Typist, on: bool) -> Result<(), StoreError> {
    let id = conversation.id;
    let find = async move |tx: &mut Tx<'_>| events::contacts_in(tx, id).await;
    let frame = ServerTyping { account_id: None, conversation_id: ConversationRef::Uuid(conversation.uuid.clone()), who: typist, on };
    let news = news(conversation, who, frame);
    for contact in app.store.read(find).await? {
        app.hub.each_under(conversation.account_id, Key::Contact(contact), |mailbox| mailbox.put(&news));
    }
    Ok(())
}
