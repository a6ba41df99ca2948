//! Making, changing and deleting labels, and putting them on conversations and contacts.

use frontdesk_core::Invalid;
use frontdesk_core::event::Event;
use frontdesk_core::id::{ContactId, ConversationNumber, LabelId};
use frontdesk_core::label::{DEFAULT_COLOR, LABELS_MAX, Title};
use frontdesk_core::time::Millis;
use frontdesk_store::events::Actor;
use frontdesk_store::labels::{self, Carrier, Label, NewLabel};
use frontdesk_store::{AccountTx, StoreError, contacts, conversations, events};

use super::converse::announce_update;
use super::{ActingMember, Refusal};

/// A label as somebody wants it; what is `None` stays, or gets its default.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) title: Option<Title>,
    pub(crate) description: Option<String>,
    pub(crate) color: Option<String>,
    pub(crate) show_on_sidebar: Option<bool>,
}

async fn changed(tx: &mut AccountTx<'_, '_>, names: (Option<&str>, Option<&str>), actor: Actor, now: Millis) -> Result<(), StoreError> {
    let event = Event::LabelsChanged { was: names.0.map(str::to_owned), becomes: names.1.map(str::to_owned) };
    events::append(tx, &event, actor, now).await?;
    Ok(())
}

async fn make(tx: &mut AccountTx<'_, '_>, new: &NewLabel<'_>, now: Millis) -> Result<LabelId, Refusal> {
    let account = tx.account_id();
    if labels::count(tx, account).await? >= LABELS_MAX {
        return Err(Invalid::new("title", format_args!("is one too many (maximum is {LABELS_MAX} labels)")).into());
    }
    Ok(labels::insert(tx, account, new, now).await?)
}

async fn find(tx: &mut AccountTx<'_, '_>, id: LabelId) -> Result<Label, Refusal> {
    let account = tx.account_id();
    labels::find(tx, account, id).await?.ok_or(Refusal::NotFound("Label"))
}

async fn refuse_taken(tx: &mut AccountTx<'_, '_>, title: &Title, except: Option<LabelId>) -> Result<(), Refusal> {
    let account = tx.account_id();
    match labels::find_by_title(tx, account, title.as_str()).await? {
        Some(other) if Some(other.id) != except => Err(Invalid::new("title", "has already been taken").into()),
        _ => Ok(()),
    }
}

/// Makes a label.
pub(crate) async fn create(tx: &mut AccountTx<'_, '_>, member: &ActingMember, wanted: &Wanted, now: Millis) -> Result<Label, Refusal> {
    let title = wanted.title.as_ref().ok_or_else(|| Invalid::new("title", "can't be blank"))?;
    refuse_taken(tx, title, None).await?;
    let new = NewLabel {
        title: title.as_str(),
        description: wanted.description.as_deref().unwrap_or_default(),
        color: wanted.color.as_deref().unwrap_or(DEFAULT_COLOR),
        show_on_sidebar: wanted.show_on_sidebar.unwrap_or(true),
    };
    let id = make(tx, &new, now).await?;
    changed(tx, (None, None), Some(member.actor()), now).await?;
    find(tx, id).await
}

/// Changes a label, wherever it is.
pub(crate) async fn update(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    id: LabelId,
    wanted: &Wanted,
    now: Millis,
) -> Result<Label, Refusal> {
    let before = find(tx, id).await?;
    if let Some(title) = &wanted.title {
        refuse_taken(tx, title, Some(id)).await?;
    }
    let title = wanted.title.as_ref().map_or(before.title.as_str(), Title::as_str);
    let it = NewLabel {
        title,
        description: wanted.description.as_deref().unwrap_or(&before.description),
        color: wanted.color.as_deref().unwrap_or(&before.color),
        show_on_sidebar: wanted.show_on_sidebar.unwrap_or(before.show_on_sidebar),
    };
    let account = tx.account_id();
    labels::update(tx, account, id, &it).await?;
    let renamed = title != before.title;
    let names = (renamed.then_some(before.title.as_str()), renamed.then_some(title));
    changed(tx, names, Some(member.actor()), now).await?;
    find(tx, id).await
}

/// Deletes a label, from everything that carries it.
pub(crate) async fn delete(tx: &mut AccountTx<'_, '_>, member: &ActingMember, id: LabelId, now: Millis) -> Result<(), Refusal> {
    let label = find(tx, id).await?;
    let account = tx.account_id();
    labels::delete(tx, account, id).await?;
    changed(tx, (Some(&label.title), None), Some(member.actor()), now).await?;
    Ok(())
}

/// Puts exactly these labels on a conversation.
pub(crate) async fn label_conversation(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    titles: &[Title],
    now: Millis,
) -> Result<(), Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    if put(tx, member, Carrier::Conversation(conversation.id), titles, now).await? {
        conversations::touch(tx, &mut conversation, now).await?;
        announce_update(tx, &conversation, false, (Some(member.actor()), now)).await?;
    }
    Ok(())
}

/// Puts exactly these labels on a contact.
pub(crate) async fn label_contact(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    id: ContactId,
    titles: &[Title],
    now: Millis,
) -> Result<(), Refusal> {
    let contact = contacts::find(tx, member.account, id).await?.ok_or(Refusal::NotFound("Contact"))?;
    if put(tx, member, Carrier::Contact(contact.id), titles, now).await? {
        events::append(tx, &Event::ContactUpdated { contact: contact.id }, Some(member.actor()), now).await?;
    }
    Ok(())
}

/// Whether anything is different now. A title that no label has makes one: clients count on it.
async fn put(tx: &mut AccountTx<'_, '_>, member: &ActingMember, carrier: Carrier, titles: &[Title], now: Millis) -> Result<bool, Refusal> {
    let before = labels::of(tx, carrier).await?;
    if before.iter().map(String::as_str).eq(titles.iter().map(Title::as_str)) {
        return Ok(false);
    }
    let (mut ids, mut made) = (Vec::with_capacity(titles.len()), false);
    for title in titles {
        let known = labels::find_by_title(tx, member.account, title.as_str()).await?;
        let id = if let Some(label) = known {
            label.id
        } else {
            made = true;
            let new = NewLabel { title: title.as_str(), description: "", color: DEFAULT_COLOR, show_on_sidebar: true };
            make(tx, &new, now).await?
        };
        ids.push(id);
    }
    labels::set(tx, carrier, &ids).await?;
    if made {
        changed(tx, (None, None), Some(member.actor()), now).await?;
    }
    Ok(true)
}
