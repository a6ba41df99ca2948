//! One message to a thousand members' sockets, one of which never reads, beside a bare broadcast of as many bytes; and what
//! becomes of the one that does not read.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::bare::Bare;
use crate::http::{Client, request};
use crate::process::pss_bytes;
use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::socket::{Heard, Socket};
use crate::stats::median;
use crate::visitor::Visitor;

/// Sockets that read.
const READERS: usize = 999;
/// Messages sent to all of them, one after another.
const EVENTS: usize = 60;
/// The server and the bare broadcast take turns this often.
const TURNS: usize = 3;
/// The part of the bare broadcast that is to be reached.
const PART_PERCENT_MIN: f64 = 60.0;
/// What is sent to fill every buffer of the one that does not read.
const FLOOD_MESSAGES: usize = 120;
const FLOOD_CHARS: usize = 100_000;
/// How long a delivery may take before it counts as lost.
const DELIVERY_MAX: Duration = Duration::from_secs(30);
/// How long the one that does not read may stay.
const DROPPED_MAX: Duration = Duration::from_mins(1);

/// Readers whose arrivals are told one by one.
struct Crowd {
    arrivals: mpsc::UnboundedReceiver<usize>,
    count: usize,
}

/// Measures the fan-out, then the fate of the stalled reader.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let server = here.serve().await?;
    let mut visitor = Visitor::begin(server.address, &here.account.website_token, 0).await?;
    let stalled = stall(here, server.address).await?;
    let mut crowd = Crowd::gather(server.address, &hello(here), "\"message_created\"", READERS).await?;
    visitor.send("sample").await?;
    let bytes = crowd.wait().await?;

    let bare = Bare::start().await?;
    let payload = format!("{:x<bytes$}", "\"message_created\"");
    let mut bare_crowd = Crowd::gather(bare.address, "hello", "\"message_created\"", READERS).await?;
    let mut client = Client::connect(bare.address).await?;
    let (mut ours, mut ratios) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        let mut least = Vec::with_capacity(EVENTS);
        for _ in 0..EVENTS {
            let begun = Instant::now();
            client.send(&request("POST", "/say", "", &payload)).await?.ok()?;
            bare_crowd.wait().await?;
            least.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        let mut taken = Vec::with_capacity(EVENTS);
        for n in 0..EVENTS {
            let begun = Instant::now();
            visitor.send(&format!("fan{turn}-{n}")).await?;
            crowd.wait().await?;
            taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        ratios.push(100.0 * median(least) / median(taken.clone()));
        ours.push(median(taken));
    }
    let note = format!("{bytes} bytes to {READERS} readers and one that does not read, 0 lost");
    report.add(Figure::new("one message to 1,000 sockets, the last one has it after", median(ours), "ms").note(note));
    let turns: Vec<_> = ratios.iter().map(|it| format!("{it:.0}")).collect();
    let ratio = Figure::new("the same beside a bare broadcast", median(ratios), "%");
    report.add(ratio.bar(Bar::AtLeast(PART_PERCENT_MIN)).note(format!("turns: {}; ours is durable first", turns.join(" "))));
    drop((crowd, bare_crowd, bare));
    // The first time also fills what the server keeps for everybody: caches, and the window of events for those who come back.
    let filled = flood(here, &server, &mut visitor, stalled, "fill").await?;
    let stalled = stall(here, server.address).await?;
    let again = flood(here, &server, &mut visitor, stalled, "again").await?;
    let megabytes = FLOOD_MESSAGES * FLOOD_CHARS / 1_000_000;
    let note = format!("{megabytes} MB were sent past it; dropped within {} s, 0 lost to others", again.dropped_after.as_secs() + 1);
    report.add(Figure::new("memory that a stalled reader costs at most", again.grown_mib, "MiB").note(note));
    let note = format!("the same {megabytes} MB for the first time, a stalled reader among them");
    report.add(Figure::new("caches and window that such a flood fills", filled.grown_mib, "MiB").note(note));
    Ok(())
}

/// What a flood did.
struct Flooded {
    grown_mib: f64,
    /// From its end until the one that does not read was known to be dropped.
    dropped_after: Duration,
}

/// Fills the buffers of the one that does not read, while others read everything.
async fn flood(here: &Installation, server: &Server, visitor: &mut Visitor, mut stalled: TcpStream, name: &str) -> anyhow::Result<Flooded> {
    let mut crowd = Crowd::gather(server.address, &hello(here), "\"message_created\"", 3).await?;
    let before = pss_bytes(server.pid())?;
    let text = "x".repeat(FLOOD_CHARS);
    let mut most = before;
    for n in 0..FLOOD_MESSAGES {
        visitor.write(&format!("{name}{n}"), &text).await?;
        crowd.wait().await.context("a reader lost a message")?;
        most = most.max(pss_bytes(server.pid())?);
    }
    let begun = Instant::now();
    let got = timeout(DROPPED_MAX, drain(&mut stalled)).await.context("the one that does not read is still there")??;
    ensure!(got < FLOOD_MESSAGES * FLOOD_CHARS, "the one that does not read was sent everything");
    let grown_mib = f64::from(u32::try_from(most.saturating_sub(before) / 1_024)?) / 1_024.0;
    Ok(Flooded { grown_mib, dropped_after: begun.elapsed() })
}

/// Waits for the server's write limit to pass, then reads what was left in the buffers until the server's end shows.
async fn drain(stalled: &mut TcpStream) -> anyhow::Result<usize> {
    // Reading earlier would make room, and the server would wait on.
    tokio::time::sleep(Duration::from_secs(12)).await;
    let (mut buffer, mut got) = (vec![0; 65_536], 0);
    loop {
        match stalled.read(&mut buffer).await {
            Ok(0) | Err(_) => return Ok(got),
            Ok(n) => got += n,
        }
    }
}

fn hello(here: &Installation) -> String {
    let token = &here.account.api_access_token;
    format!(r#"{{"type":"hello","v":1,"api_access_token":"{token}","epoch":null,"cursors":{{}}}}"#)
}

/// A member's socket with the smallest buffers, which says hello and never reads again.
async fn stall(here: &Installation, address: SocketAddr) -> anyhow::Result<TcpStream> {
    use futures_util::SinkExt;
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4_096)?;
    let stream = socket.connect(address).await?;
    let (mut stalled, _) = client_async(format!("ws://{address}/realtime"), stream).await?;
    stalled.send(Message::text(hello(here))).await?;
    Ok(stalled.into_inner())
}

impl Crowd {
    /// Connects readers that tell of every text with `mark` in it.
    async fn gather(address: SocketAddr, hello: &str, mark: &'static str, count: usize) -> anyhow::Result<Crowd> {
        let (arrived, arrivals) = mpsc::unbounded_channel();
        for _ in 0..count {
            let mut socket = Socket::open(address, hello, "reload").await?;
            let arrived = arrived.clone();
            tokio::spawn(async move {
                // The end of the measurement is the end of the socket.
                while let Ok(heard) = socket.next().await {
                    if let Heard::Text(text) = heard
                        && text.contains(mark)
                        && arrived.send(text.len()).is_err()
                    {
                        return;
                    }
                }
            });
        }
        Ok(Crowd { arrivals, count })
    }

    /// Waits until every reader has the next text, and tells its length.
    async fn wait(&mut self) -> anyhow::Result<usize> {
        let mut length = 0;
        for n in 0..self.count {
            let arrived = timeout(DELIVERY_MAX, self.arrivals.recv()).await;
            length = arrived
                .with_context(|| format!("{} of {} readers lost it", self.count - n, self.count))?
                .context("the readers are gone")?;
        }
        Ok(length)
    }
}
