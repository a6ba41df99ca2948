//! Handing conversations over, taking them, and giving them back (BEHAVIOUR 6.3).

use frontdesk_store::params;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Member, column};
use crate::sql;

async fn assign(app: &TestApp, by: &Member, to: &Value) -> Value {
    by.post(app, "/conversations/1/assignments", &json!({ "assignee_id": to })).await
}

async fn owner_of(app: &TestApp, member: &Member) -> Value {
    member.conversation(app, 1).await["meta"]["assignee"]["id"].clone()
}

#[tokio::test]
async fn assigning_joins_and_tells_each_side_its_own() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, tom, visitor) = (app.agent(&account, "Maya").await, app.agent(&account, "Tom").await, account.visitor());
        visitor.begin(&app, "hello").await;
        let taken = assign(&app, &maya, &json!(maya.id)).await;
        assert_eq!((&taken["id"], &taken["name"]), (&json!(maya.id), &json!("Maya")));
        let handed = assign(&app, &maya, &json!(tom.id.to_string())).await;
        assert_eq!(handed["id"], tom.id, "forms send digits");
        assert_eq!(owner_of(&app, &maya).await, tom.id);
        assign(&app, &tom, &json!(maya.id)).await;
        for nobody in [json!(null), json!(0)] {
            assert_eq!(assign(&app, &maya, &nobody).await, json!(null));
        }
        assert_eq!(owner_of(&app, &maya).await, json!(null));
        let told = column(&maya.messages(&app, 1).await, "content");
        assert_eq!(
            told,
            [
                "hello",
                "Maya took the conversation",
                "Maya handed the conversation to Tom",
                "Tom handed the conversation to Maya",
                "Maya unassigned the conversation",
            ]
        );
        let chat = visitor.session(&app).await;
        assert_eq!(column(chat["messages"].as_array().expect("a list"), "content"), ["hello", "Maya joined", "Tom joined"]);
        let agents = column(chat["conversation"]["agents"].as_array().expect("a list"), "name");
        assert_eq!(agents, ["Maya", "Tom"], "who left ownership stays");
    }
}

#[tokio::test]
async fn what_is_so_already_is_no_news() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        assign(&app, &account.owner, &json!(null)).await;
        assert_eq!(account.owner.messages(&app, 1).await.len(), 1);
        assign(&app, &account.owner, &json!(account.owner.id)).await;
        let before = app.cursor(&account).await;
        assert_eq!(assign(&app, &account.owner, &json!(account.owner.id)).await["id"], account.owner.id);
        assert_eq!(app.cursor(&account).await, before);
    }
}

#[tokio::test]
async fn nobody_without_access_becomes_an_owner() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (sue, tom) = (app.agent(&account, "Sue").await, app.agent(&account, "Tom").await);
        let stranger = app.account("Lunde").await.owner;
        app.sql(&sql::SUSPEND, params![account.id, sue.id]).await;
        app.sql(&sql::LEAVE_INBOX, params![account.inbox, tom.id]).await;
        account.visitor().begin(&app, "hello").await;
        let before = app.cursor(&account).await;
        for nobody in [sue.id, tom.id, stranger.id, 999_999, -1] {
            let body = json!({ "assignee_id": nobody });
            app.post(&account.owner.at(1, "/assignments")).by(&account.owner).json(&body).send().await.invalid("assignee_id");
        }
        assert_eq!(app.cursor(&account).await, before);
        // An administrator sees every inbox, and being invisible is no obstacle.
        app.sql(&sql::LEAVE_INBOX, params![account.inbox, account.owner.id]).await;
        app.sql(&sql::HIDE, params![account.id, account.owner.id]).await;
        assert_eq!(assign(&app, &account.owner, &json!(account.owner.id)).await["id"], account.owner.id);
    }
}

#[tokio::test]
async fn of_many_who_assign_at_once_there_is_one_order() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, tom) = (app.agent(&account, "Maya").await, app.agent(&account, "Tom").await);
        account.visitor().begin(&app, "hello").await;
        let people = [&account.owner, &maya, &tom];
        let path = account.owner.at(1, "/assignments");
        let acts = (0..24).map(|n| {
            let (by, to) = (people[n % 3], people[(n / 3) % 3]);
            let wanted = if n % 8 == 7 { json!(null) } else { json!(to.id) };
            app.post(&path).by(by).json(&json!({ "assignee_id": wanted })).send()
        });
        assert!(join_all(acts).await.iter().all(|it| it.status == 200));
        let told = column(&maya.messages(&app, 1).await, "content");
        let last = told.last().and_then(Value::as_str).expect("something was told").to_owned();
        let owner = owner_of(&app, &maya).await;
        let expected =
            people.iter().find(|it| last.ends_with(&format!("to {}", it.name)) || last == format!("{} took the conversation", it.name));
        assert_eq!(owner, expected.map_or(json!(null), |it| json!(it.id)), "{last}");
        let counts = maya.get(&app, "/conversations").await["data"]["meta"].clone();
        let assigned = i64::from(!owner.is_null());
        assert_eq!((&counts["assigned_count"], &counts["unassigned_count"]), (&json!(assigned), &json!(1 - assigned)));
    }
}
