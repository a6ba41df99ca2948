//! How soon the server is ready, and how much memory it takes when nothing happens.

use std::time::Instant;

use crate::http::Client;
use crate::process::pss_bytes;
use crate::report::{Bar, Figure, Report};
use crate::server::Installation;
use crate::stats::Times;

const STARTS: usize = 20;
const START_MS_MAX: f64 = 100.0;
const IDLE_MB_MAX: f64 = 30.0;

/// Measures both, on a database that is there already.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let begun = Instant::now();
        let server = here.serve().await?;
        times.push(begun.elapsed());
        drop(server);
    }
    let times = Times::new(times);
    let start = Figure::new("cold start, from spawn to the ready line", times.percentile_ms(50), "ms");
    let note = format!("median of {STARTS}, slowest {:.0} ms", times.percentile_ms(100));
    report.add(start.bar(Bar::AtMost(START_MS_MAX)).note(note));

    let server = here.serve().await?;
    Client::connect(server.address).await?.get("/health").await?.ok()?;
    let bytes = u32::try_from(pss_bytes(server.pid())? / 1_000)?;
    let idle = Figure::new("memory when idle, after one request", f64::from(bytes) / 1_000.0, "MB");
    report.add(idle.bar(Bar::AtMost(IDLE_MB_MAX)));
    Ok(())
}
