//! Open, resolved, and back: by members and by a contact's message (BEHAVIOUR 6.1).

use frontdesk_core::time::Millis;
use futures_util::future::join_all;
use serde_json::json;

use crate::app::{START, apps};
use crate::people::{column, list};

const WEEK: i64 = 7 * Millis::DAY;

#[tokio::test]
async fn a_contact_reopens_within_a_week() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.set_status(&app, 1, "resolved").await;
        assert_eq!(visitor.session(&app).await["conversation"]["status"], "resolved");
        app.pass(WEEK);
        account.owner.note(&app, 1, "a note never reopens").await;
        assert_eq!(account.owner.conversation(&app, 1).await["status"], "resolved");
        let written = visitor.write(&app, &uuid, "one more thing").await;
        assert_eq!((&written["conversation"]["id"], &written["conversation"]["status"]), (&json!(uuid), &json!("open")));
        assert_eq!(account.owner.conversation(&app, 1).await["status"], "open");
        let session = visitor.session(&app).await;
        let contents = column(&list(&session["messages"]), "content");
        assert_eq!(contents.len(), 4, "{contents:?}");
        assert!(contents[2].as_str().is_some_and(|it| it.ends_with("reopened the conversation")), "{contents:?}");
    }
}

#[tokio::test]
async fn after_a_week_a_message_begins_anew_and_only_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.set_status(&app, 1, "resolved").await;
        app.pass(WEEK + 1);
        let path = visitor.path(&format!("/conversations/{uuid}/messages"));
        let body = json!({ "content": "me again", "echo_id": "again" });
        let first = app.post(&path).from(&visitor).json(&body).ok().await;
        let repeated = app.post(&path).from(&visitor).json(&body).ok().await;
        assert_eq!(repeated["message"], first["message"], "a lost answer is asked for again");
        let changed = json!({ "content": "something else", "echo_id": "again" });
        app.post(&path).from(&visitor).json(&changed).send().await.invalid("echo_id");
        assert_ne!(first["conversation"]["id"], uuid);
        assert_eq!((&first["message"]["number"], &first["message"]["content"]), (&json!(1), &json!("me again")));
        assert_eq!(visitor.session(&app).await["conversation"]["id"], first["conversation"]["id"]);
        let listed = account.owner.get(&app, "/conversations?status=all").await;
        assert_eq!(column(&list(&listed["data"]["payload"]), "status"), ["open", "resolved"]);
    }
}

#[tokio::test]
async fn two_devices_that_write_after_a_week_begin_one_conversation() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.set_status(&app, 1, "resolved").await;
        app.pass(WEEK + 1);
        let written = join_all((0..8).map(|n| visitor.write(&app, &uuid, ["a", "b", "c", "d", "e", "f", "g", "h"][n]))).await;
        assert!(written.iter().all(|it| it["conversation"]["id"] == written[0]["conversation"]["id"]), "{written:?}");
        let listed = account.owner.get(&app, "/conversations?status=all").await;
        assert_eq!(listed["data"]["meta"]["all_count"], 2);
        assert_eq!(account.owner.messages(&app, 2).await.len(), 8);
    }
}

#[tokio::test]
async fn members_resolve_reopen_snooze_and_hold_back() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        for (status, shown) in [("resolved", "resolved"), ("open", "open"), ("snoozed", "open"), ("pending", "open")] {
            let answer = owner.set_status(&app, 1, status).await;
            let payload = json!({ "success": true, "current_status": status, "conversation_id": 1 });
            assert_eq!(answer, json!({ "meta": {}, "payload": payload }));
            assert_eq!(visitor.session(&app).await["conversation"]["status"], shown, "putting aside is the team's own business");
        }
        let toggled = owner.post(&app, "/conversations/1/toggle_status", &json!({})).await;
        assert_eq!(toggled["payload"]["current_status"], "open");
        let tomorrow = START.plus(Millis::DAY).as_seconds();
        let snooze = json!({ "status": "snoozed", "snoozed_until": tomorrow });
        owner.post(&app, "/conversations/1/toggle_status", &snooze).await;
        assert_eq!(owner.conversation(&app, 1).await["snoozed_until"], tomorrow);
        visitor.write(&app, &uuid, "wake up").await;
        let woken = owner.conversation(&app, 1).await;
        assert_eq!((&woken["status"], &woken["snoozed_until"]), (&json!("open"), &json!(null)));
        for (field, body) in [
            ("status", json!({ "status": "closed" })),
            ("status", json!({ "status": 1 })),
            ("snoozed_until", json!({ "status": "snoozed", "snoozed_until": START.as_seconds() })),
            ("snoozed_until", json!({ "status": "snoozed", "snoozed_until": "soon" })),
        ] {
            app.post(&owner.at(1, "/toggle_status")).by(owner).json(&body).send().await.invalid(field);
        }
    }
}

#[tokio::test]
async fn setting_what_is_so_already_tells_nobody() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let before = app.get("/api/v1/session").by(&account.owner).ok().await;
        account.owner.set_status(&app, 1, "open").await;
        assert_eq!(app.get("/api/v1/session").by(&account.owner).ok().await, before);
        assert_eq!(account.owner.messages(&app, 1).await.len(), 1);
    }
}
