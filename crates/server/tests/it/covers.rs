//! What stands on a conversation's cover: priority, attributes, where the visitor wrote from; and marking it unread.

use serde_json::{Value, json};

use crate::app::apps;

#[tokio::test]
async fn a_priority_is_set_and_taken_away() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        account.visitor().begin(&app, "hello").await;
        let path = owner.at(1, "/toggle_priority");
        for (priority, shown) in
            [(json!("urgent"), json!("urgent")), (json!("none"), json!(null)), (json!("low"), json!("low")), (json!(null), json!(null))]
        {
            app.post(&path).by(owner).json(&json!({ "priority": priority })).send().await.ok_empty();
            assert_eq!(owner.conversation(&app, 1).await["priority"], shown);
        }
        app.post(&path).by(owner).json(&json!({ "priority": "top" })).send().await.invalid("priority");
        let patched = app.call("PATCH", &owner.at(1, "")).by(owner).json(&json!({ "priority": "high" })).ok().await;
        assert_eq!(patched["priority"], "high");
        let before = app.cursor(&account).await;
        let same = app.call("PATCH", &owner.at(1, "")).by(owner).json(&json!({ "priority": "high", "status": null })).ok().await;
        assert_eq!((&same["priority"], app.cursor(&account).await), (&json!("high"), before), "no news");
        app.call("PATCH", &owner.at(1, "")).by(owner).json(&json!({ "priority": 1 })).send().await.invalid("priority");
    }
}

#[tokio::test]
async fn custom_attributes_are_kept_as_they_came_within_bounds() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        account.visitor().begin(&app, "hello").await;
        let path = owner.at(1, "/custom_attributes");
        let all = json!({ "plan": "gold", "seats": 3, "nested": { "a": [1, null, "\u{0}\u{1F600}"] } });
        let answer = app.post(&path).by(owner).json(&json!({ "custom_attributes": all })).ok().await;
        assert_eq!(answer, json!({ "custom_attributes": all }));
        assert_eq!(owner.conversation(&app, 1).await["custom_attributes"], all);
        app.post(&path).by(owner).json(&json!({ "custom_attributes": { "plan": "free" } })).ok().await;
        assert_eq!(owner.conversation(&app, 1).await["custom_attributes"], json!({ "plan": "free" }), "replaced as a whole");
        let named = json!({ "custom_attributes": { "order": 7, "plan": null, "never": null } });
        let changed = app.call("PATCH", &owner.at(1, "")).by(owner).json(&named).ok().await;
        assert_eq!(changed["custom_attributes"], json!({ "order": 7 }), "one by one");
        let large = json!({ "custom_attributes": { "a": "x".repeat(16_384) } });
        app.call("PATCH", &owner.at(1, "")).by(owner).json(&large).send().await.invalid("custom_attributes");
        for bad in [json!({ "a": "x".repeat(20_000) }), json!(null), json!([]), json!("text")] {
            app.post(&path).by(owner).json(&json!({ "custom_attributes": bad })).send().await.invalid("custom_attributes");
        }
    }
}

#[tokio::test]
async fn a_conversation_made_over_rest_may_come_with_a_cover() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya) = (&account.owner, app.agent(&account, "Maya").await);
        let contact = owner.post(&app, "/contacts", &json!({ "name": "Ann" })).await["payload"]["contact"]["id"].clone();
        let mut body = json!({
            "inbox_id": account.inbox, "contact_id": contact, "assignee_id": maya.id,
            "additional_attributes": { "language": "nb" }, "custom_attributes": { "order": 7 },
        });
        let begun = owner.post(&app, "/conversations", &body).await;
        assert_eq!(
            (&begun["additional_attributes"], &begun["custom_attributes"], &begun["meta"]["assignee"]["id"]),
            (&json!({ "language": "nb" }), &json!({ "order": 7 }), &json!(maya.id))
        );
        body["assignee_id"] = json!(999_999);
        app.post(&owner.path("/conversations")).by(owner).json(&body).send().await.invalid("assignee_id");
        assert_eq!(owner.get(&app, "/conversations").await["data"]["meta"]["all_count"], 1, "nothing of it is stored");
    }
}

#[tokio::test]
async fn where_a_visitor_writes_from_is_kept_with_the_conversation() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let opening = json!({
            "key": "k", "echo_id": "e", "content": "hello", "page_url": format!("https://shop.example/{}", "x".repeat(5_000)),
            "page_title": "Fjord\u{0} bowl", "referrer": "javascript:alert(1)", "language": "nb-NO",
        });
        let agent = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
        app.post(&visitor.path("/conversations")).header("user-agent", agent).from(&visitor).json(&opening).ok().await;
        let kept = account.owner.conversation(&app, 1).await["additional_attributes"].clone();
        assert_eq!(kept["page_url"].as_str().map(str::len), Some(2_000), "cut, not refused");
        let rest = json!([kept["browser"], kept["platform"], kept["page_title"], kept["language"], kept["initiated_at"], kept["referrer"]]);
        assert_eq!(rest, json!(["Firefox", "Android", "Fjord bowl", "nb-NO", "2026-09-21T14:13:20Z", null]));
        let session = visitor.session(&app).await;
        assert!(!session.to_string().contains("Firefox"), "contacts are not told what is known of them");
    }
}

#[tokio::test]
async fn unread_brings_the_newest_message_back_on_own_devices_only() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "1").await;
        visitor.write(&app, &uuid, "2").await;
        maya.post(&app, "/conversations/1/update_last_seen", &json!({})).await;
        let (mut phone, mut colleague) = (app.follow(&maya).await, app.follow(&account.owner).await);
        let back = maya.post(&app, "/conversations/1/unread", &json!({})).await;
        assert_eq!((&back["read_count"], &back["unread_count"]), (&json!(1), &json!(1)));
        let told = phone.event("conversation_unread").await;
        assert_eq!((&told["event"]["conversation_id"], &told["event"]["read_count"]), (&json!(1), &json!(1)));
        let before = app.cursor(&account).await;
        maya.post(&app, "/conversations/1/unread", &json!({})).await;
        account.owner.post(&app, "/conversations/1/unread", &json!({})).await;
        assert_eq!(app.cursor(&account).await, before, "what is unread already is no news");
        maya.note(&app, 1, "done").await;
        assert_eq!(colleague.event("message_created").await["event"]["message"]["content"], "done", "a colleague hears nothing of it");
    }
}

#[tokio::test]
async fn typing_over_rest_is_typing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        visitor.begin(&app, "hello").await;
        let (mut colleague, mut chat) = (app.follow(&account.owner).await, app.follow_as(&visitor).await);
        let path = maya.at(1, "/toggle_typing_status");
        app.post(&path).by(&maya).json(&json!({ "typing_status": "on", "is_private": true })).send().await.ok_empty();
        assert_eq!(colleague.expect("typing").await["who"]["name"], "Maya");
        app.post(&path).by(&maya).json(&json!({ "typing_status": "off" })).send().await.ok_empty();
        assert_eq!(colleague.expect("typing").await["on"], false);
        let heard = chat.expect("typing").await;
        assert_eq!((&heard["who"]["name"], &heard["on"]), (&json!("Maya"), &json!(false)), "the note was not told");
        for bad in [json!({ "typing_status": "maybe" }), json!({}), json!({ "typing_status": Value::Null })] {
            app.post(&path).by(&maya).json(&bad).send().await.invalid("typing_status");
        }
    }
}
