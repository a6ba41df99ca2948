//! A conversation as a text to keep or to send on. Which messages stand in it is decided by whoever asks, and reading them
//! is the store's business. Visitors' pages write theirs themselves, in the visitor's language and zone.

use std::fmt::Write as _;

use super::DELETED;
use crate::time::Millis;

/// Minutes that the reader's clocks are ahead of UTC: -14 to +14 hours, which holds every zone that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UtcOffset(i64);

impl UtcOffset {
    /// Parses whole minutes, such as "60" or "-210".
    #[must_use]
    pub fn parse(minutes: &str) -> Option<UtcOffset> {
        minutes.parse().ok().filter(|it| (-14 * 60..=14 * 60).contains(it)).map(UtcOffset)
    }

    /// As in "2026-11-21 14:05".
    fn written(self, at: Millis) -> String {
        let mut text = at.plus(self.0 * Millis::MINUTE).as_rfc3339().replace('T', " ");
        text.truncate("2026-11-21 14:05".len());
        text
    }

    /// As in "UTC+01:00".
    fn name(self) -> String {
        let (sign, minutes) = (if self.0 < 0 { '-' } else { '+' }, self.0.abs());
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// What stands in one place of it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// When it came.
    pub at: Millis,
    /// Who wrote it; something that happened has nobody.
    pub who: Option<&'a str>,
    /// For members only.
    pub private: bool,
    /// Its text is gone.
    pub deleted: bool,
    /// What was written, or what happened.
    pub text: &'a str,
}

/// The lines above the first entry.
#[must_use]
pub fn head(number: i64, contact: &str, offset: UtcOffset) -> String {
    format!("Conversation {number} with {contact}\nTimes are {}.\n\n", offset.name())
}

/// Adds an entry with the names of its files. Only an entry begins at the beginning of a line, so that nothing that somebody
/// writes looks like another entry.
pub fn add<'a>(to: &mut String, it: Entry<'_>, files: impl Iterator<Item = &'a str>, offset: UtcOffset) {
    let _ = write!(to, "[{}] ", offset.written(it.at));
    if let Some(who) = it.who {
        let note = if it.private { " (private note)" } else { "" };
        let _ = write!(to, "{who}{note}: ");
    }
    let text = if it.deleted { DELETED } else { it.text };
    let text = text.replace("\r\n", "\n");
    let files: Vec<String> = files.map(|name| format!("[{name}]")).collect();
    let is_break = |it: char| it.is_control() && it != '\t' || matches!(it, '\u{2028}' | '\u{2029}');
    let lines = text.split(is_break).filter(|_| !text.is_empty()).chain(files.iter().map(String::as_str));
    to.push_str(&lines.collect::<Vec<_>>().join("\n    "));
    to.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Millis = Millis(1_790_000_000_000);

    fn written(it: Entry<'_>, files: &[&str], offset: &str) -> String {
        let mut text = String::new();
        add(&mut text, it, files.iter().copied(), UtcOffset::parse(offset).expect("an offset"));
        text
    }

    fn said(text: &str) -> Entry<'_> {
        Entry { at: AT, who: Some("Ann"), private: false, deleted: false, text }
    }

    #[test]
    fn who_said_what_and_when_what_happened_and_which_files_came() {
        assert_eq!(head(7, "Ann", UtcOffset::default()), "Conversation 7 with Ann\nTimes are UTC+00:00.\n\n");
        assert_eq!(written(said("Hello"), &["a.png", "b.pdf"], "0"), "[2026-09-21 14:13] Ann: Hello\n    [a.png]\n    [b.pdf]\n");
        assert_eq!(written(said(""), &["a.png"], "0"), "[2026-09-21 14:13] Ann: [a.png]\n");
        assert_eq!(written(Entry { who: None, ..said("Ann joined") }, &[], "0"), "[2026-09-21 14:13] Ann joined\n");
        assert_eq!(written(Entry { private: true, ..said("hm") }, &[], "0"), "[2026-09-21 14:13] Ann (private note): hm\n");
        assert_eq!(written(Entry { deleted: true, ..said("4111") }, &[], "0"), format!("[2026-09-21 14:13] Ann: {DELETED}\n"));
    }

    #[test]
    fn nobody_writes_an_entry_in_the_name_of_another() {
        for forged in ["Hi\n[2026-09-21 14:14] Maya: yes", "Hi\r\n[2026-09-21 14:14] Maya: yes", "Hi\u{2028}[2026-09-21 14:14] Maya: yes"] {
            assert_eq!(written(said(forged), &[], "0"), "[2026-09-21 14:13] Ann: Hi\n    [2026-09-21 14:14] Maya: yes\n");
        }
    }

    #[test]
    fn times_are_those_of_the_reader() {
        assert!(written(said("x"), &[], "60").starts_with("[2026-09-21 15:13]"));
        assert!(written(said("x"), &[], "-840").starts_with("[2026-09-21 00:13]"));
        assert!(head(1, "Ann", UtcOffset::parse("-210").expect("an offset")).contains("UTC-03:30"));
        for wrong in ["", "1h", "-841", "841", "9223372036854775807"] {
            assert_eq!(UtcOffset::parse(wrong), None, "{wrong}");
        }
    }
}
