//! Conversations with certain labels: all of them are read, as many as the labels are used, and what a list asks for is picked
//! out. Lists without labels are ranges of indexes: see `conversation_pages`.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ConversationId, InboxId, LabelId, UserId};

use crate::conversation_counts::Counts;
use crate::conversation_pages::{self, Filter, Key, Order, Ownership, unattended, unread_by, waiting_place};
use crate::conversations::Scope;
use crate::{StoreError, Tx, params, row, statements};

statements! {
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
