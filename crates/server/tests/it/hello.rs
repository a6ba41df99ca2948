//! How a socket begins and ends: credentials, versions, limits, close codes.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::app::{TestApp, apps};
use crate::people::PASSWORD;
use crate::shape::assert_shape;
use crate::socket::{Heard, hello, visitor_hello};

/// Close codes: below 4500 the client comes back.
const RESTARTING: Option<u16> = Some(4001);
const NO_HELLO: Option<u16> = Some(4003);
const PROTOCOL: Option<u16> = Some(4500);
const NOT_SIGNED_IN: Option<u16> = Some(4501);
const FRAME_TOO_LARGE: Option<u16> = Some(4502);
const SESSION_ENDED: Option<u16> = Some(4503);

#[tokio::test]
async fn each_kind_of_client_is_greeted() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let (login, visitor) = (app.log_in(&account.owner).await, account.visitor());
        visitor.begin(&app, "hello").await;
        let (epoch, cursor) = (app.epoch(&account).await, app.cursor(&account).await);
        let (stand, own) = (
            json!({ account.id.to_string(): cursor }),
            json!({ "type": "=resumed", "account_id": account.id, "epoch": format!("={epoch}"), "cursor": cursor }),
        );

        let mut dashboard = app.connect_logged_in(&login).await;
        dashboard.send(&json!({ "type": "hello", "v": 1, "epoch": epoch, "cursors": stand })).await;
        assert_shape(&dashboard.frame().await, &own);

        let mut robot = app.connect().await;
        robot.send(&hello(&account.owner, Some(&epoch), &stand)).await;
        assert_shape(&robot.frame().await, &own);

        let seen = visitor.session(&app).await["cursor"].as_i64();
        let mut chat = app.connect().await;
        chat.send(&visitor_hello(&visitor, Some(&epoch), seen)).await;
        assert_shape(&chat.frame().await, &json!({ "type": "=resumed", "epoch": format!("={epoch}"), "cursor": seen }));

        let mut launcher = app.connect().await;
        launcher.send(&json!({ "type": "hello", "v": 1, "launcher": { "website_token": account.website_token } })).await;
        assert_eq!(launcher.frame().await, json!({ "type": "mode", "mode": "online" }));

        for socket in [&mut dashboard, &mut robot, &mut chat, &mut launcher] {
            assert_eq!(socket.until_check().await, [] as [Value; 0], "nothing else is sent, and the line lives");
        }
    }
}

#[tokio::test]
async fn who_says_nothing_is_asked_to_come_back() {
    // All at once: each of them waits the five seconds.
    let wait = async |app: TestApp| app.connect().await.end().await;
    let ends = join_all(apps().await.into_iter().map(wait)).await;
    assert!(ends.iter().all(|it| *it == NO_HELLO), "{ends:?}");
}

#[tokio::test]
async fn a_frame_that_means_nothing_ends_the_line() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let greeting = hello(&account.owner, None, &json!({}));
        let mut garbage: Vec<Message> = [
            "",
            "{",
            "null",
            "[]",
            "3",
            "\"hello\"",
            "{}",
            r#"{"type":"unknown"}"#,
            r#"{"type":"hello"}"#,
            r#"{"type":"hello","v":"1"}"#,
            r#"{"type":"hello","v":-1}"#,
            r#"{"type":"hello","v":1,"cursors":[1]}"#,
            r#"{"type":"typing"}"#,
            "\u{0}",
        ]
        .map(Message::text)
        .to_vec();
        let version = json!({ "type": "hello", "v": 2, "api_access_token": account.owner.token });
        garbage.extend([Message::binary(greeting.to_string().into_bytes()), Message::text(version.to_string())]);
        garbage.push(Message::text(r#"{"type":"check"}"#));
        for message in garbage {
            let mut socket = app.connect().await;
            assert!(socket.try_send(message.clone()).await);
            assert_eq!(socket.hear().await, Heard::End(PROTOCOL), "{message:?}");
        }
        // And once greeted: a second hello, another kind of reference, garbage.
        for later in [
            greeting.clone(),
            json!({ "type": "typing", "account_id": account.id, "conversation_id": "a-uuid", "on": true }),
            json!({ "type": "typing", "account_id": account.id, "conversation_id": 1 }),
            json!({ "type": "event", "account_id": 1 }),
            json!(7),
        ] {
            let mut socket = app.follow(&account.owner).await;
            socket.send(&later).await;
            assert_eq!(socket.end().await, PROTOCOL, "{later}");
        }
        let mut launcher = app.connect().await;
        launcher.send(&json!({ "type": "hello", "v": 1, "launcher": { "website_token": account.website_token } })).await;
        launcher.expect("mode").await;
        launcher.send(&json!({ "type": "typing", "conversation_id": 1, "on": true })).await;
        assert_eq!(launcher.end().await, PROTOCOL);
    }
}

#[tokio::test]
async fn wrong_credentials_are_not_signed_in_and_learn_no_more() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (visitor, other) = (account.visitor(), app.account("Lunde").await);
        visitor.begin(&app, "hello").await;
        let greet = |fields: Value| {
            let mut frame = json!({ "type": "hello", "v": 1 });
            frame.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
            frame
        };
        for frame in [
            greet(json!({})),
            greet(json!({ "api_access_token": "" })),
            greet(json!({ "api_access_token": "wrong" })),
            greet(json!({ "api_access_token": visitor.token })),
            greet(json!({ "visitor": { "website_token": account.website_token, "token": "wrong" } })),
            greet(json!({ "visitor": { "website_token": account.website_token, "token": account.visitor().token } })),
            greet(json!({ "visitor": { "website_token": account.website_token, "token": account.owner.token } })),
            greet(json!({ "visitor": { "website_token": other.website_token, "token": visitor.token } })),
            greet(json!({ "visitor": { "website_token": "\0", "token": visitor.token } })),
            greet(json!({ "launcher": { "website_token": "nosuchtoken" } })),
            greet(json!({ "launcher": { "website_token": "a\0" } })),
        ] {
            let mut socket = app.connect().await;
            socket.send(&frame).await;
            assert_eq!(socket.hear().await, Heard::End(NOT_SIGNED_IN), "{frame}");
        }
    }
}

#[tokio::test]
async fn a_cookie_from_another_site_counts_for_nothing() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let (login, address) = (app.log_in(&account.owner).await, app.address().await);
        let frame = json!({ "type": "hello", "v": 1, "cursors": {} });
        let foreign =
            ["http://evil.example".to_owned(), format!("https://{address}"), format!("http://{address}.evil.example"), "null".to_owned()];
        for origin in foreign.iter().map(Some).chain([None]) {
            let mut headers = vec![("cookie", login.cookie.as_str())];
            headers.extend(origin.map(|it| ("origin", it.as_str())));
            let mut socket = app.connect_with(&headers).await;
            socket.send(&frame).await;
            assert_eq!(socket.hear().await, Heard::End(NOT_SIGNED_IN), "{origin:?}");
        }
        for origin in [format!("http://{address}"), "http://desk.test".to_owned()] {
            let mut socket = app.connect_with(&[("cookie", &login.cookie), ("origin", &origin)]).await;
            socket.send(&frame).await;
            socket.expect("reload").await;
        }
    }
}

#[tokio::test]
async fn a_session_that_ended_opens_no_socket() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let login = app.log_in(&account.owner).await;
        app.call("DELETE", "/api/v1/session").logged_in(&login).send().await.ok_empty();
        let mut socket = app.connect_logged_in(&login).await;
        socket.send(&json!({ "type": "hello", "v": 1, "cursors": {} })).await;
        assert_eq!(socket.end().await, NOT_SIGNED_IN);
    }
}

#[tokio::test]
async fn an_open_socket_ends_with_its_session() {
    // Asked again with each ping, so that both engines wait together.
    let log_out = async |app: TestApp| {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let login = app.log_in(&account.owner).await;
        let mut socket = app.connect_logged_in(&login).await;
        socket.send(&json!({ "type": "hello", "v": 1, "cursors": {} })).await;
        socket.expect("reload").await;
        app.call("DELETE", "/api/v1/session").logged_in(&login).send().await.ok_empty();
        socket.end().await
    };
    let ends = join_all(apps().await.into_iter().map(log_out)).await;
    assert!(ends.iter().all(|it| *it == SESSION_ENDED), "{ends:?}");
}

#[tokio::test]
async fn a_frame_beyond_sixteen_kibibytes_is_too_large() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let padded = |bytes: usize| {
            let bare = json!({ "type": "check", "padding": "" }).to_string();
            bare.replace("\"\"", &format!("\"{}\"", "x".repeat(bytes - bare.len())))
        };
        let mut socket = app.follow(&account.owner).await;
        socket.send_text(&padded(16 * 1_024)).await;
        socket.expect("check").await;
        socket.send_text(&padded(16 * 1_024 + 1)).await;
        assert_eq!(socket.end().await, FRAME_TOO_LARGE);
    }
}

#[tokio::test]
async fn forty_megabytes_are_cut_off_and_harm_nobody() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let mut bystander = app.follow(&account.owner).await;
        let flood = "x".repeat(40_000_000);
        for mut socket in [app.connect().await, app.follow(&account.owner).await] {
            // The server may cut the line while the client still sends.
            if socket.try_send(Message::text(flood.clone())).await {
                let end = socket.end().await;
                assert!(end == FRAME_TOO_LARGE || end.is_none(), "{end:?}");
            }
        }
        assert_eq!(bystander.until_check().await, [] as [Value; 0]);
    }
}

#[tokio::test]
async fn too_many_frames_in_a_second_end_the_line() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let mut socket = app.follow(&account.owner).await;
        // Far more than the limit, so that it does not matter when a second begins.
        for _ in 0..2_000 {
            if !socket.try_send(Message::text(r#"{"type":"check"}"#)).await {
                break;
            }
        }
        let end = socket.end().await;
        assert!(end == PROTOCOL || end.is_none(), "{end:?}");
        let mut calm = app.follow(&account.owner).await;
        for _ in 0..20 {
            calm.until_check().await;
        }
    }
}

#[tokio::test]
async fn a_stopping_server_asks_everybody_to_come_back() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let mut launcher = app.connect().await;
        launcher.send(&json!({ "type": "hello", "v": 1, "launcher": { "website_token": account.website_token } })).await;
        launcher.expect("mode").await;
        let mut sockets = [app.follow(&account.owner).await, app.follow_as(&visitor).await, launcher];
        // Whoever comes in the last moment is sent away, too, and not left alone.
        let mut late = app.connect().await;
        app.hub.stop();
        for socket in &mut sockets {
            assert_eq!(socket.end().await, RESTARTING);
        }
        late.send(&hello(&account.owner, None, &json!({}))).await;
        assert_eq!(tokio::time::timeout(Duration::from_secs(4), late.end()).await, Ok(RESTARTING));
    }
}
