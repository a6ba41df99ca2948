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

/// What everybody reads in place of a message that was deleted.
pub const DELETED: &str = "This message was deleted";

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

/// What makes two sends the same message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content<'a> {
    /// The text.
    pub body: &'a str,
    /// For members only.
    pub private: bool,
    /// The files in order, each as its name and a digest of its bytes: a retry may have uploaded them again.
    pub files: Vec<(&'a str, &'a str)>,
}

impl<'a> Content<'a> {
    /// A message without files.
    #[must_use]
    pub fn text(body: &'a str, private: bool) -> Content<'a> {
        Content { body, private, files: Vec::new() }
    }
}

/// Compares a send with the stored message of the same conversation, sender and key, if there is one.
#[must_use]
pub fn accept(stored: Option<&Content<'_>>, sent: &Content<'_>) -> Accept {
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
        let content = |body, private, files: &[(&'static str, &'static str)]| Content { body, private, files: files.to_vec() };
        let stored = content("hello", false, &[("a.png", "1")]);
        assert_eq!(accept(None, &stored), Accept::New);
        assert_eq!(accept(Some(&stored), &stored.clone()), Accept::Same);
        for other in [
            content("hullo", false, &[("a.png", "1")]),
            content("hello", true, &[("a.png", "1")]),
            content("hello", false, &[]),
            content("hello", false, &[("a.png", "2")]),
            content("hello", false, &[("b.png", "1")]),
            content("hello", false, &[("a.png", "1"), ("b.png", "2")]),
        ] {
            assert_eq!(accept(Some(&stored), &other), Accept::Conflict, "{other:?}");
        }
    }
}
