//! Runs jobs in turns of their own: one task per job that looks, does a batch, and sleeps until a commit, the next due moment
//! or its slow tick. What the jobs do is not known here.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use frontdesk_core::jobs::pause_after;
use frontdesk_core::time::Millis;
use frontdesk_store::StoreError;
use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::webhooks::Lanes;
use super::{JOBS, Job, Pass};
use crate::app::App;

/// How long a job that follows the log lets commits gather before it looks: many commits are one batch.
const GATHER: Duration = Duration::from_millis(100);

/// The jobs of this process.
#[derive(Debug)]
pub(crate) struct Running {
    tasks: JoinSet<()>,
    lanes: Arc<Lanes>,
}

/// Starts every job; they end when the hub says that the server stops.
pub(crate) fn start(app: &App) -> Running {
    let mut tasks = JoinSet::new();
    for job in JOBS {
        tasks.spawn(follow(app.clone(), job));
    }
    Running { tasks, lanes: Arc::clone(&app.lanes) }
}

impl Running {
    /// Waits until each job has finished the batch that it is at. What takes longer than `patience` is left for the next
    /// start: its transaction is rolled back or its claim runs out.
    pub(crate) async fn finish(mut self, patience: Duration) {
        let all = async {
            while self.tasks.join_next().await.is_some() {}
            self.lanes.idle().await;
        };
        if timeout(patience, all).await.is_err() {
            tracing::warn!("a job did not finish in time; the next start goes on with it");
        }
    }
}

async fn follow(app: App, job: &'static Job) {
    let mut stopping = app.hub.stopping();
    let mut commits = app.hub.commits();
    let mut failures = 0;
    while !*stopping.borrow() {
        // What is committed from here on wakes it again.
        commits.borrow_and_update();
        let pause = match caught((job.run)(&app)).await {
            Ok(pass) => {
                failures = 0;
                pause(job, pass, app.now())
            }
            Err(error) => {
                failures += 1;
                let pause = milliseconds(pause_after(failures));
                tracing::warn!(job = job.name, %error, failures, "a job failed; it is tried again");
                Wait::Sleep(pause)
            }
        };
        let wait = async {
            match pause {
                Wait::Not => {}
                Wait::Sleep(pause) => sleep(pause).await,
                Wait::ForCommits(pause) => {
                    if timeout(pause, told(&mut commits)).await.is_ok() {
                        sleep(GATHER).await;
                    }
                }
            }
        };
        tokio::select! {
            () = wait => {}
            _ = stopping.wait_for(|it| *it) => return,
        }
    }
}

/// The same work, in which a panic is a failure like any other: a fault in one pass must not end the job for good. What the
/// pass held is dropped by then; a transaction is rolled back.
async fn caught<T>(mut work: BoxFuture<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
    poll_fn(|cx| {
        // After a panic the work is never polled again.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(StoreError::broken("the job panicked: its message stands before this line"))))
    })
    .await
}

/// Until there was a commit. A hub that is gone tells of none.
async fn told(commits: &mut watch::Receiver<u64>) {
    if commits.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// What a job waits for after a pass.
enum Wait {
    Not,
    Sleep(Duration),
    ForCommits(Duration),
}

fn pause(job: &Job, pass: Pass, now: Millis) -> Wait {
    let tick = match pass {
        Pass::More => return Wait::Not,
        Pass::Until(None) => job.every,
        Pass::Until(Some(at)) => job.every.min(milliseconds(at.since(now))),
    };
    if job.follows_log { Wait::ForCommits(tick) } else { Wait::Sleep(tick) }
}

fn milliseconds(it: i64) -> Duration {
    Duration::from_millis(u64::try_from(it).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::{JOBS, Pass};
    use super::{Wait, caught, pause};
    use frontdesk_core::time::Millis;
    use frontdesk_store::StoreError;
    use std::time::Duration;

    #[tokio::test]
    async fn a_panic_is_a_failure_and_no_more() {
        for (tries, breaks) in [(1, true), (2, false)] {
            let work = async move {
                tokio::task::yield_now().await;
                assert!(!breaks, "a fault of this pass");
                Ok(tries)
            };
            let done = caught(Box::pin(work)).await;
            assert_eq!(matches!(done, Err(StoreError::Broken(_))), breaks);
            assert_eq!(done.ok(), (!breaks).then_some(2), "the next pass is done");
        }
    }

    #[test]
    fn a_job_never_sleeps_longer_than_its_tick_however_far_the_next_moment_is() {
        let job = &JOBS[0];
        let now = Millis(1_000_000);
        let until = |at| match pause(job, Pass::Until(at), now) {
            Wait::ForCommits(pause) | Wait::Sleep(pause) => pause,
            Wait::Not => Duration::ZERO,
        };
        assert_eq!(until(None), job.every);
        assert_eq!(until(Some(Millis(i64::MAX))), job.every);
        assert_eq!(until(Some(now.plus(70))), Duration::from_millis(70));
        assert_eq!(until(Some(now.plus(-70))), Duration::ZERO, "what is due already is not waited for");
        assert!(matches!(pause(job, Pass::More, now), Wait::Not));
    }
}
