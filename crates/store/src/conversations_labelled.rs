//! Conversations with certain labels. In the order of activity they are ranges of one index, as those without labels are in
//! `conversation_pages`. For other orders, and for what is unread or unattended, all of them are read, as many as the labels are
//! used, and what a list asks for is picked out.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ConversationId, InboxId, LabelId, UserId};

use crate::conversation_counts::Counts;
use crate::conversation_pages::{self, Filter, Key, Order, Ownership, Window, unattended, unread_by, waiting_place};
use crate::conversations::Scope;
use crate::{StoreError, Tx, params, row, statements};

// What a member sees of a label ($1): $2 whether everything, $3 who looks, $4 one inbox or none in particular.
macro_rules! listed {
    ($columns:expr, $rest:expr) => {
        concat!(
            "SELECT ", $columns, " FROM conversation_labels cl WHERE cl.label_id = $1 AND ",
            "($2 OR cl.inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $3)) AND (CAST($4 AS BIGINT) IS NULL OR cl.inbox_id = $4) AND ", $rest
        )
    };
}

// $5 is the status, ($6, $7) the place that the page begins after, $8 how many, $9 whose.
macro_rules! keys {
    ($beyond:literal, $direction:literal) => {
        listed!(
            "cl.last_activity_at AS place, cl.conversation_id AS id",
            concat!(
                "cl.status = $5 AND (cl.last_activity_at, cl.conversation_id) ", $beyond, " ($6, $7) AND ",
                "($9 = 'any' OR ($9 = 'mine' AND cl.owner_id = $3) OR ($9 = 'nobody' AND cl.owner_id IS NULL) OR ($9 = 'somebody' AND cl.owner_id IS NOT NULL)) ",
                "ORDER BY cl.last_activity_at ", $direction, ", cl.conversation_id ", $direction, " LIMIT $8"
            )
        )
    };
}

statements! {
    /// Newest activity first, and oldest first.
    LISTED_NEWEST = keys!("<", "DESC");
    LISTED_OLDEST = keys!(">", "ASC");
    /// How many, by ownership; $5 is one status or all.
    COUNTED = listed!(
        "COALESCE(CAST(SUM(CASE WHEN cl.owner_id = $3 THEN 1 ELSE 0 END) AS BIGINT), 0) AS mine, COUNT(*) - COUNT(cl.owner_id) AS unassigned, COUNT(*) AS everything",
        "(CAST($5 AS TEXT) IS NULL OR cl.status = $5)"
    );
    /// What carries a label, with what filters ask about: as long as the label is used, not longer.
    LABELLED = concat!(
        "SELECT c.id, c.last_activity_at, ", waiting_place!(), " AS waiting_place, c.inbox_id, c.status, c.owner_id, ", unread_by!("$2"), " AS unread, ",
        unattended!(), " AS unattended FROM conversation_labels cl JOIN conversations c ON c.id = cl.conversation_id WHERE cl.label_id = $1"
    );
}

row! {
    struct Labelled {
        id: ConversationId,
        activity: i64,
        waiting_place: i64,
        inbox: InboxId,
        status: Status,
        owner: Option<UserId>,
        unread: bool,
        unattended: bool,
    }
}

impl Labelled {
    fn key(&self, order: Order) -> Key {
        let place = if order == Order::LongestWaiting { self.waiting_place } else { self.activity };
        Key { place, id: self.id }
    }

    fn passes(&self, scope: Scope, seen: &[InboxId], filter: &Filter) -> bool {
        let owned = match filter.ownership {
            Ownership::Any => true,
            Ownership::Mine => self.owner == Some(scope.user),
            Ownership::Unassigned => self.owner.is_none(),
            Ownership::Assigned => self.owner.is_some(),
        };
        owned
            && seen.contains(&self.inbox)
            && filter.status.is_none_or(|status| status == self.status)
            && filter.inbox.is_none_or(|inbox| inbox == self.inbox)
            && (self.unread || !filter.unread)
            && (self.unattended || !filter.unattended)
    }
}

async fn all(tx: &mut Tx<'_>, user: UserId, labels: &[LabelId]) -> Result<Vec<Labelled>, StoreError> {
    let mut all = Vec::new();
    for label in labels {
        all.extend(tx.all::<Labelled>(&LABELLED, params![*label, user]).await?);
    }
    all.sort_unstable_by_key(|it| it.id);
    all.dedup_by_key(|it| it.id);
    Ok(all)
}

/// The places at the beginning of each range of these labels, as many as a page needs, in no order.
pub(crate) async fn ranges(
    tx: &mut Tx<'_>,
    scope: Scope,
    (filter, labels): (&Filter, &[LabelId]),
    window: Window,
) -> Result<Vec<Key>, StoreError> {
    let statement = if window.order.goes_up() { &LISTED_OLDEST } else { &LISTED_NEWEST };
    let (place, id, limit) = window.range();
    let mut keys = Vec::new();
    for label in labels {
        for status in filter.statuses() {
            let mut values = params![*label, scope.sees_all, scope.user, filter.inbox, status.as_str(), place, id, limit];
            values.0.push(filter.ownership.word().into());
            keys.extend(tx.all::<Key>(statement, values).await?);
        }
    }
    Ok(keys)
}

/// The places of all that pass, in no order.
pub(crate) async fn keys(
    tx: &mut Tx<'_>,
    scope: Scope,
    seen: &[InboxId],
    (filter, labels, order): (&Filter, &[LabelId], Order),
) -> Result<Vec<Key>, StoreError> {
    let all = all(tx, scope.user, labels).await?;
    Ok(all.iter().filter(|it| it.passes(scope, seen, filter)).map(|it| it.key(order)).collect())
}

/// How many of those with any of these labels this member sees, by ownership: whose, and what is unread or unattended, is not
/// asked about.
pub async fn counts(tx: &mut Tx<'_>, scope: Scope, filter: &Filter, labels: &[LabelId]) -> Result<Counts, StoreError> {
    if let [label] = labels {
        // More than one may stand at the same conversation.
        let status = filter.status.map(Status::as_str);
        return tx.one(&COUNTED, params![*label, scope.sees_all, scope.user, filter.inbox, status]).await;
    }
    let (seen, _) = conversation_pages::seen(tx, scope).await?;
    let any = Filter { ownership: Ownership::Any, unread: false, unattended: false, ..filter.clone() };
    let mut counts = Counts { mine: 0, unassigned: 0, everything: 0 };
    for it in all(tx, scope.user, labels).await?.iter().filter(|it| it.passes(scope, &seen, &any)) {
        counts.everything += 1;
        counts.unassigned += i64::from(it.owner.is_none());
        counts.mine += i64::from(it.owner == Some(scope.user));
    }
    Ok(counts)
}
