//! How many conversations there are, by inbox, status and owner: kept, not counted. Each change of a conversation that
//! moves it from one number to another calls this in its own transaction; lists are in `conversation_lists`.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{InboxId, UserId};

use crate::conversations::Scope;
use crate::{StoreError, Tx, params, row, statements};

statements! {
    /// One more, or with -1 one less.
    ADD = "INSERT INTO conversation_counts (inbox_id, status, owner_id, n) VALUES ($1, $2, $3, $4) ON CONFLICT (inbox_id, status, owner_id) DO UPDATE SET n = conversation_counts.n + excluded.n";
    /// What a member sees, of one status or of all, in one inbox or in all.
    SUM = "SELECT COALESCE(CAST(SUM(CASE WHEN k.owner_id = $1 THEN k.n ELSE 0 END) AS BIGINT), 0) AS mine, COALESCE(CAST(SUM(CASE WHEN k.owner_id = 0 THEN k.n ELSE 0 END) AS BIGINT), 0) AS unassigned, COALESCE(CAST(SUM(k.n) AS BIGINT), 0) AS everything FROM inboxes i JOIN conversation_counts k ON k.inbox_id = i.id WHERE i.account_id = $2 AND ($3 OR i.id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $1)) AND (CAST($4 AS TEXT) IS NULL OR k.status = $4) AND (CAST($5 AS BIGINT) IS NULL OR i.id = $5)";
}

row! {
    /// How many conversations there are, by ownership.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Counts {
        /// Owned by the member who looks.
        pub mine: i64,
        /// Owned by nobody.
        pub unassigned: i64,
        /// All of them.
        pub everything: i64,
    }
}

/// Where a conversation is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) inbox: InboxId,
    pub(crate) status: Status,
    pub(crate) owner: Option<UserId>,
}

/// There is one more (or, with -1, one less) here.
pub(crate) async fn add(tx: &mut Tx<'_>, at: Place, n: i64) -> Result<(), StoreError> {
    let owner = at.owner.map_or(0, |it| it.0);
    tx.run(&ADD, params![at.inbox, at.status.as_str(), owner, n]).await?;
    Ok(())
}

/// A conversation is counted elsewhere from now on.
pub(crate) async fn shift(tx: &mut Tx<'_>, from: Place, to: Place) -> Result<(), StoreError> {
    if from == to {
        return Ok(());
    }
    add(tx, from, -1).await?;
    add(tx, to, 1).await
}

/// How many conversations this member sees, of one status or of all, in one inbox or in all.
pub async fn counts(tx: &mut Tx<'_>, scope: Scope, status: Option<Status>, inbox: Option<InboxId>) -> Result<Counts, StoreError> {
    tx.one(&SUM, params![scope.user, scope.account, scope.sees_all, status.map(Status::as_str), inbox]).await
}
