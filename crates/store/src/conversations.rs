//! Conversations: their row, their place in lists, who takes part and who has read how far. Which change is allowed is
//! decided in core; messages have their own file.

use frontdesk_core::conversation::{Marks, Priority, Status, StatusChange};
use frontdesk_core::id::{AccountId, ContactId, ContactInboxId, ConversationId, ConversationNumber, InboxId, MessageId, UserId};
use frontdesk_core::time::Millis;

use crate::attributes::{Attributes, Titles};
use crate::conversation_counts::{self, Place};
use crate::{StoreError, Tx, params, row, statements};

macro_rules! columns {
    () => {
        "c.id, c.uuid, c.account_id, c.number, c.inbox_id, c.contact_id, c.contact_inbox_id, c.status, c.owner_id, c.message_count, c.contact_message_count, c.incoming_count, c.outgoing_count, c.last_message_id, c.last_activity_at, c.waiting_since, c.first_reply_at, c.resolved_at, c.snoozed_until, c.created_at, c.updated_at, c.priority, c.custom_attributes, c.additional_attributes, (SELECT string_agg(cll.title, ' ') FROM conversation_labels cl JOIN labels cll ON cll.id = cl.label_id WHERE cl.conversation_id = c.id) AS label_titles, (SELECT ci.hmac_verified FROM contact_inboxes ci WHERE ci.id = c.contact_inbox_id) AS hmac_verified, c.delivered_count, c.seen_count"
    };
}
pub(crate) use columns;

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM conversations c ", $rest)
    };
}

statements! {
    /// One conversation by its own id.
    FIND = select!("WHERE c.id = $1");
    /// The conversation with this number, if the member sees its inbox.
    FIND_FOR_MEMBER = select!("WHERE c.account_id = $1 AND c.number = $2 AND ($3 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $4))");
    /// The conversation with this uuid, if the browser may read it.
    FIND_FOR_BROWSER = select!("JOIN participants p ON p.conversation_id = c.id JOIN contact_inboxes b ON b.contact_id = p.contact_id WHERE c.uuid = $1 AND b.id = $2 AND p.state = 'joined' AND (c.contact_inbox_id = b.id OR b.hmac_verified)");
    /// The same by its own id.
    READ_BY_BROWSER = select!("JOIN participants p ON p.conversation_id = c.id JOIN contact_inboxes b ON b.contact_id = p.contact_id WHERE c.id = $1 AND b.id = $2 AND p.state = 'joined' AND (c.contact_inbox_id = b.id OR b.hmac_verified)");
    /// The conversation last active among those of its inbox that a browser may read.
    LATEST_OF_BROWSER = select!("JOIN participants p ON p.conversation_id = c.id JOIN contact_inboxes b ON b.contact_id = p.contact_id WHERE b.id = $1 AND p.state = 'joined' AND c.inbox_id = b.inbox_id AND (c.contact_inbox_id = b.id OR b.hmac_verified) ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 1");
    /// The conversation that a browser began with a key.
    FIND_STARTED = select!("WHERE c.contact_inbox_id = $1 AND c.start_key = $2");
    /// The next number of an account.
    NEXT_NUMBER = "UPDATE accounts SET conversation_count = conversation_count + 1 WHERE id = $1 RETURNING conversation_count";
    /// A new conversation.
    INSERT = "INSERT INTO conversations (uuid, account_id, number, inbox_id, contact_id, contact_inbox_id, start_key, status, last_activity_at, created_at, updated_at, additional_attributes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $10) RETURNING id";
    /// Another status with its times.
    SET_STATUS = "UPDATE conversations SET status = $2, resolved_at = $3, snoozed_until = $4, updated_at = $5 WHERE id = $1";
    /// Another owner.
    SET_OWNER = "UPDATE conversations SET owner_id = $2, updated_at = $3 WHERE id = $1";
    /// Another priority, or none.
    SET_PRIORITY = "UPDATE conversations SET priority = $2, updated_at = $3 WHERE id = $1";
    /// Other attributes of integrations.
    SET_CUSTOM_ATTRIBUTES = "UPDATE conversations SET custom_attributes = $2, updated_at = $3 WHERE id = $1";
    /// Something beside it (its labels) changed.
    TOUCH = "UPDATE conversations SET updated_at = $2 WHERE id = $1";
    /// A member takes part.
    ADD_MEMBER = "INSERT INTO participants (conversation_id, user_id, state, joined_at) VALUES ($1, $2, 'joined', $3) ON CONFLICT (conversation_id, user_id) DO UPDATE SET state = 'joined', joined_at = excluded.joined_at WHERE participants.state <> 'joined'";
    /// A contact takes part.
    ADD_CONTACT = "INSERT INTO participants (conversation_id, contact_id, state, joined_at) VALUES ($1, $2, 'joined', $3) ON CONFLICT DO NOTHING";
    /// Whether a member takes part.
    IS_PARTICIPANT = "SELECT COUNT(*) AS n FROM participants WHERE conversation_id = $1 AND user_id = $2 AND state = 'joined'";
    /// The members who take part, in the order of joining.
    AGENTS = "SELECT COALESCE(m.name, u.name) AS name, u.picture FROM participants p JOIN conversations c ON c.id = p.conversation_id JOIN users u ON u.id = p.user_id LEFT JOIN members m ON m.account_id = c.account_id AND m.user_id = p.user_id WHERE p.conversation_id = $1 AND p.state = 'joined' ORDER BY p.joined_at, p.id";
    /// How far a contact has read.
    CONTACT_READ = "SELECT read_count FROM participants WHERE conversation_id = $1 AND contact_id = $2";
    /// A contact has read further.
    SET_CONTACT_READ = "UPDATE participants SET read_count = $3, read_at = $4, delivered_count = CASE WHEN delivered_count < $3 THEN $3 ELSE delivered_count END WHERE conversation_id = $1 AND contact_id = $2 AND read_count < $3";
    /// How far a member has read.
    MEMBER_READ = "SELECT read_count FROM conversation_reads WHERE conversation_id = $1 AND user_id = $2";
    /// A member has read further; answers nothing when they had already.
    SET_MEMBER_READ = "INSERT INTO conversation_reads (conversation_id, user_id, read_count, read_at) VALUES ($1, $2, $3, $4) ON CONFLICT (conversation_id, user_id) DO UPDATE SET read_count = excluded.read_count, read_at = excluded.read_at WHERE conversation_reads.read_count < excluded.read_count";
    /// A member has read less than they had, by their own wish.
    SET_MEMBER_UNREAD = "UPDATE conversation_reads SET read_count = $3 WHERE conversation_id = $1 AND user_id = $2 AND read_count > $3";
    /// What a new message changes: counters, order of the list, waiting times.
    SAVE_COUNTERS = "UPDATE conversations SET message_count = $2, contact_message_count = $3, incoming_count = $4, outgoing_count = $5, last_message_id = $6, last_activity_at = $7, updated_at = $8, waiting_since = $9, first_reply_at = $10, delivered_count = $11, seen_count = $12 WHERE id = $1";
}

row! {
    /// A conversation as stored.
    #[derive(Debug, Clone)]
    pub struct Conversation {
        /// Its own id, seen by nobody.
        pub id: ConversationId,
        /// What contacts see.
        pub uuid: String,
        /// The account.
        pub account_id: AccountId,
        /// What members see, 1, 2, 3, ... in the account.
        pub number: ConversationNumber,
        /// The inbox it came through.
        pub inbox_id: InboxId,
        /// The contact who began it.
        pub contact_id: ContactId,
        /// The browser or channel it began in.
        pub contact_inbox_id: ContactInboxId,
        /// Where it stands.
        pub status: Status,
        /// The member who owes the next reply.
        pub owner_id: Option<UserId>,
        /// All messages in it.
        pub message_count: i64,
        /// Those that contacts may see.
        pub contact_message_count: i64,
        /// Those from contacts.
        pub incoming_count: i64,
        /// Public ones from members.
        pub outgoing_count: i64,
        /// The newest message that is not an activity.
        pub last_message_id: Option<MessageId>,
        /// When the last message came.
        pub last_activity_at: Millis,
        /// Since when a contact has waited for a reply.
        pub waiting_since: Option<Millis>,
        /// When a member first replied.
        pub first_reply_at: Option<Millis>,
        /// When it was resolved, while it is.
        pub resolved_at: Option<Millis>,
        /// When it wakes, while snoozed.
        pub snoozed_until: Option<Millis>,
        /// When it began.
        pub created_at: Millis,
        /// When anything of it last changed.
        pub updated_at: Millis,
        /// How much it matters to the team.
        pub priority: Option<Priority>,
        /// What integrations keep with it.
        pub custom_attributes: Attributes,
        /// What the visitor's page said when it began.
        pub additional_attributes: Attributes,
        /// The titles of its labels.
        pub labels: Titles,
        /// The website vouched for who uses the browser it comes from.
        pub hmac_verified: bool,
        /// How many of the contacts' messages reached a device of a member.
        pub delivered_count: i64,
        /// How many of the contacts' messages a member has seen, as far as contacts may know.
        pub seen_count: i64,
    }
}

impl Conversation {
    /// How far the contacts' messages came.
    pub fn marks(&self) -> Marks {
        Marks { delivered: self.delivered_count, seen: self.seen_count }
    }

    /// Counts how far the contacts' messages came; storing it is another step.
    pub fn set_marks(&mut self, marks: Marks) {
        (self.delivered_count, self.seen_count) = (marks.delivered, marks.seen);
    }

    /// Where it is counted.
    pub(crate) fn counted(&self) -> Place {
        Place { inbox: self.inbox_id, status: self.status, owner: self.owner_id }
    }
}

/// What a conversation begins with.
#[derive(Debug)]
pub struct NewConversation<'a> {
    /// Random, for contacts.
    pub uuid: &'a str,
    /// The inbox it comes through.
    pub inbox: InboxId,
    /// Who begins it.
    pub contact: ContactId,
    /// In which browser or channel.
    pub contact_inbox: ContactInboxId,
    /// The client's own key for beginning it.
    pub start_key: Option<&'a str>,
    /// Usually open.
    pub status: Status,
    /// What the visitor's page said.
    pub additional_attributes: &'a Attributes,
}

/// Whose eyes look for a conversation: all inboxes, or those of one member.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The account.
    pub account: AccountId,
    /// The member.
    pub user: UserId,
    /// An administrator sees every inbox.
    pub sees_all: bool,
}

/// Finds a conversation by its own id, without asking who wants to know: for events and for what was found before.
pub async fn find(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    tx.first(&FIND, params![id]).await
}

/// Finds a conversation that this member sees.
pub async fn find_for(tx: &mut Tx<'_>, scope: Scope, number: ConversationNumber) -> Result<Option<Conversation>, StoreError> {
    tx.first(&FIND_FOR_MEMBER, params![scope.account, number, scope.sees_all, scope.user]).await
}

/// Finds a conversation that this browser may read: what was begun in it, and, if the website vouched for who uses it, all
/// that the contact takes part in. One contact may have the browsers of several people, as members merge contacts by what
/// people say of themselves (BEHAVIOUR 6.10).
pub async fn find_for_browser(tx: &mut Tx<'_>, browser: ContactInboxId, uuid: &str) -> Result<Option<Conversation>, StoreError> {
    // PostgreSQL refuses to compare with a NUL, which no uuid has.
    if uuid.contains('\0') {
        return Ok(None);
    }
    tx.first(&FIND_FOR_BROWSER, params![uuid, browser]).await
}

/// Finds a conversation by its own id, if this browser may read it.
pub async fn read_by_browser(tx: &mut Tx<'_>, browser: ContactInboxId, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    tx.first(&READ_BY_BROWSER, params![id, browser]).await
}

/// The conversation last active among those of its inbox that this browser may read.
pub async fn latest_of_browser(tx: &mut Tx<'_>, browser: ContactInboxId) -> Result<Option<Conversation>, StoreError> {
    tx.first(&LATEST_OF_BROWSER, params![browser]).await
}

/// The conversation that this browser began with this key, if it did (BEHAVIOUR 7.2).
pub async fn find_started(tx: &mut Tx<'_>, contact_inbox: ContactInboxId, key: &str) -> Result<Option<Conversation>, StoreError> {
    tx.first(&FIND_STARTED, params![contact_inbox, key]).await
}

/// Begins a conversation with its contact in it. The account must be locked.
pub async fn insert(tx: &mut Tx<'_>, account: AccountId, new: &NewConversation<'_>, now: Millis) -> Result<Conversation, StoreError> {
    let number: i64 = tx.one(&NEXT_NUMBER, params![account]).await?;
    let status = new.status.as_str();
    let values = params![
        new.uuid,
        account,
        number,
        new.inbox,
        new.contact,
        new.contact_inbox,
        new.start_key,
        status,
        now,
        new.additional_attributes
    ];
    let id: ConversationId = tx.one(&INSERT, values).await?;
    tx.run(&ADD_CONTACT, params![id, new.contact, now]).await?;
    conversation_counts::add(tx, Place { inbox: new.inbox, status: new.status, owner: None }, 1).await?;
    tx.one(&FIND, params![id]).await
}

/// Stores a change of status that core decided, in `it` too. The account must be locked, and `it` read after that.
pub async fn set_status(tx: &mut Tx<'_>, it: &mut Conversation, change: StatusChange, now: Millis) -> Result<(), StoreError> {
    let values = params![it.id, change.status.as_str(), change.resolved_at, change.snoozed_until, now];
    tx.run(&SET_STATUS, values).await?;
    let from = it.counted();
    it.status = change.status;
    (it.resolved_at, it.snoozed_until, it.updated_at) = (change.resolved_at, change.snoozed_until, now);
    conversation_counts::shift(tx, from, it.counted()).await
}

/// Gives the conversation to a member, or to nobody, in `it` too. The account must be locked, and `it` read after that.
pub async fn set_owner(tx: &mut Tx<'_>, it: &mut Conversation, owner: Option<UserId>, now: Millis) -> Result<(), StoreError> {
    tx.run(&SET_OWNER, params![it.id, owner, now]).await?;
    let from = it.counted();
    (it.owner_id, it.updated_at) = (owner, now);
    conversation_counts::shift(tx, from, it.counted()).await
}

/// Stores how much the conversation matters, in `it` too.
pub async fn set_priority(tx: &mut Tx<'_>, it: &mut Conversation, priority: Option<Priority>, now: Millis) -> Result<(), StoreError> {
    tx.run(&SET_PRIORITY, params![it.id, priority.map(Priority::as_str), now]).await?;
    (it.priority, it.updated_at) = (priority, now);
    Ok(())
}

/// Stores what integrations keep with the conversation, in `it` too.
pub async fn set_custom_attributes(tx: &mut Tx<'_>, it: &mut Conversation, all: Attributes, now: Millis) -> Result<(), StoreError> {
    tx.run(&SET_CUSTOM_ATTRIBUTES, params![it.id, &all, now]).await?;
    (it.custom_attributes, it.updated_at) = (all, now);
    Ok(())
}

/// Something beside the conversation, such as its labels, changed.
pub async fn touch(tx: &mut Tx<'_>, it: &mut Conversation, now: Millis) -> Result<(), StoreError> {
    tx.run(&TOUCH, params![it.id, now]).await?;
    it.updated_at = now;
    Ok(())
}

/// A member takes part from now on.
pub async fn add_member(tx: &mut Tx<'_>, id: ConversationId, user: UserId, now: Millis) -> Result<(), StoreError> {
    tx.run(&ADD_MEMBER, params![id, user, now]).await?;
    Ok(())
}

/// Whether a member takes part.
pub async fn is_participant(tx: &mut Tx<'_>, id: ConversationId, user: UserId) -> Result<bool, StoreError> {
    let n: i64 = tx.one(&IS_PARTICIPANT, params![id, user]).await?;
    Ok(n > 0)
}

/// Names and pictures of the members who take part, in the order of joining.
pub async fn agents(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<(String, Option<String>)>, StoreError> {
    tx.all(&AGENTS, params![id]).await
}

/// How many of the members' public messages a contact has read.
pub async fn contact_read(tx: &mut Tx<'_>, id: ConversationId, contact: ContactId) -> Result<i64, StoreError> {
    Ok(tx.first(&CONTACT_READ, params![id, contact]).await?.unwrap_or(0))
}

/// A contact has read up to `read_count`; going back changes nothing.
pub async fn set_contact_read(
    tx: &mut Tx<'_>,
    id: ConversationId,
    contact: ContactId,
    read_count: i64,
    now: Millis,
) -> Result<bool, StoreError> {
    Ok(tx.run(&SET_CONTACT_READ, params![id, contact, read_count, now]).await? > 0)
}

/// How many of the contacts' messages a member has read.
pub async fn member_read(tx: &mut Tx<'_>, id: ConversationId, user: UserId) -> Result<i64, StoreError> {
    Ok(tx.first(&MEMBER_READ, params![id, user]).await?.unwrap_or(0))
}

/// A member has read up to `read_count`; going back changes nothing and answers false.
pub async fn set_member_read(tx: &mut Tx<'_>, id: ConversationId, user: UserId, read_count: i64, now: Millis) -> Result<bool, StoreError> {
    Ok(tx.run(&SET_MEMBER_READ, params![id, user, read_count, now]).await? > 0)
}

/// A member wants to have read only up to `read_count`; false when that is so already.
pub async fn set_member_unread(tx: &mut Tx<'_>, id: ConversationId, user: UserId, read_count: i64) -> Result<bool, StoreError> {
    Ok(tx.run(&SET_MEMBER_UNREAD, params![id, user, read_count]).await? > 0)
}

/// Stores what a new message changed in `it`; see `messages::insert`.
pub(crate) async fn save_counters(tx: &mut Tx<'_>, it: &Conversation) -> Result<(), StoreError> {
    let values = params![
        it.id,
        it.message_count,
        it.contact_message_count,
        it.incoming_count,
        it.outgoing_count,
        it.last_message_id,
        it.last_activity_at,
        it.updated_at,
        it.waiting_since,
        it.first_reply_at,
        it.delivered_count,
        it.seen_count
    ];
    tx.run(&SAVE_COUNTERS, values).await?;
    Ok(())
}
