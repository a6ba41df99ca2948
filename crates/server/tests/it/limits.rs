//! What strangers may ask for, and who is not disturbed by it: wrong tokens, silent sockets, slow senders, proxies, a clock
//! that is set back. How limits count is tested in `limits` itself.

use std::net::SocketAddr;

use frontdesk::Limits;
use frontdesk_core::time::Millis;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::app::{TestApp, apps, apps_with};
use crate::people::PASSWORD;
use crate::socket::{hello, in_time};

/// As a new installation has them, behind a proxy on the same machine.
fn behind_a_proxy() -> Limits {
    Limits::new(vec!["127.0.0.1/32".parse().expect("a network")], 1)
}

#[tokio::test]
async fn ten_thousand_wrong_tokens_are_made_to_wait_and_the_right_one_is_not() {
    for app in apps_with(behind_a_proxy).await {
        let account = app.account("Halden").await;
        let mut told = (0, 0);
        for n in 0..10_000 {
            let token = format!("wrong-{n}");
            let answer =
                app.get("/api/v1/profile").header("api_access_token", &token).header("x-forwarded-for", "198.51.100.7").send().await;
            match answer.status {
                401 => told.0 += 1,
                429 => {
                    told.1 += 1;
                    assert!(answer.header("retry-after").is_some(), "{}", answer.told());
                }
                _ => panic!("{}", answer.told()),
            }
        }
        assert!(told.0 < 200 && told.1 > 9_000, "{told:?}");
        // The same address: a colleague of the guesser, or a script beside a broken one.
        let profile = app.get("/api/v1/profile").by(&account.owner).header("x-forwarded-for", "198.51.100.7").ok().await;
        assert_eq!(profile["id"], account.owner.id);
        app.get("/api/v1/profile")
            .header("api_access_token", "wrong")
            .header("x-forwarded-for", "198.51.100.8")
            .send()
            .await
            .refused(401, "Invalid Access Token");
    }
}

#[tokio::test]
async fn log_ins_behind_a_proxy_are_counted_by_who_stands_before_it() {
    for app in apps_with(behind_a_proxy).await {
        let try_from = async |address: &str, n: usize| {
            let body = json!({ "email": format!("{n}@halden.example"), "password": PASSWORD });
            app.post("/api/v1/session").header("x-forwarded-for", address).json(&body).send().await.status
        };
        let mut statuses = Vec::new();
        for n in 0..21 {
            statuses.push(try_from("198.51.100.7", n).await);
        }
        assert_eq!(statuses.pop(), Some(429), "the twenty-first");
        assert!(statuses.iter().all(|it| *it == 401), "{statuses:?}");
        assert_eq!(try_from("198.51.100.8", 30).await, 401, "another address has its own count");
        assert_eq!(try_from("1.1.1.1, 198.51.100.7", 31).await, 429, "what the guesser writes into the header does not count");
    }
}

/// Asks for a socket as a browser behind the proxy, and gives it back with the answer's status.
async fn knock(address: SocketAddr, from: &str) -> (u16, Option<TcpStream>) {
    let mut request = format!("ws://{address}/realtime").into_client_request().expect("an address");
    request.headers_mut().insert("x-forwarded-for", from.parse().expect("a header"));
    let stream = TcpStream::connect(address).await.expect("the server listens");
    match in_time(tokio_tungstenite::client_async(request, stream)).await {
        Ok((socket, _)) => (101, Some(socket.into_inner())),
        Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => (answer.status().as_u16(), None),
        Err(other) => panic!("the server answers: {other}"),
    }
}

#[tokio::test]
async fn five_hundred_silent_sockets_of_one_address_keep_nobody_else_out() {
    for app in apps_with(behind_a_proxy).await {
        let account = app.account("Halden").await;
        let address = app.address().await;
        let knocked = join_all((0..500).map(|_| knock(address, "198.51.100.7"))).await;
        let (mut inside, refused): (Vec<_>, Vec<_>) = knocked.into_iter().partition(|it| it.0 == 101);
        assert_eq!(inside.len(), 100, "as many strangers as an address may have");
        assert!(refused.iter().all(|it| it.0 == 429));

        let mut socket = app.connect().await;
        socket.send(&hello(&account.owner, None, &json!({}))).await;
        socket.expect("reload").await;

        // A place is free again as soon as one of them goes.
        inside.pop();
        in_time(async { while knock(address, "198.51.100.7").await.0 != 101 {} }).await;
    }
}

#[tokio::test]
async fn a_visitor_begins_only_so_many_conversations_in_a_row() {
    for app in apps_with(|| Limits::new(Vec::new(), 1)).await {
        let account = app.account("Halden").await;
        let path = format!("/widget/v1/{}/conversations", account.website_token);
        let mut statuses = Vec::new();
        for n in 0..61 {
            let body = json!({ "key": format!("k{n}"), "echo_id": format!("e{n}"), "content": "hello" });
            statuses.push(app.post(&path).from(&account.visitor()).json(&body).send().await.status);
        }
        assert_eq!(statuses.pop(), Some(429));
        assert!(statuses.iter().all(|it| *it == 200), "{statuses:?}");
    }
}

/// Sends the beginning of a request and waits for what the server says before it ends the connection.
async fn dawdle(app: &TestApp, beginning: &str) -> String {
    let mut stream = TcpStream::connect(app.address().await).await.expect("the server listens");
    stream.write_all(beginning.as_bytes()).await.expect("the server reads");
    let mut told = Vec::new();
    in_time(stream.read_to_end(&mut told)).await.expect("the server ends the connection in order");
    String::from_utf8_lossy(&told).into_owned()
}

#[tokio::test]
async fn who_sends_too_slowly_is_told_so_and_gives_the_connection_back() {
    // All at once: each of them waits its ten or fifteen seconds.
    let wait = async |app: TestApp| {
        let body = dawdle(
            &app,
            "POST /api/v1/session HTTP/1.1\r\nhost: desk.test\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"email\":",
        );
        let head = dawdle(&app, "GET /api/v1/profile HTTP/1.1\r\nhost: des");
        let (body, head) = tokio::join!(body, head);
        assert!(body.starts_with("HTTP/1.1 408") && body.contains("{\"error\":\"The request took too long\"}"), "{body}");
        assert!(head.is_empty() || head.starts_with("HTTP/1.1 4"), "{head}");
    };
    join_all(apps().await.into_iter().map(wait)).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_turns_no_conversation_around() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "first").await;
        app.pass(-10 * Millis::MINUTE);
        visitor.write(&app, &uuid, "second").await;
        app.pass(20 * Millis::MINUTE);
        visitor.write(&app, &uuid, "third").await;

        let session = visitor.session(&app).await;
        let messages: Vec<&Value> = session["messages"].as_array().expect("a list").iter().collect();
        let texts: Vec<_> = messages.iter().filter_map(|it| it["content"].as_str()).collect();
        assert_eq!(texts, ["first", "second", "third"]);
        let times: Vec<_> = messages.iter().map(|it| it["created_at_ms"].as_i64().expect("seconds")).collect();
        assert!(times.is_sorted() && times[0] == times[1] && times[1] < times[2], "{times:?}");
    }
}

#[tokio::test]
async fn whoever_watches_the_server_reads_numbers_and_no_names() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", None).await;
        app.get("/api/v1/profile").by(&account.owner).ok().await;
        let answer = app.get("/metrics").send().await;
        let text = String::from_utf8_lossy(&answer.bytes);
        assert_eq!(answer.status, 200);
        assert!(text.contains("frontdesk_http_seconds_count{route=\"/api/v1/profile\",method=\"GET\",status=\"200\"}"), "{text}");
        assert!(!text.contains("olga") && !text.contains(&account.owner.token), "{text}");
    }
}
