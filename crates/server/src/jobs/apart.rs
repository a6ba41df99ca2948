//! What failed lately of the things that a job does one after another, each with a back-off of its own, so that one account
//! or webhook that cannot be worked for never holds up the others. A job that fails as a whole is `runner`'s.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use frontdesk_core::jobs::{has_come, pause_after};
use frontdesk_core::time::Millis;
use frontdesk_store::StoreError;

/// A job's name for a kind of thing, and the thing's id.
type Thing = (&'static str, i64);

/// In a row how often, and until when it is left alone.
#[derive(Debug, Clone, Copy)]
struct Setback {
    failures: u32,
    until: Millis,
}

/// The things that failed at their last try; one that succeeds is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Setbacks(Mutex<HashMap<Thing, Setback>>);

impl Setbacks {
    fn all(&self) -> MutexGuard<'_, HashMap<Thing, Setback>> {
        // A map of numbers is valid between any two statements.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it failed so lately that it is not tried yet.
    pub(super) fn waits(&self, thing: Thing, now: Millis) -> bool {
        self.all().get(&thing).is_some_and(|it| !has_come(it.until, now, pause_after(it.failures)))
    }

    /// How many of a kind failed at their last try.
    pub(super) fn count(&self, kind: &str) -> usize {
        self.all().keys().filter(|it| it.0 == kind).count()
    }

    /// Keeps in mind how a try went: a failure is logged and answers `None`.
    pub(super) fn tried<T>(&self, thing: Thing, result: Result<T, StoreError>, now: Millis) -> Option<T> {
        match result {
            Ok(done) => {
                self.all().remove(&thing);
                Some(done)
            }
            Err(error) => {
                let mut all = self.all();
                let failures = all.get(&thing).map_or(0, |it| it.failures).saturating_add(1);
                all.insert(thing, Setback { failures, until: now.plus(pause_after(failures)) });
                drop(all);
                tracing::warn!(what = thing.0, id = thing.1, %error, failures, "it failed alone; it is tried again later");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_waits_alone_and_longer_each_time_until_it_succeeds() {
        let (it, now) = (Setbacks::default(), Millis(1_000_000));
        let fail = |at| it.tried::<()>(("account", 1), Err(StoreError::Missing), at);
        assert!(!it.waits(("account", 1), now));
        assert_eq!(fail(now), None);
        assert!(it.waits(("account", 1), now.plus(499)) && !it.waits(("account", 1), now.plus(500)));
        assert!(!it.waits(("account", 2), now) && !it.waits(("webhook", 1), now));
        fail(now);
        assert!(it.waits(("account", 1), now.plus(999)) && !it.waits(("account", 1), now.plus(1_000)));
        assert!(!it.waits(("account", 1), now.plus(-Millis::DAY)), "a clock that jumped back keeps nobody waiting");
        assert_eq!((it.count("account"), it.count("webhook")), (1, 0));
        assert_eq!(it.tried(("account", 1), Ok(7), now), Some(7));
        assert!(!it.waits(("account", 1), now) && it.count("account") == 0);
    }
}
