//! A website tells who its visitor is. Signed, the browser becomes that person's; unsigned, it is kept as what it is: a
//! claim (BEHAVIOUR 6.10). Signatures are checked by whoever calls this.

use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::id::ContactId;
use frontdesk_core::identity::{Attach, attach, proves_address};
use frontdesk_core::text::{ClientKey, Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_store::contacts::{self, Contact, NewContact, Visitor};
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::{AccountTx, StoreError, contact_ends, conversations, events};
use serde_json::{Map, Value};

use super::{Refusal, attributes};

/// Where a claimed identifier is kept: it identifies nobody, and so it is not the contact's identifier.
const CLAIMED_IDENTIFIER: &str = "claimed_identifier";

/// Who uses a browser, as the website says.
#[derive(Debug, Clone)]
pub(crate) enum Identity {
    /// The website signed it.
    Proved(ClientKey),
    /// Somebody says so.
    Claimed(ClientKey),
    /// Only what comes beside it is told.
    Untold,
}

/// What a website says of its visitor.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) identity: Identity,
    pub(crate) name: Option<Name>,
    pub(crate) email: Option<Email>,
    pub(crate) phone_number: Option<ClientKey>,
    /// Fields to be added or replaced; null takes one away.
    pub(crate) custom_attributes: Map<String, Value>,
}

/// A browser, and a random name for a channel should one be needed.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    /// SHA-256 of the visitor's own secret.
    pub(crate) token_hash: String,
    /// Names the browser's channel, or the one that keeps what an earlier person wrote.
    pub(crate) source_id: String,
}

/// Takes what a website says of a visitor, who is known from now on, and tells who they are.
pub(crate) async fn identify(
    tx: &mut AccountTx<'_, '_>,
    (inbox, browser): (&Inbox, &Browser),
    said: &Said,
    now: Millis,
) -> Result<Visitor, Refusal> {
    let holder = contacts::find_visitor(tx, inbox.id, &browser.token_hash).await?;
    let (before, is_new) = match &said.identity {
        Identity::Proved(identifier) => whose(tx, (inbox, browser), holder.as_ref(), (identifier, said), now).await?,
        Identity::Claimed(_) | Identity::Untold => match &holder {
            Some(visitor) => (find(tx, visitor.contact_id).await?, false),
            None => (enter(tx, (inbox, browser), None, now).await?, true),
        },
    };
    let after = known(tx, &before, holder.is_some_and(|it| it.hmac_verified), said).await?;
    if after != before {
        contacts::save(tx, &after).await?;
    }
    if is_new || after != before {
        updated(tx, after.id, now).await?;
    }
    let visitor = contacts::find_visitor(tx, inbox.id, &browser.token_hash).await?.ok_or(StoreError::Missing)?;
    if matches!(said.identity, Identity::Proved(_)) && !visitor.hmac_verified {
        return Ok(verify(tx, visitor, now).await?);
    }
    Ok(visitor)
}

async fn find(tx: &mut AccountTx<'_, '_>, id: ContactId) -> Result<Contact, StoreError> {
    let account = tx.account_id();
    contacts::find(tx, account, id).await?.ok_or(StoreError::Missing)
}

async fn updated(tx: &mut AccountTx<'_, '_>, contact: ContactId, now: Millis) -> Result<(), StoreError> {
    events::append(tx, &Event::ContactUpdated { contact }, Some((SenderKind::Contact, contact.0)), now).await?;
    Ok(())
}

/// Makes the browser the proved person's. Tells who that is, and whether nobody knew them.
async fn whose(
    tx: &mut AccountTx<'_, '_>,
    (inbox, browser): (&Inbox, &Browser),
    visitor: Option<&Visitor>,
    (identifier, said): (&ClientKey, &Said),
    now: Millis,
) -> Result<(Contact, bool), StoreError> {
    let holder = match visitor {
        Some(it) => Some((it, find(tx, it.contact_id).await?)),
        None => None,
    };
    let known = named(tx, identifier, said.email.as_ref()).await?;
    let holds = holder.as_ref().map(|(_, it)| (it.id, it.identifier.is_some()));
    match (attach(holds, known.as_ref().map(|it| it.id)), holder, known) {
        (Attach::Stay(_) | Attach::Adopt(_), Some((_, contact)), _) => Ok((contact, false)),
        (Attach::Merge { from, .. }, Some((_, other)), Some(base)) => {
            let merged = contact_ends::merge(tx, &base, &other).await?;
            let event = Event::ContactDeleted { contact: from, into: Some(base.id) };
            events::append(tx, &event, Some((SenderKind::Contact, base.id.0)), now).await?;
            Ok((merged, false))
        }
        (Attach::Pass { from, .. }, Some((visitor, _)), known) => {
            let is_new = known.is_none();
            let to = match known {
                Some(it) => it,
                None => insert(tx, inbox, now).await?,
            };
            contact_ends::pass(tx, visitor, &to, &browser.source_id).await?;
            // Their connections ask again whose they are: this browser's ends, before anything more is told to it.
            updated(tx, from, now).await?;
            updated(tx, to.id, now).await?;
            Ok((find(tx, to.id).await?, is_new))
        }
        (_, _, known) => {
            let is_new = known.is_none();
            Ok((enter(tx, (inbox, browser), known, now).await?, is_new))
        }
    }
}

/// Whom an identifier names: who is known by it, else who is known by the address that it is and by no identifier.
async fn named(tx: &mut AccountTx<'_, '_>, identifier: &ClientKey, email: Option<&Email>) -> Result<Option<Contact>, StoreError> {
    let account = tx.account_id();
    if let Some(found) = contacts::find_by_identifier(tx, account, identifier.as_str()).await? {
        return Ok(Some(found));
    }
    let Some(email) = email.filter(|it| proves_address(identifier.as_str(), it)) else { return Ok(None) };
    Ok(contacts::find_by_email(tx, account, email.as_str()).await?.filter(|it| it.identifier.is_none()))
}

async fn insert(tx: &mut AccountTx<'_, '_>, inbox: &Inbox, now: Millis) -> Result<Contact, StoreError> {
    let id = contacts::insert(tx, inbox.account_id, &NewContact { email_claimed: true, ..NewContact::default() }, now).await?;
    find(tx, id).await
}

/// A browser that was nobody's is this contact's, or a new one's.
async fn enter(
    tx: &mut AccountTx<'_, '_>,
    (inbox, browser): (&Inbox, &Browser),
    known: Option<Contact>,
    now: Millis,
) -> Result<Contact, StoreError> {
    let contact = match known {
        Some(it) => it,
        None => insert(tx, inbox, now).await?,
    };
    contacts::insert_inbox(tx, contact.id, inbox.id, &browser.source_id, Some(&browser.token_hash), now).await?;
    Ok(contact)
}

/// What is known of a contact with what was said. `vouched` tells that the website signed who uses the browser before.
async fn known(tx: &mut AccountTx<'_, '_>, before: &Contact, vouched: bool, said: &Said) -> Result<Contact, Refusal> {
    let mut after = Contact {
        custom_attributes: attributes::with("custom_attributes", &before.custom_attributes, &said.custom_attributes)?,
        ..before.clone()
    };
    match &said.identity {
        Identity::Proved(identifier) => after.identifier = Some(identifier.as_str().to_owned()),
        // What was vouched for, and what a member knows for sure, is not changed by what merely is said.
        Identity::Claimed(_) | Identity::Untold if vouched || !before.email_claimed => return Ok(after),
        Identity::Claimed(identifier) => {
            let field = Map::from_iter([(CLAIMED_IDENTIFIER.to_owned(), identifier.as_str().into())]);
            after.additional_attributes = attributes::with("additional_attributes", &before.additional_attributes, &field)?;
        }
        Identity::Untold => {}
    }
    let text = |it: Option<&str>, kept: &Option<String>| it.map(str::to_owned).or_else(|| kept.clone());
    after.name = text(said.name.as_ref().map(Name::as_str), &before.name);
    after.phone_number = text(said.phone_number.as_ref().map(ClientKey::as_str), &before.phone_number);
    if let Some(email) = &said.email {
        let proves = matches!(&said.identity, Identity::Proved(it) if proves_address(it.as_str(), email));
        let owner = contacts::find_by_email(tx, before.account_id, email.as_str()).await?;
        if proves && owner.is_none_or(|it| it.id == before.id) {
            (after.email, after.email_claimed) = (Some(email.as_str().to_owned()), false);
        } else if before.email_claimed || before.email.is_none() {
            (after.email, after.email_claimed) = (Some(email.as_str().to_owned()), true);
        }
    }
    Ok(after)
}

/// Remembers that the website vouched, and tells the team where they look.
async fn verify(tx: &mut AccountTx<'_, '_>, visitor: Visitor, now: Millis) -> Result<Visitor, StoreError> {
    contacts::set_verified(tx, visitor.contact_inbox_id).await?;
    if let Some(newest) = conversations::latest_of_browser(tx, visitor.contact_inbox_id).await? {
        let (inbox, conversation) = (newest.inbox_id, newest.id);
        let event = Event::ConversationUpdated { inbox, conversation, for_contacts: false, status_changed: false, marks_only: false };
        events::append(tx, &event, Some((SenderKind::Contact, visitor.contact_id.0)), now).await?;
    }
    Ok(Visitor { hmac_verified: true, ..visitor })
}
