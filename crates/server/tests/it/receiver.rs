//! Somebody else's server that webhooks are sent to: it writes down what it gets and answers as the test says.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::socket::in_time;

/// How it answers a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A status with a body.
    Status(u16, String),
    /// Whatever bytes.
    Raw(Vec<u8>),
    /// Never, until it is dropped.
    Silence,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) line: String,
    /// Names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }

    /// Whether the signature is that of this secret, computed as receivers compute it.
    pub(crate) fn is_signed_by(&self, secret: &str) -> bool {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length is a key");
        mac.update(format!("{}.{}", self.headers["x-chatwoot-timestamp"], self.body).as_bytes());
        let digest: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|it| char::from_digit(it.into(), 16))
            .collect();
        self.headers["x-chatwoot-signature"] == format!("sha256={digest}")
    }
}

/// The running server.
pub(crate) struct Receiver {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    replies: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Request>>,
    count: watch::Sender<usize>,
}

impl Receiver {
    /// Starts it; it answers 200 unless it is told otherwise.
    pub(crate) async fn start() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let state = Arc::new(State { replies: Mutex::default(), requests: Mutex::default(), count: watch::channel(0).0 });
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Receiver { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// The next requests are answered so, one after another.
    pub(crate) fn replies(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.replies.lock().expect("no test panicked here").extend(replies);
    }

    /// What came so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().expect("no test panicked here").clone()
    }

    /// Waits until so many requests came.
    pub(crate) async fn wait_for(&self, requests: usize) {
        in_time(self.state.count.subscribe().wait_for(|count| *count >= requests)).await.expect("the state lives");
    }
}

async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let Some(request) = read(&mut stream).await else { return };
    let count = {
        let mut requests = state.requests.lock().expect("no test panicked here");
        requests.push(request);
        requests.len()
    };
    let reply = state.replies.lock().expect("no test panicked here").pop_front();
    state.count.send_replace(count);
    let bytes = match reply.unwrap_or(Reply::Status(200, "ok".into())) {
        Reply::Status(status, body) => {
            let more = if (300..400).contains(&status) { format!("location: {body}\r\n") } else { String::new() };
            format!("HTTP/1.1 {status} X\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
        }
        Reply::Raw(bytes) => bytes,
        Reply::Silence => return std::future::pending().await,
    };
    // The other side may have hung up, which is its right.
    stream.write_all(&bytes).await.ok();
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4_096];
        let length = stream.read(&mut part).await.ok().filter(|it| *it > 0)?;
        bytes.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let mut lines = head.split("\r\n");
        let line = lines.next().unwrap_or_default().to_owned();
        let pairs = lines.filter_map(|it| it.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let headers: BTreeMap<String, String> = pairs.collect();
        let expected: usize = headers.get("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
        if body.len() >= expected {
            return Some(Request { line, headers, body: body.to_owned() });
        }
    }
}
