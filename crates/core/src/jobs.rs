//! When background work is due: what wakes, how long a failure waits, what of the log is old enough to go. Clocks may jump
//! both ways: no rule here loses or repeats a job because of it. Doing the work is the server's.

use crate::event::Seq;
use crate::time::Millis;

/// How long the log is kept (DESIGN section 2).
pub const LOG_KEPT_MS: i64 = 30 * Millis::DAY;

/// How long a job that failed waits before it is tried again, by how often it failed in a row: doubling from half a second
/// up to a minute.
#[must_use]
pub fn pause_after(failures: u32) -> i64 {
    const FIRST_MS: i64 = 500;
    let doubled = 1_i64.checked_shl(failures.saturating_sub(1).min(30)).unwrap_or(i64::MAX);
    FIRST_MS.saturating_mul(doubled).min(Millis::MINUTE)
}

/// Whether a moment that was set at most `ahead_ms` before it has come. One that lies further ahead was set by a clock that
/// has jumped back since, and has come too.
#[must_use]
pub fn has_come(at: Millis, now: Millis, ahead_ms: i64) -> bool {
    at <= now || at > now.plus(ahead_ms)
}

/// Up to where the log may be trimmed: `oldest` are its first events in order, with their times; `read_up_to` is the place
/// that every reader of the log which must miss nothing has passed. Times in the log may go back where a clock did: the first
/// event that is young enough stays, and all after it.
#[must_use]
pub fn trim_to(oldest: &[(Seq, Millis)], read_up_to: Option<Seq>, now: Millis) -> Option<Seq> {
    let is_old = |at: Millis| now.since(at) > LOG_KEPT_MS;
    let is_read = |seq: Seq| read_up_to.is_none_or(|it| seq <= it);
    oldest.iter().take_while(|(seq, at)| is_old(*at) && is_read(*seq)).last().map(|(seq, _)| *seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000 * Millis::DAY);

    #[test]
    fn a_failing_job_waits_longer_each_time_and_never_longer_than_a_minute() {
        let pauses: Vec<i64> = (1..=9).map(pause_after).collect();
        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
        assert_eq!((pause_after(0), pause_after(u32::MAX)), (500, 60_000));
    }

    #[test]
    fn what_a_clock_set_before_it_jumped_back_does_not_wait_for_years() {
        let hour = Millis::HOUR;
        assert!(has_come(NOW, NOW, hour) && has_come(NOW.plus(-hour), NOW, hour));
        assert!(!has_come(NOW.plus(1), NOW, hour) && !has_come(NOW.plus(hour), NOW, hour));
        assert!(has_come(NOW.plus(hour + 1), NOW, hour));
        assert!(has_come(Millis(i64::MAX), NOW, hour));
    }

    #[test]
    fn the_log_is_trimmed_after_thirty_days_and_in_order() {
        let old = |days: i64| NOW.plus(-days * Millis::DAY);
        let log = [(Seq(1), old(40)), (Seq(2), old(31)), (Seq(3), old(29)), (Seq(4), old(35))];
        assert_eq!(trim_to(&log, None, NOW), Some(Seq(2)));
        assert_eq!(trim_to(&log[2..], None, NOW), None);
        assert_eq!(trim_to(&[], None, NOW), None);
        assert_eq!(trim_to(&[(Seq(1), NOW.plus(-LOG_KEPT_MS))], None, NOW), None);
    }

    #[test]
    fn nothing_is_trimmed_before_those_who_must_miss_nothing_have_read_it() {
        let log = [(Seq(1), Millis(0)), (Seq(2), Millis(0)), (Seq(3), Millis(0))];
        assert_eq!(trim_to(&log, Some(Seq(2)), NOW), Some(Seq(2)));
        assert_eq!(trim_to(&log, Some(Seq(0)), NOW), None);
        assert_eq!(trim_to(&log, Some(Seq(9)), NOW), Some(Seq(3)));
    }
}
