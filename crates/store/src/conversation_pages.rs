//! Which conversations a page of a list holds, in its order: found in the indexes alone, by ranges that are merged. What a
//! page shows of them is read by `conversation_lists`.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ConversationId, ConversationNumber, InboxId, LabelId, UserId};
use frontdesk_core::time::Millis;

use crate::conversations::{self, Conversation, Scope};
use crate::{Statement, StoreError, Tx, params, row, statements};

// $1 is the account or the inbox, $2 the status, ($3, $4) the place that the page begins after, $5 how many.
macro_rules! keys {
    ($range:literal, $ownership:literal, $beyond:literal, $direction:literal) => {
        concat!(
            "SELECT last_activity_at, id FROM conversations WHERE ",
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

statements! {
    /// Newest activity first: in the account, in one inbox; of anybody, of one owner, of nobody, of somebody.
    ACCOUNT_ANY = keys!("account_id", "", "<", "DESC");
    ACCOUNT_MINE = keys!("account_id", "AND owner_id = $6", "<", "DESC");
    ACCOUNT_NOBODY = keys!("account_id", "AND owner_id IS NULL", "<", "DESC");
    ACCOUNT_SOMEBODY = keys!("account_id", "AND owner_id IS NOT NULL", "<", "DESC");
    INBOX_ANY = keys!("inbox_id", "", "<", "DESC");
    INBOX_MINE = keys!("inbox_id", "AND owner_id = $6", "<", "DESC");
    INBOX_NOBODY = keys!("inbox_id", "AND owner_id IS NULL", "<", "DESC");
    INBOX_SOMEBODY = keys!("inbox_id", "AND owner_id IS NOT NULL", "<", "DESC");
    /// The same, oldest activity first.
    ACCOUNT_ANY_UP = keys!("account_id", "", ">", "ASC");
    ACCOUNT_MINE_UP = keys!("account_id", "AND owner_id = $6", ">", "ASC");
    ACCOUNT_NOBODY_UP = keys!("account_id", "AND owner_id IS NULL", ">", "ASC");
    ACCOUNT_SOMEBODY_UP = keys!("account_id", "AND owner_id IS NOT NULL", ">", "ASC");
    INBOX_ANY_UP = keys!("inbox_id", "", ">", "ASC");
    INBOX_MINE_UP = keys!("inbox_id", "AND owner_id = $6", ">", "ASC");
    INBOX_NOBODY_UP = keys!("inbox_id", "AND owner_id IS NULL", ">", "ASC");
    INBOX_SOMEBODY_UP = keys!("inbox_id", "AND owner_id IS NOT NULL", ">", "ASC");
    /// What carries a label, with what filters ask about: as long as the label is used, not longer.
    LABELLED = "SELECT c.last_activity_at, c.id, c.inbox_id, c.status, c.owner_id FROM conversation_labels cl JOIN conversations c ON c.id = cl.conversation_id WHERE cl.label_id = $1";
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
}

/// A conversation's place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// When its last message came.
    pub at: Millis,
    /// Itself.
    pub id: ConversationId,
}

/// Where a page begins and which way it goes.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Oldest activity first.
    pub upwards: bool,
    /// The page begins after this place.
    pub after: Option<Key>,
    /// And passes over so many.
    pub offset: usize,
    /// It holds so many.
    pub limit: usize,
}

/// Deepest page by number, in conversations; farther on there are keys only.
const DEPTH_MAX: usize = 100_000;

row! {
    struct KeyRow {
        at: Millis,
        id: ConversationId,
    }
}

row! {
    struct Labelled {
        key: KeyRow,
        inbox: InboxId,
        status: Status,
        owner: Option<UserId>,
    }
}

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

/// The places of a page of what this member sees.
pub async fn keys(tx: &mut Tx<'_>, scope: Scope, filter: &Filter, window: Window) -> Result<Vec<Key>, StoreError> {
    let needed = window.offset.saturating_add(window.limit).min(DEPTH_MAX);
    let seen: Vec<(InboxId, i64)> = tx.all(&INBOXES, params![scope.account, scope.sees_all, scope.user]).await?;
    let mut keys = if let Some(labels) = &filter.labels {
        let seen: Vec<InboxId> = seen.iter().map(|it| it.0).collect();
        labelled(tx, scope, &seen, (filter, labels)).await?
    } else {
        let sees_every_inbox = seen.first().is_some_and(|it| usize::try_from(it.1) == Ok(seen.len()));
        let ranges = match filter.inbox {
            None if sees_every_inbox => vec![Range::Account(scope.account.0)],
            wanted => seen.iter().map(|it| it.0).filter(|it| wanted.is_none_or(|inbox| inbox == *it)).map(Range::Inbox).collect(),
        };
        merged(tx, scope, &ranges, (filter, window, needed)).await?
    };
    let is_beyond = |key: &Key| window.after.is_none_or(|after| if window.upwards { *key > after } else { *key < after });
    keys.retain(is_beyond);
    keys.sort_unstable();
    if !window.upwards {
        keys.reverse();
    }
    keys.dedup();
    Ok(keys.into_iter().skip(window.offset).take(window.limit).collect())
}

async fn merged(
    tx: &mut Tx<'_>,
    scope: Scope,
    ranges: &[Range],
    (filter, window, needed): (&Filter, Window, usize),
) -> Result<Vec<Key>, StoreError> {
    let end = if window.upwards { i64::MIN } else { i64::MAX };
    let (at, id) = window.after.map_or((end, end), |key| (key.at.0, key.id.0));
    let limit = i64::try_from(needed).unwrap_or(i64::MAX);
    let every = [Status::Open, Status::Resolved, Status::Pending, Status::Snoozed];
    let statuses = filter.status.as_ref().map_or(&every[..], std::slice::from_ref);
    let mut keys = Vec::new();
    for range in ranges {
        let of = match *range {
            Range::Account(id) => id,
            Range::Inbox(id) => id.0,
        };
        for status in statuses {
            let mut values = params![of, status.as_str(), at, id, limit];
            if filter.ownership == Ownership::Mine {
                values.0.push(scope.user.into());
            }
            let found: Vec<KeyRow> = tx.all(statement(*range, filter.ownership, window.upwards), values).await?;
            keys.extend(found.into_iter().map(|it| Key { at: it.at, id: it.id }));
        }
    }
    Ok(keys)
}

async fn all_labelled(tx: &mut Tx<'_>, labels: &[LabelId]) -> Result<Vec<Labelled>, StoreError> {
    let mut all = Vec::new();
    for label in labels {
        all.extend(tx.all::<Labelled>(&LABELLED, params![*label]).await?);
    }
    all.sort_unstable_by_key(|it| it.key.id);
    all.dedup_by_key(|it| it.key.id);
    Ok(all)
}

fn fits(it: &Labelled, scope: Scope, seen: &[InboxId], filter: &Filter) -> bool {
    let owned = match filter.ownership {
        Ownership::Any => true,
        Ownership::Mine => it.owner == Some(scope.user),
        Ownership::Unassigned => it.owner.is_none(),
        Ownership::Assigned => it.owner.is_some(),
    };
    owned
        && seen.contains(&it.inbox)
        && filter.status.is_none_or(|status| status == it.status)
        && filter.inbox.is_none_or(|inbox| inbox == it.inbox)
}

async fn labelled(
    tx: &mut Tx<'_>,
    scope: Scope,
    seen: &[InboxId],
    (filter, labels): (&Filter, &[LabelId]),
) -> Result<Vec<Key>, StoreError> {
    let all = all_labelled(tx, labels).await?;
    Ok(all.into_iter().filter(|it| fits(it, scope, seen, filter)).map(|it| Key { at: it.key.at, id: it.key.id }).collect())
}

/// How many of those with any of these labels this member sees, by ownership; `filter`'s own ownership does not count.
pub async fn labelled_counts(
    tx: &mut Tx<'_>,
    scope: Scope,
    filter: &Filter,
    labels: &[LabelId],
) -> Result<crate::conversation_counts::Counts, StoreError> {
    let seen: Vec<(InboxId, i64)> = tx.all(&INBOXES, params![scope.account, scope.sees_all, scope.user]).await?;
    let seen: Vec<InboxId> = seen.iter().map(|it| it.0).collect();
    let any = Filter { ownership: Ownership::Any, ..filter.clone() };
    let mut counts = crate::conversation_counts::Counts { mine: 0, unassigned: 0, everything: 0 };
    for it in all_labelled(tx, labels).await?.iter().filter(|it| fits(it, scope, &seen, &any)) {
        counts.everything += 1;
        counts.unassigned += i64::from(it.owner.is_none());
        counts.mine += i64::from(it.owner == Some(scope.user));
    }
    Ok(counts)
}

/// The conversations of a contact that this member sees, newest activity first.
pub async fn of_contact(
    tx: &mut Tx<'_>,
    scope: Scope,
    contact: frontdesk_core::id::ContactId,
    limit: i64,
) -> Result<Vec<ConversationId>, StoreError> {
    tx.all(&OF_CONTACT, params![contact, scope.account, scope.sees_all, scope.user, limit]).await
}

/// At most `limit` conversations below a number that this member sees, newest first: a step of a walk through all.
pub async fn below(tx: &mut Tx<'_>, scope: Scope, number: ConversationNumber, limit: i64) -> Result<Vec<Conversation>, StoreError> {
    tx.all(&BELOW, params![scope.account, scope.sees_all, scope.user, number, limit]).await
}
