//! What a person changes of themselves, and who sees it.

use futures_util::future::join_all;
use serde_json::{Map, Value, json};

use crate::app::apps;
use crate::call::form;
use crate::files::PNG;
use crate::people::{PASSWORD, number};
use crate::shape::assert_shape;
use crate::shapes;
use crate::sql;
use frontdesk_store::params;

const FORM: &str = "multipart/form-data; boundary=b";

#[tokio::test]
async fn a_name_and_a_picture_change_everywhere_and_live() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let agent = app.agent(&account, "Maya").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        agent.reply(&app, 1, "hi").await;
        let mut owner = app.follow(&account.owner).await;
        let body = form(&[("profile[name]", "Maya Lind")], &[("profile[avatar]", "me.png", PNG)]);
        let profile = app.call("PUT", "/api/v1/profile").by(&agent).text(FORM, body).ok().await;
        let url = profile["avatar_url"].as_str().expect("an address").to_owned();
        assert!(url.starts_with("/pictures/") && url.rsplit_once('.').is_some_and(|it| it.1 == "png") && url.len() > 40, "{url}");
        assert_eq!((&profile["name"], &profile["thumbnail"]), (&json!("Maya Lind"), &json!(url)));
        let told = owner.event("member_updated").await;
        assert_shape(&told["event"], &json!({ "kind": "=member_updated", "at": "int", "agent": shapes::agent() }));
        assert_eq!((&told["event"]["agent"]["name"], &told["event"]["agent"]["avatar_url"]), (&json!("Maya Lind"), &json!(url)));

        let picture = app.get(&url).send().await;
        assert_eq!((picture.status, &picture.bytes[..], picture.header("content-type")), (200, PNG, Some("image/png")));
        assert_eq!(picture.header("cache-control"), Some("public, max-age=31536000, immutable"));
        let thread = account.owner.messages(&app, 1).await;
        assert_eq!(thread.last().expect("there is a reply")["sender"]["thumbnail"], url);
        let chat = visitor.session(&app).await;
        assert_eq!(
            (&chat["conversation"]["agents"][0]["avatar_url"], &chat["conversation"]["agents"][0]["name"]),
            (&json!(url), &json!("Maya Lind"))
        );
        assert_eq!(chat["messages"].as_array().and_then(|it| it.last()).expect("there is a reply")["avatar_url"], url);
        assert_eq!(app.get("/api/v1/session").by(&agent).ok().await["user"]["avatar_url"], url);

        let without = app.call("DELETE", "/api/v1/profile/avatar").by(&agent).ok().await;
        assert_eq!(without["avatar_url"], "");
        app.get(&url).send().await.refused(404, "Resource could not be found");
        owner.event("member_updated").await;
    }
}

#[tokio::test]
async fn every_account_of_a_person_hears_of_a_new_name_or_none_does() {
    for app in apps().await {
        let first = app.account("Halden").await;
        let maya = app.agent(&first, "Maya").await;
        let second = app.account_of("Lunde", &maya.email, None).await;
        assert_eq!(second.owner.id, maya.id);
        let (mut here, mut there) = (app.follow(&first.owner).await, app.follow(&second.owner).await);
        // They are in both accounts, and each stands somewhere.
        there.expect("reload").await;
        app.call("PUT", "/api/v1/profile").by(&maya).json(&json!({ "name": "Maya Lind" })).ok().await;
        assert_eq!(here.event("member_updated").await["event"]["agent"]["name"], "Maya Lind");
        let mut told = [there.event("member_updated").await, there.event("member_updated").await].map(|it| number(&it["account_id"]));
        told.sort_unstable();
        assert_eq!(told, [first.id, second.id]);
        // The second account's log takes nothing: then nobody is told, and nothing changed.
        let place = app.cursor(&second).await + 1;
        app.sql(&sql::BLOCK_LOG, params![second.id, place]).await;
        let before = app.cursor(&first).await;
        let answer = app.call("PUT", "/api/v1/profile").by(&maya).json(&json!({ "name": "Maya Berg" })).send().await;
        assert!(answer.status >= 400, "{}", answer.status);
        assert_eq!(app.get("/api/v1/profile").by(&maya).ok().await["name"], "Maya Lind");
        assert_eq!(app.cursor(&first).await, before);
    }
}

#[tokio::test]
async fn only_a_small_picture_is_one() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let send = async |name: &str, bytes: &[u8]| {
            let body = form(&[], &[("avatar", name, bytes)]);
            app.call("PATCH", "/api/v1/profile").by(&account.owner).text(FORM, body).send().await
        };
        send("me.png", b"<!DOCTYPE html><script>alert(1)</script>").await.invalid("avatar");
        send("me.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>").await.invalid("avatar");
        send("me.gif", b"GIF89a\x01\0\x01\0\0\0\0,").await.invalid("avatar");
        send("me.png", b"").await.invalid("avatar");
        let mut large = PNG.to_vec();
        large.resize(1_024 * 1_024 + 1, 0);
        send("me.png", &large).await.invalid("avatar");
        let refused = form(&[("name", " ")], &[("avatar", "me.png", PNG)]);
        app.call("PATCH", "/api/v1/profile").by(&account.owner).text(FORM, refused).send().await.invalid("name");
        assert_eq!(crate::files::stored(&app).len(), 0);
        large.truncate(1_024 * 1_024);
        send("me.png", &large).await.ok();
        send("me.png", PNG).await.ok();
        assert_eq!(crate::files::stored(&app).len(), 1, "the old one is gone");
        // A picture is sent, not named.
        let named = app.call("PATCH", "/api/v1/profile").by(&account.owner).json(&json!({ "avatar": "/pictures/other.png" })).ok().await;
        assert!(named["avatar_url"].as_str().is_some_and(|it| !it.contains("other")), "{named}");
        for name in ["x.png", "..%2f..%2fsecret-key", "0123abcd-0123.png", "0123abcd-0123.html"] {
            app.get(&format!("/pictures/{name}")).send().await.refused(404, "Resource could not be found");
        }
    }
}

#[tokio::test]
async fn settings_are_merged_by_name_and_bounded() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let set = async |body: Value| app.call("PATCH", "/api/v1/profile").by(&account.owner).json(&body).send().await;
        let notifications = json!({ "sound": true, "desktop": false, "about": "mine" });
        set(json!({ "ui_settings": { "notifications": notifications, "theme": "dark" } })).await.ok();
        let both = set(json!({ "ui_settings": { "theme": null, "dense": true }, "message_signature": "Olga\n*Halden*\n" })).await.ok();
        assert_eq!(both["ui_settings"], json!({ "notifications": notifications, "dense": true }));
        assert_eq!(both["message_signature"], "Olga\n*Halden*");
        let session = app.get("/api/v1/session").by(&account.owner).ok().await;
        assert_eq!(
            (&session["user"]["ui_settings"], &session["user"]["message_signature"]),
            (&both["ui_settings"], &both["message_signature"])
        );
        set(json!({ "ui_settings": { "much": "x".repeat(8_200) } })).await.invalid("ui_settings");
        for wrong in [json!([]), json!("dark"), json!(5)] {
            set(json!({ "ui_settings": wrong })).await.invalid("ui_settings");
        }
        set(json!({ "message_signature": "x".repeat(1_001) })).await.invalid("message_signature");
        set(json!({ "name": " " })).await.invalid("name");
        set(json!({ "name": "a\r\nb" })).await.invalid("name");
        assert_eq!(set(json!({})).await.ok(), both, "nothing sent changes nothing");
    }
}

#[tokio::test]
async fn devices_that_change_different_settings_at_once_undo_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let all: Map<String, Value> = (0..8).map(|device| (format!("of_{device}"), json!(device))).collect();
        let set = async |(name, value): (&String, &Value)| {
            let body = json!({ "ui_settings": { name: value } });
            app.call("PATCH", "/api/v1/profile").by(&account.owner).json(&body).ok().await;
        };
        join_all(all.iter().map(set)).await;
        assert_eq!(app.get("/api/v1/profile").by(&account.owner).ok().await["ui_settings"], Value::Object(all.clone()));
    }
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_other_sessions() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let (here, elsewhere) = (app.log_in(&account.owner).await, app.log_in(&account.owner).await);
        let set = async |body: Value| app.call("PUT", "/api/v1/profile").logged_in(&here).json(&body).send().await;
        set(json!({ "password": "another horse battery" })).await.invalid("current_password");
        set(json!({ "password": "another horse battery", "current_password": "wrong horse" })).await.invalid("current_password");
        set(json!({ "password": "short", "current_password": PASSWORD })).await.invalid("password");
        assert_eq!(app.get("/api/v1/session").logged_in(&elsewhere).send().await.status, 200);
        set(json!({ "password": "another horse battery", "current_password": PASSWORD })).await.ok();
        assert_eq!(app.get("/api/v1/session").logged_in(&here).send().await.status, 200);
        assert_eq!(app.get("/api/v1/session").logged_in(&elsewhere).send().await.status, 401);
        assert_eq!(app.try_log_in("olga@halden.example", PASSWORD).await.status, 401);
        assert_eq!(app.try_log_in("olga@halden.example", "another horse battery").await.status, 200);
        for _ in 0..10 {
            set(json!({ "password": "another horse battery", "current_password": "wrong horse" })).await;
        }
        let throttled = set(json!({ "password": "another horse battery", "current_password": "wrong horse" })).await;
        assert_eq!((throttled.status, throttled.header("retry-after").is_some()), (429, true));
    }
}

#[tokio::test]
async fn a_new_token_is_shown_once_and_the_old_one_is_dead() {
    for app in apps().await {
        let account = app.account("Halden").await;
        assert!(app.get("/api/v1/profile").by(&account.owner).ok().await.get("access_token").is_none());
        let made = app.post("/api/v1/profile/reset_access_token").by(&account.owner).ok().await;
        let token = made["access_token"].as_str().expect("it is shown").to_owned();
        app.get("/api/v1/profile").by(&account.owner).send().await.refused(401, "Invalid Access Token");
        let mut owner = account.owner.clone();
        owner.token = token;
        assert!(app.get("/api/v1/profile").by(&owner).ok().await.get("access_token").is_none(), "not twice");
    }
}
