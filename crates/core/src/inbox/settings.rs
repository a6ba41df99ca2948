//! The words and texts of a widget's settings, and when it is worth noting that a website shows it.

use crate::text::Invalid;
use crate::time::Millis;

crate::words! {
    /// The corner of the page that the launcher sits in.
    pub enum WidgetPosition {
        /// Lower right.
        Right = "right",
        /// Lower left.
        Left = "left",
    }
    /// What the launcher shows.
    pub enum LauncherIcon {
        /// A bubble.
        Chat = "chat",
        /// A question mark.
        Question = "question",
        /// A waving hand.
        Wave = "wave",
    }
    /// What a visitor is asked for with the first message; nothing of it is ever required.
    pub enum AskFor {
        /// Name and e-mail address.
        NameAndEmail = "name_email",
        /// The name only.
        Name = "name",
        /// Nothing.
        Nothing = "nothing",
    }
}

/// A language tag such as `en` or `pt-BR`, in which the widget speaks; empty for the visitor's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale(String);

impl Locale {
    /// Longest tag in characters.
    pub const CHARS_MAX: usize = 35;
    /// Languages that are written from right to left.
    const RIGHT_TO_LEFT: [&'static str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    /// Reads a tag: letters first, then letters and digits, parted by hyphens. `pt_BR` reads as `pt-BR`.
    pub fn parse(text: &str) -> Result<Locale, Invalid> {
        let tag = text.trim().replace('_', "-");
        if tag.is_empty() {
            return Ok(Locale(tag));
        }
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|it| it.is_ascii_alphabetic());
        let is_rest = parts.all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric()));
        if !(is_language && is_rest && tag.len() <= Self::CHARS_MAX) {
            return Err(Invalid::new("locale", "must be a language tag such as en or pt-BR"));
        }
        Ok(Locale(tag))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `rtl` for languages that are written from right to left, else `ltr`.
    #[must_use]
    pub fn direction(tag: &str) -> &'static str {
        let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        if Self::RIGHT_TO_LEFT.contains(&language.as_str()) { "rtl" } else { "ltr" }
    }
}

/// One line of text without control characters, trimmed; it may be empty.
pub fn line(field: &'static str, text: &str, chars_max: usize) -> Result<String, Invalid> {
    let trimmed = text.trim();
    if trimmed.chars().any(char::is_control) {
        return Err(Invalid::new(field, "must be one line without control characters"));
    }
    within(field, trimmed, chars_max)
}

/// Text of several lines, trimmed; it may be empty.
pub fn paragraph(field: &'static str, text: &str, chars_max: usize) -> Result<String, Invalid> {
    let trimmed = text.trim();
    if trimmed.chars().any(|it| it.is_control() && it != '\n' && it != '\r' && it != '\t') {
        return Err(Invalid::new(field, "must not contain control characters"));
    }
    within(field, trimmed, chars_max)
}

fn within(field: &'static str, text: &str, chars_max: usize) -> Result<String, Invalid> {
    if text.chars().count() > chars_max {
        return Err(Invalid::new(field, format_args!("is too long (maximum is {chars_max} characters)")));
    }
    Ok(text.to_owned())
}

/// A sight of the widget is noted at most this often, whatever its visitors do.
const NOTED_EVERY_MS: i64 = Millis::MINUTE;
/// A sight on the website where it was seen last is noted this often: it tells that the widget still is there.
const REFRESHED_EVERY_MS: i64 = Millis::HOUR;

/// Whether it is worth noting that a page on `host` shows the widget, after it was `last` seen.
#[must_use]
pub fn seen_again(last: Option<(Millis, &str)>, host: &str, now: Millis) -> bool {
    let Some((at, where_)) = last else { return true };
    let past = now.since(at);
    // A clock that went back would otherwise silence it until it has caught up.
    past < 0 || past >= if where_ == host { REFRESHED_EVERY_MS } else { NOTED_EVERY_MS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_says_from_where_to_where_it_is_written() {
        for (tag, direction) in [("", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("pt_BR", "ltr"), ("FA", "rtl")] {
            assert_eq!(Locale::direction(Locale::parse(tag).unwrap().as_str()), direction, "{tag}");
        }
        for bad in ["e", "english", "en-", "en-\"x", "1a", "en--US"] {
            assert!(Locale::parse(bad).is_err(), "{bad:?} passed");
        }
    }

    #[test]
    fn texts_are_bounded_and_lines_are_lines() {
        assert_eq!(line("welcome_title", "  Hi there ", 10).unwrap(), "Hi there");
        assert_eq!(line("welcome_title", "", 10).unwrap(), "");
        assert!(line("welcome_title", "two\nlines", 10).is_err());
        assert!(line("welcome_title", "éééé", 3).is_err());
        assert_eq!(paragraph("greeting_message", "two\nlines", 10).unwrap(), "two\nlines");
        assert!(paragraph("greeting_message", "a\0b", 10).is_err());
    }

    #[test]
    fn a_sight_is_noted_at_first_then_rarely() {
        let start = Millis(1_000_000);
        let after = |ms| start.plus(ms);
        assert!(seen_again(None, "shop.example", start));
        let last = Some((start, "shop.example"));
        assert!(!seen_again(last, "shop.example", after(Millis::HOUR - 1)));
        assert!(seen_again(last, "shop.example", after(Millis::HOUR)));
        assert!(!seen_again(last, "www.shop.example", after(Millis::MINUTE - 1)));
        assert!(seen_again(last, "www.shop.example", after(Millis::MINUTE)));
        assert!(seen_again(last, "shop.example", after(-1)));
    }
}
