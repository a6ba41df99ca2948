//! How many messages of visitors become durable in a second, and how long each waits for it: closed loops of clients over
//! HTTP, each its own visitor on its own connection.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tokio::task::{JoinSet, spawn_blocking};

use crate::baseline;
use crate::process::cpu_seconds;
use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::stats::{Times, median, rate};
use crate::visitor::Visitor;

/// Clients at once, from one to the most.
const FEW: &[usize] = &[1, 8, 32];
const MOST: usize = 64;
/// How long a load or a baseline lasts.
const ROUND: Duration = Duration::from_secs(3);
/// The largest load and its baseline take turns this often: the machine may be busy otherwise for a while.
const TURNS: usize = 5;
/// The part of what raw SQLite does in groups of 64 that the server is to reach with 64 clients.
const PART_PERCENT_MIN: f64 = 40.0;

/// Measures the baselines and the loads.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let bare = Installation::make(&here.binary, here.data.join("baseline")).await?;
    report.add(Figure::new("raw SQLite, a commit for each insert", raw(&bare, 1).await?, "commits/s"));
    let server = here.serve().await?;
    let mut visitors = begin(here, &server).await?;
    // Connections, caches and the log's file grow to their working size.
    visitors = load(&server, visitors, "warm", MOST, Duration::from_secs(1)).await?.0;
    for &clients in FEW {
        let measured;
        (visitors, measured) = load(&server, visitors, "few", clients, ROUND).await?;
        show(report, clients, &measured);
    }
    let mut turns = Vec::new();
    for turn in 0..TURNS {
        let (bare_rows, same) = (raw(&bare, 64).await?, same_statements(&bare).await?);
        let measured;
        (visitors, measured) = load(&server, visitors, &format!("turn{turn}"), MOST, ROUND).await?;
        turns.push(Turn { bare_rows, same, measured });
    }
    compare(report, turns);
    Ok(())
}

/// One turn of the largest load, with its baselines right before it.
struct Turn {
    bare_rows: f64,
    same: f64,
    measured: Measured,
}

fn compare(report: &mut Report, mut turns: Vec<Turn>) {
    let of = |part: fn(&Turn) -> f64| median(turns.iter().map(part).collect());
    let ratios: Vec<_> = turns.iter().map(|it| format!("{:.0}", 100.0 * it.measured.rate() / it.bare_rows)).collect();
    let to_raw = of(|it| 100.0 * it.measured.rate() / it.bare_rows);
    let to_same = of(|it| 100.0 * it.measured.rate() / it.same);
    report.add(
        Figure::new("raw SQLite, one insert each, in groups of 64", of(|it| it.bare_rows), "rows/s").note(format!("median of {TURNS}")),
    );
    let same = Figure::new("raw SQLite, a message's statements, in groups of 64", of(|it| it.same), "messages/s");
    report.add(same.note(format!("median of {TURNS}")));
    turns.sort_by(|a, b| a.measured.rate().total_cmp(&b.measured.rate()));
    if let Some(middle) = turns.get(turns.len() / 2) {
        show(report, MOST, &middle.measured);
    }
    let ratio = Figure::new("64 clients to raw SQLite's single inserts in groups of 64", to_raw, "%");
    report.add(ratio.bar(Bar::AtLeast(PART_PERCENT_MIN)).note(format!("turns: {}", ratios.join(" "))));
    report.add(Figure::new("64 clients to raw SQLite's same statements", to_same, "%"));
}

async fn raw(bare: &Installation, group: u32) -> anyhow::Result<f64> {
    let directory = bare.data.clone();
    spawn_blocking(move || baseline::raw(&directory, group, ROUND)).await?
}

async fn same_statements(bare: &Installation) -> anyhow::Result<f64> {
    let database: PathBuf = bare.data.join("frontdesk.db");
    spawn_blocking(move || baseline::same_statements(&database, 64, ROUND)).await?
}

async fn begin(here: &Installation, server: &Server) -> anyhow::Result<Vec<Visitor>> {
    let mut visitors = Vec::with_capacity(MOST);
    for n in 0..MOST {
        visitors.push(Visitor::begin(server.address, &here.account.website_token, n).await?);
    }
    Ok(visitors)
}

/// What a load came to.
struct Measured {
    times: Times,
    took: Duration,
    /// Processor time of the server, in seconds.
    cpu: f64,
}

impl Measured {
    fn rate(&self) -> f64 {
        rate(self.times.count(), self.took)
    }
}

/// Lets the first `clients` visitors write without pause for a time, and gives all of them back.
async fn load(
    server: &Server,
    mut visitors: Vec<Visitor>,
    name: &str,
    clients: usize,
    during: Duration,
) -> anyhow::Result<(Vec<Visitor>, Measured)> {
    // The baselines take longer than the server keeps an idle connection.
    for visitor in &mut visitors {
        visitor.reconnect(server.address).await?;
    }
    let pid = server.pid();
    let cpu = cpu_seconds(pid)?;
    let begun = Instant::now();
    let mut running = JoinSet::new();
    for mut visitor in visitors.drain(..clients) {
        let name = name.to_owned();
        running.spawn(async move {
            let mut times = Vec::new();
            while begun.elapsed() < during {
                let sent = Instant::now();
                visitor.send(&format!("{name}-{clients}-{}", times.len())).await?;
                times.push(sent.elapsed());
            }
            anyhow::Ok((visitor, times))
        });
    }
    let mut times = Vec::new();
    while let Some(ended) = running.join_next().await {
        let (visitor, more) = ended??;
        visitors.push(visitor);
        times.extend(more);
    }
    let took = begun.elapsed();
    Ok((visitors, Measured { times: Times::new(times), took, cpu: cpu_seconds(pid)? - cpu }))
}

fn show(report: &mut Report, clients: usize, measured: &Measured) {
    let name = |what: &str| format!("durable message over HTTP, {clients} client{}{what}", if clients == 1 { "" } else { "s" });
    let rate = measured.rate();
    let cpu = measured.cpu * 1_000_000.0 / (rate * measured.took.as_secs_f64());
    report.add(Figure::new(name(""), rate, "messages/s").note(format!("server's processor time {cpu:.0} us a message")));
    report.add(Figure::new(name(", p50"), measured.times.percentile_ms(50), "ms"));
    report.add(Figure::new(name(", p99"), measured.times.percentile_ms(99), "ms"));
}
