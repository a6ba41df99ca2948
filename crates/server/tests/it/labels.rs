//! Labels: making and changing them, and what carries them.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, column, list};
use crate::shape::assert_shape;
use crate::shapes;

async fn titles(app: &TestApp, account: &Account) -> Vec<Value> {
    column(&list(&account.owner.get(app, "/labels").await["payload"]), "title")
}

#[tokio::test]
async fn a_label_is_made_changed_and_deleted_from_everything() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya) = (&account.owner, app.agent(&account, "Maya").await);
        let made = maya.post(&app, "/labels", &json!({ "label": { "title": " VIP ", "color": "#FF0000" } })).await;
        assert_shape(&made, &shapes::label());
        assert_eq!(made, json!({ "id": made["id"], "title": "vip", "description": "", "color": "#ff0000", "show_on_sidebar": true }));
        for body in [json!({ "title": "Vip" }), json!({ "title": "two words" }), json!({ "title": "" }), json!({})] {
            app.post(&owner.path("/labels")).by(owner).json(&body).send().await.invalid("title");
        }
        app.post(&owner.path("/labels")).by(owner).json(&json!({ "title": "x", "color": "red" })).send().await.invalid("color");
        account.visitor().begin(&app, "hello").await;
        let contact = owner.conversation(&app, 1).await["meta"]["sender"]["id"].clone();
        let own = format!("/contacts/{contact}/labels");
        owner.post(&app, "/conversations/1/labels", &json!({ "labels": ["vip"] })).await;
        owner.post(&app, &own, &json!({ "labels": ["vip"] })).await;
        let path = owner.path(&format!("/labels/{}", made["id"]));
        let changed = app.call("PATCH", &path).by(&maya).json(&json!({ "title": "gold", "show_on_sidebar": "false" })).ok().await;
        assert_eq!(changed, json!({ "id": made["id"], "title": "gold", "description": "", "color": "#ff0000", "show_on_sidebar": false }));
        assert_eq!(app.get(&path).by(&maya).ok().await, changed);
        assert_eq!(owner.conversation(&app, 1).await["labels"], json!(["gold"]));
        app.call("DELETE", &path).by(owner).send().await.ok_empty();
        assert_eq!(owner.conversation(&app, 1).await["labels"], json!([]));
        assert_eq!(owner.get(&app, &own).await, json!({ "payload": [] }));
        assert_eq!(titles(&app, &account).await, [] as [Value; 0]);
    }
}

#[tokio::test]
async fn setting_labels_replaces_and_makes_unknown_ones() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        account.visitor().begin(&app, "hello").await;
        owner.post(&app, "/labels", &json!({ "title": "vip" })).await;
        let answer = owner.post(&app, "/conversations/1/labels", &json!({ "labels": ["VIP", "bug", "bug", "åpen"] })).await;
        assert_eq!(answer, json!({ "payload": ["bug", "vip", "åpen"] }), "sorted, each once");
        assert_eq!(owner.get(&app, "/conversations/1/labels").await, answer);
        assert_eq!(owner.conversation(&app, 1).await["labels"], answer["payload"]);
        assert_eq!(owner.get(&app, "/conversations").await["data"]["payload"][0]["labels"], answer["payload"]);
        assert_eq!(owner.get(&app, "/conversations/1/messages").await["meta"]["labels"], answer["payload"]);
        assert_eq!(titles(&app, &account).await, ["vip", "bug", "åpen"]);
        let color = owner.get(&app, "/labels").await["payload"][1]["color"].clone();
        assert_eq!(color, "#6e7781", "until somebody chooses a better one");
        owner.post(&app, "/conversations/1/labels", &json!({ "labels": ["bug"] })).await;
        let before = app.cursor(&account).await;
        owner.post(&app, "/conversations/1/labels", &json!({ "labels": ["BUG"] })).await;
        assert_eq!(app.cursor(&account).await, before, "what is so already is no news");
        for labels in [json!(null), json!(["two words"]), json!([1]), json!({ "a": 1 })] {
            let answer = app.post(&owner.at(1, "/labels")).by(owner).json(&json!({ "labels": labels })).send().await;
            answer.invalid("labels");
        }
        let form = app.post(&owner.at(1, "/labels")).by(owner).text("application/x-www-form-urlencoded", "labels[]=one&labels[]=two");
        assert_eq!(form.ok().await, json!({ "payload": ["one", "two"] }));
        assert_eq!(owner.post(&app, "/conversations/1/labels", &json!({ "labels": [] })).await, json!({ "payload": [] }));
    }
}

#[tokio::test]
async fn the_same_new_label_from_many_at_once_is_made_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        for _ in 0..6 {
            account.visitor().begin(&app, "hello").await;
        }
        let paths: Vec<String> = (1..=6).map(|n| owner.at(n, "/labels")).collect();
        join_all(paths.iter().map(|path| app.post(path).by(owner).json(&json!({ "labels": ["rush"] })).ok())).await;
        assert_eq!(titles(&app, &account).await, ["rush"]);
        assert_eq!(owner.conversation(&app, 6).await["labels"], json!(["rush"]));
    }
}

#[tokio::test]
async fn labels_are_heard_of_by_members_and_by_no_contact() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        visitor.begin(&app, "hello").await;
        let (mut desk, mut chat) = (app.follow(owner).await, app.follow_as(&visitor).await);
        owner.post(&app, "/conversations/1/labels", &json!({ "labels": ["vip"] })).await;
        let told = desk.event("labels_changed").await;
        assert_shape(&told["event"]["labels"], &json!([shapes::label()]));
        assert_eq!((&told["event"]["was"], &told["event"]["becomes"]), (&json!(null), &json!(null)));
        assert_eq!(desk.event("conversation_updated").await["event"]["conversation"]["labels"], json!(["vip"]));
        let id = owner.get(&app, "/labels").await["payload"][0]["id"].clone();
        let path = owner.path(&format!("/labels/{id}"));
        app.call("PATCH", &path).by(owner).json(&json!({ "title": "gold" })).ok().await;
        let told = desk.event("labels_changed").await;
        assert_eq!((&told["event"]["was"], &told["event"]["becomes"]), (&json!("vip"), &json!("gold")));
        app.call("DELETE", &path).by(owner).send().await.ok_empty();
        let told = desk.event("labels_changed").await;
        assert_eq!((&told["event"]["was"], &told["event"]["becomes"]), (&json!("gold"), &json!(null)));
        owner.reply(&app, 1, "hi").await;
        assert_eq!(chat.event("message_created").await["event"]["message"]["content"], "Olga Owner joined", "the first it hears of");
    }
}
