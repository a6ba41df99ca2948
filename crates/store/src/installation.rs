//! Facts about the whole installation: whether it was set up. The epoch of its log is in `events`.

use frontdesk_core::time::Millis;

use crate::{StoreError, Tx, params, statements};

statements! {
    /// Notes, once, that somebody set the installation up. Whoever comes second waits here for the first one's end.
    CLAIM = "INSERT INTO installation (name, value) VALUES ('set_up_at', $1) ON CONFLICT DO NOTHING";
    /// Whether there is any account.
    HAS_ACCOUNT = "SELECT EXISTS (SELECT 1 FROM accounts) AS found";
}

/// Claims the setting up for this transaction; `false` when another one has done it. A transaction that is rolled back
/// gives the claim back.
pub async fn claim(tx: &mut Tx<'_>, now: Millis) -> Result<bool, StoreError> {
    Ok(tx.run(&CLAIM, params![now.0.to_string()]).await? > 0)
}

/// Whether there is any account: without one nobody can log in.
pub async fn has_account(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    tx.one(&HAS_ACCOUNT, params![]).await
}
