//! Devices have everything up to a place: the other side's messages up to there are delivered (BEHAVIOUR 7.6). One event
//! for each conversation in which a mark moved, however many messages it moved over.

use std::collections::BTreeMap;

use frontdesk_core::id::{AccountId, ConversationId};
use frontdesk_core::time::Millis;
use frontdesk_store::marks::{self, BATCH, Device};
use frontdesk_store::{AccountTx, StoreError, Tx, conversations};

use super::converse::announce_marks;

/// Whether these devices have anything that is not marked as delivered.
pub(crate) async fn is_due(tx: &mut Tx<'_>, account: AccountId, devices: &[Device]) -> Result<bool, StoreError> {
    for device in devices {
        if !marks::reached(tx, account, *device).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Marks what these devices have, and tells both sides; true when there is more than fits into one transaction.
pub(crate) async fn mark(tx: &mut AccountTx<'_, '_>, devices: &[Device], now: Millis) -> Result<bool, StoreError> {
    let (account, mut more, mut moved) = (tx.account_id(), false, BTreeMap::<ConversationId, bool>::new());
    for device in devices {
        let reached = marks::reached(tx, account, *device).await?;
        more |= i64::try_from(reached.len()).is_ok_and(|it| it == BATCH);
        for it in reached {
            match device {
                Device::Contact(contact, _) => marks::set_delivered_to_contact(tx, it.conversation, *contact, it.count).await?,
                Device::Member(..) => {
                    let mut conversation = conversations::find(tx, it.conversation).await?.ok_or(StoreError::Missing)?;
                    let next = conversation.marks().delivered_up_to(it.count, conversation.incoming_count);
                    marks::set(tx, &mut conversation, next).await?;
                }
            }
            // Contacts see how far their own messages came; how far the members' came is nothing that they are shown.
            *moved.entry(it.conversation).or_default() |= matches!(device, Device::Member(..));
        }
    }
    for (id, for_contacts) in moved {
        let conversation = conversations::find(tx, id).await?.ok_or(StoreError::Missing)?;
        announce_marks(tx, &conversation, for_contacts, (None, now)).await?;
    }
    Ok(more)
}
