//! What background jobs look for across accounts: snoozes that are over, a log that has grown old, sessions that ended.
//! When something is due is decided in core.

use frontdesk_core::event::Seq;
use frontdesk_core::id::{AccountId, ConversationId};
use frontdesk_core::time::Millis;

use crate::{AccountTx, StoreError, Tx, params, statements};

statements! {
    /// Conversations whose snooze is over, the longest first.
    DUE_SNOOZES = "SELECT account_id, id FROM conversations WHERE status = 'snoozed' AND snoozed_until <= $1 ORDER BY snoozed_until LIMIT $2";
    /// When the next snooze ends.
    NEXT_SNOOZE = "SELECT MIN(snoozed_until) AS until FROM conversations WHERE status = 'snoozed'";
    /// Accounts that have a log.
    LOGGED = "SELECT id FROM accounts WHERE event_seq > trimmed_seq ORDER BY id";
    /// The beginning of what is left of a log.
    OLDEST = "SELECT seq, at FROM events WHERE account_id = $1 ORDER BY seq LIMIT $2";
    /// Up to where the readers who must miss nothing have read.
    READ_UP_TO = "SELECT MIN(r.cursor_seq) AS seq FROM (SELECT cursor_seq FROM webhooks WHERE account_id = $1 UNION ALL SELECT COALESCE((SELECT cursor_seq FROM search_cursors WHERE account_id = $1), 0) AS cursor_seq) r";
    /// The log loses its beginning,
    TRIM = "DELETE FROM events WHERE account_id = $1 AND seq <= $2";
    /// so do the contacts' views of it,
    TRIM_FOR_CONTACTS = "DELETE FROM contact_events WHERE account_id = $1 AND seq <= $2";
    /// and it is remembered.
    SET_TRIMMED = "UPDATE accounts SET trimmed_seq = $2 WHERE id = $1 AND trimmed_seq < $2";
    /// Sessions that ended before a time.
    DELETE_SESSIONS = "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions WHERE expires_at <= $1 LIMIT $2)";
}

/// At most `limit` conversations whose snooze is over by `now`.
pub async fn due_snoozes(tx: &mut Tx<'_>, now: Millis, limit: i64) -> Result<Vec<(AccountId, ConversationId)>, StoreError> {
    tx.all(&DUE_SNOOZES, params![now, limit]).await
}

/// When the next snooze ends, over or not.
pub async fn next_snooze(tx: &mut Tx<'_>) -> Result<Option<Millis>, StoreError> {
    tx.one(&NEXT_SNOOZE, params![]).await
}

/// Accounts whose log holds anything.
pub async fn logged(tx: &mut Tx<'_>) -> Result<Vec<AccountId>, StoreError> {
    tx.all(&LOGGED, params![]).await
}

/// The first `limit` events of what is left of the log, with their times.
pub async fn oldest(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<(Seq, Millis)>, StoreError> {
    tx.all(&OLDEST, params![account, limit]).await
}

/// The place that every reader which must miss nothing has passed: webhooks and the index of words.
pub async fn read_up_to(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Seq>, StoreError> {
    tx.one(&READ_UP_TO, params![account]).await
}

/// Forgets the log up to a place, also in the contacts' views of it.
pub async fn trim(tx: &mut AccountTx<'_, '_>, up_to: Seq) -> Result<(), StoreError> {
    let account = tx.account_id();
    tx.run(&TRIM_FOR_CONTACTS, params![account, up_to]).await?;
    tx.run(&TRIM, params![account, up_to]).await?;
    tx.run(&SET_TRIMMED, params![account, up_to]).await?;
    Ok(())
}

/// Deletes at most `limit` sessions that ended by then, and tells how many.
pub async fn delete_sessions(tx: &mut Tx<'_>, ended_by: Millis, limit: i64) -> Result<u64, StoreError> {
    tx.run(&DELETE_SESSIONS, params![ended_by, limit]).await
}
