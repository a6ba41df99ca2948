//! Webhooks: where an account wants to be told of what happens, up to where it was told, and which node sends. What is on its
//! way is in `deliveries`.

use frontdesk_core::event::Seq;
use frontdesk_core::id::{AccountId, InboxId, WebhookId};
use frontdesk_core::time::Millis;

use crate::{AccountTx, StoreError, Tx, params, row, statements};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT w.id, w.account_id, w.inbox_id, i.name AS inbox_name, w.name, w.url, w.subscriptions, w.secret_version, w.cursor_seq, w.claim, w.claimed_until, w.created_at, w.updated_at FROM webhooks w LEFT JOIN inboxes i ON i.id = w.inbox_id ",
            $rest
        )
    };
}

statements! {
    /// One webhook.
    FIND = select!("WHERE w.id = $1");
    /// One webhook of an account.
    FIND_IN = select!("WHERE w.account_id = $1 AND w.id = $2");
    /// The webhooks of an account.
    LIST = select!("WHERE w.account_id = $1 ORDER BY w.id");
    /// How many there are.
    COUNT = "SELECT COUNT(*) AS n FROM webhooks WHERE account_id = $1";
    /// A new webhook, told of what happens from now on.
    INSERT = "INSERT INTO webhooks (account_id, inbox_id, name, url, subscriptions, cursor_seq, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id";
    /// Another address, other events.
    UPDATE = "UPDATE webhooks SET inbox_id = $3, name = $4, url = $5, subscriptions = $6, updated_at = $7 WHERE account_id = $1 AND id = $2";
    /// Another secret.
    RENEW_SECRET = "UPDATE webhooks SET secret_version = secret_version + 1, updated_at = $3 WHERE account_id = $1 AND id = $2";
    /// Gone, with its deliveries.
    DELETE = "DELETE FROM webhooks WHERE account_id = $1 AND id = $2";
    /// Webhooks whose account's log is ahead of them.
    BEHIND = select!("JOIN accounts a ON a.id = w.account_id WHERE a.event_seq > w.cursor_seq ORDER BY w.id");
    /// Moves the cursor, if nobody else did.
    ADVANCE = "UPDATE webhooks SET cursor_seq = $3 WHERE id = $1 AND cursor_seq = $2";
    /// Claims the right to send, if nobody else did since it was looked at.
    CLAIM = "UPDATE webhooks SET claim = claim + 1, claimed_until = $3 WHERE id = $1 AND claim = $2";
    /// Holds on to a claim, or gives it back.
    HOLD = "UPDATE webhooks SET claimed_until = $3 WHERE id = $1 AND claim = $2";
}

row! {
    /// A webhook as stored.
    #[derive(Debug, Clone)]
    pub struct Webhook {
        /// Its id.
        pub id: WebhookId,
        /// The account that is told of.
        pub account_id: AccountId,
        /// Only what happens in this inbox.
        pub inbox_id: Option<InboxId>,
        /// That inbox's name.
        pub inbox_name: Option<String>,
        /// What people call it; may be empty.
        pub name: String,
        /// Where it is told.
        pub url: String,
        /// The happenings asked for, as a JSON array of words.
        pub subscriptions: String,
        /// Goes into the secret.
        pub secret_version: i64,
        /// Deliveries are made of the log up to here.
        pub cursor_seq: Seq,
        /// Which claim to send counts.
        pub claim: i64,
        /// Until when.
        pub claimed_until: Millis,
        /// When it was made.
        pub created_at: Millis,
        /// When it was last changed.
        pub updated_at: Millis,
    }
}

/// What an administrator decides of a webhook.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Only what happens in this inbox.
    pub inbox: Option<InboxId>,
    /// What people call it; may be empty.
    pub name: String,
    /// Where it is told.
    pub url: String,
    /// The happenings asked for, as a JSON array of words.
    pub subscriptions: String,
}

/// Finds one webhook, without asking who wants to know.
pub async fn find(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Webhook>, StoreError> {
    tx.first(&FIND, params![id]).await
}

/// Finds a webhook of this account.
pub async fn find_in(tx: &mut Tx<'_>, account: AccountId, id: WebhookId) -> Result<Option<Webhook>, StoreError> {
    tx.first(&FIND_IN, params![account, id]).await
}

/// The account's webhooks, oldest first; how many there may be is core's rule.
pub async fn list(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Webhook>, StoreError> {
    tx.all(&LIST, params![account]).await
}

/// How many webhooks the account has.
pub async fn count(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, StoreError> {
    tx.one(&COUNT, params![account]).await
}

/// Makes a webhook that is told of what happens from now on; `Duplicate` when the account has one with this URL.
pub async fn insert(tx: &mut AccountTx<'_, '_>, wanted: &Wanted, now: Millis) -> Result<WebhookId, StoreError> {
    let (account, seq) = (tx.account_id(), tx.seq());
    let values = params![account, wanted.inbox, &wanted.name, &wanted.url, &wanted.subscriptions, seq, now];
    tx.one(&INSERT, values).await
}

/// Changes a webhook; answers false when the account has no such one.
pub async fn update(tx: &mut Tx<'_>, account: AccountId, id: WebhookId, wanted: &Wanted, now: Millis) -> Result<bool, StoreError> {
    let values = params![account, id, wanted.inbox, &wanted.name, &wanted.url, &wanted.subscriptions, now];
    Ok(tx.run(&UPDATE, values).await? > 0)
}

/// Gives a webhook another secret; answers false when the account has no such one.
pub async fn renew_secret(tx: &mut Tx<'_>, account: AccountId, id: WebhookId, now: Millis) -> Result<bool, StoreError> {
    Ok(tx.run(&RENEW_SECRET, params![account, id, now]).await? > 0)
}

/// Deletes a webhook with its deliveries; answers false when the account has no such one.
pub async fn delete(tx: &mut Tx<'_>, account: AccountId, id: WebhookId) -> Result<bool, StoreError> {
    Ok(tx.run(&DELETE, params![account, id]).await? > 0)
}

/// The webhooks that have not seen all of their account's log.
pub async fn behind(tx: &mut Tx<'_>) -> Result<Vec<Webhook>, StoreError> {
    tx.all(&BEHIND, params![]).await
}

/// Moves the cursor from one place to the next; false when somebody else did meanwhile.
pub async fn advance(tx: &mut Tx<'_>, id: WebhookId, from: Seq, to: Seq) -> Result<bool, StoreError> {
    Ok(tx.run(&ADVANCE, params![id, from, to]).await? > 0)
}

/// Claims the right to send until a moment; `None` when somebody else did since `seen` was read. The claim's number is to be
/// shown to [`hold`].
pub async fn claim(tx: &mut Tx<'_>, seen: &Webhook, until: Millis) -> Result<Option<i64>, StoreError> {
    let claimed = tx.run(&CLAIM, params![seen.id, seen.claim, until]).await? > 0;
    Ok(claimed.then_some(seen.claim + 1))
}

/// Keeps a claim until a later moment, or gives it back with one that is over; false when another one counts already.
pub async fn hold(tx: &mut Tx<'_>, id: WebhookId, claim: i64, until: Millis) -> Result<bool, StoreError> {
    Ok(tx.run(&HOLD, params![id, claim, until]).await? > 0)
}
