//! What people type: bodies, names, addresses and client keys, parsed once at the edge into types that keep the promise.
//! How text is shown (Markdown, links) is the interface's business, not this file's.

/// A field that breaks a rule. `field` is the name in the API, `message` a whole sentence that starts with that field's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Invalid {
    /// The field's name as clients send it.
    pub field: &'static str,
    /// A sentence for people, such as "Content can't be blank".
    pub message: String,
}

impl Invalid {
    /// A refusal that reads "{Field} {reason}".
    pub fn new(field: &'static str, reason: impl std::fmt::Display) -> Invalid {
        Invalid { field, message: format!("{} {reason}", title(field)) }
    }
}

/// `echo_id` becomes "Echo id": how a field is named in sentences.
#[must_use]
pub fn title(field: &str) -> String {
    let spaced = field.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

macro_rules! parsed {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text that passed the rules.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(it: $name) -> String {
                it.0
            }
        }
    )* };
}

parsed! {
    /// The text of a message: blank only beside files, at most [`Body::CHARS_MAX`] characters, no NUL (BEHAVIOUR 7.4).
    Body;
    /// A sender's own key for one message or conversation, 1 to 64 characters (BEHAVIOUR 7.2).
    ClientKey;
    /// An e-mail address, trimmed and lower-cased (BEHAVIOUR 2.1).
    Email;
    /// A person's or account's name: one line, no control characters.
    Name;
}

impl Body {
    /// Longest message in characters.
    pub const CHARS_MAX: usize = 150_000;

    /// Keeps the text as typed: leading spaces may be meant.
    pub fn parse(text: &str) -> Result<Body, Invalid> {
        Body::parse_beside(text, 0)
    }

    /// The same for a message with so many files: beside a file nothing need be written (BEHAVIOUR 7.4).
    pub fn parse_beside(text: &str, files: usize) -> Result<Body, Invalid> {
        if text.contains('\0') {
            return Err(Invalid::new("content", "must not contain NUL"));
        }
        if text.trim().is_empty() {
            if files > 0 {
                return Ok(Body(String::new()));
            }
            return Err(Invalid::new("content", "can't be blank"));
        }
        if text.chars().count() > Self::CHARS_MAX {
            return Err(Invalid::new("content", format_args!("is too long (maximum is {} characters)", Self::CHARS_MAX)));
        }
        Ok(Body(text.to_owned()))
    }
}

impl ClientKey {
    /// Longest key in characters.
    pub const CHARS_MAX: usize = 64;

    /// `field` is the name under which the client sent it.
    pub fn parse(field: &'static str, text: &str) -> Result<ClientKey, Invalid> {
        if text.is_empty() || text.chars().count() > Self::CHARS_MAX || text.chars().any(char::is_control) {
            return Err(Invalid::new(field, "must be 1 to 64 printable characters"));
        }
        Ok(ClientKey(text.to_owned()))
    }
}

impl Email {
    /// Longest address in characters (RFC 5321).
    pub const CHARS_MAX: usize = 254;

    /// Accepts a bare address; "Ann <ann@example.com>" is refused.
    pub fn parse(text: &str) -> Result<Email, Invalid> {
        let bare = text.trim().to_lowercase();
        let fits = bare.chars().count() <= Self::CHARS_MAX && !bare.chars().any(char::is_control);
        // The crate also knows display names and address literals, which no mailbox here needs.
        let plain = email_address::Options::default().without_display_text().without_domain_literal();
        if !fits || email_address::EmailAddress::parse_with_options(&bare, plain).is_err() {
            return Err(Invalid::new("email", "is invalid"));
        }
        Ok(Email(bare))
    }

    /// The part before @, which names a person who gave no name (BEHAVIOUR 2.9).
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.split('@').next().unwrap_or(&self.0)
    }
}

impl Name {
    /// Longest name in characters.
    pub const CHARS_MAX: usize = 255;

    /// Trims; refuses control characters, which would travel into mail headers.
    pub fn parse(field: &'static str, text: &str) -> Result<Name, Invalid> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(Invalid::new(field, "can't be blank"));
        }
        if trimmed.chars().any(char::is_control) {
            return Err(Invalid::new(field, "must not contain control characters"));
        }
        if trimmed.chars().count() > Self::CHARS_MAX {
            return Err(Invalid::new(field, format_args!("is too long (maximum is {} characters)", Self::CHARS_MAX)));
        }
        Ok(Name(trimmed.to_owned()))
    }
}

/// A new password: long enough to be worth hashing, short enough to be hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

// Not derived: a password must not reach a log.
impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Password {
    /// Fewest characters.
    pub const CHARS_MIN: usize = 8;
    /// Most bytes.
    pub const BYTES_MAX: usize = 1_000;

    /// Any characters, spaces included.
    pub fn parse(text: &str) -> Result<Password, Invalid> {
        if text.chars().count() < Self::CHARS_MIN {
            return Err(Invalid::new("password", format_args!("is too short (minimum is {} characters)", Self::CHARS_MIN)));
        }
        if text.len() > Self::BYTES_MAX {
            return Err(Invalid::new("password", format_args!("is too long (maximum is {} bytes)", Self::BYTES_MAX)));
        }
        Ok(Password(text.to_owned()))
    }

    /// The password itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_keeps_what_was_typed() {
        assert_eq!(Body::parse("  two\n lines 🎉").unwrap().as_str(), "  two\n lines 🎉");
    }

    #[test]
    fn a_body_is_never_blank_never_holds_nul_and_ends_at_its_limit() {
        assert_eq!(Body::parse(" \n\t").unwrap_err().message, "Content can't be blank");
        assert!(Body::parse("a\0b").unwrap_err().message.contains("NUL"));
        assert!(Body::parse(&"é".repeat(Body::CHARS_MAX)).is_ok());
        assert!(Body::parse(&"é".repeat(Body::CHARS_MAX + 1)).unwrap_err().message.contains("too long"));
    }

    #[test]
    fn a_body_may_be_blank_only_beside_a_file() {
        assert_eq!(Body::parse_beside(" \n", 1).unwrap().as_str(), "");
        assert_eq!(Body::parse_beside(" a ", 1).unwrap().as_str(), " a ");
        assert!(Body::parse_beside("", 0).is_err());
        assert!(Body::parse_beside("a\0", 1).is_err());
    }

    #[test]
    fn addresses_are_compared_in_one_form() {
        assert_eq!(Email::parse("  Ada@Example.COM ").unwrap().as_str(), "ada@example.com");
        assert_eq!(Email::parse("ada+shop@example.com").unwrap().local_part(), "ada+shop");
    }

    #[test]
    fn what_is_no_mailbox_is_refused() {
        for bad in ["", "ada", "ada@", "@example.com", "Ada <ada@example.com>", "a b@example.com", "ada@example.com\r\nBcc: x@y.z"] {
            assert!(Email::parse(bad).is_err(), "{bad:?} passed");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(250))).is_err());
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(Name::parse("name", "  Ada  ").unwrap().as_str(), "Ada");
        assert!(Name::parse("name", "Ada\r\nBcc: x@y.z").is_err());
        assert_eq!(Name::parse("account_name", "  ").unwrap_err().message, "Account name can't be blank");
    }

    #[test]
    fn a_password_has_eight_characters_and_never_shows_in_a_log() {
        assert!(Password::parse("1234567").is_err());
        assert_eq!(format!("{:?}", Password::parse("12345678").unwrap()), "Password(..)");
    }

    #[test]
    fn a_client_key_is_short_and_printable() {
        assert!(ClientKey::parse("echo_id", "k").is_ok());
        assert!(ClientKey::parse("echo_id", &"k".repeat(65)).is_err());
        assert!(ClientKey::parse("echo_id", "").is_err());
        assert!(ClientKey::parse("echo_id", "a\u{7}").is_err());
    }
}
