//! How members come into a conversation and who owns it (BEHAVIOUR 6.2 and 6.3). Inviting and removing are not here yet.

/// What an act of a member means for their place in the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// Already in it, or the act (a private note) does not join.
    Stays,
    /// Becomes a participant.
    Joins,
    /// Becomes a participant and, as nobody owns the conversation, its owner.
    JoinsAndOwns,
}

/// Decides for a member who presses Join or replies (`writes_note` false), or writes a private note (`writes_note` true).
#[must_use]
pub fn joining(is_participant: bool, has_owner: bool, writes_note: bool) -> Joining {
    match (is_participant || writes_note, has_owner) {
        (true, _) => Joining::Stays,
        (false, true) => Joining::Joins,
        (false, false) => Joining::JoinsAndOwns,
    }
}

crate::words! {
    /// Something that happened to a conversation, told in its thread as an activity message.
    pub enum Activity {
        /// A member came in.
        Joined = "joined",
        /// A member came in and owns the conversation.
        JoinedAndOwns = "joined_and_owns",
        /// A member resolved it.
        Resolved = "resolved",
        /// A member opened it again.
        Reopened = "reopened",
        /// A contact's message opened it again.
        ReopenedByContact = "reopened_by_contact",
        /// It was put aside or held back, and waits for an answer again.
        Returned = "returned",
        /// The time until which it was put aside has come.
        Woke = "woke",
        /// It was put aside.
        Snoozed = "snoozed",
        /// It waits for an automation.
        Pended = "pending",
    }
}

/// What a thread tells of something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The sentence that members read.
    pub for_members: String,
    /// The sentence that contacts read, or `None` when it is the team's own business.
    pub for_contacts: Option<String>,
}

impl Activity {
    /// What the thread tells: `who` did it, as members and as contacts know them.
    #[must_use]
    pub fn told(self, who: &str, who_for_contacts: &str) -> Told {
        Told { for_members: self.sentence(who), for_contacts: self.sentence_for_contacts(who_for_contacts) }
    }

    /// The sentence that members read. `who` is the name of the person who did it.
    #[must_use]
    pub fn sentence(self, who: &str) -> String {
        match self {
            Activity::Joined => format!("{who} joined"),
            Activity::JoinedAndOwns => format!("{who} joined and owns the conversation"),
            Activity::Resolved => format!("{who} resolved the conversation"),
            Activity::Reopened | Activity::ReopenedByContact => format!("{who} reopened the conversation"),
            Activity::Returned => format!("{who} brought the conversation back"),
            Activity::Woke => "The snooze ended: the conversation is open again".to_owned(),
            Activity::Snoozed => format!("{who} snoozed the conversation"),
            Activity::Pended => format!("{who} marked the conversation as pending"),
        }
    }

    /// The sentence that contacts read, or `None` when it is the team's own business: ownership, putting aside.
    #[must_use]
    pub fn sentence_for_contacts(self, who: &str) -> Option<String> {
        match self {
            Activity::Joined | Activity::JoinedAndOwns => Some(Activity::Joined.sentence(who)),
            Activity::Resolved | Activity::Reopened | Activity::ReopenedByContact => Some(self.sentence(who)),
            Activity::Returned | Activity::Woke | Activity::Snoozed | Activity::Pended => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_reply_owns_the_conversation_and_the_next_only_joins() {
        assert_eq!(joining(false, false, false), Joining::JoinsAndOwns);
        assert_eq!(joining(false, true, false), Joining::Joins);
        assert_eq!(joining(true, false, false), Joining::Stays);
    }

    #[test]
    fn a_private_note_does_not_join() {
        assert_eq!(joining(false, false, true), Joining::Stays);
    }

    #[test]
    fn contacts_never_read_who_owns_or_what_was_put_aside() {
        assert_eq!(Activity::JoinedAndOwns.sentence_for_contacts("Maya").as_deref(), Some("Maya joined"));
        assert_eq!(Activity::Snoozed.sentence_for_contacts("Maya"), None);
        assert_eq!(Activity::Pended.sentence_for_contacts("Maya"), None);
        assert_eq!(Activity::Returned.sentence_for_contacts("Maya"), None);
        assert_eq!(Activity::Woke.sentence_for_contacts(""), None);
    }
}
