//! Members: a user's place in an account. Invitations come with their own table later.

use frontdesk_core::id::{AccountId, InboxId, UserId};
use frontdesk_core::member::{Availability, Role, Switches};
use frontdesk_core::time::Millis;

use crate::{StoreError, Tx, params, row, statements};

macro_rules! columns {
    () => {
        "mb.account_id, mb.user_id, u.email, COALESCE(mb.name, u.name) AS member_name, mb.role, mb.availability, mb.auto_offline, mb.access, mb.answers_chats, u.picture, mb.created_at"
    };
}
pub(crate) use columns;

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM members mb JOIN users u ON u.id = mb.user_id ", $rest)
    };
}

statements! {
    /// One member.
    FIND = select!("WHERE mb.account_id = $1 AND mb.user_id = $2");
    /// An account's members.
    LIST = select!("WHERE mb.account_id = $1 ORDER BY mb.user_id");
    /// A user's places in all accounts.
    LIST_OF_USER = "SELECT a.id, a.name, m.role, m.availability, a.event_seq FROM members m JOIN accounts a ON a.id = m.account_id WHERE m.user_id = $1 AND m.access ORDER BY a.id";
    /// A new member.
    INSERT = "INSERT INTO members (account_id, user_id, role, name, availability, auto_offline, access, answers_chats, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// A new member belongs to all inboxes (BEHAVIOUR 2.8).
    JOIN_INBOXES = "INSERT INTO inbox_members (inbox_id, user_id) SELECT id, CAST($2 AS BIGINT) FROM inboxes WHERE account_id = $1";
    /// Whether somebody is a member with access who sees an inbox.
    HAS_ACCESS = "SELECT COUNT(*) AS n FROM members m WHERE m.account_id = $1 AND m.user_id = $2 AND m.access AND (m.role = 'administrator' OR EXISTS (SELECT 1 FROM inbox_members im WHERE im.inbox_id = $3 AND im.user_id = $2))";
    /// The inboxes a member belongs to.
    INBOXES = "SELECT im.inbox_id FROM inbox_members im JOIN inboxes i ON i.id = im.inbox_id WHERE i.account_id = $1 AND im.user_id = $2";
    /// Members and pending invitations, which count as seats.
    COUNT = "SELECT COUNT(*) AS members, (SELECT seats FROM accounts WHERE id = $1) AS seats FROM members WHERE account_id = $1";
}

row! {
    /// A member with what everybody in the account may know of them.
    #[derive(Debug, Clone)]
    pub struct Member {
        /// The account.
        pub account_id: AccountId,
        /// The person.
        pub user_id: UserId,
        /// The person's address.
        pub email: String,
        /// The membership's name for the person, or their own.
        pub name: String,
        /// What they may do.
        pub role: Role,
        /// What they chose.
        pub availability: Availability,
        /// Whether absence makes them offline.
        pub auto_offline: bool,
        /// Off: suspended.
        pub access: bool,
        /// Off: never counts for presence or routing.
        pub answers_chats: bool,
        /// The name of their picture under `/pictures/`.
        pub picture: Option<String>,
        /// When they became a member.
        pub created_at: Millis,
    }
}

row! {
    /// One of the accounts that a user may open.
    #[derive(Debug, Clone)]
    pub struct Membership {
        /// The account.
        pub account_id: AccountId,
        /// Its name.
        pub account_name: String,
        /// The user's role there.
        pub role: Role,
        /// The user's choice there.
        pub availability: Availability,
        /// The newest place of the account's log.
        pub event_seq: frontdesk_core::event::Seq,
    }
}

row! {
    /// How many seats are taken.
    #[derive(Debug, Clone, Copy)]
    pub struct Seats {
        /// Members.
        pub used: i64,
        /// The limit, if there is one.
        pub limit: Option<i64>,
    }
}

impl Member {
    /// The two switches beside the role.
    pub fn switches(&self) -> Switches {
        Switches { access: self.access, answers_chats: self.answers_chats }
    }
}

/// Finds one member, suspended or not.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, user: UserId) -> Result<Option<Member>, StoreError> {
    tx.first(&FIND, params![account, user]).await
}

/// All members, in the order in which their users were made.
pub async fn list(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Member>, StoreError> {
    tx.all(&LIST, params![account]).await
}

/// The accounts that a user may open.
pub async fn memberships(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<Membership>, StoreError> {
    tx.all(&LIST_OF_USER, params![user]).await
}

/// Adds a member who counts and may do everything their role allows, to all inboxes. `Duplicate` when they are one already.
pub async fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    user: UserId,
    role: Role,
    name: Option<&str>,
    now: Millis,
) -> Result<(), StoreError> {
    let chosen = Availability::Available.as_str();
    tx.run(&INSERT, params![account, user, role.as_str(), name, chosen, true, true, true, now]).await?;
    tx.run(&JOIN_INBOXES, params![account, user]).await?;
    Ok(())
}

/// Whether a user is a member with access to the account who sees this inbox of it (BEHAVIOUR 6.3).
pub async fn has_access(tx: &mut Tx<'_>, account: AccountId, user: UserId, inbox: InboxId) -> Result<bool, StoreError> {
    let n: i64 = tx.one(&HAS_ACCESS, params![account, user, inbox]).await?;
    Ok(n > 0)
}

/// The inboxes a member belongs to.
pub async fn inboxes(tx: &mut Tx<'_>, account: AccountId, user: UserId) -> Result<Vec<InboxId>, StoreError> {
    tx.all(&INBOXES, params![account, user]).await
}

/// Seats taken and their limit.
pub async fn seats(tx: &mut Tx<'_>, account: AccountId) -> Result<Seats, StoreError> {
    tx.one(&COUNT, params![account]).await
}
