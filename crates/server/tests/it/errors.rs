//! Errors over HTTP, the same for every route (BEHAVIOUR 8). Which route asks whom is in `routes`; that an error is JSON
//! with a request id, and never a 500, is checked with every answer in `call`.

use serde_json::{Value, json};

use crate::app::apps;
use crate::contract::Contract;
use crate::people::{Visitor, fresh};
use crate::writing::World;

#[tokio::test]
async fn the_table_of_writing_routes_is_complete() {
    for app in apps().await.into_iter().take(1) {
        let world = World::new(&app).await;
        let described = Contract::of(&app).await.routes();
        // These take no body, or a file alone (files::coming), or (the setup) can be tried once only.
        let bodiless = |it: &str| {
            ["/join", "/unread", "/retry", "/renew_secret", "/reset_hmac_token", "/reset_access_token", "/upload", "/setup"]
                .iter()
                .any(|end| it.ends_with(end))
        };
        let posts = described.iter().filter(|it| it.starts_with("POST ") && !bodiless(it)).count();
        assert_eq!(world.writing().len(), posts, "{described:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    for app in apps().await {
        let world = World::new(&app).await;
        let deep = "[".repeat(10_000);
        for route in world.writing() {
            for body in
                ["{", "nonsense", "[]", "3", "null", "\"text\"", "{\"content\": }", "{\"a\":1}{", "\u{feff}{}", &deep, "{\"n\":1e999}"]
            {
                let answer = world.ask(&app, "POST", &route.path, route.by_visitor).text("application/json", body.to_owned()).send().await;
                answer.refused(400, "Invalid JSON");
            }
            let invalid_utf8 = b"{\"content\":\"\xff\xfe\"}".to_vec();
            let answer = world.ask(&app, "POST", &route.path, route.by_visitor).text("application/json", invalid_utf8).send().await;
            answer.refused(400, "Invalid JSON");
        }
    }
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_refused_by_its_fields_name() {
    for app in apps().await {
        let world = World::new(&app).await;
        for route in world.writing() {
            let mut wrong: Vec<(&str, Value)> = Vec::new();
            for field in route.texts {
                wrong.extend([json!(5), json!(true), json!({ "a": 1 }), json!(["x"])].map(|value| (*field, value)));
            }
            for field in route.others {
                wrong.extend([json!("word"), json!(["x"]), json!(1.5)].map(|value| (*field, value)));
            }
            for (field, value) in wrong {
                let mut body = route.body.clone();
                body[field] = value;
                let answer = world.ask(&app, "POST", &route.path, route.by_visitor).json(&body).send().await;
                answer.invalid(field);
            }
        }
    }
}

#[tokio::test]
async fn a_nul_in_a_text_is_refused_by_its_fields_name() {
    for app in apps().await {
        let world = World::new(&app).await;
        for route in world.writing().iter().filter(|it| it.path != "/api/v1/session") {
            for field in route.texts {
                let mut body = route.body.clone();
                body[*field] = json!("a\0b@example.com");
                let answer = world.ask(&app, "POST", &route.path, route.by_visitor).json(&body).send().await;
                answer.invalid(field);
            }
        }
    }
}

#[tokio::test]
async fn texts_have_limits_and_exactly_at_the_limit_they_pass() {
    for app in apps().await {
        let world = World::new(&app).await;
        let path = world.account.owner.at(1, "/messages");
        let send = async |content: String| app.post(&path).by(&world.account.owner).json(&json!({ "content": content })).send().await;
        // Of four bytes each, so that characters are counted and not bytes.
        send("🙂".repeat(150_000)).await.ok();
        for content in [String::new(), " \n\t ".to_owned(), "x".repeat(150_001)] {
            send(content).await.invalid("content");
        }
        for (echo_id, fits) in
            [("k".repeat(64), true), ("é".repeat(64), true), ("k".repeat(65), false), (String::new(), false), ("a\nb".into(), false)]
        {
            let answer = app.post(&path).by(&world.account.owner).json(&json!({ "content": "hi", "echo_id": echo_id })).send().await;
            if fits { drop(answer.ok()) } else { answer.invalid("echo_id") }
        }
        // Control characters in a name could break a mail header.
        for name in ["a\r\nBcc: b@example.com", "\u{7f}", &"x".repeat(256)] {
            let answer =
                app.post(&world.account.owner.path("/contacts")).by(&world.account.owner).json(&json!({ "name": name })).send().await;
            answer.invalid("name");
        }
    }
}

#[tokio::test]
async fn ten_megabytes_are_too_many_in_any_form() {
    for app in apps().await {
        let world = World::new(&app).await;
        let text = "x".repeat(10_000_000);
        let multipart = format!("--b\r\ncontent-disposition: form-data; name=\"content\"\r\n\r\n{text}\r\n--b--\r\n");
        for route in world.writing() {
            for (kind, body) in [
                ("application/json", format!("{{\"content\":\"{text}\"}}")),
                ("application/x-www-form-urlencoded", format!("content={text}")),
                ("multipart/form-data; boundary=b", multipart.clone()),
            ] {
                let answer = world.ask(&app, "POST", &route.path, route.by_visitor).text(kind, body).send().await;
                assert_eq!(answer.status, 413, "{kind}: {}", answer.told());
            }
        }
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    for app in apps().await {
        let world = World::new(&app).await;
        for route in world.writing() {
            for kind in ["text/plain", "application/xml", "image/png", "application/jsonp", "nonsense"] {
                let answer = world.ask(&app, "POST", &route.path, route.by_visitor).text(kind, route.body.to_string()).send().await;
                assert_eq!(answer.status, 415, "{}", answer.told());
            }
            for kind in ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json"] {
                let mut body = route.body.clone();
                if body["title"].is_string() {
                    // No two labels have one title.
                    body["title"] = json!(format!("l{}", fresh()));
                }
                if body["url"].is_string() {
                    // No two webhooks have one address.
                    body["url"] = json!(format!("https://hooks.example/{}", fresh()));
                }
                if route.path.ends_with("contact_merge") {
                    let made = world.account.owner.post(&app, "/contacts", &json!({ "name": "Spare" })).await;
                    body["mergee_contact_id"] = made["payload"]["contact"]["id"].clone();
                }
                let answer = world.ask(&app, "POST", &route.path, route.by_visitor).text(kind, body.to_string()).send().await;
                assert_eq!(answer.status, 200, "{}", answer.told());
            }
        }
    }
}

/// Ids that name nothing, in paths.
const NO_IDS: [&str; 11] =
    ["0", "-1", "9000000000000000000", "9223372036854775808", "99999999999999999999999", "abc", "1.5", "1e3", "%20", "%00", "%ff"];

#[tokio::test]
async fn what_does_not_exist_is_not_found_under_its_noun() {
    for app in apps().await {
        let world = World::new(&app).await;
        let owner = &world.account.owner;
        let elsewhere = app.account("Lunde").await;
        let their_contact =
            elsewhere.owner.post(&app, "/contacts", &json!({ "name": "Bob" })).await["payload"]["contact"]["id"].to_string();
        let their_label = elsewhere.owner.post(&app, "/labels", &json!({ "title": "theirs" })).await["id"].to_string();
        let (their_inbox, their_account) = (elsewhere.inbox.to_string(), elsewhere.id.to_string());
        for (noun, theirs, template) in [
            ("Contact", their_contact.as_str(), "GET /contacts/ID"),
            ("Inbox", &their_inbox, "GET /inboxes/ID"),
            ("Conversation", "2", "GET /conversations/ID"),
            ("Conversation", "2", "GET /conversations/ID/messages"),
            ("Conversation", "2", "POST /conversations/ID/messages"),
            ("Conversation", "2", "POST /conversations/ID/join"),
            ("Conversation", "2", "POST /conversations/ID/unread"),
            ("Conversation", "2", "POST /conversations/ID/assignments"),
            ("Conversation", "2", "GET /conversations/ID/labels"),
            ("Conversation", "2", "POST /conversations/ID/labels"),
            ("Conversation", "2", "PATCH /conversations/ID"),
            ("Conversation", "2", "POST /conversations/ID/toggle_priority"),
            ("Conversation", "2", "POST /conversations/ID/toggle_typing_status"),
            ("Conversation", "2", "POST /conversations/ID/custom_attributes"),
            ("Contact", their_contact.as_str(), "PUT /contacts/ID"),
            ("Contact", their_contact.as_str(), "PATCH /contacts/ID"),
            ("Contact", their_contact.as_str(), "DELETE /contacts/ID"),
            ("Contact", their_contact.as_str(), "GET /contacts/ID/conversations"),
            ("Contact", their_contact.as_str(), "GET /contacts/ID/contactable_inboxes"),
            ("Contact", their_contact.as_str(), "POST /contacts/ID/contact_inboxes"),
            ("Contact", their_contact.as_str(), "GET /contacts/ID/labels"),
            ("Contact", their_contact.as_str(), "POST /contacts/ID/labels"),
            ("Message", "999999", "DELETE /conversations/1/messages/ID"),
            ("Label", &their_label, "GET /labels/ID"),
            ("Label", &their_label, "PATCH /labels/ID"),
            ("Label", &their_label, "DELETE /labels/ID"),
            ("Conversation", "2", "POST /conversations/ID/toggle_status"),
            ("Conversation", "2", "POST /conversations/ID/update_last_seen"),
        ] {
            let (method, template) = template.split_once(' ').expect("a method and a path");
            for id in NO_IDS.into_iter().chain([theirs]) {
                let path = owner.path(&template.replace("ID", id));
                let answer = app.call(method, &path).by(owner).json(&json!({ "content": "hi", "status": "open", "labels": [], "priority": "low", "typing_status": "on", "custom_attributes": {}, "inbox_id": 1 })).send().await;
                // What is no text cannot be matched to a noun.
                if id == "%ff" { assert_eq!(answer.status, 404) } else { answer.refused(404, &format!("{noun} not found")) }
            }
        }
        for id in NO_IDS.into_iter().chain([their_account.as_str()]) {
            for rest in ["", "/agents", "/conversations", "/conversations/1/messages"] {
                let answer = app.get(&format!("/api/v1/accounts/{id}{rest}")).by(owner).send().await;
                answer.refused(404, "Resource could not be found");
            }
        }
    }
}

#[tokio::test]
async fn a_visitor_finds_no_other_inbox_or_conversation() {
    for app in apps().await {
        let world = World::new(&app).await;
        let other = world.account.visitor();
        let others_uuid = other.begin(&app, "mine").await;
        for token in NO_IDS.into_iter().chain(["nosuchwebsitetoken00"]) {
            let answer = app.get(&format!("/widget/v1/{token}/session")).from(&world.visitor).send().await;
            if token == "%ff" { assert_eq!(answer.status, 404) } else { answer.refused(404, "Inbox not found") }
        }
        for uuid in NO_IDS.into_iter().chain([others_uuid.as_str(), "00000000-0000-4000-8000-000000000000"]) {
            for (method, rest) in [("GET", "/messages"), ("POST", "/messages"), ("POST", "/seen")] {
                let path = world.visitor.path(&format!("/conversations/{uuid}{rest}"));
                let body = json!({ "content": "hi", "echo_id": "e", "number": 1 });
                let answer = app.call(method, &path).from(&world.visitor).json(&body).send().await;
                if uuid == "%ff" { assert_eq!(answer.status, 404) } else { answer.refused(404, "Conversation not found") }
            }
        }
        // The same browser in another inbox is a stranger there.
        let (_, elsewhere) = app.inbox(&world.account, "Shop").await;
        let there = Visitor { website_token: elsewhere, ..world.visitor.clone() };
        assert_eq!(there.session(&app).await["conversation"], json!(null));
    }
}

#[tokio::test]
async fn words_and_numbers_in_a_query_are_checked() {
    for app in apps().await {
        let world = World::new(&app).await;
        let owner = &world.account.owner;
        for (rest, field) in [
            ("/conversations?status=closed", "status"),
            ("/conversations?assignee_type=mine", "assignee_type"),
            ("/conversations?page=0", "page"),
            ("/conversations?page=x", "page"),
            ("/conversations?page=99999999999999999999", "page"),
            ("/conversations?status=open%00", "status"),
            ("/conversations?inbox_id=x", "inbox_id"),
            ("/conversations?before=5", "before"),
            ("/conversations?before=99999999999999999999.1", "before"),
            ("/conversations?before=1790000000.0", "before"),
            ("/conversations?sort_by=name", "sort_by"),
            ("/conversations?q=words", "q"),
            ("/conversations/meta?status=closed", "status"),
            ("/contacts?sort=shoe_size", "sort"),
            ("/contacts/search?q=a%00", "q"),
            ("/contacts?page=-1", "page"),
            ("/conversations/1/messages?before=abc", "before"),
            ("/conversations/1/messages?after=-2", "after"),
        ] {
            app.get(&owner.path(rest)).by(owner).send().await.invalid(field);
        }
        let chat = world.visitor.path(&format!("/conversations/{}/messages?before=no", world.uuid));
        app.get(&chat).from(&world.visitor).send().await.invalid("before");
        for fine in [
            "/conversations?page=9223372036854775807",
            "/contacts?page=9223372036854775807",
            "/conversations?sort=x&%ff=%fe&page=",
            "/conversations/1/messages?before=9223372036854775807",
        ] {
            app.get(&owner.path(fine)).by(owner).ok().await;
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    for app in apps().await {
        let world = World::new(&app).await;
        let mut methods = std::collections::BTreeMap::<String, Vec<String>>::new();
        for route in Contract::of(&app).await.routes() {
            let (method, path) = route.split_once(' ').expect("a method and a path");
            methods.entry(path.to_owned()).or_default().push(method.to_owned());
        }
        for (template, known) in &methods {
            let path = template
                .replace("{account_id}", &world.account.id.to_string())
                .replace("{website_token}", &world.account.website_token)
                .replace("{conversation_uuid}", &world.uuid)
                .replace("{conversation_id}", "1")
                .replace("{contact_id}", "1")
                .replace("{label_id}", "1")
                .replace("{message_id}", "1")
                .replace("{inbox_id}", "1");
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"].into_iter().filter(|it| !known.iter().any(|one| one == it)) {
                let answer = app.call(method, &path).by(&world.account.owner).send().await;
                answer.refused(405, "Method not allowed");
                let allow: Vec<&str> = answer.header("allow").unwrap_or_default().split(',').map(str::trim).collect();
                assert!(known.iter().all(|it| allow.contains(&it.as_str())), "{allow:?} for {}", answer.told());
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_path_is_not_found_whatever_is_asked_of_it() {
    for app in apps().await {
        for path in [
            "/nowhere",
            "/api/v1/nowhere",
            "/api/v2/accounts/1",
            "/widget/v1",
            "/widget/nosuchtoken.js",
            "/widget/nosuchtoken/frame",
            "/assets/none.js",
            "/assets/..%2f..%2fCargo.toml",
            "//",
            "/%00",
        ] {
            for method in ["GET", "POST", "DELETE"] {
                let answer = app.call(method, path).send().await;
                assert!(matches!(answer.status, 404 | 405), "{}", answer.told());
            }
            assert_eq!(app.get(path).send().await.status, 404, "{path}");
        }
    }
}
