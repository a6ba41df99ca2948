//! Takes a deleted message's words out of what webhooks were told and are yet to be told. That it was deleted is told to them
//! by the log, like everything else.

use frontdesk_core::id::{ConversationId, DeliveryId, MessageId, UserId};
use frontdesk_store::{StoreError, Tx, conversation_lists, deliveries, messages};
use serde_json::Value;

use crate::views::MessageView;

/// Deliveries read at once.
const BATCH: i64 = 50;
/// What of a message says what it said.
const TELLING: [&str; 3] = ["content", "content_attributes", "attachments"];

/// Writes over the message wherever a delivery carries it; one that is not deleted stays. Targets that were told already keep
/// what they were told: they hear that it was deleted.
pub(crate) async fn hide(tx: &mut Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<(), StoreError> {
    let Some(message) = messages::find(tx, id).await?.filter(|it| it.deleted_at.is_some()) else { return Ok(()) };
    // Nobody's read state is shown.
    let Some(listed) = conversation_lists::one(tx, UserId(0), conversation).await? else { return Ok(()) };
    let view = MessageView::new(&message, (&listed).into());
    let shown = serde_json::to_value(view).map_err(|_| StoreError::broken("a view cannot be written as JSON"))?;
    let mut after = DeliveryId(0);
    loop {
        let batch = deliveries::carrying(tx, listed.contact.id, id, (after, BATCH)).await?;
        let Some((last, _)) = batch.last() else { return Ok(()) };
        after = *last;
        for (delivery, payload) in &batch {
            let mut told: Value = serde_json::from_str(payload).map_err(|_| StoreError::broken("a delivery cannot be read"))?;
            if write_over(&mut told, &shown) {
                deliveries::replace_payload(tx, *delivery, &told.to_string()).await?;
            }
        }
    }
}

/// Writes a message over itself wherever it stands in a payload; false when it stands nowhere.
fn write_over(told: &mut Value, shown: &Value) -> bool {
    let mut found = false;
    match told {
        Value::Array(items) => {
            for item in items {
                found |= write_over(item, shown);
            }
        }
        Value::Object(fields) => {
            // Other things have ids, too, and some may be this number.
            if fields.get("id") == shown.get("id") && fields.contains_key("content") && fields.contains_key("message_type") {
                for name in TELLING {
                    fields.insert(name.to_owned(), shown[name].clone());
                }
                found = true;
            }
            for field in fields.values_mut() {
                found |= write_over(field, shown);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::write_over;
    use serde_json::json;

    #[test]
    fn a_message_is_written_over_wherever_it_stands_and_nothing_else_is() {
        let shown = json!({ "id": 7, "content": "gone", "content_attributes": { "deleted": true }, "attachments": [], "message_type": 0 });
        let said = |id| json!({ "id": id, "content": "said", "message_type": 0, "attachments": [1] });
        let mut told = json!({ "conversation": { "id": 7, "messages": [said(7), said(8)] }, "last": said(7), "contact": { "id": 7 } });
        assert!(write_over(&mut told, &shown));
        assert_eq!(told["conversation"]["messages"], json!([shown, said(8)]));
        assert_eq!((&told["last"], &told["contact"], &told["conversation"]["id"]), (&shown, &json!({ "id": 7 }), &json!(7)));
        assert!(!write_over(&mut json!([said(8)]), &shown));
    }
}
