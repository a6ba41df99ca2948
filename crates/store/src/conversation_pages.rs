//! Which conversations a page of a list holds, in its order: ranges of indexes that are merged. What a page shows of them is
//! read by `conversation_lists`; those with a label are picked out by `conversations_labelled`.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ContactId, ConversationId, ConversationNumber, InboxId, LabelId};
use frontdesk_core::time::Millis;

use crate::conversations::{self, Conversation, Scope};
use crate::conversations_labelled;
use crate::{Statement, StoreError, Tx, params, row, statements};

// $1 is the account or the inbox, $2 the status, ($3, $4) the place that the page begins after, $5 how many.
macro_rules! keys {
    ($range:literal, $ownership:literal, $beyond:literal, $direction:literal) => {
        concat!(
            "SELECT last_activity_at AS place, id FROM conversations WHERE ",
            $range,
            " = $1 AND status = $2 ",
            $ownership,
            " AND (last_activity_at, id) ",
            $beyond,
            " ($3, $4) ORDER BY last_activity_at ",
            $direction,
            ", id ",
            $direction,
            " LIMIT $5"
        )
    };
}

/// The place of a conversation among those that wait, longest first: since when it waits, and after all of those the ones
/// that wait for nothing, newest activity first. The index `conversations_waiting` has exactly these words.
macro_rules! waiting_place {
    () => {
        "COALESCE(c.waiting_since, 4611686018427387904 - c.last_activity_at)"
    };
}
pub(crate) use waiting_place;

/// Whether the member `$user` has not read all that contacts wrote.
macro_rules! unread_by {
    ($user:literal) => {
        concat!(
            "c.incoming_count > COALESCE((SELECT r.read_count FROM conversation_reads r WHERE r.user_id = ",
            $user,
            " AND r.conversation_id = c.id), 0)"
        )
    };
}
pub(crate) use unread_by;

/// Whether somebody owes the contact a word.
macro_rules! unattended {
    () => {
        "(c.waiting_since IS NOT NULL OR c.first_reply_at IS NULL)"
    };
}
pub(crate) use unattended;

// As above in an inbox, of those that pass: $6 only unread ones of the member $7, $8 only unattended ones, $9 whose. SQLite
// takes the pair for no range of an expression's index, so its first half is said again.
macro_rules! passing {
    ($place:expr, $beyond:literal, $direction:literal) => {
        concat!(
            "SELECT ", $place, " AS place, c.id FROM conversations c WHERE c.inbox_id = $1 AND c.status = $2 AND ",
            $place, " ", $beyond, "= $3 AND (", $place, ", c.id) ", $beyond, " ($3, $4) AND (NOT $6 OR ", unread_by!("$7"), ") AND (NOT $8 OR ", unattended!(),
            ") AND ($9 = 'any' OR ($9 = 'mine' AND c.owner_id = $7) OR ($9 = 'nobody' AND c.owner_id IS NULL) OR ($9 = 'somebody' AND c.owner_id IS NOT NULL)) ORDER BY ",
            $place, " ", $direction, ", c.id ", $direction, " LIMIT $5"
        )
    };
}

statements! {
    /// Newest activity first: in the account, in one inbox; of anybody, of one owner, of nobody, of somebody.
    ACCOUNT_ANY = keys!("account_id", "", "<", "DESC");
    ACCOUNT_MINE = keys!("account_id", "AND COALESCE(owner_id, 0) = $6", "<", "DESC");
    ACCOUNT_NOBODY = keys!("account_id", "AND COALESCE(owner_id, 0) = 0", "<", "DESC");
    ACCOUNT_SOMEBODY = keys!("account_id", "AND owner_id IS NOT NULL", "<", "DESC");
    INBOX_ANY = keys!("inbox_id", "", "<", "DESC");
    INBOX_MINE = keys!("inbox_id", "AND COALESCE(owner_id, 0) = $6", "<", "DESC");
    INBOX_NOBODY = keys!("inbox_id", "AND COALESCE(owner_id, 0) = 0", "<", "DESC");
    INBOX_SOMEBODY = keys!("inbox_id", "AND owner_id IS NOT NULL", "<", "DESC");
    /// The same, oldest activity first.
    ACCOUNT_ANY_UP = keys!("account_id", "", ">", "ASC");
    ACCOUNT_MINE_UP = keys!("account_id", "AND COALESCE(owner_id, 0) = $6", ">", "ASC");
    ACCOUNT_NOBODY_UP = keys!("account_id", "AND COALESCE(owner_id, 0) = 0", ">", "ASC");
    ACCOUNT_SOMEBODY_UP = keys!("account_id", "AND owner_id IS NOT NULL", ">", "ASC");
    INBOX_ANY_UP = keys!("inbox_id", "", ">", "ASC");
    INBOX_MINE_UP = keys!("inbox_id", "AND COALESCE(owner_id, 0) = $6", ">", "ASC");
    INBOX_NOBODY_UP = keys!("inbox_id", "AND COALESCE(owner_id, 0) = 0", ">", "ASC");
    INBOX_SOMEBODY_UP = keys!("inbox_id", "AND owner_id IS NOT NULL", ">", "ASC");
    /// Those that pass: newest activity first, oldest first, longest waiting first.
    PASSING_NEWEST = passing!("c.last_activity_at", "<", "DESC");
    PASSING_OLDEST = passing!("c.last_activity_at", ">", "ASC");
    PASSING_WAITING = passing!(waiting_place!(), ">", "ASC");
    /// The inboxes that a member sees, and how many there are.
    INBOXES = "SELECT i.id, (SELECT COUNT(*) FROM inboxes a WHERE a.account_id = $1) AS inboxes FROM inboxes i WHERE i.account_id = $1 AND ($2 OR i.id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $3)) ORDER BY i.id";
    /// The next ones below an id that a member sees, to walk through all.
    BELOW = concat!("SELECT ", conversations::columns!(), " FROM conversations c WHERE c.account_id = $1 AND ($2 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $3)) AND c.number < $4 ORDER BY c.number DESC LIMIT $5");
    /// The conversations of a contact that a member sees, newest activity first.
    OF_CONTACT = "SELECT c.id FROM conversations c WHERE c.contact_id = $1 AND c.account_id = $2 AND ($3 OR c.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $4)) ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $5";
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

impl Ownership {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Ownership::Any => "any",
            Ownership::Mine => "mine",
            Ownership::Unassigned => "nobody",
            Ownership::Assigned => "somebody",
        }
    }
}

/// Which conversations a list holds.
#[derive(Debug, Clone)]
pub struct Filter {
    /// By owner.
    pub ownership: Ownership,
    /// One status, or every one.
    pub status: Option<Status>,
    /// One inbox, or all that the member sees.
    pub inbox: Option<InboxId>,
    /// Those that carry any of these; `None` asks about no label.
    pub labels: Option<Vec<LabelId>>,
    /// Only those in which the member who looks has not read all that contacts wrote.
    pub unread: bool,
    /// Only those whose contact waits for a reply, or never had one.
    pub unattended: bool,
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Newest activity first.
    Newest,
    /// Oldest activity first.
    Oldest,
    /// Whose contact has waited longest first; where nobody waits, newest activity first, after all others.
    LongestWaiting,
}

/// As in `waiting_place`: greater than any instant.
const NOBODY_WAITS: i64 = 1 << 62;

impl Order {
    /// Whether smaller places come first.
    pub(crate) fn goes_up(self) -> bool {
        self != Order::Newest
    }

    /// Where a conversation stands.
    #[must_use]
    pub fn key(self, it: &Conversation) -> Key {
        let place = match (self, it.waiting_since) {
            (Order::Newest | Order::Oldest, _) => it.last_activity_at.0,
            (Order::LongestWaiting, Some(since)) => since.0,
            (Order::LongestWaiting, None) => NOBODY_WAITS - it.last_activity_at.0,
        };
        Key { place, id: it.id }
    }

    /// The key before all of a second's, which is told as [`Key::seconds`] tells it.
    #[must_use]
    pub fn edge(self, seconds: i64) -> Key {
        let place = match self {
            Order::Newest => (seconds + 1) * Millis::SECOND,
            Order::LongestWaiting if seconds < 0 => NOBODY_WAITS + (seconds - 1) * Millis::SECOND,
            Order::Oldest | Order::LongestWaiting => seconds * Millis::SECOND,
        };
        Key { place, id: ConversationId(0) }
    }
}

row! {
    /// A conversation's place in a list.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub struct Key {
        /// The instant that the order goes by, in milliseconds, or for those that wait for nothing what `waiting_place` says.
        pub place: i64,
        /// Itself.
        pub id: ConversationId,
    }
}

impl Key {
    /// The instant in whole unix seconds; below 0 the last activity of one that waits for nothing, among those that wait.
    #[must_use]
    pub fn seconds(self) -> i64 {
        let waits = self.place < NOBODY_WAITS / 2;
        if waits { Millis(self.place).as_seconds() } else { -Millis(NOBODY_WAITS - self.place).as_seconds() }
    }
}

/// Where a page begins and which way it goes.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Its order.
    pub order: Order,
    /// The page begins after this place.
    pub after: Option<Key>,
    /// And passes over so many.
    pub offset: usize,
    /// It holds so many.
    pub limit: usize,
}

impl Filter {
    /// The statuses that it lets through: each is a range of its own.
    pub(crate) fn statuses(&self) -> &[Status] {
        const EVERY: [Status; 4] = [Status::Open, Status::Resolved, Status::Pending, Status::Snoozed];
        self.status.as_ref().map_or(&EVERY, std::slice::from_ref)
    }
}

impl Window {
    /// The place that each range is read from, exclusive, and how many of it are needed.
    pub(crate) fn range(&self) -> (i64, i64, i64) {
        let end = if self.order.goes_up() { i64::MIN } else { i64::MAX };
        let (place, id) = self.after.map_or((end, end), |key| (key.place, key.id.0));
        let needed = self.offset.saturating_add(self.limit).min(DEPTH_MAX);
        (place, id, i64::try_from(needed).unwrap_or(i64::MAX))
    }
}

/// Deepest page by number, in conversations; farther on there are keys only.
const DEPTH_MAX: usize = 100_000;

/// A range of an index: one status of the account or of one inbox.
#[derive(Debug, Clone, Copy)]
enum Range {
    Account(i64),
    Inbox(InboxId),
}

fn statement(range: Range, ownership: Ownership, upwards: bool) -> &'static Statement {
    match (range, ownership, upwards) {
        (Range::Account(_), Ownership::Any, false) => &ACCOUNT_ANY,
        (Range::Account(_), Ownership::Mine, false) => &ACCOUNT_MINE,
        (Range::Account(_), Ownership::Unassigned, false) => &ACCOUNT_NOBODY,
        (Range::Account(_), Ownership::Assigned, false) => &ACCOUNT_SOMEBODY,
        (Range::Inbox(_), Ownership::Any, false) => &INBOX_ANY,
        (Range::Inbox(_), Ownership::Mine, false) => &INBOX_MINE,
        (Range::Inbox(_), Ownership::Unassigned, false) => &INBOX_NOBODY,
        (Range::Inbox(_), Ownership::Assigned, false) => &INBOX_SOMEBODY,
        (Range::Account(_), Ownership::Any, true) => &ACCOUNT_ANY_UP,
        (Range::Account(_), Ownership::Mine, true) => &ACCOUNT_MINE_UP,
        (Range::Account(_), Ownership::Unassigned, true) => &ACCOUNT_NOBODY_UP,
        (Range::Account(_), Ownership::Assigned, true) => &ACCOUNT_SOMEBODY_UP,
        (Range::Inbox(_), Ownership::Any, true) => &INBOX_ANY_UP,
        (Range::Inbox(_), Ownership::Mine, true) => &INBOX_MINE_UP,
        (Range::Inbox(_), Ownership::Unassigned, true) => &INBOX_NOBODY_UP,
        (Range::Inbox(_), Ownership::Assigned, true) => &INBOX_SOMEBODY_UP,
    }
}

fn passing(order: Order) -> &'static Statement {
    match order {
        Order::Newest => &PASSING_NEWEST,
        Order::Oldest => &PASSING_OLDEST,
        Order::LongestWaiting => &PASSING_WAITING,
    }
}

/// The inboxes that this member sees, and whether that is every one of the account.
pub(crate) async fn seen(tx: &mut Tx<'_>, scope: Scope) -> Result<(Vec<InboxId>, bool), StoreError> {
    let seen: Vec<(InboxId, i64)> = tx.all(&INBOXES, params![scope.account, scope.sees_all, scope.user]).await?;
    let every = seen.first().is_some_and(|it| usize::try_from(it.1) == Ok(seen.len()));
    Ok((seen.into_iter().map(|it| it.0).collect(), every))
}

/// The places of a page of what this member sees.
pub async fn keys(tx: &mut Tx<'_>, scope: Scope, filter: &Filter, window: Window) -> Result<Vec<Key>, StoreError> {
    let (seen, every) = seen(tx, scope).await?;
    let picks = filter.unread || filter.unattended || window.order == Order::LongestWaiting;
    let mut keys = match &filter.labels {
        Some(labels) if picks => conversations_labelled::keys(tx, scope, &seen, (filter, labels, window.order)).await?,
        Some(labels) => conversations_labelled::ranges(tx, scope, (filter, labels), window).await?,
        None => {
            let ranges = match filter.inbox {
                None if every && !picks => vec![Range::Account(scope.account.0)],
                wanted => seen.into_iter().filter(|it| wanted.is_none_or(|inbox| inbox == *it)).map(Range::Inbox).collect(),
            };
            merged(tx, scope, &ranges, (filter, window, picks)).await?
        }
    };
    let up = window.order.goes_up();
    keys.retain(|key| window.after.is_none_or(|after| if up { *key > after } else { *key < after }));
    keys.sort_unstable();
    if !up {
        keys.reverse();
    }
    keys.dedup();
    Ok(keys.into_iter().skip(window.offset).take(window.limit).collect())
}

async fn merged(
    tx: &mut Tx<'_>,
    scope: Scope,
    ranges: &[Range],
    (filter, window, picks): (&Filter, Window, bool),
) -> Result<Vec<Key>, StoreError> {
    let (place, id, limit) = window.range();
    let mut keys = Vec::new();
    for range in ranges {
        let of = match *range {
            Range::Account(id) => id,
            Range::Inbox(id) => id.0,
        };
        for status in filter.statuses() {
            let mut values = params![of, status.as_str(), place, id, limit];
            let statement = if picks {
                values.0.extend(params![filter.unread, scope.user, filter.unattended, filter.ownership.word()].0);
                passing(window.order)
            } else {
                if filter.ownership == Ownership::Mine {
                    values.0.push(scope.user.into());
                }
                statement(*range, filter.ownership, window.order.goes_up())
            };
            keys.extend(tx.all::<Key>(statement, values).await?);
        }
    }
    Ok(keys)
}

/// The conversations of a contact that this member sees, newest activity first.
pub async fn of_contact(tx: &mut Tx<'_>, scope: Scope, contact: ContactId, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    tx.all(&OF_CONTACT, params![contact, scope.account, scope.sees_all, scope.user, limit]).await
}

/// At most `limit` conversations below a number that this member sees, newest first: a step of a walk through all.
pub async fn below(tx: &mut Tx<'_>, scope: Scope, number: ConversationNumber, limit: i64) -> Result<Vec<Conversation>, StoreError> {
    tx.all(&BELOW, params![scope.account, scope.sees_all, scope.user, number, limit]).await
}
