//! Open and resolved: what moves a conversation between them (BEHAVIOUR 6.1). Waking snoozed ones is a job, not here.

use crate::text::Invalid;
use crate::time::Millis;

crate::words! {
    /// Where a conversation stands. `pending` and `snoozed` come from REST only, for now.
    pub enum Status {
        /// Somebody should answer.
        Open = "open",
        /// Done; a contact's message may reopen it.
        Resolved = "resolved",
        /// Held back by an automation.
        Pending = "pending",
        /// Put aside until a time.
        Snoozed = "snoozed",
    }
}

impl Status {
    /// To contacts a conversation is open or resolved: putting aside is the team's own business.
    #[must_use]
    pub fn is_open_to_contacts(self) -> bool {
        self != Status::Resolved
    }
}

/// A contact's message reopens a conversation resolved at most this long ago; later it starts a new one.
pub const REOPEN_WITHIN_MS: i64 = 7 * Millis::DAY;

/// What a contact's message does to the conversation it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incoming {
    /// It is added; the status stays.
    Append,
    /// It is added, and the conversation is open again.
    Reopen,
    /// It belongs to a new conversation.
    StartNew,
}

/// Decides where a contact's message goes. `resolved_at` is when the conversation was last resolved.
#[must_use]
pub fn incoming(status: Status, resolved_at: Option<Millis>, now: Millis) -> Incoming {
    match (status, resolved_at) {
        (Status::Open | Status::Pending, _) => Incoming::Append,
        (Status::Resolved, Some(at)) if now.since(at) > REOPEN_WITHIN_MS => Incoming::StartNew,
        (Status::Resolved | Status::Snoozed, _) => Incoming::Reopen,
    }
}

/// A new status with the times that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChange {
    /// The status from now on.
    pub status: Status,
    /// Set exactly when resolved.
    pub resolved_at: Option<Millis>,
    /// Set at most when snoozed; snoozed without a time waits for the next message.
    pub snoozed_until: Option<Millis>,
}

/// Changes the status by hand; `Ok(None)` when it is already so.
pub fn set_status(current: Status, wanted: Status, snoozed_until: Option<Millis>, now: Millis) -> Result<Option<StatusChange>, Invalid> {
    if wanted == Status::Snoozed && snoozed_until.is_some_and(|until| until <= now) {
        return Err(Invalid::new("snoozed_until", "must be in the future"));
    }
    if wanted == current && wanted != Status::Snoozed {
        return Ok(None);
    }
    Ok(Some(StatusChange {
        status: wanted,
        resolved_at: (wanted == Status::Resolved).then_some(now),
        snoozed_until: snoozed_until.filter(|_| wanted == Status::Snoozed),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000 * Millis::DAY);

    #[test]
    fn a_contacts_message_reopens_within_a_week_and_starts_anew_after_it() {
        let resolved = |ago_ms: i64| incoming(Status::Resolved, Some(NOW.plus(-ago_ms)), NOW);
        assert_eq!(resolved(0), Incoming::Reopen);
        assert_eq!(resolved(REOPEN_WITHIN_MS), Incoming::Reopen);
        assert_eq!(resolved(REOPEN_WITHIN_MS + 1), Incoming::StartNew);
    }

    #[test]
    fn a_clock_that_jumped_back_only_reopens() {
        assert_eq!(incoming(Status::Resolved, Some(NOW.plus(Millis::DAY)), NOW), Incoming::Reopen);
    }

    #[test]
    fn open_and_pending_stay_and_snoozed_wakes() {
        assert_eq!(incoming(Status::Open, None, NOW), Incoming::Append);
        assert_eq!(incoming(Status::Pending, None, NOW), Incoming::Append);
        assert_eq!(incoming(Status::Snoozed, None, NOW), Incoming::Reopen);
    }

    #[test]
    fn resolving_twice_changes_nothing() {
        assert_eq!(set_status(Status::Resolved, Status::Resolved, None, NOW), Ok(None));
        let change = set_status(Status::Open, Status::Resolved, None, NOW).unwrap().unwrap();
        assert_eq!((change.status, change.resolved_at, change.snoozed_until), (Status::Resolved, Some(NOW), None));
    }

    #[test]
    fn only_a_snooze_keeps_a_wake_up_time_and_only_a_future_one() {
        let later = Some(NOW.plus(1));
        assert_eq!(set_status(Status::Open, Status::Snoozed, later, NOW).unwrap().unwrap().snoozed_until, later);
        assert_eq!(set_status(Status::Snoozed, Status::Open, later, NOW).unwrap().unwrap().snoozed_until, None);
        assert_eq!(set_status(Status::Open, Status::Snoozed, Some(NOW), NOW).unwrap_err().field, "snoozed_until");
    }
}
