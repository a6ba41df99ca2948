//! Facts about the whole installation: whether it was set up. The epoch of its log is in `events`.

use frontdesk_core::time::Millis;

use crate::{StoreError, Tx, params, statements};

statements! {
    /// Notes, once, that somebody set the installation up. Whoever comes second waits here for the first one's end.
    CLAIM = "INSERT INTO installation (name, value) VALUES ('set_up_at', $1) ON CONFLICT DO NOTHING";
    /// Another history of the log begins.
    SET_EPOCH = "INSERT INTO installation (name, value) VALUES ('epoch', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    /// Numbers of conversations that people saw after the backup are not given again.
    SKIP_NUMBERS = "UPDATE accounts SET conversation_count = conversation_count + $1";
    /// Whether there is any account.
    HAS_ACCOUNT = "SELECT EXISTS (SELECT 1 FROM accounts) AS found";
}

/// Claims the setting up for this transaction; `false` when another one has done it. A transaction that is rolled back
/// gives the claim back.
pub async fn claim(tx: &mut Tx<'_>, now: Millis) -> Result<bool, StoreError> {
    Ok(tx.run(&CLAIM, params![now.0.to_string()]).await? > 0)
}

/// Conversation numbers left out after a restore: more than anybody had between a backup and the day it was needed, few
/// enough to stay readable.
pub const NUMBERS_SKIPPED: i64 = 1_000;

/// Begins another history after a restore: clients that know the old one fetch everything anew, and conversation numbers
/// go on behind those that somebody may have seen. Ids of rows are the engine's ([`Store::begin_again`]).
///
/// [`Store::begin_again`]: crate::Store::begin_again
pub(crate) async fn begin_again(tx: &mut Tx<'_>, epoch: &str) -> Result<(), StoreError> {
    tx.run(&SET_EPOCH, params![epoch]).await?;
    tx.run(&SKIP_NUMBERS, params![NUMBERS_SKIPPED]).await?;
    Ok(())
}

/// Whether there is any account: without one nobody can log in.
pub async fn has_account(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    tx.one(&HAS_ACCOUNT, params![]).await
}
