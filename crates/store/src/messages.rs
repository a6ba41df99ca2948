//! Messages: adding one moves its conversation's counters with it. Events about messages are in `events`.

use frontdesk_core::conversation::{MessageKind, SenderKind};
use frontdesk_core::id::{AccountId, ConversationId, MessageId, UserId};
use frontdesk_core::time::Millis;

use crate::attachments::{self, Attached, Attachment};
use crate::conversations::{self, Conversation};
use crate::{StoreError, Tx, params, row, statements};

macro_rules! columns {
    () => {
        "m.id, m.account_id, m.conversation_id, m.position, m.contact_position, m.kind, m.private, m.sender_kind, m.sender_id, m.sender_name, m.body, m.contact_body, m.echo_id, m.attachments, m.created_at, m.deleted_at, (SELECT su.picture FROM users su WHERE m.sender_kind = 'user' AND su.id = m.sender_id) AS sender_picture, m.side_number"
    };
}
pub(crate) use columns;

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM messages m ", $rest)
    };
}

statements! {
    /// Whether a member has replied in a conversation.
    HAS_REPLIED = "SELECT m.id FROM messages m WHERE m.conversation_id = $1 AND m.sender_kind = 'user' AND m.sender_id = $2 AND m.kind = 'outgoing' AND NOT m.private LIMIT 1";
    /// One message.
    FIND = select!("WHERE m.id = $1");
    /// The message that a sender sent under a key.
    FIND_BY_ECHO = select!("WHERE m.conversation_id = $1 AND m.sender_kind = $2 AND m.sender_id = $3 AND m.echo_id = $4");
    /// The messages that a sender sent under a key, in any conversation.
    FIND_BY_ECHO_ANYWHERE = select!("WHERE m.sender_kind = $1 AND m.sender_id = $2 AND m.echo_id = $3 ORDER BY m.id");
    /// Where a message stands in a conversation.
    POSITION_OF = "SELECT position FROM messages WHERE conversation_id = $1 AND id = $2";
    /// Where the last of its messages stands that is not younger than a message of anywhere.
    POSITION_UP_TO = "SELECT position FROM messages WHERE conversation_id = $1 AND id < $2 ORDER BY position DESC LIMIT 1";
    /// A page before a place, newest first.
    BEFORE = select!("WHERE m.conversation_id = $1 AND m.position < $2 ORDER BY m.position DESC LIMIT $3");
    /// A page after a place, oldest first.
    AFTER = select!("WHERE m.conversation_id = $1 AND m.position > $2 ORDER BY m.position LIMIT $3");
    /// The same of what contacts may see.
    AFTER_FOR_CONTACTS = select!("WHERE m.conversation_id = $1 AND m.position > $2 AND m.contact_position IS NOT NULL ORDER BY m.position LIMIT $3");
    /// What contacts may see before a place of theirs, newest first.
    BEFORE_FOR_CONTACTS = select!("WHERE m.conversation_id = $1 AND m.contact_position < $2 ORDER BY m.position DESC LIMIT $3");
    /// The first message of a conversation that is not an activity.
    FIRST = select!("WHERE m.conversation_id = $1 AND m.kind <> 'activity' ORDER BY m.position LIMIT 1");
    /// How many public messages of members stand up to a contact's place.
    OUTGOING_UP_TO = "SELECT COUNT(*) AS n FROM messages WHERE conversation_id = $1 AND kind = 'outgoing' AND contact_position <= $2";
    /// The message of a conversation.
    FIND_IN = select!("WHERE m.conversation_id = $1 AND m.id = $2");
    /// Its text is gone; its place stays.
    DELETE_TEXT = "UPDATE messages SET body = '', contact_body = NULL, deleted_at = $2 WHERE id = $1";
    /// A new message.
    INSERT = "INSERT INTO messages (account_id, conversation_id, position, contact_position, kind, private, sender_kind, sender_id, sender_name, body, contact_body, echo_id, attachments, created_at, side_number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id";
}

row! {
    /// A message as stored.
    #[derive(Debug, Clone)]
    pub struct Message {
        /// Its id, seen by members only.
        pub id: MessageId,
        /// The account.
        pub account_id: AccountId,
        /// The conversation.
        pub conversation_id: ConversationId,
        /// 1, 2, 3, ... in the conversation.
        pub position: i64,
        /// The same among what contacts may see; `None` for what they may not.
        pub contact_position: Option<i64>,
        /// Its direction.
        pub kind: MessageKind,
        /// For members only.
        pub private: bool,
        /// Who sent it; activities have nobody.
        pub sender_kind: Option<SenderKind>,
        /// The contact or user, by `sender_kind`.
        pub sender_id: Option<i64>,
        /// The sender's name when it was sent.
        pub sender_name: String,
        /// What was written.
        pub body: String,
        /// What contacts read instead.
        pub contact_body: Option<String>,
        /// The sender's own key.
        pub echo_id: Option<String>,
        /// Its files, in the sender's order.
        pub attachments: Attached,
        /// When it was accepted.
        pub created_at: Millis,
        /// When its text was deleted.
        pub deleted_at: Option<Millis>,
        /// The member's picture, as it is now.
        pub sender_picture: Option<String>,
        /// 1, 2, 3, ... among the contacts' messages, or among the members' public ones; `None` for the rest.
        pub side_number: Option<i64>,
    }
}

/// A message to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewMessage<'a> {
    /// Its direction.
    pub kind: MessageKind,
    /// For members only: a private note, or an activity that is the team's own business.
    pub private: bool,
    /// Who sends it, with their name as it is now.
    pub sender: Option<(SenderKind, i64)>,
    /// The name kept with the message.
    pub sender_name: &'a str,
    /// The member's picture.
    pub sender_picture: Option<&'a str>,
    /// What was written.
    pub body: &'a str,
    /// What contacts read instead.
    pub contact_body: Option<&'a str>,
    /// The sender's own key.
    pub echo_id: Option<&'a str>,
    /// Its files, complete and of no message yet.
    pub attachments: &'a [Attachment],
}

/// Finds one message.
pub async fn find(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Message>, StoreError> {
    tx.first(&FIND, params![id]).await
}

/// Finds a message of this conversation.
pub async fn find_in(tx: &mut Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<Option<Message>, StoreError> {
    tx.first(&FIND_IN, params![conversation, id]).await
}

/// Deletes a message's text for good; its place in the conversation, and all that is counted, stays.
pub async fn delete_text(tx: &mut Tx<'_>, id: MessageId, now: Millis) -> Result<(), StoreError> {
    crate::attachments::detach(tx, id).await?;
    tx.run(&DELETE_TEXT, params![id, now]).await?;
    Ok(())
}

/// The message that this sender sent under this key, if any (BEHAVIOUR 7.2).
pub async fn find_by_echo(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    sender: (SenderKind, i64),
    echo_id: &str,
) -> Result<Option<Message>, StoreError> {
    tx.first(&FIND_BY_ECHO, params![conversation, sender.0.as_str(), sender.1, echo_id]).await
}

/// The messages that this sender sent under this key in all conversations, oldest first.
pub async fn find_by_echo_anywhere(tx: &mut Tx<'_>, sender: (SenderKind, i64), echo_id: &str) -> Result<Vec<Message>, StoreError> {
    tx.all(&FIND_BY_ECHO_ANYWHERE, params![sender.0.as_str(), sender.1, echo_id]).await
}

/// Where a message stands, and whether it is in this conversation. One of another conversation, or one that never was, stands
/// right after what is older: ids grow with time, so that one place read by a client serves for all conversations.
async fn place_of(tx: &mut Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<(i64, bool), StoreError> {
    if let Some(place) = tx.first(&POSITION_OF, params![conversation, id]).await? {
        return Ok((place, true));
    }
    let older: Option<i64> = tx.first(&POSITION_UP_TO, params![conversation, id]).await?;
    Ok((older.unwrap_or(0), false))
}

/// The page of at most `limit` messages before the message `before`, or the newest page; oldest first.
pub async fn before(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let place = match before {
        None => i64::MAX,
        Some(id) => {
            let (place, is_here) = place_of(tx, conversation, id).await?;
            if is_here { place } else { place + 1 }
        }
    };
    let mut page: Vec<Message> = tx.all(&BEFORE, params![conversation, place, limit]).await?;
    page.reverse();
    Ok(page)
}

/// The page of at most `limit` messages after the message `after`, oldest first.
pub async fn after(tx: &mut Tx<'_>, conversation: ConversationId, after: MessageId, limit: i64) -> Result<Vec<Message>, StoreError> {
    let (place, _) = place_of(tx, conversation, after).await?;
    tx.all(&AFTER, params![conversation, place, limit]).await
}

/// The page of at most `limit` messages after a place, oldest first; only what contacts may see, unless `private`.
pub async fn after_place(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (place, private): (i64, bool),
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let statement = if private { &AFTER } else { &AFTER_FOR_CONTACTS };
    tx.all(statement, params![conversation, place, limit]).await
}

/// The page of at most `limit` messages that contacts may see before their place `before`, oldest first.
pub async fn before_for_contacts(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let mut page: Vec<Message> = tx.all(&BEFORE_FOR_CONTACTS, params![conversation, before.unwrap_or(i64::MAX), limit]).await?;
    page.reverse();
    Ok(page)
}

/// The message that a conversation began with.
pub async fn first(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Message>, StoreError> {
    tx.first(&FIRST, params![conversation]).await
}

/// How many of the members' public messages a contact has read who read up to its place `contact_position`.
pub async fn outgoing_up_to(tx: &mut Tx<'_>, conversation: ConversationId, contact_position: i64) -> Result<i64, StoreError> {
    tx.one(&OUTGOING_UP_TO, params![conversation, contact_position]).await
}

/// Whether a member has replied in a conversation, notes aside.
pub async fn has_replied(tx: &mut Tx<'_>, conversation: ConversationId, user: UserId) -> Result<bool, StoreError> {
    Ok(tx.first::<MessageId>(&HAS_REPLIED, params![conversation, user]).await?.is_some())
}

/// Adds a message with its files and moves the conversation's counters, in `conversation` too. The account must be locked,
/// and `conversation` and the files read after that.
pub async fn insert(tx: &mut Tx<'_>, conversation: &mut Conversation, new: &NewMessage<'_>, now: Millis) -> Result<Message, StoreError> {
    let incoming = new.kind == MessageKind::Incoming;
    let reply = new.kind == MessageKind::Outgoing && !new.private;
    // The times in a thread go one way, whatever the clock does.
    let now = now.not_before(conversation.last_activity_at);
    conversation.message_count += 1;
    conversation.contact_message_count += i64::from(!new.private);
    conversation.incoming_count += i64::from(incoming);
    conversation.outgoing_count += i64::from(reply);
    conversation.last_activity_at = now;
    conversation.updated_at = now;
    if incoming {
        conversation.waiting_since.get_or_insert(now);
    }
    if reply {
        conversation.waiting_since = None;
        conversation.first_reply_at.get_or_insert(now);
    }
    let message = insert_row(tx, conversation, new, now).await?;
    for file in new.attachments {
        if !attachments::attach(tx, file.id, message.id).await? {
            return Err(StoreError::Missing);
        }
    }
    if new.kind != MessageKind::Activity {
        conversation.last_message_id = Some(message.id);
    }
    conversations::save_counters(tx, conversation).await?;
    Ok(message)
}

async fn insert_row(tx: &mut Tx<'_>, conversation: &Conversation, new: &NewMessage<'_>, now: Millis) -> Result<Message, StoreError> {
    let position = conversation.message_count;
    let contact_position = (!new.private).then_some(conversation.contact_message_count);
    let side_number = match new.kind {
        MessageKind::Incoming => Some(conversation.incoming_count),
        MessageKind::Outgoing => (!new.private).then_some(conversation.outgoing_count),
        MessageKind::Activity => None,
    };
    let (sender_kind, sender_id) = new.sender.unzip();
    let values = params![
        conversation.account_id,
        conversation.id,
        position,
        contact_position,
        new.kind.as_str(),
        new.private,
        sender_kind.map(SenderKind::as_str),
        sender_id,
        new.sender_name,
        new.body,
        new.contact_body,
        new.echo_id,
        Attached::stored(new.attachments)?,
        now,
        side_number
    ];
    let id: MessageId = tx.one(&INSERT, values).await?;
    Ok(Message {
        id,
        account_id: conversation.account_id,
        conversation_id: conversation.id,
        position,
        contact_position,
        kind: new.kind,
        private: new.private,
        sender_kind,
        sender_id,
        sender_name: new.sender_name.to_owned(),
        body: new.body.to_owned(),
        contact_body: new.contact_body.map(str::to_owned),
        echo_id: new.echo_id.map(str::to_owned),
        attachments: Attached(new.attachments.to_vec()),
        created_at: now,
        deleted_at: None,
        sender_picture: new.sender_picture.map(str::to_owned),
        side_number,
    })
}
