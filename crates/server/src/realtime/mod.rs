//! Sockets: `GET /realtime`. Each connection owns a cursor and pulls from the event log; commits only wake it
//! (docs/REALTIME.md). The one thing that sockets change for good is how far messages came; HTTP routes are not known here.

pub(crate) mod hub;
mod launcher;
mod line;
mod mailbox;
pub(crate) mod marks;
mod member;
mod render;
mod tail;
mod typing;
mod visitor;
pub(crate) mod wire;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use tokio::sync::watch;
use tokio::time::{sleep_until, timeout};

use crate::app::App;
use crate::auth::{self, Proof};
use crate::limits::Place;
use crate::listen::Held;
use line::{End, Line};
use mailbox::Mailbox;
use wire::{ClientFrame, Close, FRAME_BYTES_MAX, Hello, ServerFrame, VERSION};

/// How long a connection may take to say who it is.
const HELLO_MAX: Duration = Duration::from_secs(5);
/// Small buffers: ten thousand idle visitors must fit (DESIGN 8).
const BUFFER_BYTES: usize = 1_024;
/// Most that may wait to be written to one socket: more than a page of the log and its largest message.
const WRITE_BYTES_MAX: usize = 8 * 1_024 * 1_024;

/// Who connects, as the network knows them.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) address: IpAddr,
    /// A stranger's place, given back once it is known who they are.
    pub(crate) stranger: Place,
    /// The connection's own place, kept to its end.
    pub(crate) held: Option<Held>,
}

/// Upgrades to a socket. The cookie counts only when the page that connects is ours.
pub(crate) fn connect(app: App, headers: &HeaderMap, upgrade: WebSocketUpgrade, caller: Caller) -> Response {
    let from = if auth::is_own_origin(headers, &app) {
        From::Us(auth::session(headers, &app))
    } else {
        From::Page(headers.get(header::ORIGIN).and_then(|it| it.to_str().ok()).map(str::to_owned))
    };
    upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
        .max_message_size(FRAME_BYTES_MAX)
        .on_upgrade(move |socket| run(app, socket, from, caller))
}

/// Which page connects.
enum From {
    /// One of ours, with its cookie.
    Us(Option<Proof>),
    /// Another one, with its Origin; browsers always tell it.
    Page(Option<String>),
}

async fn run(app: App, socket: WebSocket, from: From, caller: Caller) {
    let Caller { address, stranger, held } = caller;
    let mut line = Line::new(socket);
    let greeted = greet(&app, &mut line, from).await;
    drop(stranger);
    let end = match greeted {
        Ok((seat, mailbox)) => serve(&app, &mut line, seat, &mailbox).await,
        Err(end) => end,
    };
    if matches!(end, End::Ours(Close::NotSignedIn)) && app.limits.count_wrong_token(address).is_err() {
        tracing::debug!(%address, "an address sends many wrong tokens");
    }
    line.end(end).await;
    drop(held);
}

/// Whose connection it is.
enum Seat {
    Member(Box<member::Seat>),
    Visitor(Box<visitor::Seat>),
    Launcher(launcher::Seat),
}

async fn greet(app: &App, line: &mut Line, from: From) -> Result<(Seat, Arc<Mailbox>), End> {
    let hello = match timeout(HELLO_MAX, line.receive()).await {
        Err(_) => return Err(Close::NoHello.into()),
        Ok(Ok(ClientFrame::Hello(hello))) if hello.v == VERSION => hello,
        Ok(Ok(_)) => return Err(Close::Protocol.into()),
        Ok(Err(end)) => return Err(end),
    };
    let mailbox = Arc::new(Mailbox::default());
    let seat = match hello {
        Hello { visitor: Some(_), .. } => Seat::Visitor(Box::new(visitor::Seat::take(app, line, hello, &mailbox).await?)),
        Hello { launcher: Some(wanted), .. } => {
            let origin = if let From::Page(origin) = from { origin } else { None };
            Seat::Launcher(launcher::Seat::take(app, line, (wanted, origin), &mailbox).await?)
        }
        _ => {
            let cookie = if let From::Us(cookie) = from { cookie } else { None };
            Seat::Member(Box::new(member::Seat::take(app, line, (hello, cookie), &mailbox).await?))
        }
    };
    Ok((seat, mailbox))
}

async fn serve(app: &App, line: &mut Line, mut seat: Seat, mailbox: &Mailbox) -> End {
    let mut stopping = app.hub.stopping();
    let _counted = app.hub.count_socket(seat.kind());
    loop {
        let ping_at = line.ping_at();
        let done = tokio::select! {
            frame = line.receive() => match frame {
                Ok(frame) => seat.take(app, line, frame).await,
                Err(end) => Err(end),
            },
            () = mailbox.woken() => seat.deliver(app, line, mailbox).await,
            () = sleep_until(ping_at) => match line.ping().await {
                Ok(()) => seat.recheck(app).await,
                Err(end) => Err(end),
            },
            () = stopped(&mut stopping) => Err(Close::Restarting { within_ms: app.hub.return_within_ms() }.into()),
        };
        if let Err(end) = done {
            return end;
        }
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error says that the hub is gone, which is the same.
    stopping.wait_for(|it| *it).await.ok();
}

impl Seat {
    /// The word for it in the metrics.
    fn kind(&self) -> &'static str {
        match self {
            Seat::Member(_) => "member",
            Seat::Visitor(_) => "visitor",
            Seat::Launcher(_) => "launcher",
        }
    }

    async fn take(&mut self, app: &App, line: &mut Line, frame: ClientFrame) -> Result<(), End> {
        match (frame, self) {
            (ClientFrame::Check, _) => line.send(&ServerFrame::Check).await,
            (ClientFrame::Typing(typing), Seat::Member(seat)) => typing::by_member(app, seat, typing).await,
            (ClientFrame::Typing(typing), Seat::Visitor(seat)) => typing::by_visitor(app, seat, typing).await,
            (ClientFrame::Received(received), Seat::Member(seat)) => {
                marks::by_member(app, seat, &received);
                Ok(())
            }
            (ClientFrame::Received(received), Seat::Visitor(seat)) => marks::by_visitor(app, seat, &received),
            (ClientFrame::Hello(_), _) | (ClientFrame::Typing(_) | ClientFrame::Received(_), Seat::Launcher(_)) => {
                Err(Close::Protocol.into())
            }
        }
    }

    async fn deliver(&mut self, app: &App, line: &mut Line, mailbox: &Mailbox) -> Result<(), End> {
        if mailbox.take_recheck() {
            match self {
                Seat::Member(seat) => seat.recheck(app).await?,
                Seat::Visitor(seat) => seat.recheck(app).await?,
                Seat::Launcher(seat) => seat.recheck(app, line).await?,
            }
        }
        match self {
            Seat::Member(seat) => seat.deliver(app, line, mailbox).await,
            Seat::Visitor(seat) => seat.deliver(app, line, mailbox).await,
            Seat::Launcher(_) => Ok(()),
        }
    }

    async fn recheck(&mut self, app: &App) -> Result<(), End> {
        match self {
            Seat::Member(seat) => seat.recheck(app).await,
            // Told when something changes; ten thousand of them are not asked about every few seconds.
            Seat::Visitor(_) | Seat::Launcher(_) => Ok(()),
        }
    }
}
