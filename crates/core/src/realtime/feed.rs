//! The newest part of one account's event log, kept in memory for the connections that follow it.
//! Readers pull with a cursor at their own pace, so there is no queue per reader that could overflow.

use std::collections::VecDeque;

use crate::event::Seq;

/// Entries kept; who is further behind reads pages of the log.
pub const WINDOW_ENTRIES_MAX: usize = 512;

/// Bytes kept, unless the newest entry alone has more: a message may have a megabyte, and 512 of them are too many.
pub const WINDOW_BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// Something that stands at one place of the log.
pub trait Position {
    /// That place.
    fn seq(&self) -> Seq;

    /// What it takes of the window's room.
    fn bytes(&self) -> usize;
}

/// A window over one account's log: dense, newest last.
#[derive(Debug)]
pub struct Feed<E> {
    window: VecDeque<E>,
    bytes: usize,
    latest: Seq,
}

/// What a reader gets.
#[derive(Debug, PartialEq, Eq)]
pub enum Pull<E> {
    /// Nothing after the cursor.
    UpToDate,
    /// The next entries, in order, without a gap after the cursor.
    Entries(Vec<E>),
    /// The window no longer reaches back: read a page of the log after the cursor.
    ReadLog,
}

impl<E: Position + Clone> Feed<E> {
    /// Starts after what the log holds already, with an empty window.
    #[must_use]
    pub fn starting_after(latest: Seq) -> Feed<E> {
        Feed { window: VecDeque::new(), bytes: 0, latest }
    }

    /// The newest place this feed knows.
    #[must_use]
    pub fn latest(&self) -> Seq {
        self.latest
    }

    /// Adds what was read from the log after [`Feed::latest`]. Entries already known are passed over; a gap empties the
    /// window, because what it holds could no longer be followed without one.
    pub fn extend(&mut self, entries: impl IntoIterator<Item = E>) {
        for entry in entries {
            let seq = entry.seq();
            if seq <= self.latest {
                continue;
            }
            if seq.0 != self.latest.0.saturating_add(1) {
                self.empty();
            }
            self.latest = seq;
            self.bytes = self.bytes.saturating_add(entry.bytes());
            self.window.push_back(entry);
            while self.window.len() > WINDOW_ENTRIES_MAX || (self.bytes > WINDOW_BYTES_MAX && self.window.len() > 1) {
                let gone = self.window.pop_front().map_or(0, |it| it.bytes());
                self.bytes = self.bytes.saturating_sub(gone);
            }
        }
    }

    /// Notes that the log has reached `latest`, to be called after [`Feed::extend`] with all that could be read. What could
    /// not, because it was trimmed meanwhile, is a gap as above: readers must not wait for entries that nobody can bring.
    pub fn reach(&mut self, latest: Seq) {
        if latest > self.latest {
            self.empty();
            self.latest = latest;
        }
    }

    fn empty(&mut self) {
        self.window.clear();
        self.bytes = 0;
    }

    /// At most `entries_max` entries after the reader's cursor.
    #[must_use]
    pub fn pull(&self, after: Seq, entries_max: usize) -> Pull<E> {
        if self.latest <= after {
            return Pull::UpToDate;
        }
        let Some(oldest) = self.window.front().map(Position::seq) else { return Pull::ReadLog };
        // Dense from `oldest` on, so the cursor's distance is its index.
        match usize::try_from(after.0.saturating_sub(oldest.0).saturating_add(1)) {
            Ok(skip) => Pull::Entries(self.window.iter().skip(skip).take(entries_max).cloned().collect()),
            Err(_) => Pull::ReadLog,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Position for i64 {
        fn seq(&self) -> Seq {
            Seq(*self)
        }

        fn bytes(&self) -> usize {
            1
        }
    }

    fn feed(entries: std::ops::RangeInclusive<i64>) -> Feed<i64> {
        let mut feed = Feed::starting_after(Seq(entries.start() - 1));
        feed.extend(entries);
        feed
    }

    #[test]
    fn a_reader_gets_what_follows_its_cursor() {
        let feed = feed(4..=9);
        assert_eq!(feed.pull(Seq(9), 10), Pull::UpToDate);
        assert_eq!(feed.pull(Seq(6), 10), Pull::Entries(vec![7, 8, 9]));
        assert_eq!(feed.pull(Seq(6), 2), Pull::Entries(vec![7, 8]));
        assert_eq!(feed.pull(Seq(3), 1), Pull::Entries(vec![4]));
    }

    #[test]
    fn a_reader_before_the_window_reads_the_log() {
        assert_eq!(feed(4..=9).pull(Seq(2), 10), Pull::ReadLog);
        assert_eq!(Feed::<i64>::starting_after(Seq(5)).pull(Seq(4), 10), Pull::ReadLog);
    }

    #[test]
    fn readers_do_not_wait_for_what_was_trimmed_before_the_feed_read_it() {
        let mut feed = feed(1..=3);
        feed.reach(Seq(3));
        assert_eq!(feed.pull(Seq(1), 10), Pull::Entries(vec![2, 3]));
        feed.reach(Seq(6));
        assert_eq!(feed.pull(Seq(3), 10), Pull::ReadLog);
        feed.extend([7]);
        assert_eq!(feed.pull(Seq(6), 10), Pull::Entries(vec![7]));
    }

    #[test]
    fn the_window_is_bounded_and_keeps_the_newest() {
        let last = i64::try_from(WINDOW_ENTRIES_MAX).expect("small") + 10;
        let feed = feed(1..=last);
        assert_eq!(feed.pull(Seq(9), 1), Pull::ReadLog);
        assert_eq!(feed.pull(Seq(10), 1), Pull::Entries(vec![11]));
        assert_eq!(feed.pull(Seq(last - 1), 5), Pull::Entries(vec![last]));
    }

    #[test]
    fn a_few_large_entries_do_not_fill_the_memory() {
        #[derive(Debug, Clone, PartialEq)]
        struct Large(i64);
        impl Position for Large {
            fn seq(&self) -> Seq {
                Seq(self.0)
            }

            fn bytes(&self) -> usize {
                WINDOW_BYTES_MAX / 2 + 1
            }
        }
        let mut feed = Feed::starting_after(Seq(0));
        feed.extend([Large(1), Large(2), Large(3)]);
        assert_eq!(feed.pull(Seq(1), 10), Pull::ReadLog);
        assert_eq!(feed.pull(Seq(2), 10), Pull::Entries(vec![Large(3)]));
    }

    #[test]
    fn what_is_reported_twice_or_with_a_gap_never_makes_a_gap_for_readers() {
        let mut feed = feed(1..=3);
        feed.extend([2, 3, 4]);
        assert_eq!(feed.pull(Seq(0), 10), Pull::Entries(vec![1, 2, 3, 4]));
        feed.extend([7, 8]);
        assert_eq!(feed.pull(Seq(4), 10), Pull::ReadLog);
        assert_eq!(feed.pull(Seq(6), 10), Pull::Entries(vec![7, 8]));
    }
}
