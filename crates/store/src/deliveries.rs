//! Deliveries: what is on its way to a webhook, and what became of it. When one is tried again is decided in core.

use frontdesk_core::event::Seq;
use frontdesk_core::id::{AccountId, ContactId, DeliveryId, MessageId, WebhookId};
use frontdesk_core::time::Millis;
use frontdesk_core::webhook::{DeliveryState, Happening, Lane};

use crate::{StoreError, Tx, params, row, statements};

macro_rules! select {
    ($payload:literal, $rest:literal) => {
        concat!(
            "SELECT d.id, d.webhook_id, d.event, d.state, d.attempts, d.due_at, d.tried_at, d.duration_ms, d.status, d.error, d.answer, d.created_at, ",
            $payload,
            " AS payload FROM webhook_deliveries d ",
            $rest
        )
    };
}

statements! {
    /// One delivery of a webhook of an account.
    FIND = select!("d.payload", "JOIN webhooks w ON w.id = d.webhook_id WHERE w.account_id = $1 AND d.webhook_id = $2 AND d.id = $3");
    /// A page of them without what they carry, newest first.
    LIST = select!("''", "WHERE d.webhook_id = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT $3");
    /// The same, of one state.
    LIST_IN = select!("''", "WHERE d.webhook_id = $1 AND d.id < $2 AND d.state = $4 ORDER BY d.id DESC LIMIT $3");
    /// How many there are of each state.
    COUNT = "SELECT state, COUNT(*) AS n FROM webhook_deliveries WHERE webhook_id = $1 GROUP BY state";
    /// How many wait.
    WAITING = "SELECT COUNT(*) AS n FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'pending'";
    /// A new one, due at once whatever the clock says.
    INSERT = "INSERT INTO webhook_deliveries (webhook_id, contact_id, event, seq, payload, state, due_at, created_at) VALUES ($1, $2, $3, $4, $5, 'pending', 0, $6)";
    /// Webhooks with deliveries that wait and when the first of each is due: those that are due now in the order in which they
    /// were served, then the others in time. $1 is now, and what is due after $2 was set by another clock. The first and the
    /// last of each are read from the ends of its index, however many wait.
    LANES = "WITH ends AS MATERIALIZED (SELECT w.id, w.account_id, w.claimed_until, (SELECT MIN(d.due_at) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending') AS first_due, (SELECT MAX(d.due_at) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending') AS last_due FROM webhooks w), lanes AS (SELECT id, account_id, claimed_until, CASE WHEN last_due > $2 AND first_due > $1 THEN $1 ELSE first_due END AS due_at FROM ends WHERE first_due IS NOT NULL) SELECT id, account_id, due_at, claimed_until FROM lanes ORDER BY CASE WHEN due_at <= $1 THEN 0 ELSE 1 END, CASE WHEN due_at <= $1 THEN claimed_until ELSE due_at END, id LIMIT $3";
    /// The next one that is due.
    NEXT = select!("d.payload", "WHERE d.webhook_id = $1 AND d.state = 'pending' AND (d.due_at <= $2 OR d.due_at > $3) ORDER BY d.due_at, d.id LIMIT 1");
    /// What became of a try, unless the delivery was touched meanwhile.
    RECORD = "UPDATE webhook_deliveries SET state = $3, attempts = attempts + 1, due_at = $4, tried_at = $5, duration_ms = $6, status = $7, error = $8, answer = $9 WHERE id = $1 AND attempts = $2 AND state = 'pending'";
    /// Sent again from the beginning.
    RETRY = "UPDATE webhook_deliveries SET state = 'pending', attempts = 0, due_at = 0 WHERE id = $1";
    /// Those of a contact that may carry something, oldest first. $2 is a pattern for what they carry.
    CARRYING = "SELECT id, payload FROM webhook_deliveries WHERE contact_id = $1 AND id > $3 AND payload LIKE $2 ORDER BY id LIMIT $4";
    /// They carry something else, and nobody is shown what the target said to it.
    REPLACE = "UPDATE webhook_deliveries SET payload = $2, answer = NULL WHERE id = $1";
    /// Old ones that are over.
    FORGET = "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE created_at < $1 AND state <> 'pending' ORDER BY created_at LIMIT $2)";
}

row! {
    struct LaneRow {
        id: WebhookId,
        account_id: AccountId,
        due_at: Millis,
        claimed_until: Millis,
    }
}

row! {
    /// A delivery as stored.
    #[derive(Clone)]
    pub struct Delivery {
        /// Its id.
        pub id: DeliveryId,
        /// Where it goes.
        pub webhook_id: WebhookId,
        /// What it tells of.
        pub event: Happening,
        /// Where it stands.
        pub state: DeliveryState,
        /// Tries so far.
        pub attempts: i64,
        /// When the next try is due, while pending.
        pub due_at: Millis,
        /// When it was last tried.
        pub tried_at: Option<Millis>,
        /// How long that took.
        pub duration_ms: Option<i64>,
        /// The target's HTTP status, if it answered.
        pub status: Option<i64>,
        /// Why the last try failed, in words.
        pub error: Option<String>,
        /// The beginning of the target's answer.
        pub answer: Option<String>,
        /// When it was made.
        pub created_at: Millis,
        /// The JSON that is sent; empty in lists.
        pub payload: String,
    }
}

// Not derived: people's words must not reach a log.
impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").field("id", &self.id).field("event", &self.event).finish_non_exhaustive()
    }
}

/// A delivery to be made.
#[derive(Clone)]
pub struct NewDelivery {
    /// Whose words are in it.
    pub contact: Option<ContactId>,
    /// What it tells of.
    pub event: Happening,
    /// Where in the log that stands.
    pub seq: Seq,
    /// The JSON that is sent.
    pub payload: String,
}

// Not derived: people's words must not reach a log.
impl std::fmt::Debug for NewDelivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewDelivery").field("event", &self.event).field("seq", &self.seq).finish_non_exhaustive()
    }
}

/// What became of a try.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Where the delivery stands now.
    pub state: DeliveryState,
    /// When it is due again, while pending.
    pub due_at: Millis,
    /// When it was tried.
    pub at: Millis,
    /// How long it took.
    pub duration_ms: i64,
    /// The target's HTTP status, if it answered.
    pub status: Option<i64>,
    /// Why it failed, in words.
    pub error: Option<String>,
    /// The beginning of the answer.
    pub answer: Option<String>,
}

/// Finds a delivery of a webhook of this account.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, webhook: WebhookId, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    tx.first(&FIND, params![account, webhook, id]).await
}

/// A page of at most `limit` deliveries before an id, newest first, of one state or of any; without their payloads.
pub async fn list(
    tx: &mut Tx<'_>,
    webhook: WebhookId,
    state: Option<DeliveryState>,
    (before, limit): (i64, i64),
) -> Result<Vec<Delivery>, StoreError> {
    match state {
        None => tx.all(&LIST, params![webhook, before, limit]).await,
        Some(state) => tx.all(&LIST_IN, params![webhook, before, limit, state]).await,
    }
}

/// How many deliveries of each state a webhook has.
pub async fn count(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<Vec<(DeliveryState, i64)>, StoreError> {
    tx.all(&COUNT, params![webhook]).await
}

/// How many deliveries of a webhook wait.
pub async fn waiting(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<i64, StoreError> {
    tx.one(&WAITING, params![webhook]).await
}

/// Makes a delivery, due at once.
pub async fn insert(tx: &mut Tx<'_>, webhook: WebhookId, new: &NewDelivery, now: Millis) -> Result<(), StoreError> {
    let values = params![webhook, new.contact, new.event, new.seq, &new.payload, now];
    tx.run(&INSERT, values).await?;
    Ok(())
}

/// At most `limit` webhooks with deliveries that wait: first those that are due, whoever was served longest ago before the
/// others. What is due after `ahead` was set by another clock and counts as due now.
pub async fn lanes(tx: &mut Tx<'_>, now: Millis, ahead: Millis, limit: i64) -> Result<Vec<Lane>, StoreError> {
    let rows: Vec<LaneRow> = tx.all(&LANES, params![now, ahead, limit]).await?;
    let read = |it: LaneRow| Lane { webhook: it.id, account: it.account_id, due_at: it.due_at, claimed_until: it.claimed_until };
    Ok(rows.into_iter().map(read).collect())
}

/// The next delivery of a webhook that is due.
pub async fn next(tx: &mut Tx<'_>, webhook: WebhookId, now: Millis, ahead: Millis) -> Result<Option<Delivery>, StoreError> {
    tx.first(&NEXT, params![webhook, now, ahead]).await
}

/// Notes what became of a try; false when the delivery was retried by hand or by another node meanwhile.
pub async fn record(tx: &mut Tx<'_>, tried: &Delivery, outcome: &Tried) -> Result<bool, StoreError> {
    let values = params![
        tried.id,
        tried.attempts,
        outcome.state,
        outcome.due_at,
        outcome.at,
        outcome.duration_ms,
        outcome.status,
        &outcome.error,
        &outcome.answer
    ];
    Ok(tx.run(&RECORD, values).await? > 0)
}

/// Has a delivery sent again from the beginning, whatever became of it.
pub async fn retry(tx: &mut Tx<'_>, id: DeliveryId) -> Result<(), StoreError> {
    tx.run(&RETRY, params![id]).await?;
    Ok(())
}

/// At most `limit` deliveries after an id that tell of a contact's conversations and may carry this message, with what they
/// carry: whether they do is to be read there.
pub async fn carrying(
    tx: &mut Tx<'_>,
    contact: ContactId,
    message: MessageId,
    (after, limit): (DeliveryId, i64),
) -> Result<Vec<(DeliveryId, String)>, StoreError> {
    tx.all(&CARRYING, params![contact, format!("%\"id\":{message}%"), after, limit]).await
}

/// Has a delivery carry something else from now on; what the target answered goes, as it may repeat what it was told.
pub async fn replace_payload(tx: &mut Tx<'_>, id: DeliveryId, payload: &str) -> Result<(), StoreError> {
    tx.run(&REPLACE, params![id, payload]).await?;
    Ok(())
}

/// Deletes at most `limit` deliveries that are over and older than that, and tells how many.
pub async fn forget(tx: &mut Tx<'_>, made_before: Millis, limit: i64) -> Result<u64, StoreError> {
    tx.run(&FORGET, params![made_before, limit]).await
}
