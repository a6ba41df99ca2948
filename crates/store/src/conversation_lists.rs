//! Conversations as lists and threads show them: each with its contact, owner, last message and how far one member has
//! read. Changing them is the business of `conversations`.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ConversationId, UserId};
use frontdesk_core::time::Millis;

use crate::contacts::{self, Contact};
use crate::conversations::{self, Conversation, Scope};
use crate::members::{self, Member};
use crate::messages::{self, Message};
use crate::{Joined, Statement, StoreError, Tx, params, row, statements};

// $1 is always the member who looks.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT ", conversations::columns!(), ", ", contacts::columns!(), ", ", members::columns!(), ", ", messages::columns!(),
            ", COALESCE(r.read_count, 0) AS read_count, ",
            "(SELECT MAX(s.read_at) FROM conversation_reads s WHERE s.conversation_id = c.id) AS members_seen_at, ",
            "(SELECT s.read_at FROM conversation_reads s WHERE s.conversation_id = c.id AND s.user_id = c.owner_id) AS owner_seen_at, ",
            "(SELECT s.read_at FROM participants s WHERE s.conversation_id = c.id AND s.contact_id = c.contact_id) AS contact_seen_at, ",
            // Names hold no control characters, so a line each can be told apart.
            "(SELECT string_agg(CAST(p.user_id AS TEXT) || ' ' || COALESCE(pm.name, pu.name), '\n' ORDER BY p.joined_at, p.id) ",
            "FROM participants p JOIN users pu ON pu.id = p.user_id ",
            "LEFT JOIN members pm ON pm.account_id = c.account_id AND pm.user_id = p.user_id ",
            "WHERE p.conversation_id = c.id AND p.state = 'joined') AS joined_members FROM conversations c ",
            "JOIN contacts k ON k.id = c.contact_id ",
            "LEFT JOIN members mb ON mb.account_id = c.account_id AND mb.user_id = c.owner_id ",
            "LEFT JOIN users u ON u.id = mb.user_id ",
            "LEFT JOIN messages m ON m.id = c.last_message_id ",
            "LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.user_id = $1 ",
            $($rest),+
        )
    };
}

macro_rules! page {
    ($ownership:literal, $status:literal) => {
        select!(
            "WHERE c.account_id = $2 AND ($3 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $1)) ",
            $ownership,
            $status,
            " ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $4 OFFSET $5"
        )
    };
}

statements! {
    /// One conversation.
    ONE = select!("WHERE c.id = $2");
    /// Every status, by ownership.
    PAGE_ALL = page!("", "");
    PAGE_MINE = page!("AND c.owner_id = $1", "");
    PAGE_UNASSIGNED = page!("AND c.owner_id IS NULL", "");
    PAGE_ASSIGNED = page!("AND c.owner_id IS NOT NULL", "");
    /// One status, by ownership.
    PAGE_ALL_IN = page!("", " AND c.status = $6");
    PAGE_MINE_IN = page!("AND c.owner_id = $1", " AND c.status = $6");
    PAGE_UNASSIGNED_IN = page!("AND c.owner_id IS NULL", " AND c.status = $6");
    PAGE_ASSIGNED_IN = page!("AND c.owner_id IS NOT NULL", " AND c.status = $6");
}

row! {
    /// A conversation with what a list shows of it.
    #[derive(Debug, Clone)]
    pub struct Listed {
        /// The conversation.
        pub conversation: Conversation,
        /// Who began it.
        pub contact: Contact,
        /// The member who owns it.
        pub owner: Joined<Member>,
        /// The newest message that is not an activity.
        pub last_message: Joined<Message>,
        /// How many of the contacts' messages the member who looks has read.
        pub read_count: i64,
        /// When any member last read further.
        pub members_seen_at: Option<Millis>,
        /// When its owner last read further.
        pub owner_seen_at: Option<Millis>,
        /// When the contact who began it last read further.
        pub contact_seen_at: Option<Millis>,
        joined_members: Option<String>,
    }
}

impl Listed {
    /// The members who take part with the names they have here, in the order of joining.
    pub fn members(&self) -> impl Iterator<Item = (UserId, &str)> {
        let lines = self.joined_members.as_deref().unwrap_or_default().lines();
        lines.filter_map(|line| line.split_once(' ')).filter_map(|(id, name)| Some((UserId(id.parse().ok()?), name)))
    }
}

/// Which conversations a list holds, by who owns them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// Every one.
    Any,
    /// Those of the member who looks.
    Mine,
    /// Those of nobody.
    Unassigned,
    /// Those of somebody.
    Assigned,
}

fn page_statement(ownership: Ownership, one_status: bool) -> &'static Statement {
    match (ownership, one_status) {
        (Ownership::Any, false) => &PAGE_ALL,
        (Ownership::Mine, false) => &PAGE_MINE,
        (Ownership::Unassigned, false) => &PAGE_UNASSIGNED,
        (Ownership::Assigned, false) => &PAGE_ASSIGNED,
        (Ownership::Any, true) => &PAGE_ALL_IN,
        (Ownership::Mine, true) => &PAGE_MINE_IN,
        (Ownership::Unassigned, true) => &PAGE_UNASSIGNED_IN,
        (Ownership::Assigned, true) => &PAGE_ASSIGNED_IN,
    }
}

/// A page of what this member sees, newest activity first. `status` `None` is every status.
pub async fn page(
    tx: &mut Tx<'_>,
    scope: Scope,
    ownership: Ownership,
    status: Option<Status>,
    (limit, offset): (i64, i64),
) -> Result<Vec<Listed>, StoreError> {
    let statement = page_statement(ownership, status.is_some());
    match status {
        None => tx.all(statement, params![scope.user, scope.account, scope.sees_all, limit, offset]).await,
        Some(it) => tx.all(statement, params![scope.user, scope.account, scope.sees_all, limit, offset, it.as_str()]).await,
    }
}

/// One conversation as `scope`'s member would see it in a list; that they may see it was asked before.
pub async fn one(tx: &mut Tx<'_>, user: UserId, id: ConversationId) -> Result<Option<Listed>, StoreError> {
    tx.first(&ONE, params![user, id]).await
}
