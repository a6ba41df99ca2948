//! Who comes into a conversation and who owns it (BEHAVIOUR 6.2 and 6.3).

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Member, column, list, number};

async fn owner_of(app: &TestApp, member: &Member, at: i64) -> Option<i64> {
    member.conversation(app, at).await["meta"].get("assignee").map(|it| number(&it["id"]))
}

#[tokio::test]
async fn replying_joins_and_the_first_to_join_owns() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, noor, visitor) = (app.agent(&account, "Maya").await, app.agent(&account, "Noor").await, account.visitor());
        visitor.begin(&app, "hello").await;
        maya.reply(&app, 1, "hi").await;
        noor.reply(&app, 1, "hi from me").await;
        maya.reply(&app, 1, "again").await;
        assert_eq!(owner_of(&app, &maya, 1).await, Some(maya.id));
        let contents = column(&maya.messages(&app, 1).await, "content");
        assert_eq!(contents, ["hello", "Maya joined and owns the conversation", "hi", "Noor joined", "hi from me", "again"]);
        let session = visitor.session(&app).await;
        assert_eq!(column(&list(&session["conversation"]["agents"]), "name"), ["Maya", "Noor"]);
    }
}

#[tokio::test]
async fn a_private_note_joins_nobody() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        visitor.begin(&app, "hello").await;
        maya.note(&app, 1, "who takes this?").await;
        assert_eq!(owner_of(&app, &maya, 1).await, None);
        assert_eq!(visitor.session(&app).await["conversation"]["agents"], json!([]));
        maya.post(&app, "/conversations/1/join", &json!({})).await;
        assert_eq!(owner_of(&app, &maya, 1).await, Some(maya.id));
    }
}

#[tokio::test]
async fn joining_twice_is_joining_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let path = account.owner.at(1, "/join");
        join_all((0..8).map(|_| app.post(&path).by(&account.owner).ok())).await;
        assert_eq!(account.owner.messages(&app, 1).await.len(), 2, "one line says so");
    }
}

#[tokio::test]
async fn of_many_who_join_at_once_one_owns() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, noor) = (app.agent(&account, "Maya").await, app.agent(&account, "Noor").await);
        for at in 1..=10 {
            account.visitor().begin(&app, "hello").await;
            if at % 2 == 0 {
                join(maya.reply(&app, at, "mine"), noor.reply(&app, at, "mine")).await;
            } else {
                let (maya_path, noor_path) = (maya.at(at, "/join"), noor.at(at, "/join"));
                join(app.post(&maya_path).by(&maya).ok(), app.post(&noor_path).by(&noor).ok()).await;
            }
            let owner = owner_of(&app, &maya, at).await.expect("somebody owns it");
            let contents = column(&maya.messages(&app, at).await, "content");
            let told = |name: &str, what: &str| contents.contains(&Value::String(format!("{name} {what}")));
            let (first, second) = if owner == maya.id { ("Maya", "Noor") } else { ("Noor", "Maya") };
            assert!(told(first, "joined and owns the conversation") && told(second, "joined"), "{contents:?}");
        }
    }
}

#[tokio::test]
async fn lists_follow_the_owner() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, noor) = (app.agent(&account, "Maya").await, app.agent(&account, "Noor").await);
        for _ in 0..4 {
            account.visitor().begin(&app, "hello").await;
            app.pass(1_000);
        }
        maya.reply(&app, 2, "mine").await;
        app.pass(1_000);
        noor.reply(&app, 1, "mine").await;
        app.pass(1_000);
        noor.set_status(&app, 3, "resolved").await;
        let ids = async |member: &Member, query: &str| {
            let listed = member.get(&app, &format!("/conversations?{query}")).await;
            (column(listed["data"]["payload"].as_array().expect("a list"), "id"), listed["data"]["meta"].clone())
        };
        let meta = |mine: i64, assigned: i64, unassigned: i64, all: i64| json!({ "mine_count": mine, "assigned_count": assigned, "unassigned_count": unassigned, "all_count": all });
        assert_eq!(ids(&maya, "").await, (vec![json!(1), json!(2), json!(4)], meta(1, 2, 1, 3)), "newest activity first");
        assert_eq!(ids(&maya, "assignee_type=me").await, (vec![json!(2)], meta(1, 2, 1, 3)));
        assert_eq!(ids(&noor, "assignee_type=me&status=open").await.0, [1]);
        assert_eq!(ids(&maya, "assignee_type=assigned").await.0, [1, 2]);
        assert_eq!(ids(&maya, "assignee_type=unassigned&status=all").await, (vec![json!(3), json!(4)], meta(1, 2, 2, 4)));
        assert_eq!(ids(&maya, "status=resolved").await, (vec![json!(3)], meta(0, 0, 1, 1)));
        assert_eq!(ids(&maya, "page=2").await.0, [0; 0]);
    }
}
