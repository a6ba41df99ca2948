//! What a delivery carries: the shapes of the REST API in the frame that receivers of Chatwoot's webhooks read. Rendered when
//! the delivery is made, so that every try carries the same.

use frontdesk_core::conversation::MessageKind;
use frontdesk_core::event::{Event, Seq};
use frontdesk_core::id::{AccountId, ContactId, ConversationId, InboxId, UserId};
use frontdesk_core::webhook::{Happening, happenings};
use frontdesk_store::conversation_lists::{self, Listed};
use frontdesk_store::deliveries::NewDelivery;
use frontdesk_store::events::Placed;
use frontdesk_store::webhooks::Webhook;
use frontdesk_store::{StoreError, Tx, accounts, contacts, inboxes, messages};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::views::{ConversationLive, MessageView, SenderView};

/// What is asked about a list row that shows nobody's read state.
const NOBODY: UserId = UserId(0);

/// What an event told, before it is known which happenings are asked for.
struct Told {
    fields: Map<String, Value>,
    contact: Option<ContactId>,
    inbox: Option<InboxId>,
    /// What it is about came into being with the event.
    is_new: bool,
}

/// The deliveries of one event: none when nobody asked, or when what it is about is gone.
pub(super) async fn deliveries(
    tx: &mut Tx<'_>,
    webhook: &Webhook,
    asked: &[Happening],
    placed: &Placed,
) -> Result<Vec<NewDelivery>, StoreError> {
    let of_either = [false, true].iter().any(|is_new| happenings(&placed.event, *is_new).iter().any(|it| asked.contains(it)));
    if !of_either {
        return Ok(Vec::new());
    }
    let Some(told) = told(tx, webhook.account_id, placed).await? else { return Ok(Vec::new()) };
    if webhook.inbox_id.is_some_and(|only| told.inbox != Some(only)) {
        return Ok(Vec::new());
    }
    let frame = frame(tx, webhook.account_id, told.inbox).await?;
    let wanted = happenings(&placed.event, told.is_new).iter().filter(|it| asked.contains(it));
    let delivery = |happening: &Happening| {
        let mut payload = told.fields.clone();
        payload.insert("event".to_owned(), json!(happening));
        payload.extend(frame.clone());
        NewDelivery { contact: told.contact, event: *happening, seq: Seq(placed.place), payload: Value::Object(payload).to_string() }
    };
    Ok(wanted.map(delivery).collect())
}

/// The account and the inbox that every payload names.
async fn frame(tx: &mut Tx<'_>, account: AccountId, inbox: Option<InboxId>) -> Result<Map<String, Value>, StoreError> {
    let mut frame = Map::new();
    let found = accounts::find(tx, account).await?.ok_or(StoreError::Missing)?;
    frame.insert("account".to_owned(), json!({ "id": account, "name": found.name }));
    if let Some(id) = inbox
        && let Some(inbox) = inboxes::find(tx, account, id).await?
    {
        frame.insert("inbox".to_owned(), json!({ "id": id, "name": inbox.name }));
    }
    Ok(frame)
}

async fn told(tx: &mut Tx<'_>, account: AccountId, placed: &Placed) -> Result<Option<Told>, StoreError> {
    match placed.event {
        Event::ConversationCreated { conversation, .. } | Event::ConversationUpdated { conversation, .. } => {
            let listed = conversation_lists::one(tx, NOBODY, conversation).await?;
            listed.map(|it| Ok(about(&it, fields(&ConversationLive::from(&it))?))).transpose()
        }
        Event::MessageCreated { conversation, message, .. } | Event::MessageUpdated { conversation, message, .. } => {
            message_told(tx, conversation, message).await
        }
        Event::ContactUpdated { contact } | Event::ContactDeleted { into: Some(contact), .. } => {
            let Some(found) = contacts::find(tx, account, contact).await? else { return Ok(None) };
            let is_new = found.created_at == placed.at;
            Ok(Some(Told { fields: fields(&SenderView::from(&found))?, contact: Some(contact), inbox: None, is_new }))
        }
        // Core names no happening for the rest.
        Event::ConversationRead { .. }
        | Event::ConversationUnread { .. }
        | Event::ContactDeleted { into: None, .. }
        | Event::MemberAdded { .. }
        | Event::MemberUpdated { .. }
        | Event::LabelsChanged { .. }
        | Event::InboxUpdated { .. }
        | Event::InboxDeleted { .. }
        | Event::InboxMembersChanged { .. } => Ok(None),
    }
}

async fn message_told(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    message: frontdesk_core::id::MessageId,
) -> Result<Option<Told>, StoreError> {
    let Some(found) = messages::find(tx, message).await?.filter(|it| it.conversation_id == conversation) else { return Ok(None) };
    let direction = match found.kind {
        MessageKind::Incoming => "incoming",
        MessageKind::Outgoing => "outgoing",
        // What happened is told as a change of the conversation.
        MessageKind::Activity => return Ok(None),
    };
    let Some(listed) = conversation_lists::one(tx, NOBODY, conversation).await? else { return Ok(None) };
    let view = MessageView::new(&found, (&listed).into());
    let mut fields = fields(&view)?;
    fields.insert("message_type".to_owned(), json!(direction));
    fields.insert("created_at".to_owned(), json!(found.created_at.as_rfc3339()));
    fields.insert("conversation".to_owned(), value(&ConversationLive::from(&listed))?);
    Ok(Some(about(&listed, fields)))
}

fn about(listed: &Listed, fields: Map<String, Value>) -> Told {
    let (contact, inbox) = (Some(listed.contact.id), Some(listed.conversation.inbox_id));
    Told { fields, contact, inbox, is_new: false }
}

fn fields(view: &impl Serialize) -> Result<Map<String, Value>, StoreError> {
    match value(view)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(StoreError::broken("a view is no JSON object")),
    }
}

fn value(view: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(view).map_err(|_| StoreError::broken("a view cannot be written as JSON"))
}
