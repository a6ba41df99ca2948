//! What a person sets for themselves: a signature, a picture, how their dashboard behaves. What settings mean is the
//! dashboard's business, not this file's.

use crate::Invalid;

/// Largest picture of a person in bytes.
pub const PICTURE_BYTES_MAX: u64 = 1_024 * 1_024;
/// Largest settings in bytes, as JSON.
pub const SETTINGS_BYTES_MAX: usize = 8 * 1_024;

/// What a picture of a person may be: no animations, no programs.
const PICTURES: [(&str, &str); 3] = [("image/png", "png"), ("image/jpeg", "jpg"), ("image/webp", "webp")];

/// Refuses settings whose JSON has this many bytes.
pub fn check_settings(bytes: usize) -> Result<(), Invalid> {
    if bytes > SETTINGS_BYTES_MAX {
        return Err(Invalid::new("ui_settings", format_args!("are too large (maximum is {SETTINGS_BYTES_MAX} bytes)")));
    }
    Ok(())
}

/// The ending of a picture's name, by the type that its bytes have; `None` for what may not be one.
#[must_use]
pub fn picture_ending(content_type: &str) -> Option<&'static str> {
    PICTURES.iter().find(|it| it.0 == content_type).map(|it| it.1)
}

/// The type of a picture by its name; `None` for what is no picture's name.
#[must_use]
pub fn picture_type(name: &str) -> Option<&'static str> {
    let (stem, ending) = name.split_once('.')?;
    let is_plain = (8..=64).contains(&stem.len()) && stem.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    PICTURES.iter().find(|it| is_plain && it.1 == ending).map(|it| it.0)
}

/// What is put under messages: Markdown, at most [`Signature::CHARS_MAX`] characters; empty for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(String);

impl Signature {
    /// Longest signature in characters.
    pub const CHARS_MAX: usize = 1_000;

    /// Trims its end; refuses what is too long.
    pub fn parse(text: &str) -> Result<Signature, Invalid> {
        let field = "message_signature";
        if text.contains('\0') {
            return Err(Invalid::new(field, "must not contain NUL"));
        }
        let text = text.trim_end();
        if text.chars().count() > Self::CHARS_MAX {
            return Err(Invalid::new(field, format_args!("is too long (maximum is {} characters)", Self::CHARS_MAX)));
        }
        Ok(Signature(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_one_of_three_kinds_and_its_name_says_which() {
        for (content_type, ending) in [("image/png", Some("png")), ("image/jpeg", Some("jpg")), ("image/webp", Some("webp"))] {
            assert_eq!(picture_ending(content_type), ending);
            let name = format!("0123abcd-ef.{}", ending.unwrap());
            assert_eq!(picture_type(&name), Some(content_type));
        }
        for content_type in ["image/gif", "image/svg+xml", "text/html", ""] {
            assert_eq!(picture_ending(content_type), None);
        }
        for name in ["..", "a.png", "../../etc/passwd", "0123abcd.svg", "0123abcd", "0123abcd.png.html", "0123/bcd.png", ""] {
            assert_eq!(picture_type(name), None, "{name}");
        }
    }

    #[test]
    fn settings_have_a_size() {
        assert!(check_settings(SETTINGS_BYTES_MAX).is_ok());
        assert_eq!(check_settings(SETTINGS_BYTES_MAX + 1).unwrap_err().field, "ui_settings");
    }

    #[test]
    fn a_signature_has_an_end() {
        assert_eq!(Signature::parse("Maya\n*Halden*\n\n").unwrap().as_str(), "Maya\n*Halden*");
        assert_eq!(Signature::parse(" ").unwrap().as_str(), "");
        assert!(Signature::parse(&"é".repeat(1_000)).is_ok());
        assert!(Signature::parse(&"é".repeat(1_001)).is_err());
        assert!(Signature::parse("a\0").is_err());
    }
}
