//! Why a text was found: the part of it around the first match, cut into what matches and what does not. Never markup; how a
//! match is shown is the interface's.

use serde::Serialize;

use super::query::Query;
use super::words::{Word, words};

/// A piece of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The piece, as it stands in the text but for line ends, which are spaces.
    pub text: String,
    /// It was asked for.
    #[serde(rename = "match")]
    pub is_match: bool,
}

/// Most of an excerpt in characters, without what says that the text goes on.
const CHARS_MAX: usize = 180;
/// What of it stands before the first match, at most.
const BEFORE_CHARS_MAX: usize = 50;
/// Stands where the text goes on.
const MORE: &str = "…";

/// Around the first match, or from the beginning when no word of the text matches.
#[must_use]
pub fn excerpt(text: &str, query: &Query) -> Vec<Part> {
    let matches: Vec<Word> = words(text).filter(|it| query.asks_for(&it.folded)).take(CHARS_MAX).collect();
    let start = matches.first().map_or(0, |first| start_before(text, first.at.start));
    let end = text[start..].char_indices().nth(CHARS_MAX).map_or(text.len(), |(at, _)| start + at);
    let mut parts = Vec::new();
    if start > 0 {
        push(&mut parts, MORE, false);
    }
    let mut at = start;
    for found in matches.iter().filter(|it| it.at.end <= end) {
        push(&mut parts, &text[at..found.at.start], false);
        push(&mut parts, &text[found.at.clone()], true);
        at = found.at.end;
    }
    push(&mut parts, &text[at..end], false);
    if end < text.len() {
        push(&mut parts, MORE, false);
    }
    parts
}

/// Where an excerpt begins so that the match shows: at a word, a little before it.
fn start_before(text: &str, found: usize) -> usize {
    let before = &text[..found];
    let Some((far, _)) = before.char_indices().rev().nth(BEFORE_CHARS_MAX - 1).filter(|(at, _)| *at > 0) else { return 0 };
    let at_word = before[far..].char_indices().find(|(_, it)| it.is_whitespace()).map(|(at, it)| far + at + it.len_utf8());
    at_word.unwrap_or(far)
}

fn push(parts: &mut Vec<Part>, text: &str, is_match: bool) {
    if text.is_empty() {
        return;
    }
    let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    match parts.last_mut() {
        Some(last) if last.is_match == is_match => last.text.push_str(&text),
        _ => parts.push(Part { text, is_match }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, typed: &str) -> String {
        let parts = excerpt(text, &Query::parse(typed).unwrap());
        parts.iter().map(|it| if it.is_match { format!("[{}]", it.text) } else { it.text.clone() }).collect()
    }

    #[test]
    fn what_was_asked_for_is_marked_as_it_was_written() {
        assert_eq!(shown("The Crème brûlée was late.", "creme bru"), "The [Crème] [brûlée] was late.");
        assert_eq!(shown("我要退款", "退款"), "我要[退款]");
        assert_eq!(shown("nothing of it", "else"), "nothing of it");
        assert_eq!(shown("", "else"), "");
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_match_at_a_word() {
        let text = format!("{} needle {}", "before ".repeat(100), "after ".repeat(100));
        let shown = shown(&text, "needle");
        assert!(shown.starts_with("…before") && shown.contains("[needle] after") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() <= CHARS_MAX + 4);
    }

    #[test]
    fn lines_become_one_and_no_character_is_torn() {
        assert_eq!(shown("one\ntwo\tthree", "two"), "one [two] three");
        for n in 0..60 {
            let text = format!("{}é🎉 needle {}", "🎉".repeat(n), "é".repeat(400));
            assert!(shown(&text, "needle").contains("[needle]"));
        }
    }
}
