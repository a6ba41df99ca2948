//! Accounts: the row that every write of an account locks first, and its place in the log. Locking itself is the door's business.

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use frontdesk_core::time::Millis;

use crate::{StoreError, Tx, params, row, statements};

statements! {
    /// One account.
    FIND = "SELECT id, name, event_seq, trimmed_seq, created_at FROM accounts WHERE id = $1";
    /// A new account without anything in it.
    INSERT = "INSERT INTO accounts (name, seats, created_at) VALUES ($1, $2, $3) RETURNING id";
    /// All accounts, for the command line and for tests.
    LIST = "SELECT id, name, event_seq, trimmed_seq, created_at FROM accounts ORDER BY id";
}

row! {
    /// An account as stored.
    #[derive(Debug, Clone)]
    pub struct Account {
        /// Its id.
        pub id: AccountId,
        /// What people call it.
        pub name: String,
        /// The newest place of its event log.
        pub event_seq: Seq,
        /// Events up to here are gone.
        pub trimmed_seq: Seq,
        /// When it was made.
        pub created_at: Millis,
    }
}

/// Finds one account.
pub async fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, StoreError> {
    tx.first(&FIND, params![id]).await
}

/// Makes an account. `seats` limits members and invitations; `None` is no limit (BEHAVIOUR 2.7).
pub async fn insert(tx: &mut Tx<'_>, name: &str, seats: Option<i64>, now: Millis) -> Result<AccountId, StoreError> {
    tx.one(&INSERT, params![name, seats, now]).await
}

/// Every account, oldest first.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<Account>, StoreError> {
    tx.all(&LIST, params![]).await
}
