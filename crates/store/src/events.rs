//! The event log: appending to it, reading it page by page, and each contact's own numbered view of it.
//! Who may hear of an event is decided in core.

use std::collections::BTreeSet;

use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::{Event, Seq};
use frontdesk_core::id::{AccountId, ContactId, ConversationId};
use frontdesk_core::time::Millis;

use crate::{AccountTx, StoreError, Tx, params, row, statements};

statements! {
    /// One more event.
    INSERT = "INSERT INTO events (account_id, seq, kind, payload, actor_kind, actor_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// The contacts of a conversation each count one more event; the one who wrote was active.
    COUNT_FOR_CONTACTS = "UPDATE contacts SET event_number = event_number + 1, last_activity_at = CASE WHEN id = $2 THEN $3 ELSE last_activity_at END WHERE id IN (SELECT contact_id FROM participants WHERE conversation_id = $1 AND state = 'joined')";
    /// And each gets it under that number.
    INSERT_FOR_CONTACTS = "INSERT INTO contact_events (contact_id, number, account_id, seq) SELECT c.id, c.event_number, CAST($2 AS BIGINT), CAST($3 AS BIGINT) FROM participants p JOIN contacts c ON c.id = p.contact_id WHERE p.conversation_id = $1 AND p.state = 'joined'";
    /// A page of the log.
    AFTER = "SELECT seq, payload, at FROM events WHERE account_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    /// A page of a contact's view.
    AFTER_FOR_CONTACT = "SELECT ce.number, e.payload, e.at FROM contact_events ce JOIN events e ON e.account_id = ce.account_id AND e.seq = ce.seq WHERE ce.contact_id = $1 AND ce.number > $2 ORDER BY ce.number LIMIT $3";
    /// Up to which number a contact's view was trimmed: its numbers have no gaps, so the first one left tells.
    TRIMMED_FOR_CONTACT = "SELECT COALESCE((SELECT MIN(number) FROM contact_events WHERE contact_id = c.id), c.event_number + 1) - 1 AS place FROM contacts c WHERE c.id = $1";
    /// The contacts of a conversation.
    CONTACTS_IN = "SELECT contact_id FROM participants WHERE conversation_id = $1 AND contact_id IS NOT NULL AND state = 'joined'";
    /// A fact about the whole installation.
    FACT = "SELECT value FROM installation WHERE name = $1";
    /// Sets a fact once.
    INSERT_FACT = "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";
}

/// No contact's id.
const NOBODY: i64 = 0;

row! {
    struct Logged {
        place: i64,
        payload: String,
        at: Millis,
    }
}

/// An event with its place: in the account's log, or in one contact's view of it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The place: a seq of the log, or a number of the contact's view.
    pub place: i64,
    /// What happened.
    pub event: Event,
    /// When.
    pub at: Millis,
}

/// Who did it; `None` for the system.
pub type Actor = Option<(SenderKind, i64)>;

/// Appends an event to the account's log, and to the view of every contact who may hear of it.
pub async fn append(account: &mut AccountTx<'_, '_>, event: &Event, actor: Actor, now: Millis) -> Result<Seq, StoreError> {
    let (id, seq) = (account.account_id(), account.next_seq());
    let payload = serde_json::to_string(event).map_err(|_| StoreError::broken("an event cannot be written as JSON"))?;
    let (actor_kind, actor_id) = actor.unzip();
    let values = params![id, seq, event.kind(), payload, actor_kind.map(SenderKind::as_str), actor_id, now];
    account.run(&INSERT, values).await?;
    if let Some(conversation) = event.audience().contacts_in {
        let writer = match (event, actor) {
            (Event::MessageCreated { .. }, Some((SenderKind::Contact, contact))) => contact,
            _ => NOBODY,
        };
        account.run(&COUNT_FOR_CONTACTS, params![conversation, writer, now]).await?;
        account.run(&INSERT_FOR_CONTACTS, params![conversation, id, seq]).await?;
    }
    Ok(seq)
}

/// Appends an event to the log of each of these accounts. Their rows are locked in the order of their ids, so that two who
/// do this at once wait for one another, and not each for the other.
pub async fn append_to_each(
    tx: &mut Tx<'_>,
    accounts: &BTreeSet<AccountId>,
    event: &Event,
    (actor, now): (Actor, Millis),
) -> Result<(), StoreError> {
    for account in accounts {
        let mut locked = AccountTx::lock(tx, *account).await?;
        append(&mut locked, event, actor, now).await?;
        locked.finish().await?;
    }
    Ok(())
}

/// A page of at most `limit` events after a place of the account's log.
pub async fn after(tx: &mut Tx<'_>, account: AccountId, after: Seq, limit: i64) -> Result<Vec<Placed>, StoreError> {
    read(tx.all(&AFTER, params![account, after, limit]).await?)
}

/// A page of at most `limit` events after a number of a contact's view.
pub async fn after_for_contact(tx: &mut Tx<'_>, contact: ContactId, after: i64, limit: i64) -> Result<Vec<Placed>, StoreError> {
    read(tx.all(&AFTER_FOR_CONTACT, params![contact, after, limit]).await?)
}

/// The number up to which a contact's view of the log was trimmed; 0 when nothing was.
pub async fn trimmed_for_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<i64, StoreError> {
    Ok(tx.first(&TRIMMED_FOR_CONTACT, params![contact]).await?.unwrap_or(0))
}

/// The contacts who hear of what happens in a conversation, to wake them.
pub async fn contacts_in(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<ContactId>, StoreError> {
    tx.all(&CONTACTS_IN, params![conversation]).await
}

fn read(rows: Vec<Logged>) -> Result<Vec<Placed>, StoreError> {
    let place = |row: Logged| {
        let event = serde_json::from_str(&row.payload).map_err(|_| StoreError::broken("an event of the log cannot be read"))?;
        Ok(Placed { place: row.place, event, at: row.at })
    };
    rows.into_iter().map(place).collect()
}

/// The epoch of this installation's log: made at the first call, from `fresh`; another one after a restore.
pub async fn epoch(tx: &mut Tx<'_>, fresh: &str) -> Result<String, StoreError> {
    tx.run(&INSERT_FACT, params!["epoch", fresh]).await?;
    tx.one(&FACT, params!["epoch"]).await
}
