//! Who a visitor proves to be: signatures, two browsers of one person, and a browser that passes from one to another.

use std::fmt::Write;

use futures_util::future::join;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::app::{TestApp, apps};
use crate::call::Answer;
use crate::people::{Account, Visitor, column, list};
use crate::socket::{Heard, Socket, visitor_hello};

/// As a website's own server makes it.
fn signed(secret: &str, identifier: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length is a key");
    mac.update(identifier.as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes everything");
        text
    })
}

async fn secret(app: &TestApp, account: &Account) -> String {
    let inbox = account.owner.get(app, &format!("/inboxes/{}", account.inbox)).await;
    inbox["hmac_token"].as_str().expect("administrators see it").to_owned()
}

async fn identify(app: &TestApp, visitor: &Visitor, body: &Value) -> Answer {
    app.post(&visitor.path("/identify")).from(visitor).json(body).send().await
}

/// Says who a visitor is, and signs it.
async fn prove(app: &TestApp, account: &Account, visitor: &Visitor, identifier: &str) -> Value {
    let hash = signed(&secret(app, account).await, identifier);
    identify(app, visitor, &json!({ "identifier": identifier, "identifier_hash": hash })).await.ok()
}

async fn meta(app: &TestApp, account: &Account, number: i64) -> Value {
    account.owner.conversation(app, number).await["meta"].clone()
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

/// Waits for a message, whatever is heard before it.
async fn hears(socket: &mut Socket, content: &str) {
    while until(socket, "message_created").await["message"]["content"] != content {}
}

async fn people(app: &TestApp, account: &Account) -> Vec<Value> {
    list(&account.owner.get(app, "/contacts").await["payload"])
}

#[tokio::test]
async fn two_browsers_of_one_person_are_one() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (laptop, phone) = (account.visitor(), account.visitor());
        let uuid = laptop.begin(&app, "from the laptop").await;
        let mut desk = app.follow(&account.owner).await;
        let told = prove(&app, &account, &laptop, "user-42").await;
        assert_eq!(told, json!({ "contact": { "name": null, "email": null }, "hmac_verified": true }));
        assert_eq!(until(&mut desk, "conversation_updated").await["conversation"]["meta"]["hmac_verified"], true);
        // The phone never wrote.
        prove(&app, &account, &phone, "user-42").await;
        assert_eq!(phone.session(&app).await["conversation"]["id"], uuid);
        phone.write(&app, &uuid, "from the phone").await;
        let mut line = app.follow_as(&laptop).await;
        account.owner.reply(&app, 1, "hello, both").await;
        hears(&mut line, "hello, both").await;
        // A third one wrote as nobody in particular.
        let tablet = account.visitor();
        tablet.begin(&app, "from the tablet").await;
        let mut before = app.follow_as(&tablet).await;
        prove(&app, &account, &tablet, "user-42").await;
        assert_eq!(before.hear().await, Heard::End(Some(4004)), "it was somebody else's line");
        assert_eq!(until(&mut desk, "contact_deleted").await["merged_into"]["identifier"], "user-42");
        assert_eq!(meta(&app, &account, 2).await["sender"], meta(&app, &account, 1).await["sender"]);
        let found = people(&app, &account).await;
        assert_eq!(found.len(), 1);
        let shown = account.owner.get(&app, &format!("/contacts/{}", found[0]["id"])).await["payload"]["contact_inboxes"].clone();
        let places = account.owner.get(&app, &format!("/contacts/{}/contactable_inboxes", found[0]["id"])).await["payload"].clone();
        assert_eq!(shown, places);
        assert_eq!(column(&list(&shown), "hmac_verified"), [true, true, true]);
        // Once more changes nothing.
        let cursor = app.cursor(&account).await;
        prove(&app, &account, &tablet, "user-42").await;
        assert_eq!(app.cursor(&account).await, cursor);
    }
}

#[tokio::test]
async fn a_wrong_stolen_or_old_signature_is_refused_and_changes_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (ann, thief) = (account.visitor(), account.visitor());
        let uuid = ann.begin(&app, "a secret of Ann's").await;
        prove(&app, &account, &ann, "ann").await;
        let key = secret(&app, &account).await;
        let cursor = app.cursor(&account).await;
        for (identifier, hash) in [
            ("ann", signed(&key, "thief")),
            ("ann", signed("another secret", "ann")),
            ("ann", signed(&key, "ann")[..62].to_owned()),
            ("ann", "é".repeat(32)),
            ("Ann", signed(&key, "ann")),
        ] {
            identify(&app, &thief, &json!({ "identifier": identifier, "identifier_hash": hash, "name": "Thief" }))
                .await
                .invalid("identifier_hash");
        }
        identify(&app, &thief, &json!({ "identifier_hash": signed(&key, "ann") })).await.invalid("identifier");
        for (field, value) in [
            ("identifier", json!("x".repeat(65))),
            ("identifier", json!("a\0")),
            ("email", json!("no address")),
            ("custom_attributes", json!([1])),
            ("custom_attributes", json!({ "a": "x".repeat(20_000) })),
        ] {
            identify(&app, &thief, &json!({ field: value })).await.invalid(field);
        }
        account.owner.post(&app, &format!("/inboxes/{}/reset_hmac_token", account.inbox), &json!({})).await;
        let old = json!({ "identifier": "ann", "identifier_hash": signed(&key, "ann") });
        identify(&app, &thief, &old).await.invalid("identifier_hash");
        // Of another inbox of the same account.
        let (_, token) = app.inbox(&account, "Second").await;
        let elsewhere = json!({ "identifier": "ann", "identifier_hash": signed(&secret(&app, &account).await, "ann") });
        identify(&app, &Visitor::on(&token), &elsewhere).await.invalid("identifier_hash");
        assert_eq!(app.cursor(&account).await, cursor + 1, "the new secret only");
        assert_eq!(thief.session(&app).await["contact"], json!(null), "nothing is stored of who was refused");
        let path = thief.path(&format!("/conversations/{uuid}/messages"));
        app.get(&path).from(&thief).send().await.refused(401, "Invalid Access Token");
    }
}

#[tokio::test]
async fn without_a_signature_it_is_a_claim_that_opens_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (ann, other) = (account.visitor(), account.visitor());
        ann.begin(&app, "a secret of Ann's").await;
        prove(&app, &account, &ann, "ann").await;
        let claim = json!({ "identifier": "ann", "name": "Ann", "email": "ann@example.com", "phone_number": "+47 1",
            "custom_attributes": { "plan": "gold", "seats": 3 } });
        let told = identify(&app, &other, &claim).await.ok();
        assert_eq!(told, json!({ "contact": { "name": "Ann", "email": "ann@example.com" }, "hmac_verified": false }));
        assert_eq!(other.session(&app).await["conversation"], json!(null));
        identify(&app, &other, &json!({ "custom_attributes": { "plan": null, "orders": 1 } })).await.ok();
        other.begin(&app, "hello").await;
        let sender = meta(&app, &account, 2).await["sender"].clone();
        assert_eq!(
            json!([sender["name"], sender["identifier"], sender["custom_attributes"]]),
            json!(["Ann", null, { "seats": 3, "orders": 1 }])
        );
        assert_eq!(meta(&app, &account, 2).await["hmac_verified"], false);
        // Nor does a claim change what was signed, or make a verified browser less so.
        identify(&app, &ann, &json!({ "name": "Mallory", "email": "m@example.com", "custom_attributes": { "plan": "gold" } })).await.ok();
        let sender = meta(&app, &account, 1).await["sender"].clone();
        assert_eq!(json!([sender["name"], sender["email"], sender["custom_attributes"]]), json!(["Visitor 1", null, { "plan": "gold" }]));
        assert_eq!(meta(&app, &account, 1).await["hmac_verified"], true);

        let path = account.owner.path(&format!("/inboxes/{}", account.inbox));
        app.call("PUT", &path).by(&account.owner).json(&json!({ "hmac_mandatory": true })).ok().await;
        identify(&app, &account.visitor(), &claim).await.invalid("identifier_hash");
        identify(&app, &other, &json!({ "custom_attributes": { "plan": "silver" } })).await.ok();
    }
}

#[tokio::test]
async fn an_address_is_proved_only_where_it_is_what_was_signed() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let known = json!({ "name": "Ben", "email": "ben@example.com" });
        let ben = owner.post(&app, "/contacts", &known).await["payload"]["contact"]["id"].clone();
        let key = secret(&app, &account).await;
        let say = async |visitor: &Visitor, identifier: &str, email: &str| {
            let body = json!({ "identifier": identifier, "identifier_hash": signed(&key, identifier), "email": email });
            identify(&app, visitor, &body).await.ok();
        };
        // A signed-in stranger sends Ben's address beside their own identifier.
        let mallory = account.visitor();
        say(&mallory, "mallory", "ben@example.com").await;
        mallory.begin(&app, "I am Ben").await;
        let sender = meta(&app, &account, 1).await["sender"].clone();
        assert_ne!(sender["id"], ben);
        assert_eq!(sender["identifier"], "mallory");
        let browser = account.visitor();
        say(&browser, "ben@example.com", "Ben@Example.com").await;
        browser.begin(&app, "it is me").await;
        assert_eq!(meta(&app, &account, 2).await["sender"]["id"], ben);
    }
}

#[tokio::test]
async fn a_browser_that_is_passed_on_shows_nothing_of_who_had_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (shared, phone) = (account.visitor(), account.visitor());
        prove(&app, &account, &shared, "ann").await;
        prove(&app, &account, &phone, "ann").await;
        let uuid = shared.begin(&app, "a secret of Ann's").await;
        for n in 0..3 {
            shared.write(&app, &uuid, &format!("more {n}")).await;
        }
        let (epoch, cursor) = (app.epoch(&account).await, shared.session(&app).await["cursor"].as_i64());
        let (mut old, mut at_home) = (app.follow_as(&shared).await, app.follow_as(&phone).await);
        prove(&app, &account, &shared, "ben").await;
        assert_eq!(old.hear().await, Heard::End(Some(4004)));
        let mut back = app.connect().await;
        back.send(&visitor_hello(&shared, Some(&epoch), cursor)).await;
        back.expect("reload").await;
        let session = shared.session(&app).await;
        assert_eq!(json!([session["conversation"], session["messages"]]), json!([null, []]));
        let path = shared.path(&format!("/conversations/{uuid}/messages"));
        app.get(&path).from(&shared).send().await.refused(404, "Conversation not found");
        // Ann goes on elsewhere, and Ben does not hear it.
        account.owner.reply(&app, 1, "for Ann only").await;
        hears(&mut at_home, "for Ann only").await;
        assert!(!json!(back.until_check().await).to_string().contains("Ann"));
        let bens = shared.begin(&app, "I am Ben").await;
        assert_ne!(bens, uuid);
        assert_eq!(meta(&app, &account, 2).await["sender"]["identifier"], "ben");
        // And back again.
        prove(&app, &account, &shared, "ann").await;
        assert_eq!(shared.session(&app).await["conversation"]["id"], uuid);
        assert_eq!(people(&app, &account).await.len(), 2);
    }
}

#[tokio::test]
async fn browsers_that_say_it_at_once_are_one_person() {
    for app in apps().await {
        let account = app.account("Halden").await;
        for round in 0..5 {
            let (one, two) = (account.visitor(), account.visitor());
            let identifier = format!("user-{round}");
            join(prove(&app, &account, &one, &identifier), prove(&app, &account, &two, &identifier)).await;
            join(one.begin(&app, "from the one"), two.begin(&app, "from the other")).await;
            // The same browser, twice at once and as two people: it is one of theirs, whoever was last.
            let (ann, ben) = (format!("ann-{round}"), format!("ben-{round}"));
            join(prove(&app, &account, &one, &ann), prove(&app, &account, &one, &ben)).await;
            let shown = one.session(&app).await;
            assert_eq!(shown["conversation"], json!(null), "neither has written");
            let found = people(&app, &account).await;
            let count = |it: &str| found.iter().filter(|one| one["identifier"] == it).count();
            assert_eq!((count(&identifier), count(&ann), count(&ben)), (1, 1, 1));
        }
    }
}

#[tokio::test]
async fn visitors_of_an_inbox_that_is_switched_off_are_let_go() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (_, token) = app.inbox(&account, "Second").await;
        let (visitor, elsewhere) = (account.visitor(), Visitor::on(&token));
        visitor.begin(&app, "hello").await;
        elsewhere.begin(&app, "hello").await;
        let (mut line, mut other) = (app.follow_as(&visitor).await, app.follow_as(&elsewhere).await);
        let (mut launcher, mut other_launcher) = (launcher(&app, &account.website_token).await, launcher(&app, &token).await);
        let path = account.owner.path(&format!("/inboxes/{}", account.inbox));
        let change = async |body: Value| app.call("PATCH", &path).by(&account.owner).json(&body).ok().await;
        change(json!({ "name": "Halden shop" })).await;
        assert!(line.until_check().await.is_empty(), "other settings end nobody's line");
        assert!(launcher.until_check().await.is_empty());
        change(json!({ "enabled": false })).await;
        assert_eq!(line.hear().await, Heard::End(Some(4503)));
        assert_eq!(launcher.frame().await, json!({ "type": "mode", "mode": "hidden" }));
        assert_eq!(launcher.hear().await, Heard::End(Some(4503)));
        assert!(other.until_check().await.is_empty() && other_launcher.until_check().await.is_empty());
        // One without history is deleted, which is the same to whoever stands before its door.
        let (inbox, token) = app.inbox(&account, "Third").await;
        let mut launcher = self::launcher(&app, &token).await;
        app.call("DELETE", &account.owner.path(&format!("/inboxes/{inbox}"))).by(&account.owner).send().await.ok_empty();
        assert_eq!(launcher.frame().await, json!({ "type": "mode", "mode": "hidden" }));
        assert_eq!(launcher.hear().await, Heard::End(Some(4503)));
    }
}

/// The line of a launcher on one of our own pages.
async fn launcher(app: &crate::app::TestApp, website_token: &str) -> crate::socket::Socket {
    let mut launcher = app.connect().await;
    launcher.send(&json!({ "type": "hello", "v": 1, "launcher": { "website_token": website_token } })).await;
    launcher.expect("mode").await;
    launcher
}
