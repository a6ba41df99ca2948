//! The least that a server can do with the same framework: answer hello, and send one text to every socket. It runs as a
//! process of its own, as the measured server does, and keeps nothing.

use std::io::Write;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use tokio::sync::broadcast;

/// The argument that makes this program be that server.
pub(crate) const ARGUMENT: &str = "--bare-server";
/// Texts that a socket may lag behind; no load sends as many at once.
const LAG_MAX: usize = 256;

/// Serves until it is killed.
pub(crate) async fn serve() -> anyhow::Result<()> {
    let (sender, _) = broadcast::channel::<Utf8Bytes>(LAG_MAX);
    let router =
        Router::new().route("/", get(async || "Hello, World!")).route("/say", post(say)).route("/realtime", get(listen)).with_state(sender);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let quick = listener.tap_io(|stream| {
        // A connection that cannot be made quick is only slower.
        stream.set_nodelay(true).ok();
    });
    Ok(axum::serve(quick, router).await?)
}

async fn say(State(sender): State<broadcast::Sender<Utf8Bytes>>, body: Bytes) -> String {
    let text = Utf8Bytes::try_from(body).unwrap_or_default();
    sender.send(text).unwrap_or(0).to_string()
}

async fn listen(State(sender): State<broadcast::Sender<Utf8Bytes>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.read_buffer_size(1_024).write_buffer_size(0).on_upgrade(async move |mut socket| {
        let mut receiver = sender.subscribe();
        // The hello, answered so that whoever connects knows that it listens.
        if socket.recv().await.is_some() && socket.send(Message::text(r#"{"type":"reload"}"#)).await.is_ok() {
            relay(&mut socket, &mut receiver).await;
        }
    })
}

async fn relay(socket: &mut WebSocket, receiver: &mut broadcast::Receiver<Utf8Bytes>) {
    while let Ok(text) = receiver.recv().await {
        if socket.send(Message::Text(text)).await.is_err() {
            return;
        }
    }
}

/// The running process.
#[derive(Debug)]
pub(crate) struct Bare {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Bare {
    /// Starts this program as that server.
    pub(crate) async fn start() -> anyhow::Result<Bare> {
        let program = std::env::current_exe()?;
        let process = Command::new(program).arg(ARGUMENT).stdout(Stdio::piped()).spawn().context("the bare server does not start")?;
        let mut bare = Bare { process, address: SocketAddr::from(([0, 0, 0, 0], 0)) };
        let Some(output) = bare.process.stdout.take() else { bail!("the bare server has no output") };
        bare.address = tokio::task::spawn_blocking(|| crate::server::ready_line(output)).await??;
        Ok(bare)
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // An error says that it has ended already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
