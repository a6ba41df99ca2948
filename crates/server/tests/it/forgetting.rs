//! What is deleted is nowhere: no search finds it, no index holds its words, no delivery to a webhook carries it, whenever it
//! was deleted; and what was merged is found under the one who stays.

use frontdesk_store::statements;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, column, list, number};
use crate::receiver::{Receiver, Reply};

statements! {
    /// Where the word stands that these stories delete.
    SAID = "SELECT COUNT(*) AS n FROM messages WHERE body LIKE '%zzsecret%'";
    INDEXED = "SELECT COUNT(*) AS n FROM message_search WHERE CAST(words AS TEXT) LIKE '%zzsecret%'";
    CARRIED = "SELECT COUNT(*) AS n FROM webhook_deliveries WHERE payload LIKE '%zzsecret%'";
    ANSWERED = "SELECT COUNT(*) AS n FROM webhook_deliveries WHERE answer LIKE '%zzsecret%'";
    /// Where the contact stands that these stories delete.
    KNOWN = "SELECT COUNT(*) AS n FROM contact_search WHERE CAST(words AS TEXT) LIKE '%zzann%'";
    NAMED = "SELECT COUNT(*) AS n FROM webhook_deliveries WHERE payload LIKE '%zzann%'";
}

/// How often the word stands in texts, in the index, in what is carried and in what was answered.
async fn places(app: &TestApp) -> [i64; 4] {
    [app.count(&SAID).await, app.count(&INDEXED).await, app.count(&CARRIED).await, app.count(&ANSWERED).await]
}

async fn found(app: &TestApp, member: &Member, typed: &str) -> Vec<Value> {
    column(&list(&member.get(app, &format!("/search?q={typed}")).await["payload"]["messages"]), "content")
}

async fn hook(app: &TestApp, account: &Account, replies: Vec<Reply>) -> Receiver {
    let receiver = Receiver::start().await;
    receiver.replies(replies);
    account.owner.post(app, "/webhooks", &json!({ "url": receiver.url() })).await;
    receiver
}

async fn delete(app: &TestApp, owner: &Member, message: i64) {
    app.call("DELETE", &owner.at(1, &format!("/messages/{message}"))).by(owner).send().await.ok_empty();
}

#[tokio::test]
async fn a_deleted_text_leaves_search_index_and_deliveries() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        // One that repeats what it is told, one that takes nothing.
        let says = |text: &str| Reply::Status(200, text.to_owned());
        // The first is told of the contact.
        let echo = std::iter::once(says("thanks")).chain((0..20).map(|_| says("you said zzsecret"))).collect();
        let receiver = hook(&app, &account, echo).await;
        hook(&app, &account, (0..20).map(|_| Reply::Status(500, String::new())).collect()).await;
        let visitor = account.visitor();
        visitor.begin(&app, "my card is zzsecret").await;
        owner.set_status(&app, 1, "resolved").await;
        app.run_jobs().await;
        assert_eq!(found(&app, owner, "zzsecret").await, ["my card is zzsecret"]);
        assert!(places(&app).await.iter().all(|n| *n > 0), "{:?}", places(&app).await);
        let message = number(&owner.messages(&app, 1).await[0]["id"]);
        delete(&app, owner, message).await;
        assert!(found(&app, owner, "zzsecret").await.is_empty());
        let [said, _, carried, answered] = places(&app).await;
        assert_eq!((said, carried, answered), (0, 0, 0), "with the deletion itself");
        app.run_jobs().await;
        assert_eq!(places(&app).await[..3], [0; 3]);
        let told = receiver.requests().last().map(crate::receiver::Request::json).expect("it was told");
        assert_eq!((&told["event"], &told["id"]), (&json!("message_updated"), &json!(message)));
        assert_eq!((&told["content"], &told["message_type"]), (&json!("This message was deleted"), &json!("incoming")));
        assert_eq!((&told["content_attributes"], &told["conversation"]["id"]), (&json!({ "deleted": true }), &json!(1)));
        // Made again, the index holds none of it either.
        app.rebuild_index().await;
        app.run_jobs().await;
        assert_eq!(places(&app).await[1], 0);
    }
}

#[tokio::test]
async fn a_text_that_is_deleted_before_anybody_looked_is_told_to_nobody() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let receiver = hook(&app, &account, Vec::new()).await;
        account.visitor().begin(&app, "zzsecret").await;
        let message = number(&account.owner.messages(&app, 1).await[0]["id"]);
        delete(&app, &account.owner, message).await;
        app.run_jobs().await;
        assert_eq!(places(&app).await, [0; 4]);
        let told: Vec<_> = receiver.requests().iter().map(crate::receiver::Request::json).collect();
        assert_eq!(column(&told, "event"), ["contact_created", "conversation_created", "message_created", "message_updated"]);
    }
}

#[tokio::test]
async fn a_deleted_contact_takes_everything_along() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let _receiver = hook(&app, &account, Vec::new()).await;
        account.visitor().begin(&app, "zzsecret").await;
        let contact = number(&owner.conversation(&app, 1).await["meta"]["sender"]["id"]);
        let path = owner.path(&format!("/contacts/{contact}"));
        app.call("PUT", &path).by(owner).json(&json!({ "name": "zzann Berg" })).ok().await;
        app.run_jobs().await;
        assert!(app.count(&KNOWN).await > 0 && app.count(&INDEXED).await > 0 && app.count(&NAMED).await > 0);
        app.call("DELETE", &path).by(owner).send().await.ok_empty();
        assert_eq!(places(&app).await, [0; 4]);
        assert_eq!((app.count(&KNOWN).await, app.count(&NAMED).await), (0, 0));
        app.run_jobs().await;
        assert_eq!(places(&app).await, [0; 4]);
        assert!(found(&app, owner, "zzsecret").await.is_empty());
    }
}

#[tokio::test]
async fn what_a_merged_contact_wrote_is_found_under_the_one_who_stays() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let receiver = hook(&app, &account, (0..20).map(|_| Reply::Status(500, String::new())).collect()).await;
        account.visitor().begin(&app, "zzsecret").await;
        let other = number(&owner.conversation(&app, 1).await["meta"]["sender"]["id"]);
        let path = owner.path(&format!("/contacts/{other}"));
        app.call("PUT", &path).by(owner).json(&json!({ "phone_number": "+4799887766" })).ok().await;
        let made = owner.post(&app, "/contacts", &json!({ "name": "Ingrid" })).await;
        let base = number(&made["payload"]["contact"]["id"]);
        app.run_jobs().await;
        let waiting = app.count(&CARRIED).await;
        assert!(waiting > 0);
        owner.post(&app, "/actions/contact_merge", &json!({ "base_contact_id": base, "mergee_contact_id": other })).await;
        assert_eq!(app.count(&CARRIED).await, waiting, "webhooks are told all the same");
        app.run_jobs().await;
        let message = &owner.get(&app, "/search?q=zzsecret").await["payload"]["messages"][0];
        assert_eq!((&message["content"], &message["contact_name"]), (&json!("zzsecret"), &json!("Ingrid")));
        let known = owner.get(&app, "/search?q=99887766").await["payload"]["contacts"].clone();
        let by_number = owner.get(&app, "/search?q=%2b4799887766").await["payload"]["contacts"].clone();
        assert_eq!(column(&list(&by_number), "id"), [base], "{known}");
        let last = owner.get(&app, "/webhooks/1/deliveries").await["payload"][0].clone();
        assert_eq!(last["event"], "contact_updated");
        // And what is deleted of theirs goes from what is yet to be told.
        let id = number(&owner.messages(&app, 1).await[0]["id"]);
        delete(&app, owner, id).await;
        app.run_jobs().await;
        assert_eq!(places(&app).await[..3], [0; 3]);
        drop(receiver);
    }
}
