//! When a delivery that failed is tried again. It counts tries, not time, so that a clock that jumps ahead gives nothing up.

use crate::time::Millis;

/// How long to wait after the first, second, ... try that failed. Together they are a day (API.md).
const PAUSES_MS: [i64; 13] = [
    5 * Millis::SECOND,
    30 * Millis::SECOND,
    2 * Millis::MINUTE,
    5 * Millis::MINUTE,
    10 * Millis::MINUTE,
    20 * Millis::MINUTE,
    30 * Millis::MINUTE,
    Millis::HOUR,
    2 * Millis::HOUR,
    4 * Millis::HOUR,
    4 * Millis::HOUR,
    6 * Millis::HOUR,
    6 * Millis::HOUR,
];

/// No try is set further ahead than this; one that is was set by a clock that has jumped back since.
pub const DUE_AHEAD_MS: i64 = 6 * Millis::HOUR;

/// When a delivery is due again after its `attempts`th try failed; `None` when it is given up.
#[must_use]
pub fn next_try(attempts: i64, now: Millis) -> Option<Millis> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    PAUSES_MS.get(index).map(|pause| now.plus(*pause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_tried_for_a_day_ever_more_seldom() {
        let now = Millis(1_000);
        let pauses: Vec<i64> = (1..).map_while(|n| next_try(n, now)).map(|at| at.since(now)).collect();
        assert!(pauses.is_sorted(), "{pauses:?}");
        let together: i64 = pauses.iter().sum();
        assert!((24 * Millis::HOUR..25 * Millis::HOUR).contains(&together), "{together}");
        assert!(pauses.iter().all(|it| *it <= DUE_AHEAD_MS));
    }

    #[test]
    fn it_is_given_up_after_the_last_try_and_never_before_the_first() {
        assert_eq!(next_try(14, Millis(0)), None);
        assert_eq!(next_try(i64::MAX, Millis(0)), None);
        assert_eq!(next_try(0, Millis(0)), None);
        assert_eq!(next_try(i64::MIN, Millis(0)), None);
        assert_eq!(next_try(1, Millis(0)), Some(Millis(5_000)));
    }
}
