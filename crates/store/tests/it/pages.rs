//! Pages of conversations: the same as sorting everything would give, in every order, by ranges of indexes only, and counters that
//! agree with counting.

use frontdesk_core::conversation::Status;
use frontdesk_core::id::{AccountId, ConversationId, InboxId, LabelId, UserId};
use frontdesk_store::conversation_pages::{Filter, Key, Order, Ownership, Window, keys};
use frontdesk_store::conversations::Scope;
use frontdesk_store::testing::{TestStore, stores};
use frontdesk_store::{StoreError, Tx, all_statements, conversation_counts, conversations_labelled, params, row, statements};

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
    CONVERSATIONS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 240) INSERT INTO conversations (uuid, account_id, number, inbox_id, contact_id, contact_inbox_id, status, owner_id, last_activity_at, waiting_since, first_reply_at, incoming_count, created_at, updated_at) SELECT 'u' || CAST(i AS TEXT), 1, i, 1 + i % 3, 1, 1, CASE WHEN i % 7 = 0 THEN 'resolved' WHEN i % 11 = 0 THEN 'snoozed' WHEN i % 13 = 0 THEN 'pending' ELSE 'open' END, CASE i % 5 WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE NULL END, 1000 * ((i * 37) % 90), CASE WHEN i % 3 = 0 THEN 500 * ((i * 37) % 90) ELSE NULL END, CASE WHEN i % 4 = 0 THEN 1 ELSE NULL END, i % 3, 0, 0 FROM n";
    /// Nothing, a part or all of it is read by each.
    READS = "INSERT INTO conversation_reads (conversation_id, user_id, read_count, read_at) SELECT c.id, u.id, (c.id + u.id) % 3, 0 FROM conversations c CROSS JOIN users u WHERE (c.id + u.id) % 4 > 0";
    COUNTS = "INSERT INTO conversation_counts (inbox_id, status, owner_id, n) SELECT inbox_id, status, COALESCE(owner_id, 0), COUNT(*) FROM conversations GROUP BY inbox_id, status, COALESCE(owner_id, 0)";
    LABELS = "INSERT INTO labels (account_id, title, description, color, show_on_sidebar, created_at) VALUES (1, 'vip', '', '', TRUE, 0), (1, 'bug', '', '', TRUE, 0)";
    LABELLED = "INSERT INTO conversation_labels (conversation_id, label_id) SELECT id, 1 + id % 2 FROM conversations WHERE id % 4 < 3";
    /// Whatever may happen to conversations.
    RESOLVE_SOME = "UPDATE conversations SET status = 'resolved', last_activity_at = last_activity_at + 7 WHERE id % 3 = 0";
    PASS_SOME = "UPDATE conversations SET owner_id = 1 WHERE id % 4 = 1";
    LEAVE = "DELETE FROM users WHERE id = 2";
    /// Labels beside which something else stands than in their conversation.
    STALE = "SELECT COUNT(*) AS n FROM conversation_labels l JOIN conversations c ON c.id = l.conversation_id WHERE l.status <> c.status OR l.inbox_id <> c.inbox_id OR l.last_activity_at <> c.last_activity_at OR COALESCE(l.owner_id, 0) <> COALESCE(c.owner_id, 0)";
    EVERYTHING = "SELECT c.id, c.inbox_id, c.status, c.owner_id, c.last_activity_at, (SELECT MAX(l.label_id) FROM conversation_labels l WHERE l.conversation_id = c.id) AS label, c.waiting_since, c.first_reply_at, c.incoming_count, (SELECT r.read_count FROM conversation_reads r WHERE r.conversation_id = c.id AND r.user_id = 1) AS read_by_1, (SELECT r.read_count FROM conversation_reads r WHERE r.conversation_id = c.id AND r.user_id = 2) AS read_by_2 FROM conversations c";
}

row! {
    #[derive(Debug, Clone)]
    struct Known {
        id: ConversationId,
        inbox: InboxId,
        status: Status,
        owner: Option<UserId>,
        activity: i64,
        label: Option<LabelId>,
        waiting_since: Option<i64>,
        first_reply_at: Option<i64>,
        incoming: i64,
        read_by_1: Option<i64>,
        read_by_2: Option<i64>,
    }
}

async fn fill(store: &TestStore) -> Vec<Known> {
    let fill = async |tx: &mut Tx<'_>| {
        let steps = [&ACCOUNT, &USERS, &MEMBERS, &INBOXES, &SEES, &CONTACT, &PLACE, &CONVERSATIONS, &COUNTS, &LABELS, &LABELLED, &READS];
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
    let read = if scope.user == UserId(1) { it.read_by_1 } else { it.read_by_2 };
    sees && owned
        && (!filter.unread || it.incoming > read.unwrap_or(0))
        && (!filter.unattended || it.waiting_since.is_some() || it.first_reply_at.is_none())
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
                    for (unread, unattended) in [(false, false), (true, false), (false, true)] {
                        filters.push(Filter { ownership, status, inbox, labels: labels.clone(), unread, unattended });
                    }
                }
            }
        }
    }
    filters
}

/// As the order is promised: what waits by how long it does, and after it the rest by its activity.
fn sorted(mut all: Vec<&Known>, order: Order) -> Vec<ConversationId> {
    match order {
        Order::Newest => all.sort_by_key(|it| std::cmp::Reverse((it.activity, it.id))),
        Order::Oldest => all.sort_by_key(|it| (it.activity, it.id)),
        Order::LongestWaiting => all.sort_by_key(|it| (it.waiting_since.is_none(), it.waiting_since.unwrap_or(-it.activity), it.id)),
    }
    all.iter().map(|it| it.id).collect()
}

#[tokio::test]
async fn pages_hold_what_sorting_everything_would_give() {
    for store in stores().await {
        let all = fill(&store).await;
        let each = [(scope(1, true), Order::Newest), (scope(1, false), Order::LongestWaiting), (scope(2, false), Order::Newest)];
        for (scope, order) in each.into_iter().chain([(scope(2, false), Order::Oldest), (scope(2, true), Order::LongestWaiting)]) {
            for filter in filters() {
                let expected = sorted(all.iter().filter(|it| fits(it, scope, &filter)).collect(), order);
                let (asked, count) = (filter.clone(), expected.len());
                let walk = async move |tx: &mut Tx<'_>| {
                    let (mut by_place, mut by_number) = (Vec::<Key>::new(), Vec::<Key>::new());
                    loop {
                        let window = Window { order, after: by_place.last().copied(), offset: 0, limit: 25 };
                        let page = keys(tx, scope, &asked, window).await?;
                        let offset = by_number.len();
                        by_number.extend(keys(tx, scope, &asked, Window { order, after: None, offset, limit: 25 }).await?);
                        by_place.extend(&page);
                        if page.len() < 25 || by_place.len() > count {
                            return Ok::<_, StoreError>((by_place, by_number));
                        }
                    }
                };
                let (by_place, by_number) = in_time(store.read(walk)).await.expect("pages are read");
                for pages in [by_place, by_number] {
                    assert_eq!(pages.iter().map(|it| it.id).collect::<Vec<_>>(), expected, "{store:?} {scope:?} {order:?} {filter:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn kept_counters_agree_with_counting() {
    for store in stores().await {
        let all = fill(&store).await;
        for scope in [scope(1, true), scope(2, false), scope(99, false)] {
            for filter in filters().into_iter().filter(|it| it.ownership == Ownership::Any && !it.unread && !it.unattended) {
                let asked = filter.clone();
                let read = async move |tx: &mut Tx<'_>| match &asked.labels {
                    None => conversation_counts::counts(tx, scope, asked.status, asked.inbox).await,
                    Some(labels) => conversations_labelled::counts(tx, scope, &asked, labels).await,
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

#[tokio::test]
async fn what_stands_beside_a_label_is_what_its_conversation_says() {
    for store in stores().await {
        fill(&store).await;
        let change = async |tx: &mut Tx<'_>| {
            let mut stale = vec![tx.one::<i64>(&STALE, params![]).await?];
            for step in [&RESOLVE_SOME, &PASS_SOME, &LEAVE] {
                tx.run(step, params![]).await?;
                stale.push(tx.one(&STALE, params![]).await?);
            }
            Ok::<_, StoreError>(stale)
        };
        assert_eq!(in_time(store.write(change)).await.expect("all of it is written"), [0; 4], "{store:?}");
    }
}

/// The statements whose cost must not grow with the number of conversations, with values in place of parameters.
fn ranges() -> Vec<(&'static str, String)> {
    let kinds = ["_pages::ACCOUNT_", "_pages::INBOX_", "_pages::PASSING_", "_labelled::LISTED_"];
    let of = all_statements().into_iter().filter(|it| kinds.iter().any(|kind| it.name.contains(kind)));
    let theirs = ["1", "'open'", "99000", "9", "25", "1"];
    // Whether unread, by whom, whether unattended, and whose.
    let passing = ["1", "'open'", "99000", "9", "25", "TRUE", "1", "FALSE", "'mine'"];
    // Everything or not, who looks, in which inbox, and as above.
    let listed = ["1", "FALSE", "2", "NULL", "'open'", "99000", "9", "25", "'any'"];
    let values = |name: &str| match name {
        _ if name.contains("::PASSING_") => &passing[..],
        _ if name.contains("::LISTED_") => &listed,
        _ => &theirs,
    };
    of.map(|it| (it.name, with_values(it, values(it.name)))).collect()
}

#[tokio::test]
async fn each_page_is_one_range_of_one_index_in_its_order() {
    for store in stores().await {
        fill(&store).await;
        assert_eq!(ranges().len(), 21);
        for (name, text) in ranges() {
            let plan = plan(&store, &text).await;
            // Of one owner, or of nobody, it is their range alone.
            let index = match (name.contains("::ACCOUNT_"), name.contains("MINE") || name.contains("NOBODY")) {
                _ if name.ends_with("_WAITING") => "conversations_waiting",
                _ if name.contains("::LISTED_") => "conversation_labels_listed",
                (true, false) => "conversations_latest",
                (false, false) => "conversations_inbox",
                (true, true) => "conversations_owned",
                (false, true) => "conversations_inbox_owned",
            };
            let is_range = plan.contains(&format!("INDEX {index} (")) || plan.contains(&format!("using {index} on"));
            let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert!(is_range && !sorts, "{name}: {plan}");
        }
    }
}
