//! What an idle socket costs the server in memory: ten thousand launchers' and, on a server of their own, ten thousand
//! visitors' sockets, each with a conversation. The kernel's own buffers are not in these numbers.

use std::time::Duration;

use anyhow::Context;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::http::Client;
use crate::process::pss_bytes;
use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::socket::{Heard, Socket};
use crate::visitor::Visitor;

const SOCKETS: usize = 10_000;
/// Connections being made at once.
const CONNECTING: usize = 64;
/// The server tries every line within this time; only after that a socket is as large as it gets when idle.
const ALL_TRIED_MAX: Duration = Duration::from_secs(45);
const BYTES_MAX: f64 = 12.0 * 1_024.0;

/// Measures both kinds of sockets.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let website_token = &here.account.website_token;
    let server = here.serve().await?;
    let hello = format!(r#"{{"type":"hello","v":1,"launcher":{{"website_token":"{website_token}"}}}}"#);
    measure_on(&server, vec![hello; SOCKETS], ("launcher", "mode"), report).await?;
    drop(server);

    let server = here.serve().await?;
    let hellos = begin(&server, website_token).await?;
    measure_on(&server, hellos, ("visitor", "reload"), report).await?;
    Ok(())
}

async fn measure_on(server: &Server, hellos: Vec<String>, (kind, answer): (&str, &'static str), report: &mut Report) -> anyhow::Result<()> {
    // One socket has been there before, so that what all share is not counted.
    let first = hellos.first().context("no socket is asked for")?;
    drop(Socket::open(server.address, first, answer).await?);
    let before = pss_bytes(server.pid())?;
    let sockets = open(server, hellos, answer).await?;
    let opened = pss_bytes(server.pid())?;
    let (holding, tried) = hold(sockets);
    let all_tried = timeout(ALL_TRIED_MAX, tried).await.is_ok();
    let after = pss_bytes(server.pid())?;
    let each = |bytes: u64| per_socket(bytes.saturating_sub(before));
    let note = format!(
        "{:.1} KiB after connecting, server {} MiB{}",
        each(opened) / 1_024.0,
        after / 1_048_576,
        if all_tried { "" } else { ", not every line was tried in time" }
    );
    let figure = Figure::new(format!("memory of an idle {kind}'s socket at {SOCKETS}"), each(after) / 1_024.0, "KiB");
    report.add(figure.bar(Bar::AtMost(BYTES_MAX / 1_024.0)).note(note));
    drop(holding);
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "memory of a process is far below 2^52 bytes")]
fn per_socket(bytes: u64) -> f64 {
    bytes as f64 / SOCKETS as f64
}

/// Opens one socket for each hello, some at a time.
async fn open(server: &Server, hellos: Vec<String>, answer: &'static str) -> anyhow::Result<Vec<Socket>> {
    let address = server.address;
    let (mut opening, mut sockets) = (JoinSet::new(), Vec::with_capacity(hellos.len()));
    for hello in hellos {
        if opening.len() >= CONNECTING
            && let Some(opened) = opening.join_next().await
        {
            sockets.push(opened??);
        }
        opening.spawn(async move { Socket::open(address, &hello, answer).await });
    }
    while let Some(opened) = opening.join_next().await {
        sockets.push(opened??);
    }
    Ok(sockets)
}

/// Keeps reading all sockets, so that the server's pings are answered; the future ends when each had one.
fn hold(sockets: Vec<Socket>) -> (JoinSet<anyhow::Result<()>>, impl Future<Output = ()>) {
    // As many places as there can be news: a socket tells of its first ping only.
    let (tell, mut told) = mpsc::channel(sockets.len().max(1));
    let mut holding = JoinSet::new();
    for mut socket in sockets {
        let mut tell = Some(tell.clone());
        holding.spawn(async move {
            loop {
                if let Heard::Ping = socket.next().await?
                    && let Some(tell) = tell.take()
                {
                    tell.send(()).await?;
                }
            }
        });
    }
    // Ends when the last sender is gone: every socket has told of its ping.
    (holding, async move { while told.recv().await.is_some() {} })
}

/// Begins a conversation for each visitor, on few connections.
async fn begin(server: &Server, website_token: &str) -> anyhow::Result<Vec<String>> {
    let mut beginning = JoinSet::new();
    for first in 0..CONNECTING {
        let (address, website_token) = (server.address, website_token.to_owned());
        beginning.spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut hellos = Vec::new();
            for n in (first..SOCKETS).step_by(CONNECTING) {
                let visitor = Visitor::begin_on(client, &website_token, n).await?;
                hellos.push(visitor.hello());
                client = visitor.into_client();
            }
            anyhow::Ok(hellos)
        });
    }
    let mut hellos = Vec::with_capacity(SOCKETS);
    while let Some(begun) = beginning.join_next().await {
        hellos.extend(begun??);
    }
    Ok(hellos)
}
