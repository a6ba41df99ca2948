//! Instants as the whole system keeps them; no clock is read here.

use serde::{Deserialize, Serialize};

/// An instant in milliseconds since 1970-01-01 UTC, by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// One second.
    pub const SECOND: i64 = 1_000;
    /// One minute.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// One hour.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// One day of 24 hours.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// Whole seconds since 1970-01-01 UTC, the unit of the REST API.
    #[must_use]
    pub fn as_seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// This instant moved by `duration_ms`; stays at the end of the scale instead of wrapping.
    #[must_use]
    pub fn plus(self, duration_ms: i64) -> Millis {
        Millis(self.0.saturating_add(duration_ms))
    }

    /// Now, but not before what happened last: a clock that was set back by up to an hour must not put an answer before its
    /// question. One set back further was wrong before, and is believed.
    #[must_use]
    pub fn not_before(self, last: Millis) -> Millis {
        if last.since(self) <= Self::HOUR { self.max(last) } else { self }
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Millis) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_a_little_stands_still_and_one_set_back_far_is_believed() {
        let last = Millis(10 * Millis::DAY);
        assert_eq!(last.plus(5).not_before(last), last.plus(5));
        assert_eq!(last.plus(-Millis::MINUTE).not_before(last), last);
        assert_eq!(last.plus(-Millis::HOUR).not_before(last), last);
        assert_eq!(last.plus(-Millis::DAY).not_before(last), last.plus(-Millis::DAY));
    }
}
