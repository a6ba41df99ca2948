//! Conversations as lists and threads show them: each with its contact, owner, last message and how far one member has
//! read. Which ones a page holds is found by `conversation_pages`, changing them is the business of `conversations`.

use frontdesk_core::conversation::Marks;
use frontdesk_core::id::{ConversationId, UserId};
use frontdesk_core::time::Millis;

use crate::contacts::{self, Contact};
use crate::conversations::{self, Conversation};
use crate::members::{self, Member};
use crate::messages::{self, Message};
use crate::{Joined, StoreError, Tx, Value, params, row, statements};

// $1 is always the member who looks.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT ", conversations::columns!(), ", ", contacts::columns!(), ", ", members::columns!(), ", ", messages::columns!(),
            ", COALESCE(r.read_count, 0) AS read_count, ",
            "(SELECT MAX(s.read_at) FROM conversation_reads s WHERE s.conversation_id = c.id) AS members_seen_at, ",
            "(SELECT s.read_at FROM conversation_reads s WHERE s.conversation_id = c.id AND s.user_id = c.owner_id) AS owner_seen_at, ",
            "(SELECT s.read_at FROM participants s WHERE s.conversation_id = c.id AND s.contact_id = c.contact_id) AS contact_seen_at, ",
            "COALESCE((SELECT s.read_count FROM participants s WHERE s.conversation_id = c.id AND s.contact_id = c.contact_id), 0) AS contact_read_count, ",
            "COALESCE((SELECT s.delivered_count FROM participants s WHERE s.conversation_id = c.id AND s.contact_id = c.contact_id), 0) AS contact_delivered_count, ",
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

statements! {
    /// One conversation.
    ONE = select!("WHERE c.id = $2");
    /// A page of them, in any order: at most as many as there are parameters. What is missing is 0, which nobody has.
    SOME = select!("WHERE c.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)");
}

/// Conversations in a page of a list.
pub const PAGE_CONVERSATIONS: usize = 25;

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
        /// How many of the members' public messages that contact has read.
        pub contact_read_count: i64,
        /// How many of those reached a device of that contact.
        pub contact_delivered_count: i64,
        joined_members: Option<String>,
    }
}

impl Listed {
    /// How far the members' public messages came to the contact who began it.
    pub fn contact_marks(&self) -> Marks {
        Marks { delivered: self.contact_delivered_count, seen: self.contact_read_count }
    }

    /// The members who take part with the names they have here, in the order of joining.
    pub fn members(&self) -> impl Iterator<Item = (UserId, &str)> {
        let lines = self.joined_members.as_deref().unwrap_or_default().lines();
        lines.filter_map(|line| line.split_once(' ')).filter_map(|(id, name)| Some((UserId(id.parse().ok()?), name)))
    }
}

/// One conversation as `scope`'s member would see it in a list; that they may see it was asked before.
pub async fn one(tx: &mut Tx<'_>, user: UserId, id: ConversationId) -> Result<Option<Listed>, StoreError> {
    tx.first(&ONE, params![user, id]).await
}

/// These conversations, in this order, as a member would see them in a list; at most [`PAGE_CONVERSATIONS`]. That the
/// member may see them was asked before.
pub async fn some(tx: &mut Tx<'_>, user: UserId, ids: &[ConversationId]) -> Result<Vec<Listed>, StoreError> {
    let mut values = params![user];
    let padding = std::iter::repeat(ConversationId(0));
    values.0.extend(ids.iter().copied().chain(padding).take(PAGE_CONVERSATIONS).map(Value::from));
    let mut found: Vec<Listed> = tx.all(&SOME, values).await?;
    found.sort_by_key(|it| ids.iter().position(|id| *id == it.conversation.id));
    Ok(found)
}
