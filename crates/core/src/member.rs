//! Members of an account: role, availability, and what a member sees. Invitations and presence over time are not here.

use std::collections::BTreeSet;

use crate::id::{InboxId, UserId};

crate::words! {
    /// What a member may do in one account (BEHAVIOUR 2.3).
    pub enum Role {
        /// Everything but what the installation's operator alone may do.
        Administrator = "administrator",
        /// Answers conversations.
        Agent = "agent",
    }
    /// What a member chose (BEHAVIOUR 4.1); each source's own word is accepted as input.
    pub enum Availability {
        /// Online.
        Available = "available" | "online",
        /// Away.
        Busy = "busy" | "away",
        /// Invisible.
        Offline = "offline" | "invisible",
    }
    /// What is true now, in the REST API's words (API.md); presence away reads `busy`.
    pub enum AvailabilityStatus {
        /// Answers chats now.
        Online = "online",
        /// Around, but an answer may take a while.
        Busy = "busy",
        /// Not there.
        Offline = "offline",
    }
}

/// A member's switches beside the role (BEHAVIOUR 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches {
    /// Off: the account cannot be opened at all.
    pub access: bool,
    /// Off: the dashboard may be used, but the member never counts for presence or routing.
    pub answers_chats: bool,
}

impl Availability {
    /// The status that the choice alone gives. Devices, idleness and sessions do not count yet.
    #[must_use]
    pub fn status(self, switches: Switches) -> AvailabilityStatus {
        if !(switches.access && switches.answers_chats) {
            return AvailabilityStatus::Offline;
        }
        match self {
            Availability::Available => AvailabilityStatus::Online,
            Availability::Busy => AvailabilityStatus::Busy,
            Availability::Offline => AvailabilityStatus::Offline,
        }
    }
}

/// A member's eyes on one account: decides which conversations and events exist for them (BEHAVIOUR 6.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Who looks.
    pub user: UserId,
    /// Administrators see every inbox.
    pub role: Role,
    /// The inboxes this member belongs to.
    pub inboxes: BTreeSet<InboxId>,
}

impl Viewer {
    /// Whether conversations of `inbox` exist for this member.
    #[must_use]
    pub fn sees_inbox(&self, inbox: InboxId) -> bool {
        self.role == Role::Administrator || self.inboxes.contains(&inbox)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Switches = Switches { access: true, answers_chats: true };

    #[test]
    fn each_source_may_use_its_own_word_for_an_availability() {
        for (word, meant) in [
            ("available", Availability::Available),
            ("online", Availability::Available),
            ("busy", Availability::Busy),
            ("away", Availability::Busy),
            ("offline", Availability::Offline),
            ("invisible", Availability::Offline),
        ] {
            assert_eq!(Availability::parse(word), Some(meant));
        }
        assert_eq!(Availability::parse("Available"), None);
    }

    #[test]
    fn who_may_not_answer_is_offline_whatever_they_chose() {
        assert_eq!(Availability::Available.status(ON), AvailabilityStatus::Online);
        assert_eq!(Availability::Busy.status(ON), AvailabilityStatus::Busy);
        assert_eq!(Availability::Available.status(Switches { access: false, ..ON }), AvailabilityStatus::Offline);
        assert_eq!(Availability::Available.status(Switches { answers_chats: false, ..ON }), AvailabilityStatus::Offline);
    }

    #[test]
    fn an_agent_sees_own_inboxes_and_an_administrator_all() {
        let agent = Viewer { user: UserId(1), role: Role::Agent, inboxes: [InboxId(3)].into() };
        assert!(agent.sees_inbox(InboxId(3)));
        assert!(!agent.sees_inbox(InboxId(4)));
        assert!(Viewer { role: Role::Administrator, ..agent }.sees_inbox(InboxId(4)));
    }
}
