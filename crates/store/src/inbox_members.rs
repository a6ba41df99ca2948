//! Which members belong to an inbox, and what they leave behind in its conversations when they no longer do.

use frontdesk_core::id::{AccountId, ConversationId, InboxId, UserId};
use frontdesk_core::inbox::Participant;
use frontdesk_core::time::Millis;

use crate::conversations::{self, Conversation};
use crate::members::{self, Member};
use crate::{StoreError, Tx, params, row, statements};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", members::columns!(), " FROM members mb JOIN users u ON u.id = mb.user_id ", $rest)
    };
}

statements! {
    /// The members of an inbox.
    LIST = select!("JOIN inbox_members im ON im.user_id = mb.user_id WHERE mb.account_id = $1 AND im.inbox_id = $2 ORDER BY mb.user_id");
    /// Who sees the inbox: its members with access, and every administrator.
    WHO_SEE = "SELECT mb.user_id FROM members mb WHERE mb.account_id = $1 AND mb.access AND (mb.role = 'administrator' OR EXISTS (SELECT 1 FROM inbox_members im WHERE im.inbox_id = $2 AND im.user_id = mb.user_id)) ORDER BY mb.user_id";
    /// A member belongs to the inbox.
    ADD = "INSERT INTO inbox_members (inbox_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    /// A member no longer does.
    REMOVE = "DELETE FROM inbox_members WHERE inbox_id = $1 AND user_id = $2";
    /// A page of what a member owns or takes part in, in an inbox, and that is not resolved.
    CONCERNED = "SELECT c.id FROM conversations c WHERE c.inbox_id = $1 AND COALESCE(c.owner_id, 0) = $2 AND c.status <> 'resolved' AND c.id > $3 UNION SELECT c.id FROM participants p JOIN conversations c ON c.id = p.conversation_id WHERE p.user_id = $2 AND p.state = 'joined' AND c.inbox_id = $1 AND c.status <> 'resolved' AND c.id > $3 ORDER BY 1 LIMIT $4";
    /// A member no longer takes part in a conversation.
    LEAVE = "UPDATE participants SET state = 'left' WHERE conversation_id = $1 AND user_id = $2 AND state = 'joined'";
    /// The members who take part in a conversation, and whether they can answer it.
    PARTICIPANTS = "SELECT p.user_id, COALESCE(m.name, u.name) AS name, p.joined_at, (m.access AND (m.role = 'administrator' OR EXISTS (SELECT 1 FROM inbox_members im WHERE im.inbox_id = c.inbox_id AND im.user_id = p.user_id))) AS can_answer FROM participants p JOIN conversations c ON c.id = p.conversation_id JOIN members m ON m.account_id = c.account_id AND m.user_id = p.user_id JOIN users u ON u.id = p.user_id WHERE p.conversation_id = $1 AND p.state = 'joined' ORDER BY p.joined_at, p.id";
}

row! {
    struct Row {
        user: UserId,
        name: String,
        joined_at: Millis,
        can_answer: bool,
    }
}

/// The members of an inbox, in the order in which their users were made.
pub async fn list(tx: &mut Tx<'_>, account: AccountId, inbox: InboxId) -> Result<Vec<Member>, StoreError> {
    tx.all(&LIST, params![account, inbox]).await
}

/// Who sees the inbox: its members with access, and every administrator.
pub async fn who_see(tx: &mut Tx<'_>, account: AccountId, inbox: InboxId) -> Result<Vec<UserId>, StoreError> {
    tx.all(&WHO_SEE, params![account, inbox]).await
}

/// A member belongs to the inbox from now on; whether they did not before.
pub async fn add(tx: &mut Tx<'_>, inbox: InboxId, user: UserId) -> Result<bool, StoreError> {
    Ok(tx.run(&ADD, params![inbox, user]).await? > 0)
}

/// A member no longer belongs to the inbox; whether they did before.
pub async fn remove(tx: &mut Tx<'_>, inbox: InboxId, user: UserId) -> Result<bool, StoreError> {
    Ok(tx.run(&REMOVE, params![inbox, user]).await? > 0)
}

/// Up to `limit` conversations after `after` that the member owns or takes part in, in the inbox, and that are not resolved.
pub async fn concerned(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    user: UserId,
    (after, limit): (ConversationId, i64),
) -> Result<Vec<ConversationId>, StoreError> {
    tx.all(&CONCERNED, params![inbox, user, after, limit]).await
}

/// The member no longer takes part in the conversation. It is to be announced.
pub async fn leave(tx: &mut Tx<'_>, conversation: ConversationId, user: UserId) -> Result<(), StoreError> {
    tx.run(&LEAVE, params![conversation, user]).await.map(drop)
}

/// The members who take part, in the order of joining.
pub async fn participants(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<Participant>, StoreError> {
    let rows: Vec<Row> = tx.all(&PARTICIPANTS, params![id]).await?;
    let read = |it: Row| Participant { user: it.user, name: it.name, joined_at: it.joined_at, can_answer: it.can_answer };
    Ok(rows.into_iter().map(read).collect())
}

/// Finds a conversation that is known to exist.
pub async fn conversation(tx: &mut Tx<'_>, id: ConversationId) -> Result<Conversation, StoreError> {
    conversations::find(tx, id).await?.ok_or(StoreError::Missing)
}
