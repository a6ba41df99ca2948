//! How far one side's messages came to the other (BEHAVIOUR 7.6): counts that only grow. Who is on which side, and when
//! a device tells what it has, is not here.

use crate::member::Availability;

crate::words! {
    /// How far a message came.
    pub enum MessageStatus {
        /// Acknowledged.
        Sent = "sent",
        /// It reached a device of the other side.
        Delivered = "delivered",
        /// It was shown in a thread that has focus.
        Read = "read",
    }
}

/// How many of one side's messages, counted from the first, reached a device of the other side, and were seen there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Never less than `seen`.
    pub delivered: i64,
    /// Never more than `delivered`.
    pub seen: i64,
}

impl Marks {
    /// A device has the first `count` messages of `there` that exist. Going back changes nothing.
    #[must_use]
    pub fn delivered_up_to(self, count: i64, there: i64) -> Marks {
        Marks { delivered: self.delivered.max(count.min(there)), ..self }
    }

    /// Somebody saw the first `count` messages of `there` that exist; what is seen has reached a device. Going back changes
    /// nothing.
    #[must_use]
    pub fn seen_up_to(self, count: i64, there: i64) -> Marks {
        let seen = self.seen.max(count.min(there));
        Marks { delivered: self.delivered.max(seen), seen }
    }

    /// How far the side's message with this number came; without a number (private notes, activities) it is sent to nobody
    /// on the other side.
    #[must_use]
    pub fn status_of(self, number: Option<i64>) -> MessageStatus {
        match number {
            Some(number) if number <= self.seen => MessageStatus::Read,
            Some(number) if number <= self.delivered => MessageStatus::Delivered,
            _ => MessageStatus::Sent,
        }
    }
}

/// Whether contacts may learn that a member reads or types in a conversation: one who is Invisible gives themselves away
/// by replying in it, and not before.
#[must_use]
pub fn shows_itself(availability: Availability, has_replied: bool) -> bool {
    availability != Availability::Offline || has_replied
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: std::ops::RangeInclusive<i64> = -1..=4;

    #[test]
    fn marks_only_grow_and_stay_within_what_exists() {
        for (there, first, second) in (0..=3).flat_map(|it| COUNTS.flat_map(move |a| COUNTS.map(move |b| (it, a, b)))) {
            let first = Marks::default().seen_up_to(first, there);
            for next in [first.delivered_up_to(second, there), first.seen_up_to(second, there)] {
                assert!(0 <= next.seen && next.seen <= next.delivered && next.delivered <= there, "{next:?} of {there}");
                assert!(next.seen >= first.seen && next.delivered >= first.delivered, "{first:?} became {next:?}");
            }
        }
    }

    #[test]
    fn delivered_alone_is_not_seen_and_seen_is_delivered() {
        assert_eq!(Marks::default().delivered_up_to(2, 3), Marks { delivered: 2, seen: 0 });
        assert_eq!(Marks { delivered: 1, seen: 0 }.seen_up_to(2, 3), Marks { delivered: 2, seen: 2 });
        assert_eq!(Marks { delivered: 3, seen: 0 }.seen_up_to(2, 3), Marks { delivered: 3, seen: 2 });
    }

    #[test]
    fn each_message_has_the_status_of_its_number() {
        let marks = Marks { delivered: 2, seen: 1 };
        assert_eq!([1, 2, 3].map(|it| marks.status_of(Some(it)).as_str()), ["read", "delivered", "sent"]);
        assert_eq!(marks.status_of(None), MessageStatus::Sent);
    }

    #[test]
    fn an_invisible_member_shows_by_replying_only() {
        assert!(shows_itself(Availability::Available, false));
        assert!(shows_itself(Availability::Busy, false));
        assert!(!shows_itself(Availability::Offline, false));
        assert!(shows_itself(Availability::Offline, true));
    }
}
