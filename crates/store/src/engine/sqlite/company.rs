//! Whether a commit is worth a short wait for writes that are likely on their way. Clients that write without pause come
//! back right after their answer; committing before they do would split them into two groups, at half the speed.
//! No clock is read here.

use std::time::{Duration, Instant};

/// The wait for the next write is this part of a commit's time; without one by then, nobody is coming.
const PAUSE_PART: u32 = 16;

/// A shorter wait takes longer than it says: it is less than the slack of the system's timers. With commits that fast
/// two groups lose little.
const PAUSE_MIN: Duration = Duration::from_micros(50);

/// All waits of a group together are at most this part of a commit's time.
const WAIT_PART: u32 = 2;

/// A commit that is slower than this says nothing about the next one: the machine was busy otherwise.
const COMMIT_MAX: Duration = Duration::from_millis(20);

/// What is known of the writers from the last group.
#[derive(Debug, Default)]
pub(super) struct Company {
    /// How many writes were under way when the last group was answered.
    expected: usize,
    /// How long a commit takes, smoothed.
    commit: Duration,
    answered_at: Option<Instant>,
    /// Since when this group has waited.
    waiting_since: Option<Instant>,
}

impl Company {
    /// A group begins with a write that was taken at `now`. Long after the last answer it is a lone write, which waits
    /// for nobody.
    pub(super) fn begin(&mut self, now: Instant) {
        let soon = self.answered_at.is_some_and(|at| now.saturating_duration_since(at) <= self.commit);
        if !soon {
            self.expected = 0;
        }
        self.waiting_since = None;
    }

    /// How long to wait for a further write when `group` writes have come and no other is there; `None` for not at all.
    pub(super) fn wait(&mut self, group: usize, now: Instant) -> Option<Duration> {
        let waited = now.saturating_duration_since(*self.waiting_since.get_or_insert(now));
        let pause = self.commit / PAUSE_PART;
        let worth_it = group < self.expected && waited < self.commit / WAIT_PART && pause >= PAUSE_MIN;
        worth_it.then_some(pause)
    }

    /// A group of writes was committed in `took` and is being answered; `under_way` counts it and those that queue.
    pub(super) fn answered(&mut self, under_way: usize, took: Duration, now: Instant) {
        self.expected = under_way;
        self.commit = (self.commit * 7 + took.min(COMMIT_MAX)) / 8;
        self.answered_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::{Company, Duration, Instant};

    const COMMIT: Duration = Duration::from_millis(4);

    /// A company that has seen many commits of 4 ms, the last with `under_way` writes, answered at the time given back.
    fn after_many(under_way: usize) -> (Company, Instant) {
        let (mut company, now) = (Company::default(), Instant::now());
        for _ in 0..100 {
            company.answered(under_way, COMMIT, now);
        }
        (company, now)
    }

    #[test]
    fn the_first_write_of_all_does_not_wait() {
        let (mut company, now) = (Company::default(), Instant::now());
        company.begin(now);
        assert_eq!(company.wait(1, now), None);
    }

    #[test]
    fn a_client_that_writes_alone_never_waits() {
        let (mut company, now) = after_many(1);
        company.begin(now);
        assert_eq!(company.wait(1, now), None);
    }

    #[test]
    fn a_write_long_after_the_others_does_not_wait_for_them() {
        let (mut company, now) = after_many(64);
        let later = now + COMMIT * 2;
        company.begin(later);
        assert_eq!(company.wait(1, later), None);
    }

    #[test]
    fn writes_that_come_back_at_once_are_waited_for_until_all_are_there() {
        let (mut company, now) = after_many(64);
        company.begin(now);
        let pause = company.wait(1, now).expect("63 are on their way");
        assert!(pause > Duration::ZERO && pause < COMMIT / 8);
        assert!(company.wait(63, now).is_some());
        assert_eq!(company.wait(64, now), None);
    }

    #[test]
    fn on_a_fast_disk_nobody_waits() {
        let (mut company, now) = (Company::default(), Instant::now());
        company.answered(64, Duration::from_micros(100), now);
        company.begin(now);
        assert_eq!(company.wait(1, now), None);
    }

    #[test]
    fn the_wait_has_an_end_however_many_are_missing() {
        let (mut company, now) = after_many(64);
        company.begin(now);
        assert!(company.wait(1, now).is_some());
        assert_eq!(company.wait(2, now + COMMIT / 2), None);
    }
}
