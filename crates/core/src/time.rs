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

    /// As in "2026-11-21T18:35:49Z": whole seconds, UTC (RFC 3339).
    #[must_use]
    pub fn as_rfc3339(self) -> String {
        let (days, second) = (self.0.div_euclid(Self::DAY), self.0.rem_euclid(Self::DAY) / Self::SECOND);
        // Days in eras of 400 years, counted from a first of March, so that leap days come last.
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
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

    #[test]
    fn instants_are_written_as_dates() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (1_790_000_000, "2026-09-21T14:13:20Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(Millis(seconds * Millis::SECOND).as_rfc3339(), text);
        }
    }
}
