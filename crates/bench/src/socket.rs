//! A WebSocket to the server, with its first frame sent and answered. Buffers are small: ten thousand of these live in
//! this process.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

const BUFFER_BYTES: usize = 1_024;

/// An open socket.
#[derive(Debug)]
pub(crate) struct Socket(WebSocketStream<TcpStream>);

/// What came in.
#[derive(Debug)]
pub(crate) enum Heard {
    /// A frame of ours.
    Text(String),
    /// The server tried the line; it is answered when the socket is read on.
    Ping,
}

impl Socket {
    /// Connects, sends `hello` and returns when the server has answered it with a frame that begins like `answer`.
    pub(crate) async fn open(address: SocketAddr, hello: &str, answer: &str) -> anyhow::Result<Socket> {
        let stream = TcpStream::connect(address).await.context("the server takes no connection")?;
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().read_buffer_size(BUFFER_BYTES).write_buffer_size(0);
        let (inner, _) = client_async_with_config(format!("ws://{address}/realtime"), stream, Some(config)).await.context("no socket")?;
        let mut socket = Socket(inner);
        socket.0.send(Message::text(hello)).await?;
        loop {
            if let Heard::Text(text) = socket.next().await? {
                let wanted = format!(r#"{{"type":"{answer}""#);
                ensure!(text.starts_with(&wanted), "the server answered the hello with {text}");
                return Ok(socket);
            }
        }
    }

    /// The next thing from the server; its end is an error.
    pub(crate) async fn next(&mut self) -> anyhow::Result<Heard> {
        loop {
            match self.0.next().await.context("the server ended the socket")?? {
                Message::Text(text) => return Ok(Heard::Text(text.as_str().to_owned())),
                Message::Ping(_) => {
                    self.0.flush().await?;
                    return Ok(Heard::Ping);
                }
                Message::Close(why) => bail!("the server closed the socket: {why:?}"),
                Message::Binary(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }
}
