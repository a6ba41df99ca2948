//! `frontdesk search rebuild`: the index of words made again, while the server runs or not. Searching goes on meanwhile.

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::Value;

use crate::config::DataOptions;
use crate::control::{self, Request};

/// Progress is told in steps of so many percent.
const STEP_PERCENT: i64 = 10;

/// What can be done with the index of words.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Index all messages and contacts again; searching goes on meanwhile
    Rebuild(Rebuild),
}

/// The installation whose index it is.
#[derive(Debug, Args)]
pub(super) struct Rebuild {
    #[command(flatten)]
    at: DataOptions,
}

pub(super) async fn run(Command::Rebuild(rebuild): Command) -> anyhow::Result<()> {
    let at = rebuild.at.with_file()?;
    let all = left(&control::ask(&at, Request::RebuildSearch).await?)?;
    super::print("indexing all messages and contacts again; searching goes on meanwhile\n")?;
    let mut told = 0;
    loop {
        let left = left(&control::ask(&at, Request::ContinueSearch).await?)?;
        if left == 0 {
            return super::print("done: everything is indexed\n");
        }
        let percent = done_percent(all, left);
        if percent >= told + STEP_PERCENT {
            told = percent;
            super::print(&format!("{percent} % done\n"))?;
        }
    }
}

fn left(answer: &Value) -> anyhow::Result<i64> {
    answer["left"].as_i64().context("the running server does not say how much is left")
}

/// How much is done, in percent. Somebody else may have begun it anew meanwhile.
fn done_percent(all: i64, left: i64) -> i64 {
    100 - left.min(all).saturating_mul(100) / all.max(1)
}

#[cfg(test)]
mod tests {
    use super::done_percent;

    #[test]
    fn progress_is_between_nothing_and_everything() {
        assert_eq!((done_percent(10, 10), done_percent(10, 5), done_percent(10, 0)), (0, 50, 100));
        assert_eq!((done_percent(10, 20), done_percent(0, 0)), (0, 100), "begun anew, and nothing to do");
    }
}
