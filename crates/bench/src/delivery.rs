//! How long a visitor's message takes to an agent's screen: from just before the request is written until the frame is
//! there, at a fixed pace over several hundred conversations. Late sends are not made up for in bursts.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout};

use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::socket::{Heard, Socket};
use crate::stats::{Times, rate};
use crate::visitor::Visitor;

/// Conversations at once.
const VISITORS: usize = 300;
/// The loads in messages a second, each for as long as [`DURING`].
const SLOW: u32 = 100;
const FAST: u32 = 1_000;
const DURING: Duration = Duration::from_secs(10);
/// How long the last frames may take after the last message was sent.
const LAST_FRAME_MAX: Duration = Duration::from_secs(10);

/// Measures both paces.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let server = here.serve().await?;
    let mut visitors = Vec::with_capacity(VISITORS);
    for n in 0..VISITORS {
        visitors.push(Visitor::begin(server.address, &here.account.website_token, n).await?);
    }
    let mut agent = agent(here, &server).await?;
    // Every connection and statement has been used once before times count.
    (visitors, agent) = load(visitors, agent, "warm", SLOW, Duration::from_secs(3)).await?.0;
    for pace in [SLOW, FAST] {
        let (times, took);
        ((visitors, agent), times, took) = load(visitors, agent, "paced", pace, DURING).await?;
        show(report, pace, &times, took);
    }
    Ok(())
}

pub(crate) async fn agent(here: &Installation, server: &Server) -> anyhow::Result<Socket> {
    let token = &here.account.api_access_token;
    let hello = format!(r#"{{"type":"hello","v":1,"api_access_token":"{token}","epoch":null,"cursors":{{}}}}"#);
    Socket::open(server.address, &hello, "reload").await.context("the agent's socket")
}

pub(crate) type Cast = (Vec<Visitor>, Socket);

/// Sends at a pace for a time, and gives back everyone with the times from sending to arrival.
pub(crate) async fn load(
    visitors: Vec<Visitor>,
    agent: Socket,
    name: &str,
    pace: u32,
    during: Duration,
) -> anyhow::Result<(Cast, Times, Duration)> {
    let wanted = usize::try_from(u64::from(pace) * during.as_secs())?;
    let name = format!("{name}{pace}");
    let hearing = tokio::spawn(hear(agent, format!(r#""echo_id":"{name}-"#), wanted));
    let begun = Instant::now();
    let mut sending = JoinSet::new();
    for (n, visitor) in visitors.into_iter().enumerate() {
        sending.spawn(write(visitor, name.clone(), (begun, pace), (n..wanted).step_by(VISITORS).collect()));
    }
    let (mut visitors, mut sent) = (Vec::with_capacity(VISITORS), HashMap::with_capacity(wanted));
    while let Some(ended) = sending.join_next().await {
        let (visitor, times) = ended??;
        visitors.push(visitor);
        sent.extend(times);
    }
    let took = begun.elapsed();
    let (agent, heard) = timeout(LAST_FRAME_MAX, hearing).await.context("not every message was delivered")???;
    let times: Option<Vec<_>> = heard.into_iter().map(|(n, at)| sent.remove(&n).map(|it| at - it)).collect();
    let times = times.context("a message was delivered twice, or was never sent")?;
    ensure!(sent.is_empty(), "{} messages were not delivered", sent.len());
    Ok(((visitors, agent), Times::new(times), took))
}

/// Sends the numbered messages, each when the pace says so.
async fn write(
    mut visitor: Visitor,
    name: String,
    (begun, pace): (Instant, u32),
    numbers: Vec<usize>,
) -> anyhow::Result<(Visitor, Vec<(usize, Instant)>)> {
    let mut sent = Vec::with_capacity(numbers.len());
    for n in numbers {
        let due = begun + Duration::from_secs(1) / pace * u32::try_from(n)?;
        sleep_until(due.into()).await;
        sent.push((n, Instant::now()));
        visitor.send(&format!("{name}-{n}")).await?;
    }
    Ok((visitor, sent))
}

/// Notes when each of the wanted messages came.
async fn hear(mut agent: Socket, mark: String, wanted: usize) -> anyhow::Result<(Socket, Vec<(usize, Instant)>)> {
    let mut heard = Vec::with_capacity(wanted);
    while heard.len() < wanted {
        let Heard::Text(text) = agent.next().await? else { continue };
        let at = Instant::now();
        // Read like this and not as JSON, so that hearing takes no time from what is measured.
        if let Some((_, rest)) = text.split_once(&mark) {
            let number = rest.split('"').next().unwrap_or_default();
            heard.push((number.parse().context("an echo_id came back changed")?, at));
        }
    }
    Ok((agent, heard))
}

fn show(report: &mut Report, pace: u32, times: &Times, took: Duration) {
    let name = |what| format!("visitor to agent at {pace}/s, {what}");
    let reached = format!("{:.0}/s over {VISITORS} conversations", rate(times.count(), took));
    let (p50, p99) = (Figure::new(name("p50"), times.percentile_ms(50), "ms"), Figure::new(name("p99"), times.percentile_ms(99), "ms"));
    let is_held_to_bar = pace == SLOW;
    report.add(if is_held_to_bar { p50.bar(Bar::AtMost(1.0)) } else { p50 }.note(reached));
    report.add(if is_held_to_bar { p99.bar(Bar::AtMost(10.0)) } else { p99 });
}
