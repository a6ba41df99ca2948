//! One WebSocket as texts in and frames out: every wait is bounded, every end has a code. What the frames mean is not
//! known here.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, timeout};

use super::render;
use super::wire::{ClientFrame, Close};

/// How long the client may take to read one frame.
const WRITE_MAX: Duration = Duration::from_secs(10);
/// How often the line is tried; the browser answers by itself.
const PING_EVERY: Duration = Duration::from_secs(15);
/// Silence after which the client is taken for gone (BEHAVIOUR 4.4).
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Frames that a client may send in a second.
const FRAMES_PER_SECOND_MAX: u32 = 50;

/// Why a line ended.
#[derive(Debug)]
pub(super) enum End {
    /// We end it, for this reason.
    Ours(Close),
    /// The client left, or the network lost it.
    Theirs,
}

impl From<Close> for End {
    fn from(close: Close) -> End {
        End::Ours(close)
    }
}

impl From<frontdesk_store::StoreError> for End {
    fn from(error: frontdesk_store::StoreError) -> End {
        tracing::warn!(%error, "a socket ends because of the database");
        End::Ours(Close::Broken)
    }
}

/// A living connection.
#[derive(Debug)]
pub(super) struct Line {
    socket: WebSocket,
    heard: Instant,
    ping_at: Instant,
    second: Instant,
    frames_in_second: u32,
}

impl Line {
    pub(super) fn new(socket: WebSocket) -> Line {
        let now = Instant::now();
        Line { socket, heard: now, ping_at: now + PING_EVERY, second: now, frames_in_second: 0 }
    }

    /// The next frame from the client. Safe to give up waiting for.
    pub(super) async fn receive(&mut self) -> Result<ClientFrame, End> {
        loop {
            let message = match self.socket.next().await {
                None => return Err(End::Theirs),
                Some(Err(error)) => return Err(if is_too_large(&error) { Close::FrameTooLarge.into() } else { End::Theirs }),
                Some(Ok(message)) => message,
            };
            self.count()?;
            match message {
                Message::Text(text) => return serde_json::from_str(&text).map_err(|_| Close::Protocol.into()),
                Message::Binary(_) => return Err(Close::Protocol.into()),
                Message::Close(_) => return Err(End::Theirs),
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    }

    fn count(&mut self) -> Result<(), End> {
        self.heard = Instant::now();
        if self.heard - self.second >= Duration::from_secs(1) {
            (self.second, self.frames_in_second) = (self.heard, 0);
        }
        self.frames_in_second += 1;
        if self.frames_in_second > FRAMES_PER_SECOND_MAX { Err(Close::Protocol.into()) } else { Ok(()) }
    }

    /// When the line is to be tried next.
    pub(super) fn ping_at(&self) -> Instant {
        self.ping_at
    }

    /// Tries the line; ends it when nothing was heard for too long.
    pub(super) async fn ping(&mut self) -> Result<(), End> {
        let now = Instant::now();
        self.ping_at = now + PING_EVERY;
        if now - self.heard > SILENCE_MAX {
            return Err(End::Theirs);
        }
        self.write([Message::Ping(axum::body::Bytes::new())]).await
    }

    /// Sends one frame.
    pub(super) async fn send(&mut self, frame: &impl serde::Serialize) -> Result<(), End> {
        let text = render::text(frame)?;
        self.write([Message::Text(text.into())]).await
    }

    /// Sends frames that are texts already, in one go.
    pub(super) async fn send_all(&mut self, texts: impl IntoIterator<Item = Utf8Bytes>) -> Result<(), End> {
        self.write(texts.into_iter().map(Message::Text)).await
    }

    async fn write(&mut self, messages: impl IntoIterator<Item = Message>) -> Result<(), End> {
        for message in messages {
            // Each for itself: who reads slowly but steadily stays.
            within(self.socket.feed(message)).await?;
        }
        within(self.socket.flush()).await
    }

    /// Ends the line, saying why if it is us who end it.
    pub(super) async fn end(mut self, end: End) {
        let End::Ours(close) = end else { return };
        let (code, reason) = close.parts();
        let frame = Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from(reason.as_ref()) }));
        let farewell = async {
            self.socket.send(frame).await?;
            // The client answers with its own close; what else it still sends is of no interest.
            while self.socket.next().await.is_some_and(|it| it.is_ok()) {}
            Ok::<(), axum::Error>(())
        };
        // A client that does not read its farewell is gone all the same.
        timeout(Duration::from_secs(2), farewell).await.ok();
    }
}

async fn within(write: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    match timeout(WRITE_MAX, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Theirs),
        Err(_) => Err(Close::TooSlow.into()),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let chain = std::iter::successors(Some(error as &dyn std::error::Error), |it| it.source());
    chain.into_iter().any(|it| it.to_string().contains("too long") || it.to_string().contains("too big"))
}
