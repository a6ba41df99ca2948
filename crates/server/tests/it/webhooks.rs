//! Webhooks over REST: whose they are, what they may be, and the shapes that client libraries read. Sending is in
//! `deliveries`.

use serde_json::{Value, json};

use crate::app::apps;
use crate::people::{column, list};
use crate::shape::assert_shape;

fn shape() -> Value {
    json!({
        "id": "int", "account_id": "int", "name": "text", "url": "text", "subscriptions": ["text"],
        "inbox": "null", "secret": "text", "created_at": "int", "updated_at": "int",
    })
}

#[tokio::test]
async fn an_administrator_makes_changes_and_deletes_webhooks() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let made = owner
            .post(&app, "/webhooks", &json!({ "url": "https://example.com/a", "name": "CRM", "subscriptions": ["message_created"] }))
            .await;
        assert_shape(&made, &json!({ "payload": { "webhook": shape() } }));
        let id = made["payload"]["webhook"]["id"].clone();
        // As client libraries send it: nested under its noun.
        owner.post(&app, "/webhooks", &json!({ "webhook": { "url": "https://example.com/b" } })).await;
        let all = owner.get(&app, "/webhooks").await;
        assert_shape(&all, &json!({ "payload": { "webhooks": [shape()] } }));
        let webhooks = list(&all["payload"]["webhooks"]);
        assert_eq!(webhooks[1]["subscriptions"].as_array().map(Vec::len), Some(8), "naming none asks for all");
        assert_ne!(webhooks[0]["secret"], webhooks[1]["secret"]);
        let path = owner.path(&format!("/webhooks/{id}"));
        for method in ["PATCH", "PUT"] {
            let change = json!({ "subscriptions": ["conversation_created", "contact_created"], "inbox_id": account.inbox });
            let changed = app.call(method, &path).by(owner).json(&change).ok().await;
            let webhook = &changed["payload"]["webhook"];
            assert_eq!(webhook["subscriptions"], json!(["conversation_created", "contact_created"]));
            assert_eq!((&webhook["url"], &webhook["name"]), (&json!("https://example.com/a"), &json!("CRM")));
            assert_eq!(webhook["inbox"]["id"], account.inbox);
            assert_eq!(webhook["secret"], webhooks[0]["secret"]);
        }
        let back = app.call("PATCH", &path).by(owner).json(&json!({ "inbox_id": "", "name": "" })).ok().await;
        assert_shape(&back, &json!({ "payload": { "webhook": shape() } }));
        app.call("DELETE", &path).by(owner).json(&json!({})).send().await.ok_empty();
        app.call("DELETE", &path).by(owner).send().await.refused(404, "Webhook not found");
        app.get(&path).by(owner).send().await.refused(404, "Webhook not found");
        assert_eq!(column(&list(&owner.get(&app, "/webhooks").await["payload"]["webhooks"]), "url"), ["https://example.com/b"]);
    }
}

#[tokio::test]
async fn what_no_webhook_can_be_is_refused_with_the_field_named() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let other = app.account("Lunde").await;
        let path = account.owner.path("/webhooks");
        let ask = async |body: Value| app.post(&path).by(&account.owner).json(&body).send().await;
        let good = "https://example.com/hook";
        for (field, body) in [
            ("url", json!({})),
            ("url", json!({ "url": "" })),
            ("url", json!({ "url": "example.com" })),
            ("url", json!({ "url": "ftp://example.com" })),
            ("url", json!({ "url": "https://ann:pw@example.com" })),
            ("url", json!({ "url": 3 })),
            ("url", json!({ "url": format!("https://example.com/{}", "a".repeat(2_000)) })),
            ("subscriptions", json!({ "url": good, "subscriptions": ["everything"] })),
            ("subscriptions", json!({ "url": good, "subscriptions": [] })),
            ("subscriptions", json!({ "url": good, "subscriptions": "message_created" })),
            ("name", json!({ "url": good, "name": "a\u{7}" })),
            ("inbox_id", json!({ "url": good, "inbox_id": "x" })),
            ("inbox_id", json!({ "url": good, "inbox_id": other.inbox })),
        ] {
            ask(body).await.invalid(field);
        }
        ask(json!({ "url": good })).await.ok();
        ask(json!({ "url": good })).await.invalid("url");
        for n in 1..50 {
            ask(json!({ "url": format!("{good}/{n}") })).await.ok();
        }
        ask(json!({ "url": format!("{good}/50") })).await.invalid("webhook");
    }
}

#[tokio::test]
async fn webhooks_are_the_business_of_the_accounts_administrators() {
    for app in apps().await {
        let (account, other) = (app.account("Halden").await, app.account("Lunde").await);
        let agent = app.agent(&account, "Maya").await;
        let made = account.owner.post(&app, "/webhooks", &json!({ "url": "https://example.com/a" })).await;
        let id = &made["payload"]["webhook"]["id"];
        app.get(&agent.path("/webhooks")).by(&agent).send().await.refused(403, "Access denied");
        app.get(&other.owner.path(&format!("/webhooks/{id}"))).by(&other.owner).send().await.refused(404, "Webhook not found");
        let deliveries = other.owner.path(&format!("/webhooks/{id}/deliveries"));
        app.get(&deliveries).by(&other.owner).send().await.refused(404, "Webhook not found");
        app.get(&account.owner.path("/webhooks/abc")).by(&account.owner).send().await.refused(404, "Webhook not found");
    }
}
