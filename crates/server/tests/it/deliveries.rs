//! What webhooks are told: everything that was asked for, each once made and at least once delivered, signed, in order, and
//! whatever the receiver does.

use frontdesk_core::time::Millis;
use serde_json::{Value, json};

use crate::app::{START, TestApp, apps};
use crate::people::{Account, column, list, number};
use crate::receiver::{Receiver, Reply};
use crate::shape::assert_shape;

/// A webhook of an account, with the server that it leads to.
pub(crate) struct Hook {
    pub(crate) receiver: Receiver,
    id: i64,
    secret: String,
}

impl Hook {
    pub(crate) async fn of(app: &TestApp, account: &Account, subscriptions: &Value) -> Hook {
        let receiver = Receiver::start().await;
        let made = account.owner.post(app, "/webhooks", &json!({ "url": receiver.url(), "subscriptions": subscriptions })).await;
        let webhook = &made["payload"]["webhook"];
        Hook { receiver, id: number(&webhook["id"]), secret: webhook["secret"].as_str().expect("a text").to_owned() }
    }

    async fn deliveries(&self, app: &TestApp, account: &Account) -> Vec<Value> {
        list(&account.owner.get(app, &format!("/webhooks/{}/deliveries", self.id)).await["payload"])
    }

    pub(crate) fn told(&self) -> Vec<Value> {
        self.receiver.requests().iter().map(crate::receiver::Request::json).collect()
    }
}

fn status(status: u16) -> Reply {
    Reply::Status(status, format!("said {status}"))
}

#[tokio::test]
async fn what_happens_is_told_signed_and_in_order() {
    for app in apps().await {
        let account = app.account("Halden").await;
        app.agent(&account, "Before").await;
        let hook = Hook::of(&app, &account, &json!(null)).await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.reply(&app, 1, "how can I help?").await;
        account.owner.note(&app, 1, "a secret").await;
        account.owner.set_status(&app, 1, "resolved").await;
        visitor.write(&app, &uuid, "thanks").await;
        app.run_jobs().await;
        let told = hook.told();
        let kinds = column(&told, "event");
        assert_eq!(
            kinds,
            [
                "contact_created",
                "conversation_created",
                "message_created",
                "conversation_updated",
                "message_created",
                "message_created",
                "conversation_status_changed",
                "conversation_updated",
                "conversation_status_changed",
                "conversation_updated",
                "message_created",
            ]
        );
        for request in hook.receiver.requests() {
            assert_eq!(request.line, "POST /hook HTTP/1.1");
            assert_eq!(request.headers["content-type"], "application/json");
            assert_eq!(request.headers["x-chatwoot-timestamp"], START.as_seconds().to_string());
            assert!(request.headers["user-agent"].starts_with("Frontdesk/"));
            assert!(request.is_signed_by(&hook.secret) && !request.is_signed_by("another"));
        }
        let messages: Vec<_> = told.iter().filter(|it| it["event"] == "message_created").collect();
        let first = messages[0];
        assert_eq!((&first["content"], &first["message_type"]), (&json!("hello"), &json!("incoming")));
        assert_eq!(first["account"], json!({ "id": account.id, "name": "Halden" }));
        assert_eq!(first["inbox"]["id"], account.inbox);
        assert_eq!((&first["conversation"]["id"], &first["sender"]["type"]), (&json!(1), &json!("contact")));
        assert_eq!(first["created_at"], START.as_rfc3339());
        assert_eq!((&messages[1]["message_type"], &messages[1]["private"]), (&json!("outgoing"), &json!(false)));
        assert_eq!((&messages[2]["content"], &messages[2]["private"]), (&json!("a secret"), &json!(true)));
        // Told when everything had happened already, so with the state as it was then.
        assert_eq!(told[6]["status"], "open");
        assert!(told[0]["id"].is_i64() && told[0]["account"]["id"] == account.id);
        let names: std::collections::BTreeSet<_> =
            hook.receiver.requests().iter().map(|it| it.headers["x-chatwoot-delivery"].clone()).collect();
        assert_eq!(names.len(), told.len(), "each delivery has a name of its own");
        app.run_jobs().await;
        assert_eq!(hook.told().len(), told.len(), "nothing is told twice");
    }
}

#[tokio::test]
async fn only_what_was_asked_for_and_only_of_the_inbox() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (other, token) = app.inbox(&account, "Other").await;
        let hook = Hook::of(&app, &account, &json!(["conversation_created"])).await;
        let path = account.owner.path(&format!("/webhooks/{}", hook.id));
        app.call("PATCH", &path).by(&account.owner).json(&json!({ "inbox_id": other.0 })).ok().await;
        account.visitor().begin(&app, "not there").await;
        crate::people::Visitor::on(&token).begin(&app, "there").await;
        for n in 0..250 {
            account.owner.note(&app, 1, &n.to_string()).await;
        }
        app.run_jobs().await;
        assert_eq!(column(&hook.told(), "event"), ["conversation_created"]);
        assert_eq!(hook.told()[0]["inbox"], json!({ "id": other.0, "name": "Other" }));
    }
}

#[tokio::test]
async fn a_receiver_that_fails_is_tried_again_with_the_same_delivery() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let hook = Hook::of(&app, &account, &json!(["conversation_created"])).await;
        let elsewhere = Receiver::start().await;
        let long = "é\u{0}".repeat(3_000);
        let raw = |text: &str| Reply::Raw(text.as_bytes().to_vec());
        hook.receiver.replies([
            status(500),
            Reply::Status(302, elsewhere.url()),
            raw("no HTTP at all\r\n\r\n"),
            Reply::Silence,
            Reply::Raw(Vec::new()),
            Reply::Status(503, long),
            raw("HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\nbreaks off"),
        ]);
        account.visitor().begin(&app, "hello").await;
        let mut errors = Vec::new();
        for attempt in 1..=6 {
            app.run_jobs().await;
            let delivery = hook.deliveries(&app, &account).await.remove(0);
            assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("pending"), &json!(attempt)), "{delivery}");
            let due = number(&delivery["next_try_at"]);
            assert!(due > app.clock.now().as_seconds());
            app.run_jobs().await;
            assert_eq!(hook.told().len(), attempt, "not before its time");
            errors.push(delivery["error"].as_str().expect("words").to_owned());
            if attempt == 6 {
                assert_eq!(delivery["status"], 503);
                assert!(delivery["answer"].as_str().is_some_and(|it| it.len() <= 3 * 2_048 && !it.contains('\0')));
            }
            app.clock.set(Millis((due + 1) * 1_000));
        }
        let expected = ["answered 500", "answered 302", "", "No answer within", "", "answered 503"];
        for (error, part) in errors.iter().zip(expected) {
            assert!(error.contains(part) && !error.contains(&hook.receiver.url()), "{error}");
        }
        app.run_jobs().await;
        let delivery = hook.deliveries(&app, &account).await.remove(0);
        assert_eq!((&delivery["state"], &delivery["status"]), (&json!("delivered"), &json!(201)));
        assert_eq!((&delivery["answer"], &delivery["error"]), (&json!("breaks off"), &Value::Null));
        let requests = hook.receiver.requests();
        assert_eq!(requests.len(), 7);
        assert!(requests.iter().all(|it| it.headers["x-chatwoot-delivery"] == requests[0].headers["x-chatwoot-delivery"]));
        assert!(requests.iter().all(|it| it.body == requests[0].body && it.is_signed_by(&hook.secret)));
        assert_ne!(requests[0].headers["x-chatwoot-timestamp"], requests[6].headers["x-chatwoot-timestamp"]);
        assert!(elsewhere.requests().is_empty(), "redirects are not followed");
    }
}

#[tokio::test]
async fn after_a_day_it_failed_and_can_be_sent_again_by_hand() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let hook = Hook::of(&app, &account, &json!(["conversation_created"])).await;
        hook.receiver.replies((0..14).map(|_| status(500)));
        account.visitor().begin(&app, "hello").await;
        let begun = app.clock.now();
        while {
            app.run_jobs().await;
            let delivery = hook.deliveries(&app, &account).await.remove(0);
            let due = delivery["next_try_at"].as_i64();
            app.clock.set(due.map_or(app.clock.now(), |due| Millis((due + 1) * 1_000)));
            delivery["state"] == "pending"
        } {}
        let failed = hook.deliveries(&app, &account).await.remove(0);
        assert_eq!((&failed["state"], &failed["attempts"], &failed["next_try_at"]), (&json!("failed"), &json!(14), &Value::Null));
        assert!(app.clock.now().since(begun) >= Millis::DAY);
        let path = format!("/webhooks/{}/deliveries/{}", hook.id, failed["id"]);
        let full = account.owner.get(&app, &path).await;
        assert_eq!(full["payload"].as_str(), Some(hook.receiver.requests()[0].body.as_str()));
        let again = account.owner.post(&app, &format!("{path}/retry"), &json!({})).await;
        assert_eq!((&again["state"], &again["attempts"]), (&json!("pending"), &json!(0)));
        app.run_jobs().await;
        let listed = account.owner.get(&app, &format!("/webhooks/{}/deliveries", hook.id)).await;
        assert_eq!(listed["meta"], json!({ "pending_count": 0, "delivered_count": 1, "failed_count": 0 }));
        let optional = "int|null";
        assert_shape(
            &listed["payload"][0],
            &json!({
                "id": "int", "webhook_id": "int", "delivery": "text", "event": "=conversation_created", "state": "=delivered",
                "attempts": "int", "created_at": "int", "next_try_at": "null", "tried_at": optional, "duration_ms": optional,
                "status": optional, "error": "null", "answer": "text",
            }),
        );
        app.pass(15 * Millis::DAY);
        app.run_jobs().await;
        assert!(hook.deliveries(&app, &account).await.is_empty(), "old ones are forgotten");
    }
}

#[tokio::test]
async fn what_is_sent_after_the_secret_was_renewed_is_signed_with_the_new_one() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let hook = Hook::of(&app, &account, &json!(["conversation_created"])).await;
        hook.receiver.replies([status(500)]);
        account.visitor().begin(&app, "hello").await;
        app.run_jobs().await;
        let renewed = account.owner.post(&app, &format!("/webhooks/{}/renew_secret", hook.id), &json!({})).await;
        let secret = renewed["payload"]["webhook"]["secret"].as_str().expect("a text").to_owned();
        assert_ne!(secret, hook.secret);
        assert_eq!(account.owner.get(&app, &format!("/webhooks/{}", hook.id)).await, renewed);
        app.pass(Millis::MINUTE);
        app.run_jobs().await;
        let requests = hook.receiver.requests();
        assert_eq!(requests.len(), 2);
        assert!(requests[0].is_signed_by(&hook.secret) && !requests[0].is_signed_by(&secret));
        assert!(requests[1].is_signed_by(&secret) && !requests[1].is_signed_by(&hook.secret));
    }
}

#[tokio::test]
async fn one_silent_receiver_holds_up_nobody_else() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let silent = Hook::of(&app, &account, &json!(["message_created"])).await;
        let quick = Hook::of(&app, &account, &json!(["message_created"])).await;
        silent.receiver.replies((0..100).map(|_| Reply::Silence));
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "0").await;
        let story = async {
            for n in 1..10 {
                visitor.write(&app, &uuid, &n.to_string()).await;
            }
            silent.receiver.wait_for(1).await;
            quick.receiver.wait_for(10).await;
        };
        app.with_jobs(story).await;
        let contents: Vec<_> = quick.told().iter().map(|it| it["content"].clone()).collect();
        assert_eq!(contents, (0..10).map(|n| json!(n.to_string())).collect::<Vec<_>>());
        assert!(silent.told().len() < 10, "one at a time");
    }
}

#[tokio::test]
async fn of_two_servers_one_makes_and_one_sends_each() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    let hook = Hook::of(&here, &account, &json!(["message_created"])).await;
    let visitor = account.visitor();
    let uuid = visitor.begin(&here, "0").await;
    for n in 1..40 {
        visitor.write(&here, &uuid, &n.to_string()).await;
    }
    for _ in 0..3 {
        futures_util::future::join(here.run_jobs(), there.run_jobs()).await;
    }
    let contents: Vec<_> = hook.told().iter().map(|it| it["content"].clone()).collect();
    assert_eq!(contents, (0..40).map(|n| json!(n.to_string())).collect::<Vec<_>>(), "each once, in order");
}

#[tokio::test]
async fn a_stop_in_the_middle_loses_nothing_and_a_clock_that_jumped_back_neither() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let hook = Hook::of(&app, &account, &json!(["message_created"])).await;
        hook.receiver.replies([status(200), Reply::Silence]);
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "0").await;
        let story = async {
            visitor.write(&app, &uuid, "1").await;
            visitor.write(&app, &uuid, "2").await;
            hook.receiver.wait_for(2).await;
        };
        app.with_jobs(story).await;
        let after_stop = hook.deliveries(&app, &account).await;
        assert!(after_stop.iter().any(|it| it["state"] == "pending"));
        // The next start, on a machine whose clock is years behind: nothing waits for years.
        app.clock.set(START.plus(-3_000 * Millis::DAY));
        let app = app.restarted(true).await;
        app.run_jobs().await;
        let contents: Vec<_> = hook.told().iter().map(|it| it["content"].clone()).collect();
        let mut sorted: Vec<&str> = contents.iter().filter_map(Value::as_str).collect();
        sorted.sort_unstable();
        assert_eq!(sorted, ["0", "1", "1", "2"], "the one that broke off is told again");
        assert!(hook.deliveries(&app, &account).await.iter().all(|it| it["state"] == "delivered"));
    }
}

#[tokio::test]
async fn a_private_address_is_refused_unless_allowed() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let hook = Hook::of(&app, &account, &json!(["message_created"])).await;
        account.visitor().begin(&app, "hello").await;
        let app = app.restarted(false).await;
        app.run_jobs().await;
        let delivery = hook.deliveries(&app, &account).await.remove(0);
        assert!(delivery["error"].as_str().is_some_and(|it| it.contains("private network")), "{delivery}");
        let path = account.owner.path(&format!("/webhooks/{}", hook.id));
        // A name that leads there is refused when it is resolved.
        let port = hook.receiver.url().rsplit(':').next().expect("a port").to_owned();
        let named = json!({ "url": format!("http://localhost.localdomain:{port}") });
        app.call("PATCH", &path).by(&account.owner).json(&json!({ "url": "http://10.0.0.1/" })).send().await.invalid("url");
        if app.call("PATCH", &path).by(&account.owner).json(&named).send().await.status == 200 {
            app.pass(Millis::MINUTE);
            app.run_jobs().await;
        }
        assert!(hook.told().is_empty(), "nothing was sent");
    }
}
