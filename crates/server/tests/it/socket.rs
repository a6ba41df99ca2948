//! A client of `GET /realtime`: the real listener, real frames, and a patience that ends a test which waits in vain.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::app::TestApp;
use crate::people::{Account, Login, Member, Visitor};

/// Longer than anything takes that a test waits for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection.
pub(crate) struct Socket {
    stream: WebSocketStream<TcpStream>,
}

/// What a client hears.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Frame(Value),
    /// The end, with its code if the server gave one.
    End(Option<u16>),
}

/// Waits, but not for ever.
pub(crate) async fn in_time<F: Future>(awaited: F) -> F::Output {
    tokio::time::timeout(PATIENCE, awaited).await.expect("it happens in time")
}

/// Who a member says they are, and what they have.
pub(crate) fn hello(member: &Member, epoch: Option<&str>, cursors: &Value) -> Value {
    json!({ "type": "hello", "v": 1, "api_access_token": member.token, "epoch": epoch, "cursors": cursors })
}

/// The same of a visitor.
pub(crate) fn visitor_hello(visitor: &Visitor, epoch: Option<&str>, cursor: Option<i64>) -> Value {
    let who = json!({ "website_token": visitor.website_token, "token": visitor.token });
    json!({ "type": "hello", "v": 1, "visitor": who, "epoch": epoch, "cursor": cursor })
}

impl TestApp {
    /// Connects without saying anything.
    pub(crate) async fn connect(&self) -> Socket {
        self.connect_with(&[]).await
    }

    /// Connects with headers.
    pub(crate) async fn connect_with(&self, headers: &[(&'static str, &str)]) -> Socket {
        Socket::open(self.address().await, headers).await
    }

    /// Connects from a dashboard's page.
    pub(crate) async fn connect_logged_in(&self, login: &Login) -> Socket {
        let origin = format!("http://{}", self.address().await);
        self.connect_with(&[("cookie", &login.cookie), ("origin", &origin)]).await
    }

    /// A member's socket that stands at the end of the log.
    pub(crate) async fn follow(&self, member: &Member) -> Socket {
        let mut socket = self.connect().await;
        socket.send(&hello(member, None, &json!({}))).await;
        socket.expect("reload").await;
        socket
    }

    /// A visitor's socket that stands at the end of their view.
    pub(crate) async fn follow_as(&self, visitor: &Visitor) -> Socket {
        let mut socket = self.connect().await;
        socket.send(&visitor_hello(visitor, None, None)).await;
        socket.expect("reload").await;
        socket
    }

    /// The history that cursors belong to.
    pub(crate) async fn epoch(&self, account: &Account) -> String {
        self.get("/api/v1/session").by(&account.owner).ok().await["epoch"].as_str().expect("a text").to_owned()
    }

    /// Where the account's log stands.
    pub(crate) async fn cursor(&self, account: &Account) -> i64 {
        let session = self.get("/api/v1/session").by(&account.owner).ok().await;
        let accounts = session["accounts"].as_array().expect("a list");
        let found = accounts.iter().find(|it| it["id"] == account.id).expect("the account is there");
        found["cursor"].as_i64().expect("a number")
    }
}

impl Socket {
    async fn open(address: SocketAddr, headers: &[(&'static str, &str)]) -> Socket {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        Socket::over(stream, address, headers).await
    }

    /// Upgrades a connection.
    pub(crate) async fn over(stream: TcpStream, address: SocketAddr, headers: &[(&'static str, &str)]) -> Socket {
        let mut request = format!("ws://{address}/realtime").into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        let upgraded = in_time(tokio_tungstenite::client_async(request, stream)).await;
        Socket { stream: upgraded.expect("the server upgrades").0 }
    }

    /// Sends a frame.
    pub(crate) async fn send(&mut self, frame: &Value) {
        self.send_text(&frame.to_string()).await;
    }

    /// Sends a text that need not be a frame.
    pub(crate) async fn send_text(&mut self, text: &str) {
        in_time(self.stream.send(Message::text(text))).await.expect("the line is open");
    }

    /// Sends anything, also on a line that may be cut meanwhile.
    pub(crate) async fn try_send(&mut self, message: Message) -> bool {
        in_time(self.stream.send(message)).await.is_ok()
    }

    /// What comes next; pings, which come for ever, do not count.
    pub(crate) async fn hear(&mut self) -> Heard {
        in_time(self.hear_patiently()).await
    }

    async fn hear_patiently(&mut self) -> Heard {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Heard::Frame(serde_json::from_str(&text).expect("frames are JSON")),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(frame))) => return Heard::End(frame.map(|it| it.code.into())),
                Some(Ok(other)) => panic!("the server sends texts only, not {other:?}"),
                Some(Err(_)) | None => return Heard::End(None),
            }
        }
    }

    /// The next frame, whatever it says.
    pub(crate) async fn frame(&mut self) -> Value {
        match self.hear().await {
            Heard::Frame(frame) => frame,
            Heard::End(code) => panic!("the line ended with {code:?}"),
        }
    }

    /// The next frame, which must be of this type.
    pub(crate) async fn expect(&mut self, kind: &str) -> Value {
        let frame = self.frame().await;
        assert_eq!(frame["type"], kind, "{frame}");
        frame
    }

    /// The next event, which must come next and be of this kind.
    pub(crate) async fn event(&mut self, kind: &str) -> Value {
        let frame = self.expect("event").await;
        assert_eq!(frame["event"]["kind"], kind, "{frame}");
        frame
    }

    /// The next `n` frames, which must be events.
    pub(crate) async fn events(&mut self, n: usize) -> Vec<Value> {
        let mut events = Vec::with_capacity(n);
        for _ in 0..n {
            events.push(self.expect("event").await);
        }
        events
    }

    /// Everything up to the answer of a check that is sent now.
    pub(crate) async fn until_check(&mut self) -> Vec<Value> {
        self.send(&json!({ "type": "check" })).await;
        let mut before = Vec::new();
        loop {
            let frame = self.frame().await;
            if frame["type"] == "check" {
                return before;
            }
            before.push(frame);
        }
    }

    /// The code with which the server ends the line; what comes before it is passed over.
    pub(crate) async fn end(&mut self) -> Option<u16> {
        loop {
            if let Heard::End(code) = self.hear().await {
                return code;
            }
        }
    }
}
