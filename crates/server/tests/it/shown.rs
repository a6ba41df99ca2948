//! What the routes show: each answer in its exact shape, with the values that the story gave it.

use serde_json::json;

use crate::app::{START, apps};
use crate::people::{PASSWORD, number};
use crate::shape::assert_shape;
use crate::shapes;

#[tokio::test]
async fn the_installation_tells_its_state_and_version_to_anybody() {
    for app in apps().await {
        assert_eq!(app.get("/health").ok().await, json!({ "status": "ok" }));
        assert_eq!(app.get("/ready").ok().await, json!({ "status": "ok" }));
        let version = json!({ "product": "=Frontdesk", "version": "text", "timestamp": START.as_seconds(), "queue_services": "=ok", "data_services": "=ok" });
        assert_shape(&app.get("/api").ok().await, &version);
    }
}

#[tokio::test]
async fn a_session_tells_who_and_where_the_logs_stand() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let shape = json!({
            "user": { "id": account.owner.id, "name": "=Olga Owner", "available_name": "=Olga Owner", "email": "=olga@halden.example", "avatar_url": "=", "thumbnail": "=", "message_signature": "=", "ui_settings": "empty" },
            "epoch": "text",
            "accounts": [{ "id": account.id, "name": "=Halden", "role": "=administrator", "availability": "=available", "cursor": "int" }],
        });
        // The address is trimmed and lower-cased before it is compared.
        let begun = app.try_log_in("  Olga@HALDEN.example ", PASSWORD).await.ok();
        assert_shape(&begun, &shape);
        let login = app.log_in(&account.owner).await;
        assert_eq!(app.get("/api/v1/session").logged_in(&login).ok().await, begun);
        account.visitor().begin(&app, "hello").await;
        let later = app.get("/api/v1/session").by(&account.owner).ok().await;
        assert!(number(&later["accounts"][0]["cursor"]) > number(&begun["accounts"][0]["cursor"]), "{later}");
    }
}

#[tokio::test]
async fn a_profile_lists_all_accounts_of_a_person() {
    for app in apps().await {
        let first = app.account_of("Halden", "olga@halden.example", None).await;
        let second = app.account_of("Lunde", "olga@halden.example", None).await;
        let profile = app.get("/api/v1/profile").by(&first.owner).ok().await;
        let account = json!({
            "id": "int", "name": "=Halden|=Lunde", "role": "=administrator", "availability": "=available",
            "availability_status": "=online", "auto_offline": "bool", "status": "=active",
        });
        let shape = json!({
            "id": first.owner.id, "account_id": first.id, "name": "=Olga Owner", "available_name": "=Olga Owner",
            "display_name": "=Olga Owner", "email": "=olga@halden.example", "uid": "=olga@halden.example", "provider": "=email",
            "role": "=administrator", "confirmed": true, "avatar_url": "=", "thumbnail": "=", "message_signature": "=", "ui_settings": "empty", "accounts": [account],
        });
        assert_shape(&profile, &shape);
        assert_eq!((&profile["accounts"][0]["id"], &profile["accounts"][1]["id"]), (&json!(first.id), &json!(second.id)));
        assert_eq!(app.get("/api/v1/profile").by(&second.owner).ok().await, profile, "one person, whichever token");
    }
}

#[tokio::test]
async fn an_account_shows_its_agents_and_inboxes() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let maya = app.agent(&account, "Maya").await;
        let shown = account.owner.get(&app, "").await;
        assert_shape(
            &shown,
            &json!({ "id": account.id, "name": "=Halden", "locale": "=en", "status": "=active", "created_at": START.as_seconds() }),
        );

        let agents = maya.get(&app, "/agents").await;
        assert_shape(&agents, &json!([shapes::agent()]));
        assert_eq!((&agents[0]["role"], &agents[1]["role"]), (&json!("administrator"), &json!("agent")));
        assert_eq!((&agents[1]["id"], &agents[1]["email"]), (&json!(maya.id), &json!(maya.email)));

        let inboxes = maya.get(&app, "/inboxes").await;
        assert_shape(&inboxes, &json!({ "payload": [shapes::inbox()] }));
        let snippet = format!(r#"<script async src="http://desk.test/widget/{}.js"></script>"#, account.website_token);
        assert_eq!(inboxes["payload"][0]["web_widget_script"], snippet);
        assert_eq!(maya.get(&app, &format!("/inboxes/{}", account.inbox)).await, inboxes["payload"][0]);
    }
}

#[tokio::test]
async fn a_contact_is_created_listed_and_shown() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let place = json!([{ "source_id": "text", "hmac_verified": "bool", "inbox": shapes::inbox() }]);
        let full = json!({
            "inbox_id": account.inbox, "name": "Ann", "email": " Ann@Example.com", "phone_number": "+47 1234",
            "identifier": "crm-1", "custom_attributes": { "plan": "gold" }, "avatar_url": null, "something": [1, 2],
        });
        let created = owner.post(&app, "/contacts", &full).await;
        let shape = json!({ "payload": { "contact": shapes::contact(&place), "contact_inbox": { "inbox": shapes::inbox(), "source_id": "text" } } });
        assert_shape(&created, &shape);
        let contact = &created["payload"]["contact"];
        assert_eq!(
            (&contact["email"], &contact["phone_number"], &contact["identifier"]),
            (&json!("ann@example.com"), &json!("+47 1234"), &json!("crm-1"))
        );
        assert_eq!(contact["email_claimed"], false, "a member vouches for it");

        let bare = owner.post(&app, "/contacts", &json!({ "name": "Bob", "email": "" })).await;
        let nowhere = json!({ "inbox": "null", "source_id": "null" });
        assert_shape(&bare, &json!({ "payload": { "contact": shapes::contact(&json!([])), "contact_inbox": nowhere } }));

        let listed = owner.get(&app, "/contacts").await;
        assert_eq!(listed["meta"], json!({ "count": 2, "current_page": 1 }));
        assert_eq!(listed["payload"], json!([bare["payload"]["contact"], contact]), "newest first");
        assert_eq!(owner.get(&app, "/contacts?page=2").await, json!({ "meta": { "count": 2, "current_page": 2 }, "payload": [] }));
        assert_eq!(owner.get(&app, &format!("/contacts/{}", contact["id"])).await, json!({ "payload": contact }));

        for (field, taken) in [("email", json!({ "email": "ANN@example.com" })), ("identifier", json!({ "identifier": "crm-1" }))] {
            app.post(&owner.path("/contacts")).by(owner).json(&taken).send().await.invalid(field);
        }
        assert_eq!(owner.get(&app, "/contacts").await["meta"]["count"], 2);
    }
}

#[tokio::test]
async fn a_conversation_shows_the_same_in_lists_and_alone() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        app.pass(61_500);
        let listed = account.owner.get(&app, "/conversations").await;
        let meta = json!({ "mine_count": 0, "assigned_count": 0, "unassigned_count": 1, "all_count": 1 });
        assert_shape(&listed, &json!({ "data": { "meta": meta, "payload": [shapes::conversation()] } }));
        let shown = account.owner.conversation(&app, 1).await;
        assert_eq!(listed["data"]["payload"][0], shown);
        assert_eq!((&shown["uuid"], &shown["status"], &shown["inbox_id"]), (&json!(uuid), &json!("open"), &json!(account.inbox)));
        for field in ["created_at", "timestamp", "last_activity_at", "waiting_since"] {
            assert_eq!(shown[field], START.as_seconds(), "{field} is in unix seconds");
        }
        assert_eq!((&shown["incoming_count"], &shown["unread_count"], &shown["read_count"]), (&json!(1), &json!(1), &json!(0)));
        assert!(shown["meta"].get("assignee").is_none(), "absent while nobody owns it");

        account.owner.reply(&app, 1, "hi").await;
        let owned = account.owner.conversation(&app, 1).await;
        assert_shape(&owned, &shapes::conversation());
        assert_eq!(owned["meta"]["assignee"]["id"], account.owner.id);
        assert_eq!((&owned["waiting_since"], &owned["first_reply_created_at"]), (&json!(0), &json!(START.as_seconds() + 61)));
        assert_eq!(owned["messages"][0]["content"], "hi");
        assert_eq!(owned["last_non_activity_message"], owned["messages"][0]);
    }
}

#[tokio::test]
async fn messages_show_their_senders_and_their_conversation() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let sent = account.owner.reply(&app, 1, "  **hi**\n").await;
        assert_shape(&sent, &shapes::message());
        assert_eq!((&sent["content"], &sent["created_at_ms"]), (&json!("  **hi**\n"), &json!(START.0)));
        let page = account.owner.get(&app, "/conversations/1/messages").await;
        let meta = json!({
            "labels": [], "additional_attributes": shapes::page(), "contact": shapes::sender(), "assignee": shapes::agent(),
            "agent_last_seen_at": "int", "assignee_last_seen_at": "int",
        });
        assert_shape(&page, &json!({ "meta": meta, "payload": [shapes::message()] }));
        let told: Vec<_> = page["payload"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| json!([it["message_type"], it["sender_type"], it["private"]]))
            .collect();
        assert_eq!(told, [json!([0, "Contact", false]), json!([2, null, false]), json!([1, "User", false])]);
        assert_eq!(page["payload"][2], sent);
    }
}

#[tokio::test]
async fn a_member_begins_a_conversation_with_a_contact() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let contact = owner.post(&app, "/contacts", &json!({ "name": "Ann" })).await["payload"]["contact"]["id"].clone();
        let body = json!({ "inbox_id": account.inbox, "contact_id": contact, "message": { "content": "Hello Ann" }, "status": "open" });
        let begun = owner.post(&app, "/conversations", &body).await;
        assert_shape(&begun, &shapes::conversation());
        assert_eq!((&begun["meta"]["sender"]["id"], &begun["meta"]["assignee"]["id"]), (&contact, &json!(owner.id)));
        let silent =
            owner.post(&app, "/conversations", &json!({ "inbox_id": account.inbox, "contact_id": contact, "status": "pending" })).await;
        assert_eq!(
            (&silent["messages"], &silent["last_non_activity_message"], &silent["status"]),
            (&json!([]), &json!(null), &json!("pending"))
        );
        let elsewhere = app.account("Lunde").await;
        for (noun, body) in [
            ("Inbox", json!({ "inbox_id": elsewhere.inbox, "contact_id": contact })),
            ("Contact", json!({ "inbox_id": account.inbox, "contact_id": 9_000_000_000_000_000_000_i64 })),
        ] {
            app.post(&owner.path("/conversations")).by(owner).json(&body).send().await.refused(404, &format!("{noun} not found"));
        }
    }
}

#[tokio::test]
async fn a_visitor_sees_names_and_numbers_but_no_ids() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let session = |contact, conversation, messages, more| json!({ "epoch": "text", "cursor": "int", "contact": contact, "conversation": conversation, "messages": messages, "more": more });
        let unknown = visitor.session(&app).await;
        assert_shape(&unknown, &session(json!("null"), json!("null"), json!([]), json!(false)));
        assert_eq!(unknown["cursor"], 0);

        let opening = json!({ "key": "k", "echo_id": "e", "content": "hello", "name": " Ann ", "email": "ann@example.com" });
        let begun = app.post(&visitor.path("/conversations")).from(&visitor).json(&opening).ok().await;
        let sent = json!({ "conversation": shapes::visitor_conversation(&json!([])), "message": shapes::visitor_message() });
        assert_shape(&begun, &sent);
        assert_eq!(
            (&begun["message"]["from"], &begun["message"]["echo_id"], &begun["message"]["number"]),
            (&json!("me"), &json!("e"), &json!(1))
        );

        account.owner.reply(&app, 1, "hi").await;
        let known = visitor.session(&app).await;
        let agents = json!([{ "name": "=Olga Owner", "avatar_url": "=" }]);
        let contact = json!({ "name": "=Ann", "email": "=ann@example.com" });
        assert_shape(&known, &session(contact, shapes::visitor_conversation(&agents), json!([shapes::visitor_message()]), json!(false)));
        let told: Vec<_> =
            known["messages"].as_array().expect("a list").iter().map(|it| json!([it["from"], it["name"], it["content"]])).collect();
        assert_eq!(told, [json!(["me", null, "hello"]), json!(["event", null, "Olga Owner joined"]), json!(["agent", "Olga Owner", "hi"])]);
        assert_eq!(known["conversation"]["unread_count"], 1);
    }
}
