//! Lists of conversations over REST: filters, pages by number and by place, and their numbers.

use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, column, list, number};

async fn ids(app: &TestApp, member: &Member, query: &str) -> Vec<i64> {
    let listed = member.get(app, &format!("/conversations?{query}")).await;
    column(&list(&listed["data"]["payload"]), "id").iter().map(number).collect()
}

async fn meta(app: &TestApp, member: &Member, query: &str) -> Value {
    let counted = member.get(app, &format!("/conversations/meta?{query}")).await["meta"].clone();
    let listed = member.get(app, &format!("/conversations?{query}")).await["data"]["meta"].clone();
    assert_eq!(counted, listed, "{query}");
    json!([counted["mine_count"], counted["assigned_count"], counted["unassigned_count"], counted["all_count"]])
}

async fn begin(app: &TestApp, account: &Account, n: usize) {
    for _ in 0..n {
        account.visitor().begin(app, "hello").await;
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_inbox_and_labels() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let (shop, token) = app.inbox(&account, "Shop").await;
        begin(&app, &account, 3).await;
        crate::people::Visitor::on(&token).begin(&app, "in the shop").await;
        owner.post(&app, "/conversations/2/labels", &json!({ "labels": ["vip", "bug"] })).await;
        owner.post(&app, "/conversations/4/labels", &json!({ "labels": ["vip"] })).await;
        owner.post(&app, "/conversations/2/assignments", &json!({ "assignee_id": owner.id })).await;
        assert_eq!(ids(&app, owner, &format!("inbox_id={}", shop.0)).await, [4]);
        assert_eq!(ids(&app, owner, "labels[]=VIP&labels[]=none").await, [4, 2]);
        assert_eq!(ids(&app, owner, "labels=bug,vip&assignee_type=me").await, [2]);
        assert_eq!(ids(&app, owner, "labels[]=none").await, [0; 0]);
        assert_eq!(ids(&app, owner, "sort_by=last_activity_at_asc").await, [1, 2, 3, 4]);
        assert_eq!(meta(&app, owner, "").await, json!([1, 1, 3, 4]));
        assert_eq!(meta(&app, owner, "labels[]=vip").await, json!([1, 1, 1, 2]));
        assert_eq!(meta(&app, owner, &format!("inbox_id={}", shop.0)).await, json!([0, 0, 1, 1]));
        assert_eq!(meta(&app, owner, "status=resolved").await, json!([0, 0, 0, 0]));
    }
}

#[tokio::test]
async fn pages_by_place_leave_nothing_out_while_the_list_moves() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        // Several in each second, so that a second's edge runs through a page.
        for _ in 0..12 {
            begin(&app, &account, 5).await;
            app.pass(1_000);
        }
        let first = owner.get(&app, "/conversations").await;
        let rows = list(&first["data"]["payload"]);
        let last = rows.last().expect("a full page").clone();
        let place = format!("before={}.{}", last["last_activity_at"], last["id"]);
        assert_eq!(ids(&app, owner, &place).await, (11..=35).rev().collect::<Vec<i64>>());
        assert_eq!(ids(&app, owner, "page=2").await, ids(&app, owner, &place).await);
        // The place itself moves to the top: what follows it then is asked for by its second.
        owner.reply(&app, number(&last["id"]), "moved").await;
        let follows = ids(&app, owner, &place).await;
        assert!((11..=35).all(|id| follows.contains(&id) || id < 15), "{follows:?}");
        assert_eq!(ids(&app, owner, &format!("{place}&assignee_type=me")).await, [0; 0]);
        let end = ids(&app, owner, "page=3").await;
        assert_eq!(end.len(), 10);
    }
}

#[tokio::test]
async fn a_list_is_narrowed_to_what_is_unread_or_unattended_and_turned_by_who_waits_longest() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya) = (&account.owner, app.agent(&account, "Maya").await);
        for _ in 0..60 {
            begin(&app, &account, 1).await;
            app.pass(400);
        }
        for id in 1..=58 {
            owner.post(&app, &format!("/conversations/{id}/update_last_seen"), &json!({})).await;
        }
        assert_eq!(ids(&app, owner, "unread=true").await, [60, 59]);
        assert_eq!(ids(&app, owner, "unread=true&sort_by=last_activity_at_asc").await, [59, 60]);
        assert_eq!(ids(&app, &maya, "unread=true").await.len(), 25, "what one read, another did not");
        for id in 1..=20 {
            maya.reply(&app, id, "here you are").await;
            app.pass(400);
        }
        assert_eq!(ids(&app, owner, "conversation_type=unattended&sort_by=last_activity_at_asc").await, (21..=45).collect::<Vec<i64>>());
        // In three pages: who waits by how long, and then the rest by what happened last.
        let expected: Vec<i64> = (21..=60).chain((1..=20).rev()).collect();
        let (mut found, mut place) = (Vec::new(), String::new());
        while found.len() < 60 {
            let listed = owner.get(&app, &format!("/conversations?sort_by=waiting_since_asc{place}")).await;
            let rows = list(&listed["data"]["payload"]);
            let last = rows.last().expect("a page of them").clone();
            let waits = number(&last["waiting_since"]);
            let seconds = if waits > 0 { waits } else { -number(&last["last_activity_at"]) };
            place = format!("&before={seconds}.{}", last["id"]);
            found.extend(column(&rows, "id").iter().map(number));
        }
        assert_eq!(found, expected);
        // A place that moved stands for its second: all that follows is told.
        let waits = number(&owner.conversation(&app, 40).await["waiting_since"]);
        maya.reply(&app, 40, "and you").await;
        let follows = ids(&app, owner, &format!("sort_by=waiting_since_asc&before={waits}.40")).await;
        assert!((41..=60).all(|id| follows.contains(&id)), "{follows:?}");
        for (query, field) in
            [("unread=maybe", "unread"), ("conversation_type=mention", "conversation_type"), ("sort_by=waiting", "sort_by")]
        {
            app.get(&owner.path(&format!("/conversations?{query}"))).by(owner).send().await.invalid(field);
        }
    }
}
