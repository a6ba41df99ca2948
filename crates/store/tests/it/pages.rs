//! Pages of conversations: the same as sorting everything would give, by ranges of indexes only, and counters that agree
//! with counting.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{AccountId, ConversationId, InboxId, LabelId, UserId};
use frontdesk_core::time::Millis;
use frontdesk_store::conversation_pages::{Filter, Key, Ownership, Window, keys, labelled_counts};
use frontdesk_store::conversations::Scope;
use frontdesk_store::testing::{TestStore, stores};
use frontdesk_store::{StoreError, Tx, all_statements, conversation_counts, params, row, statements};

use crate::desk::in_time;
use crate::plans::{plan, with_values};

statements! {
    ACCOUNT = "INSERT INTO accounts (name, created_at) VALUES ('Halden', 0)";
    USERS = "INSERT INTO users (email, name, created_at) VALUES ('a', 'A', 0), ('b', 'B', 0)";
    MEMBERS = "INSERT INTO members (account_id, user_id, role, availability, auto_offline, access, answers_chats, created_at) SELECT 1, id, 'agent', 'available', TRUE, TRUE, TRUE, 0 FROM users";
    INBOXES = "INSERT INTO inboxes (account_id, name, website_token, website_url, greeting, color, created_at) VALUES (1, 'one', 't1', '', '', '', 0), (1, 'two', 't2', '', '', '', 0), (1, 'three', 't3', '', '', '', 0)";
    SEES = "INSERT INTO inbox_members (inbox_id, user_id) VALUES (1, 1), (2, 1), (3, 1), (1, 2), (3, 2)";
    CONTACT = "INSERT INTO contacts (account_id, email_claimed, created_at, last_activity_at) VALUES (1, TRUE, 0, 0)";
    PLACE = "INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, created_at) VALUES (1, 1, 's', 0)";
    /// A mixture in which several were last active at the same instant.
    CONVERSATIONS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 240) INSERT INTO conversations (uuid, account_id, number, inbox_id, contact_id, contact_inbox_id, status, owner_id, last_activity_at, created_at, updated_at) SELECT 'u' || CAST(i AS TEXT), 1, i, 1 + i % 3, 1, 1, CASE WHEN i % 7 = 0 THEN 'resolved' WHEN i % 11 = 0 THEN 'snoozed' WHEN i % 13 = 0 THEN 'pending' ELSE 'open' END, CASE i % 5 WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE NULL END, 1000 * ((i * 37) % 90), 0, 0 FROM n";
    COUNTS = "INSERT INTO conversation_counts (inbox_id, status, owner_id, n) SELECT inbox_id, status, COALESCE(owner_id, 0), COUNT(*) FROM conversations GROUP BY inbox_id, status, COALESCE(owner_id, 0)";
    LABELS = "INSERT INTO labels (account_id, title, description, color, show_on_sidebar, created_at) VALUES (1, 'vip', '', '', TRUE, 0), (1, 'bug', '', '', TRUE, 0)";
    LABELLED = "INSERT INTO conversation_labels (conversation_id, label_id) SELECT id, 1 + id % 2 FROM conversations WHERE id % 4 < 3";
    EVERYTHING = "SELECT c.id, c.inbox_id, c.status, c.owner_id, c.last_activity_at, (SELECT MAX(l.label_id) FROM conversation_labels l WHERE l.conversation_id = c.id) AS label FROM conversations c";
}

row! {
    #[derive(Debug, Clone)]
    struct Known {
        id: ConversationId,
        inbox: InboxId,
        status: Status,
        owner: Option<UserId>,
        at: Millis,
        label: Option<LabelId>,
    }
}

async fn fill(store: &TestStore) -> Vec<Known> {
    let fill = async |tx: &mut Tx<'_>| {
        let steps = [&ACCOUNT, &USERS, &MEMBERS, &INBOXES, &SEES, &CONTACT, &PLACE, &CONVERSATIONS, &COUNTS, &LABELS, &LABELLED];
        for step in steps {
            tx.run(step, params![]).await?;
        }
        tx.all::<Known>(&EVERYTHING, params![]).await
    };
    in_time(store.write::<_, StoreError, _>(fill)).await.expect("it is filled")
}

fn scope(user: i64, sees_all: bool) -> Scope {
    Scope { account: AccountId(1), user: UserId(user), sees_all }
}

fn fits(it: &Known, scope: Scope, filter: &Filter) -> bool {
    let sees = scope.sees_all || scope.user == UserId(1) || it.inbox != InboxId(2);
    let owned = match filter.ownership {
        Ownership::Any => true,
        Ownership::Mine => it.owner == Some(scope.user),
        Ownership::Unassigned => it.owner.is_none(),
        Ownership::Assigned => it.owner.is_some(),
    };
    sees && owned
        && filter.status.is_none_or(|wanted| wanted == it.status)
        && filter.inbox.is_none_or(|wanted| wanted == it.inbox)
        && filter.labels.as_ref().is_none_or(|wanted| it.label.is_some_and(|label| wanted.contains(&label)))
}

fn filters() -> Vec<Filter> {
    let mut filters = Vec::new();
    for ownership in [Ownership::Any, Ownership::Mine, Ownership::Unassigned, Ownership::Assigned] {
        for status in [None, Some(Status::Open), Some(Status::Snoozed)] {
            for inbox in [None, Some(InboxId(2))] {
                for labels in [None, Some(vec![LabelId(1)]), Some(vec![LabelId(1), LabelId(2)])] {
                    filters.push(Filter { ownership, status, inbox, labels });
                }
            }
        }
    }
    filters
}

#[tokio::test]
async fn pages_hold_what_sorting_everything_would_give() {
    for store in stores().await {
        let all = fill(&store).await;
        for (scope, upwards) in [(scope(1, true), false), (scope(1, false), false), (scope(2, false), false), (scope(2, false), true)] {
            for filter in filters() {
                let mut expected: Vec<Key> =
                    all.iter().filter(|it| fits(it, scope, &filter)).map(|it| Key { at: it.at, id: it.id }).collect();
                expected.sort_unstable();
                if !upwards {
                    expected.reverse();
                }
                let (asked, count) = (filter.clone(), expected.len());
                let walk = async move |tx: &mut Tx<'_>| {
                    let (mut by_place, mut by_number) = (Vec::new(), Vec::new());
                    loop {
                        let window = Window { upwards, after: by_place.last().copied(), offset: 0, limit: 25 };
                        let page = keys(tx, scope, &asked, window).await?;
                        let offset = by_number.len();
                        by_number.extend(keys(tx, scope, &asked, Window { upwards, after: None, offset, limit: 25 }).await?);
                        by_place.extend(&page);
                        if page.len() < 25 || by_place.len() > count {
                            return Ok::<_, StoreError>((by_place, by_number));
                        }
                    }
                };
                let (by_place, by_number) = in_time(store.read(walk)).await.expect("pages are read");
                assert_eq!(by_place, expected, "{store:?} {scope:?} {filter:?}");
                assert_eq!(by_number, expected, "{store:?} {scope:?} {filter:?}");
            }
        }
    }
}

#[tokio::test]
async fn kept_counters_agree_with_counting() {
    for store in stores().await {
        let all = fill(&store).await;
        for scope in [scope(1, true), scope(2, false), scope(99, false)] {
            for filter in filters().into_iter().filter(|it| it.ownership == Ownership::Any) {
                let asked = filter.clone();
                let read = async move |tx: &mut Tx<'_>| match &asked.labels {
                    None => conversation_counts::counts(tx, scope, asked.status, asked.inbox).await,
                    Some(labels) => labelled_counts(tx, scope, &asked, labels).await,
                };
                let counts = in_time(store.read::<_, StoreError, _>(read)).await.expect("they are read");
                let nobody = scope.user == UserId(99);
                let count = |ownership| {
                    let filter = Filter { ownership, ..filter.clone() };
                    i64::try_from(all.iter().filter(|it| !nobody && fits(it, scope, &filter)).count()).expect("few")
                };
                let expected = (count(Ownership::Mine), count(Ownership::Unassigned), count(Ownership::Any));
                assert_eq!((counts.mine, counts.unassigned, counts.everything), expected, "{store:?} {scope:?} {filter:?}");
            }
        }
    }
}

/// The statements whose cost must not grow with the number of conversations, with values in place of parameters.
fn ranges() -> Vec<(&'static str, String)> {
    let of = all_statements()
        .into_iter()
        .filter(|it| it.name.contains("::conversation_pages::ACCOUNT_") || it.name.contains("::conversation_pages::INBOX_"));
    let values = ["1", "'open'", "99000", "9", "25", "1"];
    of.map(|it| (it.name, with_values(it, &values))).collect()
}

#[tokio::test]
async fn each_page_is_one_range_of_one_index_in_its_order() {
    for store in stores().await {
        fill(&store).await;
        assert_eq!(ranges().len(), 16);
        for (name, text) in ranges() {
            let plan = plan(&store, &text).await;
            let is_range = plan.contains("COVERING INDEX") || plan.contains("Index Only Scan") || plan.contains("Index Scan");
            let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert!(is_range && !sorts, "{name}: {plan}");
        }
    }
}
