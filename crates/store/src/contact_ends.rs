//! How a contact ends: merged into another, or deleted with all they wrote; and how a browser goes from one to another. Who may
//! do it is not asked here.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ContactId, ContactInboxId, InboxId, UserId};

use crate::contacts::{self, Contact, Visitor};
use crate::conversation_counts::{self, Place};
use crate::conversations::Scope;
use crate::{StoreError, Tx, params, row, statements};

statements! {
    /// Browsers and channels go over.
    MOVE_CHANNELS = "UPDATE contact_inboxes SET contact_id = $1 WHERE contact_id = $2";
    /// So do messages, in the conversations that they took part in.
    MOVE_MESSAGES = "UPDATE messages SET sender_id = $1 WHERE sender_kind = 'contact' AND sender_id = $2 AND conversation_id IN (SELECT conversation_id FROM participants WHERE contact_id = $2)";
    MOVE_CONVERSATIONS = "UPDATE conversations SET contact_id = $1 WHERE contact_id = $2";
    /// Whether a contact wrote, or was written to, in an inbox that a member does not see.
    HIDDEN = "SELECT COUNT(*) AS n FROM conversations WHERE contact_id = $1 AND inbox_id NOT IN (SELECT inbox_id FROM inbox_members WHERE user_id = $2)";
    /// Both took part: one of them does.
    LEAVE_SHARED = "DELETE FROM participants WHERE contact_id = $2 AND conversation_id IN (SELECT conversation_id FROM participants WHERE contact_id = $1)";
    MOVE_PARTICIPANTS = "UPDATE participants SET contact_id = $1 WHERE contact_id = $2";
    MOVE_LABELS = "INSERT INTO contact_labels (contact_id, label_id) SELECT CAST($1 AS BIGINT), cl.label_id FROM contact_labels cl WHERE cl.contact_id = $2 ON CONFLICT DO NOTHING";
    /// What webhooks are yet to be told of them.
    MOVE_DELIVERIES = "UPDATE webhook_deliveries SET contact_id = $1 WHERE contact_id = $2";
    /// Whoever followed either of them fetches everything again.
    FORGET_EVENTS = "DELETE FROM contact_events WHERE contact_id = $1";
    RENUMBER = "UPDATE contacts SET event_number = $2, last_activity_at = $3 WHERE id = $1";
    /// How a contact's conversations are counted.
    COUNTED = "SELECT inbox_id, status, owner_id, COUNT(*) AS n FROM conversations WHERE contact_id = $1 GROUP BY inbox_id, status, owner_id";
    /// What was begun in a browser is kept under another channel of the same contact.
    KEEP_CHANNEL = "INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, created_at, hmac_verified) SELECT ci.contact_id, ci.inbox_id, CAST($2 AS TEXT), ci.created_at, ci.hmac_verified FROM contact_inboxes ci WHERE ci.id = $1 RETURNING id";
    KEEP_CONVERSATIONS = "UPDATE conversations SET contact_inbox_id = $2 WHERE contact_inbox_id = $1";
    PASS_CHANNEL = "UPDATE contact_inboxes SET contact_id = $2, hmac_verified = FALSE WHERE id = $1";
    /// With all that hangs on them: conversations, messages, browsers, labels.
    DELETE = "DELETE FROM contacts WHERE id = $1";
}

row! {
    struct Counted {
        inbox: InboxId,
        status: Status,
        owner: Option<UserId>,
        n: i64,
    }
}

/// Whether this member sees every conversation of a contact.
pub async fn is_seen_whole(tx: &mut Tx<'_>, scope: Scope, id: ContactId) -> Result<bool, StoreError> {
    let hidden: i64 = if scope.sees_all { 0 } else { tx.one(&HIDDEN, params![id, scope.user]).await? };
    Ok(hidden == 0)
}

/// Merges a contact into `base`, which keeps what it knows and takes what it does not: browsers, conversations with their
/// messages, labels, attributes as far as they fit, name and address. Both are of the account, which must be locked. Their devices are told to
/// fetch everything again when they next say hello.
pub async fn merge(tx: &mut Tx<'_>, base: &Contact, other: &Contact) -> Result<Contact, StoreError> {
    let (to, from) = (base.id, other.id);
    tx.run(&MOVE_CHANNELS, params![to, from]).await?;
    tx.run(&MOVE_MESSAGES, params![to, from]).await?;
    tx.run(&MOVE_CONVERSATIONS, params![to, from]).await?;
    tx.run(&LEAVE_SHARED, params![to, from]).await?;
    tx.run(&MOVE_PARTICIPANTS, params![to, from]).await?;
    tx.run(&MOVE_LABELS, params![to, from]).await?;
    tx.run(&MOVE_DELIVERIES, params![to, from]).await?;
    tx.run(&FORGET_EVENTS, params![to]).await?;
    // First, as nobody else may have its address and identifier.
    tx.run(&DELETE, params![from]).await?;
    // Beyond what any device of either has seen; with no rows left, everything up to it counts as trimmed.
    let number = base.event_number.max(other.event_number) + 1;
    let active = base.last_activity_at.max(other.last_activity_at);
    tx.run(&RENUMBER, params![to, number, active]).await?;
    let merged = Contact { event_number: number, last_activity_at: active, ..known_of_both(base.clone(), other.clone()) };
    contacts::save(tx, &merged).await?;
    contacts::find(tx, merged.account_id, to).await?.ok_or(StoreError::Missing)
}

/// Gives a browser to another contact. Who had it keeps all conversations, under a channel of their own that is named `source_id`.
/// The account must be locked. Devices of the new holder are told to fetch everything again when they next say hello, and
/// so is the browser, whatever it has seen as somebody else's.
pub async fn pass(tx: &mut Tx<'_>, visitor: &Visitor, to: &Contact, source_id: &str) -> Result<(), StoreError> {
    let browser = visitor.contact_inbox_id;
    let kept: ContactInboxId = tx.one(&KEEP_CHANNEL, params![browser, source_id]).await?;
    tx.run(&KEEP_CONVERSATIONS, params![browser, kept]).await?;
    tx.run(&PASS_CHANNEL, params![browser, to.id]).await?;
    tx.run(&FORGET_EVENTS, params![to.id]).await?;
    let number = visitor.event_number.max(to.event_number) + 1;
    tx.run(&RENUMBER, params![to.id, number, to.last_activity_at]).await?;
    Ok(())
}

/// What is known of two contacts who are one; a proved address wins over one that was only typed.
fn known_of_both(base: Contact, other: Contact) -> Contact {
    let takes_email = other.email.is_some() && (base.email.is_none() || (base.email_claimed && !other.email_claimed));
    let email_claimed = match (&base.email, &other.email) {
        _ if takes_email => other.email_claimed,
        // An address is as sure as it was, whatever is known of who had none.
        (Some(_), _) => base.email_claimed,
        (None, _) => base.email_claimed && other.email_claimed,
    };
    let email = if takes_email { other.email } else { base.email };
    Contact {
        name: base.name.or(other.name),
        email,
        email_claimed,
        phone_number: base.phone_number.or(other.phone_number),
        identifier: base.identifier.or(other.identifier),
        custom_attributes: base.custom_attributes.taking(&other.custom_attributes),
        additional_attributes: base.additional_attributes.taking(&other.additional_attributes),
        ..base
    }
}

/// Deletes a contact with all they wrote and all that was written to them. The account must be locked.
pub async fn delete(tx: &mut Tx<'_>, id: ContactId) -> Result<(), StoreError> {
    for it in tx.all::<Counted>(&COUNTED, params![id]).await? {
        conversation_counts::add(tx, Place { inbox: it.inbox, status: it.status, owner: it.owner }, -it.n).await?;
    }
    tx.run(&DELETE, params![id]).await?;
    Ok(())
}
