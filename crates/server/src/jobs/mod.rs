//! Work that nobody waits for. Each job looks for what is due in the log or in a table and does it in small transactions, so
//! that a stop or a crash between two of them loses nothing: the next start looks again. When and how often a job looks is
//! `runner`'s; HTTP and sockets are not known here.

mod apart;
mod files;
mod indexing;
mod runner;
mod sessions;
mod snoozes;
mod trimming;
pub(crate) mod webhooks;

use std::time::Duration;

use frontdesk_core::time::Millis;
use frontdesk_store::StoreError;
use futures_util::future::BoxFuture;

use crate::app::App;

pub(crate) use apart::Setbacks;
pub(crate) use indexing::index_older;
pub(crate) use runner::start;

/// One kind of work.
struct Job {
    /// For logs.
    name: &'static str,
    /// It looks again after each commit, not only after `every`.
    follows_log: bool,
    /// It looks again at the latest after this long, whatever it was told: another process may have written, a clock may have
    /// jumped.
    every: Duration,
    /// Does what is due now, a batch of it.
    run: fn(&App) -> BoxFuture<'_, Result<Pass, StoreError>>,
}

/// What a look found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// A batch was done and there may be more.
    More,
    /// Nothing is due before this moment, as far as is known.
    Until(Option<Millis>),
}

/// Nothing is due.
const REST: Pass = Pass::Until(None);

/// Every job.
static JOBS: &[Job] = &[
    Job { name: "index words", follows_log: true, every: Duration::from_secs(5), run: |app| Box::pin(indexing::run(app)) },
    Job { name: "make deliveries", follows_log: true, every: Duration::from_secs(5), run: |app| Box::pin(webhooks::make(app)) },
    Job { name: "send deliveries", follows_log: true, every: Duration::from_secs(5), run: |app| Box::pin(webhooks::send(app)) },
    Job { name: "forget old deliveries", follows_log: false, every: Duration::from_hours(1), run: |app| Box::pin(webhooks::forget(app)) },
    Job { name: "wake snoozed conversations", follows_log: true, every: Duration::from_secs(15), run: |app| Box::pin(snoozes::run(app)) },
    Job { name: "trim the event log", follows_log: false, every: Duration::from_mins(10), run: |app| Box::pin(trimming::run(app)) },
    Job { name: "delete ended sessions", follows_log: false, every: Duration::from_hours(1), run: |app| Box::pin(sessions::run(app)) },
    Job { name: "delete unused files", follows_log: false, every: Duration::from_mins(10), run: |app| Box::pin(files::unused(app)) },
    Job { name: "delete unknown files", follows_log: false, every: Duration::from_hours(24), run: |app| Box::pin(files::unknown(app)) },
];

/// Runs every job until nothing is due at this moment: for tests, which hold the clock.
pub(crate) async fn run_due(app: &App) -> Result<(), StoreError> {
    loop {
        let mut worked = false;
        for job in JOBS {
            worked |= (job.run)(app).await? == Pass::More;
        }
        // What was sent may have made something due.
        app.lanes.idle().await;
        if !worked {
            return Ok(());
        }
    }
}
