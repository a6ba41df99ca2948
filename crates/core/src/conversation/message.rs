//! What a message is to the log: its kind, its sender, and whether a repeated send is the same one (BEHAVIOUR 7.2).

crate::words! {
    /// The direction of a message.
    pub enum MessageKind {
        /// From a contact.
        Incoming = "incoming",
        /// From a member, private notes included.
        Outgoing = "outgoing",
        /// Something that happened, told by the system.
        Activity = "activity",
    }
    /// Who may send.
    pub enum SenderKind {
        /// Someone outside the business.
        Contact = "contact",
        /// A member, by their user.
        User = "user",
    }
}

impl MessageKind {
    /// The number that stands for it in the REST API.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            MessageKind::Incoming => 0,
            MessageKind::Outgoing => 1,
            MessageKind::Activity => 2,
        }
    }
}

/// The answer to a send whose key may have been seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// Not seen before: store it.
    New,
    /// A repeat: answer with the first copy and store nothing.
    Same,
    /// The key was used for something else: refuse.
    Conflict,
}

/// Compares a send with the stored message of the same conversation, sender and key, if there is one. Both are (body, private).
#[must_use]
pub fn accept(stored: Option<(&str, bool)>, sent: (&str, bool)) -> Accept {
    match stored {
        None => Accept::New,
        Some(first) if first == sent => Accept::Same,
        Some(_) => Accept::Conflict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_send_is_the_first_copy_and_a_reused_key_is_refused() {
        assert_eq!(accept(None, ("hello", false)), Accept::New);
        assert_eq!(accept(Some(("hello", false)), ("hello", false)), Accept::Same);
        assert_eq!(accept(Some(("hello", false)), ("hullo", false)), Accept::Conflict);
        assert_eq!(accept(Some(("hello", true)), ("hello", false)), Accept::Conflict);
    }
}
