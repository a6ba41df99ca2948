//! Contacts who were merged by hand: who reads what afterwards, who may do it, and what goes with them.

use frontdesk_store::params;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, Visitor, list, number};
use crate::sql;

async fn sender(app: &TestApp, account: &Account, number: i64) -> Value {
    account.owner.conversation(app, number).await["meta"]["sender"]["id"].clone()
}

async fn merge(app: &TestApp, member: &Member, base: &Value, other: &Value) -> Value {
    let body = json!({ "base_contact_id": base, "mergee_contact_id": other });
    member.post(app, "/actions/contact_merge", &body).await
}

fn messages_of(visitor: &Visitor, uuid: &str) -> String {
    visitor.path(&format!("/conversations/{uuid}/messages"))
}

#[tokio::test]
async fn a_browser_that_nobody_vouched_for_reads_only_what_began_in_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, anna, impostor) = (&account.owner, account.visitor(), account.visitor());
        let hers = anna.begin(&app, "my secret").await;
        let file = anna.send_file(&app, &hers, ("mine.txt", b"words")).await["message"]["attachments"][0]["data_url"].clone();
        let others = impostor.begin(&app, "I am Anna").await;
        for conversation in [1, 2] {
            owner.reply(&app, conversation, "hello").await;
        }
        let (base, other) = (sender(&app, &account, 1).await, sender(&app, &account, 2).await);
        let named = json!({ "name": "Anna Berg" });
        app.call("PATCH", &owner.path(&format!("/contacts/{base}"))).by(owner).json(&named).ok().await;
        merge(&app, owner, &base, &other).await;
        app.pass(1_000);
        anna.write(&app, &hers, "and another one").await;

        for (visitor, own, foreign) in [(&impostor, &others, &hers), (&anna, &hers, &others)] {
            let session = visitor.session(&app).await;
            assert_eq!(session["conversation"]["id"], **own, "each goes on in their own");
            assert_eq!(session["contact"], json!({ "name": null, "email": null }), "who the other may be is not told");
            app.get(&messages_of(visitor, foreign)).from(visitor).send().await.refused(404, "Conversation not found");
            let sent = json!({ "content": "hello", "echo_id": "e" });
            app.post(&messages_of(visitor, foreign)).from(visitor).json(&sent).send().await.refused(404, "Conversation not found");
            app.get(&messages_of(visitor, own)).from(visitor).ok().await;
        }
        let path = file.as_str().expect("a path");
        assert_eq!(app.get(path).from(&anna).send().await.status, 200);
        app.get(path).from(&impostor).send().await.refused(404, "Attachment not found");

        let mut line = app.follow_as(&impostor).await;
        owner.reply(&app, 1, "for Anna alone").await;
        owner.reply(&app, 2, "for the other").await;
        assert_eq!(line.event("message_created").await["event"]["message"]["content"], "for the other");

        // Once the website vouches for both, they are one person.
        app.sql(&sql::VERIFY, params![number(&base)]).await;
        assert_eq!(impostor.session(&app).await["contact"]["name"], "Anna Berg");
        app.get(&messages_of(&impostor, &hers)).from(&impostor).ok().await;
        owner.reply(&app, 1, "for both").await;
        assert_eq!(line.event("message_created").await["event"]["message"]["content"], "for both");
        assert_eq!(app.get(path).from(&impostor).send().await.status, 200);
    }
}

#[tokio::test]
async fn what_two_contacts_know_is_kept_as_far_as_it_fits() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let make = async |fields: Value| {
            let made = owner.post(&app, "/contacts", &json!({ "name": "Anna", "custom_attributes": fields })).await;
            made["payload"]["contact"]["id"].clone()
        };
        let base = make(json!({ "plan": "gold", "notes": "n".repeat(10_000) })).await;
        let other = make(json!({ "plan": "free", "history": "h".repeat(10_000), "seats": 3 })).await;
        let kept = merge(&app, owner, &base, &other).await["custom_attributes"].clone();
        assert_eq!((&kept["plan"], &kept["seats"], &kept["history"]), (&json!("gold"), &json!(3), &Value::Null));
        assert_eq!(kept["notes"].as_str().map(str::len), Some(10_000));
        // And so they may be changed like any other's.
        let change = json!({ "custom_attributes": { "seats": 4 } });
        let path = owner.path(&format!("/contacts/{base}"));
        assert_eq!(app.call("PATCH", &path).by(owner).json(&change).ok().await["payload"]["custom_attributes"]["seats"], 4);
    }
}

#[tokio::test]
async fn an_agent_merges_only_whom_they_see_whole() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya) = (&account.owner, app.agent(&account, "Maya").await);
        let (shop, token) = app.inbox(&account, "Shop").await;
        account.visitor().begin(&app, "seen by Maya").await;
        Visitor::on(&token).begin(&app, "not for Maya").await;
        app.sql(&sql::LEAVE_INBOX, params![shop, maya.id]).await;
        let (seen, hidden) = (sender(&app, &account, 1).await, sender(&app, &account, 2).await);
        for (base, other) in [(&seen, &hidden), (&hidden, &seen)] {
            let body = json!({ "base_contact_id": base, "mergee_contact_id": other });
            app.post(&maya.path("/actions/contact_merge")).by(&maya).json(&body).send().await.refused(403, "Access denied");
        }
        assert_eq!(merge(&app, owner, &seen, &hidden).await["id"], seen);
    }
}

#[tokio::test]
async fn a_typed_address_stays_a_claim_and_deliveries_go_along() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let opening = json!({ "key": "k", "echo_id": "e", "content": "hello", "email": "anna@example.com" });
        app.post(&visitor.path("/conversations")).from(&visitor).json(&opening).ok().await;
        let claimed = sender(&app, &account, 1).await;
        let made = owner.post(&app, "/contacts", &json!({ "name": "Somebody" })).await["payload"]["contact"]["id"].clone();
        owner.post(&app, "/webhooks", &json!({ "url": "https://example.com/a" })).await;
        app.sql(&sql::DELIVER, params![number(&made)]).await;
        let before = app.count(&sql::DELIVERIES).await;
        merge(&app, owner, &claimed, &made).await;
        assert_eq!(app.count(&sql::DELIVERIES).await, before, "what waits to be sent is not lost");
        // Whoever surely has the address may still be made known with it.
        owner.post(&app, "/contacts", &json!({ "name": "Anna", "email": "anna@example.com" })).await;
    }
}

#[tokio::test]
async fn a_contact_who_writes_was_active() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        let path = format!("/contacts/{}", sender(&app, &account, 1).await);
        let active = async || number(&owner.get(&app, &path).await["payload"]["last_activity_at"]);
        let begun = active().await;
        app.pass(60_000);
        owner.reply(&app, 1, "hello").await;
        assert_eq!(active().await, begun, "what others do is no activity of theirs");
        visitor.write(&app, &uuid, "still here").await;
        assert_eq!(active().await, begun + 60);
    }
}

#[tokio::test]
async fn a_retry_of_a_message_that_was_deleted_with_its_file_is_its_first_copy() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        let sent = json!({ "attachments": [visitor.upload(&app, ("a.txt", b"words")).await], "echo_id": "again" });
        let first = app.post(&messages_of(&visitor, &uuid)).from(&visitor).json(&sent).ok().await;
        let id = list(&json!(owner.messages(&app, 1).await))[1]["id"].clone();
        app.call("DELETE", &owner.at(1, &format!("/messages/{id}"))).by(owner).send().await.ok_empty();
        app.run_jobs().await;
        let again = app.post(&messages_of(&visitor, &uuid)).from(&visitor).json(&sent).ok().await;
        assert_eq!((&again["message"]["number"], &again["message"]["deleted"]), (&first["message"]["number"], &json!(true)));
    }
}
