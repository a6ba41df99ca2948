//! When the database is gone: 503, never a false yes, and the process itself still answers (BEHAVIOUR 8).

use serde_json::json;

use crate::app::apps;
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
