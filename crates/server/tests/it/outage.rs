//! When the database is gone or its disk is full: 503, never a false yes, and the process itself still answers (BEHAVIOUR 8).

use frontdesk_store::{StoreError, Tx, params, statements};
use serde_json::json;

use crate::app::{TestApp, apps};
use crate::people::PASSWORD;
use crate::socket::hello;

#[tokio::test]
async fn without_its_database_the_server_asks_to_come_back() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        let mut before = app.connect().await;
        app.store.clone().close().await;
        let message = json!({ "content": "hi", "echo_id": "e" });
        for call in [
            app.get("/ready"),
            app.get(&account.owner.path("/conversations")).by(&account.owner),
            app.post(&account.owner.at(1, "/messages")).by(&account.owner).json(&message),
            app.get(&visitor.path("/session")).from(&visitor),
            app.post(&visitor.path(&format!("/conversations/{uuid}/messages"))).from(&visitor).json(&message),
            app.post("/api/v1/session").json(&json!({ "email": "olga@halden.example", "password": PASSWORD })),
        ] {
            let answer = call.send().await;
            assert_eq!(answer.status, 503, "{}", answer.told());
            assert!(answer.header("retry-after").is_some_and(|it| it.parse::<u32>().is_ok()), "{}", answer.told());
        }
        app.get("/health").ok().await;
        before.send(&hello(&account.owner, None, &json!({}))).await;
        let end = before.end().await.expect("it says why");
        assert!((4000..4500).contains(&end), "{end} would keep the client away for good");
    }
}

statements! {
    /// SQLite's file grows no further than it is.
    SHRINK = "PRAGMA max_page_count = 1";
    /// It may grow again.
    GROW = "PRAGMA max_page_count = 1000000";
}

async fn limit(app: &TestApp, statement: &'static frontdesk_store::Statement) {
    let set = async move |tx: &mut Tx<'_>| tx.all::<i64>(statement, params![]).await;
    let set: Result<_, StoreError> = app.store.write(set).await;
    set.expect("the limit is set");
}

#[tokio::test]
async fn on_a_full_disk_nothing_is_acknowledged_and_everything_goes_on_after_it() {
    // PostgreSQL keeps its own disk.
    for app in apps().await.into_iter().filter(|it| it.engine == "SQLite") {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        let mut member = app.follow(&account.owner).await;
        let long = "x".repeat(100_000);
        let path = visitor.path(&format!("/conversations/{uuid}/messages"));
        let send = async |n: usize| {
            let message = json!({ "content": long, "echo_id": format!("e{n}") });
            app.post(&path).from(&visitor).json(&message).send().await
        };
        limit(&app, &SHRINK).await;
        let mut accepted = Vec::new();
        let full = loop {
            let answer = send(accepted.len()).await;
            if answer.status != 200 {
                break answer;
            }
            accepted.push(format!("e{}", accepted.len()));
            assert!(accepted.len() < 100, "the disk is never full");
        };
        assert_eq!(full.status, 503, "{}", full.told());
        assert!(full.header("retry-after").is_some(), "{}", full.told());
        assert_eq!(account.owner.conversation(&app, 1).await["incoming_count"], 1 + accepted.len(), "reading goes on");

        limit(&app, &GROW).await;
        let again = send(accepted.len()).await.ok();
        assert_eq!(again["message"]["number"], 2 + accepted.len(), "the same key is the first copy");
        // The member's line was never cut, and has each message once.
        for n in 0..=accepted.len() {
            let event = member.event("message_created").await;
            assert_eq!(event["event"]["message"]["echo_id"], format!("e{n}"));
        }
        assert_eq!(member.until_check().await, [] as [serde_json::Value; 0]);
    }
}
