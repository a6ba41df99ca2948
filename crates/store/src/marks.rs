//! How far messages came: what waits for a device, and storing that it has it. When marks grow is decided in core.

use frontdesk_core::conversation::Marks;
use frontdesk_core::event::{Event, Seq};
use frontdesk_core::id::{AccountId, ContactId, ConversationId, MessageId, UserId};

use crate::conversations::Conversation;
use crate::{StoreError, Tx, params, row, statements};

/// Conversations marked in one transaction for one person.
pub const BATCH: i64 = 100;

statements! {
    /// Whether anything of an account waits for a member's device.
    WAITS_FOR_MEMBERS = "SELECT c.id FROM conversations c WHERE c.account_id = $1 AND c.delivered_count < c.incoming_count LIMIT 1";
    /// Whether anything waits for a contact's device.
    WAITS_FOR_CONTACT = "SELECT c.id FROM participants p JOIN conversations c ON c.id = p.conversation_id WHERE p.contact_id = $1 AND p.state = 'joined' AND c.account_id = $2 AND p.delivered_count < c.outgoing_count LIMIT 1";
    /// The newest message up to a place of the account's log.
    NEWEST = "SELECT payload FROM events WHERE account_id = $1 AND seq <= $2 AND kind = 'message_created' ORDER BY seq DESC LIMIT 1";
    /// The newest message up to a place of a contact's view.
    NEWEST_FOR_CONTACT = "SELECT e.payload FROM contact_events ce JOIN events e ON e.account_id = ce.account_id AND e.seq = ce.seq WHERE ce.contact_id = $1 AND ce.number <= $2 AND e.kind = 'message_created' ORDER BY ce.number DESC LIMIT 1";
    /// Conversations with contacts' messages up to one that a member's device now has; the member must see them at this moment.
    REACHED_MEMBER = "SELECT r.id, r.reached FROM (SELECT c.id, c.delivered_count, (SELECT m.side_number FROM messages m WHERE m.conversation_id = c.id AND m.kind = 'incoming' AND m.id <= $3 ORDER BY m.position DESC LIMIT 1) AS reached FROM conversations c JOIN members mb ON mb.account_id = c.account_id AND mb.user_id = $2 AND mb.access WHERE c.account_id = $1 AND c.delivered_count < c.incoming_count AND (mb.role = 'administrator' OR c.inbox_id IN (SELECT im.inbox_id FROM inbox_members im WHERE im.user_id = $2))) r WHERE r.reached > r.delivered_count ORDER BY r.id LIMIT $4";
    /// Conversations with members' messages up to one that a contact's device now has.
    REACHED_CONTACT = "SELECT r.id, r.reached FROM (SELECT c.id, p.delivered_count, (SELECT m.side_number FROM messages m WHERE m.conversation_id = c.id AND m.kind = 'outgoing' AND NOT m.private AND m.id <= $3 ORDER BY m.position DESC LIMIT 1) AS reached FROM participants p JOIN conversations c ON c.id = p.conversation_id WHERE p.contact_id = $2 AND p.state = 'joined' AND c.account_id = $1 AND p.delivered_count < c.outgoing_count) r WHERE r.reached > r.delivered_count ORDER BY r.id LIMIT $4";
    /// How far the contacts' messages came.
    SET = "UPDATE conversations SET delivered_count = $2, seen_count = $3 WHERE id = $1";
    /// How far the members' messages came to a contact.
    OF_CONTACT = "SELECT delivered_count, read_count FROM participants WHERE conversation_id = $1 AND contact_id = $2";
    /// They came to a device of the contact.
    SET_OF_CONTACT = "UPDATE participants SET delivered_count = $3 WHERE conversation_id = $1 AND contact_id = $2 AND delivered_count < $3";
}

row! {
    /// A conversation of which a device has more than is marked.
    #[derive(Debug, Clone, Copy)]
    pub struct Reached {
        /// Which.
        pub conversation: ConversationId,
        /// How many of the other side's messages the device has.
        pub count: i64,
    }
}

row! {
    struct OfContact {
        delivered: i64,
        seen: i64,
    }
}

/// Whose device has something, and everything up to which place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// A member's, up to a place of the account's log.
    Member(UserId, Seq),
    /// A contact's, up to a number of their own view of it.
    Contact(ContactId, i64),
}

/// Conversations of which this device has more than is marked, at most [`BATCH`]. Those that a member may not see, and all
/// for one without access, are none.
pub async fn reached(tx: &mut Tx<'_>, account: AccountId, device: Device) -> Result<Vec<Reached>, StoreError> {
    let waits: Option<ConversationId> = match device {
        Device::Member(..) => tx.first(&WAITS_FOR_MEMBERS, params![account]).await?,
        Device::Contact(contact, _) => tx.first(&WAITS_FOR_CONTACT, params![contact, account]).await?,
    };
    if waits.is_none() {
        return Ok(Vec::new());
    }
    let payload: Option<String> = match device {
        Device::Member(_, place) => tx.first(&NEWEST, params![account, place]).await?,
        Device::Contact(contact, number) => tx.first(&NEWEST_FOR_CONTACT, params![contact, number]).await?,
    };
    // When the log was trimmed up to there, the next message tells of those before it, too.
    let Some(newest) = payload.map(|it| message_of(&it)).transpose()? else { return Ok(Vec::new()) };
    match device {
        Device::Member(user, _) => tx.all(&REACHED_MEMBER, params![account, user, newest, BATCH]).await,
        Device::Contact(contact, _) => tx.all(&REACHED_CONTACT, params![account, contact, newest, BATCH]).await,
    }
}

fn message_of(payload: &str) -> Result<MessageId, StoreError> {
    let event: Event = serde_json::from_str(payload).map_err(|_| StoreError::broken("an event of the log cannot be read"))?;
    event.message().ok_or_else(|| StoreError::broken("a new message's event names none"))
}

/// Stores how far the contacts' messages came, in `it` too. The account must be locked, and `it` read after that.
pub async fn set(tx: &mut Tx<'_>, it: &mut Conversation, marks: Marks) -> Result<(), StoreError> {
    tx.run(&SET, params![it.id, marks.delivered, marks.seen]).await?;
    it.set_marks(marks);
    Ok(())
}

/// How far the members' public messages came to a contact.
pub async fn of_contact(tx: &mut Tx<'_>, id: ConversationId, contact: ContactId) -> Result<Marks, StoreError> {
    let found: Option<OfContact> = tx.first(&OF_CONTACT, params![id, contact]).await?;
    Ok(found.map_or_else(Marks::default, |it| Marks { delivered: it.delivered, seen: it.seen }))
}

/// Stores how far they came to a device of a contact; going back changes nothing.
pub async fn set_delivered_to_contact(tx: &mut Tx<'_>, id: ConversationId, contact: ContactId, count: i64) -> Result<(), StoreError> {
    tx.run(&SET_OF_CONTACT, params![id, contact, count]).await?;
    Ok(())
}
