//! Inboxes: making and changing them, who belongs to them, and on which websites they are shown.

use frontdesk_core::time::Millis;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, Visitor, column, list, number};
use crate::shape::assert_shape;
use crate::shapes;
use crate::socket::Socket;

fn channel() -> Value {
    json!({ "type": "web_widget", "website_url": "shop.example", "welcome_title": "Welcome", "welcome_tagline": "We answer",
            "widget_color": "#1F9D4D", "allowed_domains": "shop.example, *.shop.example", "hmac_mandatory": true })
}

async fn patch(app: &TestApp, by: &Member, inbox: i64, body: &Value) -> Value {
    app.call("PATCH", &by.path(&format!("/inboxes/{inbox}"))).by(by).json(body).ok().await
}

/// The settings written into a page or script.
async fn settings(app: &TestApp, path: &str) -> Value {
    let answer = app.get(path).send().await;
    let text = String::from_utf8(answer.bytes.to_vec()).expect("text");
    let start = text.find("{\"ask\"").or_else(|| text.find("{\"base\"")).unwrap_or_else(|| panic!("no settings: {}", answer.told()));
    let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter();
    values.next().expect("an object").expect("JSON")
}

/// The next event of this kind, whatever is heard before it.
async fn until(socket: &mut Socket, kind: &str) -> Value {
    loop {
        let frame = socket.frame().await;
        if frame["event"]["kind"] == kind {
            return frame["event"].clone();
        }
    }
}

#[tokio::test]
async fn an_inbox_is_made_as_chatwoots_clients_do_and_flat() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let nested = owner.post(&app, "/inboxes", &json!({ "name": "Shop", "channel": channel() })).await;
        assert_shape(&nested, &shapes::inbox());
        let mut flat = channel();
        flat["name"] = json!("Shop");
        let flat = owner.post(&app, "/inboxes", &flat).await;
        for field in ["name", "website_url", "welcome_title", "welcome_tagline", "widget_color", "allowed_domains", "hmac_mandatory"] {
            assert_eq!(nested[field], flat[field], "{field}");
        }
        assert_eq!(nested["website_url"], "https://shop.example");
        assert_eq!(nested["widget_color"], "#1f9d4d");
        assert_eq!(nested["allowed_domains"], json!(["shop.example", "*.shop.example"]));
        assert_ne!(nested["website_token"], flat["website_token"]);
        assert_ne!(nested["hmac_token"], flat["hmac_token"]);
        let form = "inbox[name]=Form&channel[type]=web_widget&channel[welcome_title]=Hi&greeting_enabled=false";
        let made = app.post(&owner.path("/inboxes")).by(owner).text("application/x-www-form-urlencoded", form).ok().await;
        assert_eq!((&made["name"], &made["greeting_enabled"]), (&json!("Form"), &json!(false)));
        let listed = owner.get(&app, "/inboxes").await;
        assert_eq!(list(&listed["payload"]).len(), 4);
        Visitor::on(nested["website_token"].as_str().expect("a text")).begin(&app, "hello").await;
    }
}

#[tokio::test]
async fn settings_change_one_by_one_and_null_changes_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let before = account.owner.get(&app, &format!("/inboxes/{}", account.inbox)).await;
        let change = json!({ "widget_position": "left", "launcher_icon": "wave", "launcher_text": "Chat", "ask_for": "name",
            "show_team": false, "locale": "ar", "greeting_message": "Two\nlines", "greeting_enabled": true, "name": null });
        let after = patch(&app, &account.owner, account.inbox, &change).await;
        let mut expected = before.clone();
        for (field, value) in change.as_object().expect("an object") {
            if !value.is_null() {
                expected[field] = value.clone();
            }
        }
        expected["direction"] = json!("rtl");
        assert_eq!(after, expected);
        let cursor = app.cursor(&account).await;
        patch(&app, &account.owner, account.inbox, &change).await;
        assert_eq!(app.cursor(&account).await, cursor, "what is so already is no event");
    }
}

#[tokio::test]
async fn a_wrong_setting_is_refused_by_name() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let path = account.owner.path(&format!("/inboxes/{}", account.inbox));
        for (field, value) in [
            ("name", json!(" ")),
            ("widget_color", json!("red")),
            ("widget_position", json!("top")),
            ("launcher_icon", json!("cat")),
            ("launcher_text", json!("x".repeat(41))),
            ("welcome_title", json!("two\nlines")),
            ("greeting_message", json!("x".repeat(1_001))),
            ("ask_for", json!("phone")),
            ("show_team", json!("perhaps")),
            ("locale", json!("<script>")),
            ("website_url", json!("javascript:alert(1)")),
            ("allowed_domains", json!(["shop.example; script-src *"])),
            ("allowed_domains", json!(7)),
            ("hmac_mandatory", json!([])),
            ("type", json!("email")),
        ] {
            app.call("PATCH", &path).by(&account.owner).json(&json!({ field: value })).send().await.invalid(field);
        }
        app.post(&account.owner.path("/inboxes")).by(&account.owner).json(&json!({})).send().await.invalid("name");
    }
}

#[tokio::test]
async fn only_administrators_see_the_secret_and_a_new_one_differs() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let maya = app.agent(&account, "Maya").await;
        let path = format!("/inboxes/{}", account.inbox);
        assert_eq!(maya.get(&app, &path).await.get("hmac_token"), None);
        let first = account.owner.get(&app, &path).await["hmac_token"].clone();
        assert!(first.as_str().is_some_and(|it| it.len() >= 43), "{first}");
        let mut socket = app.follow(&maya).await;
        let renewed = account.owner.post(&app, &format!("{path}/reset_hmac_token"), &json!({})).await;
        assert_ne!(renewed["hmac_token"], first);
        assert_eq!(account.owner.get(&app, &path).await["hmac_token"], renewed["hmac_token"]);
        let heard = until(&mut socket, "inbox_updated").await;
        assert_eq!(heard["inbox"].get("hmac_token"), None);
        assert_eq!(heard["inbox"]["id"], account.inbox);
    }
}

#[tokio::test]
async fn an_inbox_with_history_is_switched_off_and_comes_back() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let (empty, _) = app.inbox(&account, "Empty").await;
        let delete = async |id: i64| app.call("DELETE", &account.owner.path(&format!("/inboxes/{id}"))).by(&account.owner).send().await;
        delete(empty.0).await.ok_empty();
        delete(empty.0).await.refused(404, "Inbox not found");
        delete(account.inbox).await.ok_empty();
        let kept = account.owner.get(&app, "/inboxes").await;
        assert_eq!(column(&list(&kept["payload"]), "enabled"), [json!(false)]);
        account.owner.reply(&app, 1, "still here").await;
        app.get(&visitor.path("/session")).from(&visitor).send().await.refused(404, "Inbox not found");
        for path in [format!("/widget/{}.js", account.website_token), format!("/widget/{}/frame", account.website_token)] {
            assert_eq!(app.get(&path).send().await.status, 404, "{path}");
        }
        patch(&app, &account.owner, account.inbox, &json!({ "enabled": true })).await;
        assert_eq!(list(&visitor.session(&app).await["messages"]).len(), 3);
    }
}

#[tokio::test]
async fn pages_carry_the_settings() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let change = json!({ "widget_position": "left", "launcher_icon": "question", "launcher_text": "Help", "welcome_title": "Hi",
            "welcome_tagline": "Ask us", "greeting_message": "Hello </script>", "ask_for": "nothing", "show_team": false, "locale": "he" });
        patch(&app, &account.owner, account.inbox, &change).await;
        for path in [format!("/widget/{}/frame", account.website_token), format!("/chat/{}", account.website_token)] {
            let written = settings(&app, &path).await;
            assert_eq!(written["title"], "Hi");
            assert_eq!(written["tagline"], "Ask us");
            assert_eq!(written["greeting"], "Hello </script>");
            assert_eq!((&written["ask"], &written["dir"], &written["lang"]), (&json!("nothing"), &json!("rtl"), &json!("he")));
            assert_eq!((&written["showTeam"], &written["team"]), (&json!(false), &json!([])));
        }
        let script = settings(&app, &format!("/widget/{}.js", account.website_token)).await;
        assert_eq!((&script["position"], &script["icon"], &script["text"]), (&json!("left"), &json!("question"), &json!("Help")));
        // Nobody speaks Hebrew here: then it is what the browser asks for, which this one does not.
        assert_eq!(script["words"]["open"], "Open chat");
        patch(&app, &account.owner, account.inbox, &json!({ "locale": "de-AT", "widget_position": "right" })).await;
        let script = settings(&app, &format!("/widget/{}.js", account.website_token)).await;
        assert_eq!((&script["words"]["open"], &script["position"]), (&json!("Chat öffnen"), &Value::Null));
        patch(&app, &account.owner, account.inbox, &json!({ "greeting_enabled": false })).await;
        assert_eq!(settings(&app, &format!("/widget/{}/frame", account.website_token)).await["greeting"], "");
    }
}

async fn members(app: &TestApp, method: &str, account: &Account, users: &[i64]) -> crate::call::Answer {
    let body = json!({ "inbox_id": account.inbox, "user_ids": users });
    app.call(method, &account.owner.path("/inbox_members")).by(&account.owner).json(&body).send().await
}

#[tokio::test]
async fn members_are_added_replaced_and_removed() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, tom) = (app.agent(&account, "Maya").await, app.agent(&account, "Tom").await);
        let path = format!("/inbox_members/{}", account.inbox);
        let ids = |answer: &Value| column(&list(&answer["payload"]), "id");
        let all = account.owner.get(&app, &path).await;
        assert_shape(&all, &json!({ "payload": [shapes::agent()] }));
        assert_eq!(ids(&all), [json!(account.owner.id), json!(maya.id), json!(tom.id)]);
        assert_eq!(ids(&members(&app, "PATCH", &account, &[maya.id]).await.ok()), [json!(maya.id)]);
        app.get(&tom.path(&path)).by(&tom).send().await.refused(404, "Inbox not found");
        assert_eq!(ids(&members(&app, "POST", &account, &[tom.id]).await.ok()), [json!(maya.id), json!(tom.id)]);
        members(&app, "DELETE", &account, &[maya.id]).await.ok_empty();
        assert_eq!(ids(&tom.get(&app, &path).await), [json!(tom.id)]);
        let stranger = app.account("Lunde").await;
        members(&app, "POST", &account, &[stranger.owner.id]).await.invalid("user_ids");
        let elsewhere = json!({ "inbox_id": stranger.inbox, "user_ids": [] });
        let path = account.owner.path("/inbox_members");
        app.post(&path).by(&account.owner).json(&elsewhere).send().await.refused(404, "Inbox not found");
        app.post(&path).by(&account.owner).json(&json!({ "inbox_id": account.inbox })).send().await.invalid("user_ids");
    }
}

#[tokio::test]
async fn who_leaves_an_inbox_hears_nothing_more_and_what_they_owned_passes_on() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, tom) = (app.agent(&account, "Maya").await, app.agent(&account, "Tom").await);
        let (shared, alone, done) = (account.visitor(), account.visitor(), account.visitor());
        let uuid = shared.begin(&app, "one").await;
        alone.begin(&app, "two").await;
        done.begin(&app, "three").await;
        for conversation in 1..=3 {
            maya.reply(&app, conversation, "mine").await;
        }
        tom.reply(&app, 1, "me too").await;
        maya.set_status(&app, 3, "resolved").await;
        let (mut leaving, mut staying) = (app.follow(&maya).await, app.follow(&tom).await);
        members(&app, "DELETE", &account, &[maya.id]).await.ok_empty();
        shared.write(&app, &uuid, "a secret").await;

        let told = until(&mut staying, "inbox_members_changed").await;
        assert_eq!((&told["inbox_id"], &told["user_ids"]), (&json!(account.inbox), &json!([account.owner.id, tom.id])));
        assert_eq!(until(&mut leaving, "inbox_members_changed").await["inbox_id"], account.inbox);
        let heard = leaving.until_check().await;
        assert!(heard.iter().all(|it| it["event"]["kind"] == "contact_updated"), "{heard:?}");
        app.get(&maya.at(1, "")).by(&maya).send().await.refused(404, "Conversation not found");

        let owner = async |n: i64| account.owner.conversation(&app, n).await["meta"]["assignee"]["id"].clone();
        assert_eq!(owner(1).await, json!(tom.id));
        assert_eq!(owner(2).await, Value::Null);
        assert_eq!(owner(3).await, json!(maya.id), "what is resolved stays as it was");
        let activities = async |n: i64| column(&account.owner.messages(&app, n).await, "content");
        assert!(activities(1).await.contains(&json!("Maya left the inbox, Tom owns the conversation now")));
        assert!(activities(2).await.contains(&json!("Maya left the inbox, nobody owns the conversation now")));
        let seen = shared.session(&app).await;
        assert!(!seen.to_string().contains("left the inbox"), "that is the team's own business");
        assert_eq!(column(&list(&seen["conversation"]["agents"]), "name"), [json!("Tom")]);

        members(&app, "POST", &account, &[maya.id]).await.ok();
        maya.reply(&app, 2, "back again").await;
        maya.reply(&app, 2, "and again").await;
        let joined = activities(2).await.iter().filter(|it| it.as_str().is_some_and(|it| it.starts_with("Maya joined"))).count();
        assert_eq!((owner(2).await, joined), (json!(maya.id), 2));
    }
}

#[tokio::test]
async fn of_two_who_leave_together_nothing_passes_to_the_other_and_each_thread_is_told_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let [ada, ben, cem] = [app.agent(&account, "Ada").await, app.agent(&account, "Ben").await, app.agent(&account, "Cem").await];
        for conversation in 1..=2 {
            account.visitor().begin(&app, "hello").await;
            for (member, words) in [(&ada, "mine"), (&ben, "me too"), (&cem, "and me")] {
                member.reply(&app, conversation, words).await;
            }
        }
        account.visitor().begin(&app, "hello").await;
        cem.reply(&app, 3, "mine").await;
        ben.reply(&app, 3, "me too").await;
        let mut staying = app.follow(&cem).await;
        members(&app, "PATCH", &account, &[account.owner.id, cem.id]).await.ok();
        let mut told = Vec::new();
        while told.last().is_none_or(|it: &Value| it["kind"] != "inbox_members_changed") {
            told.push(staying.frame().await["event"].clone());
        }
        for conversation in 1..=3 {
            let shown = account.owner.conversation(&app, conversation).await;
            assert_eq!(number(&shown["meta"]["assignee"]["id"]), cem.id);
            let contents = column(&account.owner.messages(&app, conversation).await, "content");
            let left: Vec<_> = contents.iter().filter(|it| it.as_str().is_some_and(|it| it.contains("left the inbox"))).collect();
            let passed = json!("Ada left the inbox, Cem owns the conversation now");
            assert_eq!(left, if conversation == 3 { vec![] } else { vec![&passed] });
            // Whoever takes part is told with the conversation, also where nobody but a participant left.
            let news: Vec<_> = told.iter().filter(|it| it["conversation"]["id"] == conversation).collect();
            let people = &news.last().expect("it is told of")["conversation"]["agents"];
            assert_eq!(column(&list(people), "name"), [json!("Cem")]);
            let updates = news.iter().filter(|it| it["kind"] == "conversation_updated").count();
            assert_eq!(updates, 1);
        }
    }
}

#[tokio::test]
async fn an_administrator_who_leaves_an_inbox_still_sees_it_and_keeps_what_they_own() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "one").await;
        account.owner.reply(&app, 1, "mine").await;
        members(&app, "DELETE", &account, &[account.owner.id]).await.ok_empty();
        assert_eq!(number(&account.owner.conversation(&app, 1).await["meta"]["assignee"]["id"]), account.owner.id);
    }
}

#[tokio::test]
async fn a_widget_is_shown_on_allowed_websites_only() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let frame = format!("/widget/{}/frame", account.website_token);
        let policy = async || app.get(&frame).send().await.header("content-security-policy").expect("a policy").to_owned();
        assert!(policy().await.ends_with("frame-ancestors *"));
        patch(&app, &account.owner, account.inbox, &json!({ "allowed_domains": ["shop.example"] })).await;
        assert!(policy().await.ends_with("frame-ancestors 'self' http://shop.example:* https://shop.example:*"));

        let visitor = account.visitor();
        let ask = async |origin: &str| app.get(&visitor.path("/session")).from(&visitor).header("origin", origin).send().await;
        ask("https://shop.example").await.ok();
        ask("http://desk.test").await.ok();
        ask("https://evil.example").await.refused(403, "Access denied");
        visitor.session(&app).await;

        let hello = json!({ "type": "hello", "v": 1, "launcher": { "website_token": account.website_token } });
        for (origin, mode) in [("https://shop.example", "online"), ("https://evil.example", "hidden")] {
            let mut launcher = app.connect_with(&[("origin", origin)]).await;
            launcher.send(&hello).await;
            assert_eq!(launcher.frame().await, json!({ "type": "mode", "mode": mode }));
            if mode == "hidden" {
                assert_eq!(launcher.end().await, Some(4504));
            }
        }
    }
}

#[tokio::test]
async fn where_a_widget_is_seen_is_noted_rarely() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let path = format!("/inboxes/{}", account.inbox);
        let mut socket = app.follow(&account.owner).await;
        let open = async |origin: &str| {
            let mut launcher = app.connect_with(&[("origin", origin)]).await;
            launcher.send(&json!({ "type": "hello", "v": 1, "launcher": { "website_token": account.website_token } })).await;
            launcher.expect("mode").await;
            launcher.send(&json!({ "type": "check" })).await;
            launcher.expect("check").await;
        };
        for _ in 0..5 {
            open("https://shop.example").await;
        }
        open("https://www.shop.example").await;
        let heard = until(&mut socket, "inbox_updated").await;
        assert_eq!(heard["inbox"]["seen_host"], "shop.example");
        assert_eq!(heard["inbox"]["seen_at"], app.clock.now().as_seconds());
        assert_eq!(socket.until_check().await, [] as [Value; 0], "one note for all of them");

        app.pass(Millis::MINUTE);
        open("https://shop.example").await;
        assert_eq!(socket.until_check().await, [] as [Value; 0], "the same website within the hour");
        let script = format!("/widget/{}.js", account.website_token);
        app.get(&script).header("referer", "https://www.shop.example/cart").send().await;
        assert_eq!(until(&mut socket, "inbox_updated").await["inbox"]["seen_host"], "www.shop.example");
        patch(&app, &account.owner, account.inbox, &json!({ "allowed_domains": ["shop.example"] })).await;
        app.pass(Millis::HOUR);
        app.get(&script).header("referer", "https://copy.example/").send().await;
        assert_eq!(account.owner.get(&app, &path).await["seen_host"], "www.shop.example", "a copy elsewhere does not count");
    }
}

#[tokio::test]
async fn a_preview_shows_what_is_not_saved_and_changes_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let maya = app.agent(&account, "Maya").await;
        let path = account.owner.path(&format!("/inboxes/{}/preview", account.inbox));
        let asked = format!("{path}?welcome_title=Not+saved&widget_color=%23aa0000&ask_for=nothing&show_team=false");
        let before = account.owner.get(&app, "/inboxes").await;
        let login = app.get(&asked).by(&account.owner).send().await;
        assert!(login.header("content-security-policy").is_some_and(|it| it.ends_with("frame-ancestors 'self'")), "{}", login.told());
        let text = String::from_utf8(login.bytes.to_vec()).expect("text");
        assert!(text.contains("Not saved") && text.contains("#aa0000"), "{text}");
        assert_eq!(account.owner.get(&app, "/inboxes").await, before);
        app.get(&format!("{path}?widget_color=red")).by(&account.owner).send().await.invalid("widget_color");
        app.get(&path).by(&maya).send().await.refused(403, "Access denied");
        app.get(&path).send().await.refused(401, "You need to sign in or sign up before continuing.");
    }
}

#[tokio::test]
async fn what_opens_again_belongs_to_nobody_who_cannot_answer_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, tom, contact) = (app.agent(&account, "Maya").await, app.agent(&account, "Tom").await, account.visitor());
        let uuid = contact.begin(&app, "by the contact").await;
        account.visitor().begin(&app, "by hand").await;
        account.visitor().begin(&app, "by its time").await;
        for conversation in 1..=3 {
            maya.reply(&app, conversation, "mine").await;
        }
        tom.reply(&app, 1, "me too").await;
        for conversation in 1..=2 {
            maya.set_status(&app, conversation, "resolved").await;
        }
        let hour = app.clock.now().plus(Millis::HOUR);
        let body = json!({ "status": "snoozed", "snoozed_until": hour.as_seconds() });
        maya.post(&app, "/conversations/3/toggle_status", &body).await;
        // No route takes her off the list in this way: what she owns is not looked at.
        app.sql(&crate::sql::LEAVE_INBOX, frontdesk_store::params![account.inbox, maya.id]).await;

        let mut socket = app.follow(&account.owner).await;
        contact.write(&app, &uuid, "still there?").await;
        account.owner.set_status(&app, 2, "open").await;
        app.pass(Millis::HOUR);
        app.run_jobs().await;

        let owner = async |n: i64| account.owner.conversation(&app, n).await["meta"]["assignee"]["id"].clone();
        assert_eq!((owner(1).await, owner(2).await, owner(3).await), (json!(tom.id), Value::Null, Value::Null));
        for (conversation, to) in [(1, "Tom"), (2, "nobody"), (3, "nobody")] {
            let told = json!(format!("Maya left the inbox, {to} owns the conversation now"));
            assert!(column(&account.owner.messages(&app, conversation).await, "content").contains(&told), "{conversation}");
        }
        assert_eq!(column(&list(&contact.session(&app).await["conversation"]["agents"]), "name"), [json!("Tom")]);
        let told = until(&mut socket, "conversation_updated").await;
        assert_eq!(told["conversation"]["status"], "open");
        let told = until(&mut socket, "conversation_updated").await;
        assert_eq!(told["conversation"]["meta"]["assignee"]["id"], tom.id, "whoever looks on hears of it");
    }
}

#[tokio::test]
async fn members_of_a_new_inbox_hear_of_it_and_of_what_comes_at_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let maya = app.agent(&account, "Maya").await;
        let mut socket = app.follow(&maya).await;
        let made = account
            .owner
            .post(&app, "/inboxes", &json!({ "name": "Shop", "channel": { "type": "web_widget", "website_url": "shop.example" } }))
            .await;
        let heard = until(&mut socket, "inbox_updated").await;
        assert_eq!(heard["inbox"]["id"], made["id"]);
        crate::people::Visitor::on(made["website_token"].as_str().expect("it has one")).begin(&app, "hello there").await;
        assert_eq!(until(&mut socket, "message_created").await["message"]["content"], "hello there");
    }
}
