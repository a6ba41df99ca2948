//! What members do to contacts: change what is known of them, merge two who are one, delete one with all they wrote.

use frontdesk_core::Invalid;
use frontdesk_core::event::Event;
use frontdesk_core::id::ContactId;
use frontdesk_core::text::{ClientKey, Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_store::contacts::{self, Contact};
use frontdesk_store::{AccountTx, contact_ends, events};
use serde_json::{Map, Value};

use super::{ActingMember, Refusal, attributes};

/// What shall be known; `None` leaves it, `Some(None)` takes it away.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edit {
    pub(crate) name: Option<Option<Name>>,
    /// A member vouches for it.
    pub(crate) email: Option<Option<Email>>,
    pub(crate) phone_number: Option<Option<ClientKey>>,
    pub(crate) identifier: Option<Option<ClientKey>>,
    /// Fields to be added or replaced; null takes one away, others stay.
    pub(crate) custom_attributes: Map<String, Value>,
    /// The same.
    pub(crate) additional_attributes: Map<String, Value>,
}

async fn find(tx: &mut AccountTx<'_, '_>, id: ContactId) -> Result<Contact, Refusal> {
    let account = tx.account_id();
    contacts::find(tx, account, id).await?.ok_or(Refusal::NotFound("Contact"))
}

/// Changes what is known of a contact; nothing different is no event.
pub(crate) async fn update(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    id: ContactId,
    edit: &Edit,
    now: Millis,
) -> Result<Contact, Refusal> {
    let before = find(tx, id).await?;
    let text = |wanted: Option<Option<String>>, known: &Option<String>| wanted.unwrap_or_else(|| known.clone());
    let after = Contact {
        name: text(edit.name.clone().map(|it| it.map(String::from)), &before.name),
        email: text(edit.email.clone().map(|it| it.map(String::from)), &before.email),
        email_claimed: before.email_claimed && edit.email.is_none(),
        phone_number: text(edit.phone_number.clone().map(|it| it.map(String::from)), &before.phone_number),
        identifier: text(edit.identifier.clone().map(|it| it.map(String::from)), &before.identifier),
        custom_attributes: attributes::with("custom_attributes", &before.custom_attributes, &edit.custom_attributes)?,
        additional_attributes: attributes::with("additional_attributes", &before.additional_attributes, &edit.additional_attributes)?,
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    contacts::save(tx, &after).await?;
    events::append(tx, &Event::ContactUpdated { contact: id }, Some(member.actor()), now).await?;
    Ok(after)
}

/// Merges a contact into another, who is answered. The member must see every conversation of both: they bring them together
/// under the eyes of everybody who sees one of them.
pub(crate) async fn merge(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    (base, other): (ContactId, ContactId),
    now: Millis,
) -> Result<Contact, Refusal> {
    if base == other {
        return Err(Invalid::new("mergee_contact_id", "must be another contact").into());
    }
    let (base, other) = (find(tx, base).await?, find(tx, other).await?);
    for contact in [base.id, other.id] {
        if !contact_ends::is_seen_whole(tx, member.scope(), contact).await? {
            return Err(Refusal::Denied);
        }
    }
    let merged = contact_ends::merge(tx, &base, &other).await?;
    let event = Event::ContactDeleted { contact: other.id, into: Some(base.id) };
    events::append(tx, &event, Some(member.actor()), now).await?;
    Ok(merged)
}

/// Deletes a contact with all they wrote and all that was written to them.
pub(crate) async fn delete(tx: &mut AccountTx<'_, '_>, member: &ActingMember, id: ContactId, now: Millis) -> Result<(), Refusal> {
    let contact = find(tx, id).await?;
    contact_ends::delete(tx, contact.id).await?;
    events::append(tx, &Event::ContactDeleted { contact: id, into: None }, Some(member.actor()), now).await?;
    Ok(())
}
