//! `frontdesk-bench`: starts the release server on a free loopback port, loads it for a bounded time, and prints what was
//! measured beside what the same disk does without it. It links no code of the server: what it knows is the wire.

mod bare;
mod baseline;
mod delivery;
mod durable;
mod fan_out;
mod hostile;
mod http;
mod idle;
mod lists;
mod load;
mod options;
mod process;
mod reads;
mod report;
mod search;
mod server;
mod size;
mod socket;
mod start;
mod stats;
mod visitor;

use std::path::Path;

use anyhow::{Context, bail};
use tokio::signal::unix::{SignalKind, signal};

use options::Options;
use report::Report;
use server::Installation;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    if std::env::args().nth(1).is_some_and(|it| it == bare::ARGUMENT) {
        process::raise_open_files()?;
        return bare::serve().await;
    }
    let options = Options::read(std::env::args().skip(1))?;
    process::raise_open_files()?;
    let place = server::Place::make(&options.data)?;
    let mut report = Report::new(&options.server, place.path())?;
    // Dropped on the way out, whoever ends it: the server is killed and its data removed.
    let measured = tokio::select! {
        measured = measure(&options, place.path(), &mut report) => measured,
        told = told_to_stop() => told.and_then(|()| bail!("stopped before the end")),
    };
    // What was measured before a failure is shown too.
    report.print();
    report.write(&options.json).with_context(|| format!("{} cannot be written", options.json.display()))?;
    measured
}

async fn told_to_stop() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        _ = terminate.recv() => Ok(()),
    }
}

/// Runs every part that the options ask for, each on a server of its own.
async fn measure(options: &Options, place: &Path, report: &mut Report) -> anyhow::Result<()> {
    if options.asks_for("durable") {
        let here = Installation::make(&options.server, place.join("durable")).await?;
        durable::measure(&here, report).await.context("durable messages")?;
    }
    if options.asks_for("delivery") {
        let here = Installation::make(&options.server, place.join("delivery")).await?;
        delivery::measure(&here, report).await.context("delivery")?;
    }
    if options.asks_for("hostile") {
        let here = Installation::make(&options.server, place.join("hostile")).await?;
        hostile::measure(&here, report).await.context("hostile strangers")?;
    }
    if options.asks_for("reads") {
        let here = Installation::make(&options.server, place.join("reads")).await?;
        reads::measure(&here, report).await.context("pages")?;
    }
    if options.asks_for("fan-out") {
        let here = Installation::make(&options.server, place.join("fan-out")).await?;
        fan_out::measure(&here, report).await.context("fan-out")?;
    }
    if options.asks_for("lists") {
        let here = Installation::make(&options.server, place.join("lists")).await?;
        lists::measure(&here, report).await.context("large lists")?;
    }
    if options.asks_for("search") {
        let here = Installation::make(&options.server, place.join("search")).await?;
        search::measure(&here, report).await.context("search")?;
    }
    if options.asks_for("idle") {
        let here = Installation::make(&options.server, place.join("idle")).await?;
        idle::measure(&here, report).await.context("idle sockets")?;
    }
    if options.asks_for("start") {
        let here = Installation::make(&options.server, place.join("start")).await?;
        start::measure(&here, report).await.context("start")?;
        size::measure(&here, report).await.context("sizes")?;
    }
    Ok(())
}
