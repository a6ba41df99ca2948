//! Labels: how one may be called and coloured. What carries them is stored elsewhere.

use crate::brand::BrandColor;
use crate::text::Invalid;

/// The colour of a label that somebody used before making it: a calm grey, until somebody chooses a better one.
pub const DEFAULT_COLOR: &str = "#6e7781";

/// Most labels of one account.
pub const LABELS_MAX: i64 = 500;

/// Most labels on one conversation or contact.
pub const LABELS_EACH_MAX: usize = 50;

/// What a label is called: one word, lower-case, unique in its account. The same rule as Chatwoot's, whose clients send it:
/// letters, digits, `-` and `_`, the first a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title(String);

impl Title {
    /// Longest title in characters.
    pub const CHARS_MAX: usize = 60;

    /// Trims and lower-cases. `field` is the name under which the client sent it.
    pub fn parse(field: &'static str, text: &str) -> Result<Title, Invalid> {
        let title = text.trim().to_lowercase();
        if title.is_empty() {
            return Err(Invalid::new(field, "can't be blank"));
        }
        if title.chars().count() > Self::CHARS_MAX {
            return Err(Invalid::new(field, format_args!("is too long (maximum is {} characters)", Self::CHARS_MAX)));
        }
        let begins_well = title.chars().next().is_some_and(char::is_alphanumeric);
        if !begins_well || !title.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_') {
            return Err(Invalid::new(field, "must be one word of letters, digits, - and _"));
        }
        Ok(Title(title))
    }

    /// Reads the whole set that a conversation or contact shall carry: sorted, each once, at most [`LABELS_EACH_MAX`].
    pub fn parse_all(field: &'static str, texts: &[String]) -> Result<Vec<Title>, Invalid> {
        let mut titles = texts.iter().map(|it| Title::parse(field, it)).collect::<Result<Vec<_>, _>>()?;
        titles.sort_unstable();
        titles.dedup();
        if titles.len() > LABELS_EACH_MAX {
            return Err(Invalid::new(field, format_args!("are too many (maximum is {LABELS_EACH_MAX})")));
        }
        Ok(titles)
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A label's colour as #rrggbb.
pub fn parse_color(text: &str) -> Result<String, Invalid> {
    let color = BrandColor::parse(text.trim()).map_err(|_| Invalid::new("color", "must be like #1f9d4d"))?;
    Ok(color.as_str().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Result<String, String> {
        Title::parse("title", text).map(|it| it.as_str().to_owned()).map_err(|it| it.message)
    }

    #[test]
    fn a_title_is_one_lower_case_word() {
        assert_eq!(title(" VIP ").unwrap(), "vip");
        assert_eq!(title("rømt_av-2").unwrap(), "rømt_av-2");
        for bad in ["", "  ", "two words", "-a", "_a", "a,b", "a\0", "a\nb", "<b>"] {
            assert!(title(bad).is_err(), "{bad:?} passed");
        }
        assert!(title(&"x".repeat(Title::CHARS_MAX)).is_ok());
        assert!(title(&"x".repeat(Title::CHARS_MAX + 1)).unwrap_err().contains("too long"));
    }

    #[test]
    fn a_set_of_labels_is_sorted_and_holds_each_once() {
        let all = Title::parse_all("labels", &["b".into(), "A".into(), "a".into()]).unwrap();
        assert_eq!(all.iter().map(Title::as_str).collect::<Vec<_>>(), ["a", "b"]);
        let many: Vec<String> = (0..=LABELS_EACH_MAX).map(|n| format!("l{n}")).collect();
        assert_eq!(Title::parse_all("labels", &many).unwrap_err().field, "labels");
    }

    #[test]
    fn a_colour_is_named_by_its_field() {
        assert_eq!(parse_color("#1F9D4D").unwrap(), "#1f9d4d");
        assert_eq!(parse_color("red").unwrap_err().field, "color");
    }
}
