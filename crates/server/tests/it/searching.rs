//! Searching conversations, people and messages: what is found, by whom, how soon, and what odd questions do.

use frontdesk_core::time::Millis;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Member, column, list};
use crate::sql;
use frontdesk_store::params;

fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16).expect("four bits")
}

async fn ask(app: &TestApp, member: &Member, typed: &str) -> Value {
    let encoded: String = typed.bytes().flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]).collect();
    member.get(app, &format!("/search?q={encoded}")).await["payload"].clone()
}

async fn contents(app: &TestApp, member: &Member, typed: &str) -> Vec<Value> {
    column(&list(&ask(app, member, typed).await["messages"]), "content")
}

#[tokio::test]
async fn messages_are_found_by_their_words_newest_first_with_the_place_that_matches() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "My Crème brûlée order is late").await;
        owner.reply(&app, 1, "The order left us; a refund follows").await;
        owner.note(&app, 1, "refunded by hand").await;
        visitor.write(&app, &uuid, "我要退款").await;
        owner.set_status(&app, 1, "resolved").await;
        app.run_jobs().await;
        assert_eq!(contents(&app, owner, "order").await, ["The order left us; a refund follows", "My Crème brûlée order is late"]);
        assert_eq!(contents(&app, owner, "ORDER creme").await, ["My Crème brûlée order is late"]);
        assert_eq!(contents(&app, owner, "refun").await, ["refunded by hand", "The order left us; a refund follows"]);
        assert_eq!(contents(&app, owner, "refund ").await, ["The order left us; a refund follows"]);
        assert_eq!(contents(&app, owner, "\"order is late\"").await, ["My Crème brûlée order is late"]);
        assert_eq!(contents(&app, owner, "\"late order\"").await, [""; 0]);
        assert_eq!(contents(&app, owner, "退款").await, ["我要退款"]);
        assert_eq!(contents(&app, owner, "款退").await, [""; 0]);
        assert_eq!(contents(&app, owner, "resolved").await, [""; 0], "what happened is not what was said");
        let found = ask(&app, owner, "\"by hand").await;
        let message = &found["messages"][0];
        assert_eq!((&message["conversation_id"], &message["private"]), (&json!(1), &json!(true)));
        assert!(message["contact_name"].as_str().is_some_and(|it| it.starts_with("Visitor")));
        let excerpt = json!([{ "text": "refunded ", "match": false }, { "text": "by", "match": true }, { "text": " ", "match": false }, { "text": "hand", "match": true }]);
        assert_eq!(message["excerpt"], excerpt);
    }
}

#[tokio::test]
async fn people_are_found_by_name_and_address_and_their_conversations_with_them() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        let ann = json!({ "name": "Ánn Björk", "email": "ann.b@shop.example", "phone_number": "+4712345678", "identifier": "C-77" });
        let made = owner.post(&app, "/contacts", &ann).await;
        let contact = &made["payload"]["contact"]["id"];
        owner.post(&app, "/conversations", &json!({ "inbox_id": account.inbox, "contact_id": contact })).await;
        owner.post(&app, "/contacts", &json!({ "name": "Bo" })).await;
        app.run_jobs().await;
        for typed in ["ann bjo", "bjork", "ann.b@shop", "shop.example", "+4712345678", "4712", "c-77"] {
            let found = ask(&app, owner, typed).await;
            assert_eq!(column(&list(&found["contacts"]), "name"), ["Ánn Björk"], "{typed}");
            assert_eq!(column(&list(&found["conversations"]), "id"), [1], "{typed}");
        }
        for typed in ["1", "#1"] {
            assert_eq!(column(&list(&ask(&app, owner, typed).await["conversations"]), "id"), [1], "{typed}");
        }
    }
}

#[tokio::test]
async fn nobody_finds_what_they_do_not_see() {
    for app in apps().await {
        let (account, other) = (app.account("Halden").await, app.account("Lunde").await);
        let maya = app.agent(&account, "Maya").await;
        let (inbox, token) = app.inbox(&account, "Second").await;
        account.visitor().begin(&app, "needle in the first").await;
        crate::people::Visitor::on(&token).begin(&app, "needle in the second").await;
        other.visitor().begin(&app, "needle elsewhere").await;
        app.run_jobs().await;
        assert_eq!(contents(&app, &account.owner, "needle").await, ["needle in the second", "needle in the first"]);
        assert_eq!(contents(&app, &other.owner, "needle").await, ["needle elsewhere"]);
        assert_eq!(contents(&app, &maya, "needle").await.len(), 2);
        app.sql(&sql::LEAVE_INBOX, params![inbox, maya.id]).await;
        assert_eq!(contents(&app, &maya, "needle").await, ["needle in the first"]);
        assert!(list(&ask(&app, &maya, "#2").await["conversations"]).is_empty());
        app.sql(&sql::LEAVE_INBOX, params![account.inbox, maya.id]).await;
        assert_eq!(contents(&app, &maya, "needle").await, [""; 0]);
    }
}

#[tokio::test]
async fn odd_questions_find_nothing_and_break_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello a or b not c near 'quoted' \"d\" §a1").await;
        app.run_jobs().await;
        for typed in [
            "",
            " ",
            "\"",
            "\"\"",
            "*",
            "a*",
            "^a",
            "a NEAR b",
            "a AND",
            "OR",
            "NOT hello",
            "(hello",
            "hello)",
            "words:hello",
            "-hello",
            "{a}",
            "'",
            "'' & !a",
            "a <-> b",
            "a:*",
            "a | b",
            "\\",
            "\u{0}",
            "§a1",
            "§",
            "%",
            "_",
            "🎉",
            "hello\u{0}world",
            "é\u{301}",
        ] {
            ask(&app, &account.owner, typed).await;
        }
        assert_eq!(contents(&app, &account.owner, &"hello ".repeat(100)).await.len(), 1);
        assert_eq!(contents(&app, &account.owner, "NOT hello").await.len(), 1, "no word is an operator");
        assert_eq!(account.owner.get(&app, "/search").await["payload"]["messages"], json!([]));
        assert_eq!(account.owner.get(&app, "/search?q=hello&page=999999999999").await["payload"]["messages"], json!([]));
        app.get(&account.owner.path("/search?q=hello&page=0")).by(&account.owner).send().await.invalid("page");
    }
}

#[tokio::test]
async fn pages_go_on_and_an_index_that_is_rebuilt_finds_the_same() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let owner = &account.owner;
        account.visitor().begin(&app, "word 0").await;
        for n in 1..40 {
            owner.note(&app, 1, &format!("word {n}")).await;
        }
        app.run_jobs().await;
        let pages = async || {
            let mut all = Vec::new();
            for page in 1..=4 {
                all.extend(column(&list(&owner.get(&app, &format!("/search?q=word&page={page}")).await["payload"]["messages"]), "content"));
            }
            all
        };
        let before = pages().await;
        assert_eq!(before, (0..40).rev().map(|n| json!(format!("word {n}"))).collect::<Vec<_>>());
        app.rebuild_index().await;
        assert_eq!(pages().await, before, "found as before, while it is made again");
        app.run_jobs().await;
        assert_eq!(pages().await, before);
        // Trimming the log waits for the index, never the other way round.
        app.pass(31 * Millis::DAY);
        app.run_jobs().await;
        assert_eq!(pages().await, before);
    }
}

#[tokio::test]
async fn a_running_server_finds_a_message_soon_after_it_was_sent() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let story = async {
            account.visitor().begin(&app, "needle").await;
            let look = async { while contents(&app, &account.owner, "needle").await.is_empty() {} };
            crate::socket::in_time(look).await;
        };
        app.with_jobs(story).await;
    }
}

#[tokio::test]
async fn a_text_whose_letters_grow_when_folded_holds_up_nobody() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let after = app.account("Lunde").await;
        account.visitor().begin(&app, &format!("salam {}", "\u{fdfa}\u{fdfa}\u{fdfa}\u{fdfa}\u{fdfa} ".repeat(9_000))).await;
        account.visitor().begin(&app, "the next one").await;
        after.visitor().begin(&app, "somebody else").await;
        app.run_jobs().await;
        for (owner, typed) in [(&account.owner, "salam"), (&account.owner, "next one"), (&after.owner, "somebody")] {
            assert_eq!(contents(&app, owner, typed).await.len(), 1, "{typed}");
        }
    }
}

#[tokio::test]
async fn what_reads_for_long_is_done_a_few_at_once_for_each_account() {
    for app in apps().await {
        let (busy, other) = (app.account("Halden").await, app.account("Lunde").await);
        let ask = async |member: &Member| {
            let body = json!({ "payload": [{ "attribute_key": "labels", "filter_operator": "is_present" }] });
            let filter = async |path: &str| app.post(&member.path(path)).by(member).json(&body).send().await;
            let search = app.get(&member.path("/search?q=hello")).by(member).send().await;
            [search, filter("/conversations/filter").await, filter("/contacts/filter").await]
        };
        let crowd = app.crowd_searches(&busy);
        for answer in ask(&busy.owner).await {
            assert_eq!(answer.header("retry-after"), Some("1"));
            answer.refused(429, "Too many searches at once. Try again in a moment");
        }
        for answer in ask(&other.owner).await {
            answer.ok();
        }
        drop(crowd);
        for answer in ask(&busy.owner).await {
            answer.ok();
        }
    }
}
