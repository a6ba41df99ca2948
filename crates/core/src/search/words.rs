//! Cutting text into words: letters and digits, without case and accents. Writing without spaces (Chinese, Japanese, Korean) is
//! cut into single characters, and a run of them is searched for as a phrase.

use core::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut off, in the index and in queries alike, in characters.
pub const WORD_CHARS_MAX: usize = 64;
/// Words of one text that are indexed; the rest of a longer one is not found.
pub const WORDS_MAX: usize = 20_000;

/// Bytes of the words of one text that are indexed, so that an index entry stays below what PostgreSQL takes (1 MiB for a
/// tsvector, places included): folding may make a letter fifteen times as long.
pub(super) const INDEX_BYTES_MAX: usize = 500_000;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// How it is compared: lower case, without accents, letters and digits only.
    pub folded: String,
    /// It is one character of a writing without spaces.
    pub is_single: bool,
}

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = letters.next()?;
            let mut folded = String::new();
            if is_single(first) {
                folded.push(first);
                return Some(Word { at: start..start + first.len_utf8(), folded, is_single: true });
            }
            if !is_letter(first) {
                continue;
            }
            let mut end = start + first.len_utf8();
            fold(first, &mut folded);
            while let Some((at, next)) = letters.next_if(|(_, it)| (is_letter(*it) || is_combining_mark(*it)) && !is_single(*it)) {
                end = at + next.len_utf8();
                fold(next, &mut folded);
            }
            if !folded.is_empty() {
                let folded = folded.chars().take(WORD_CHARS_MAX).collect();
                return Some(Word { at: start..end, folded, is_single: false });
            }
        }
    })
}

/// What of a text goes into the index: whole words, up to [`WORDS_MAX`] and [`INDEX_BYTES_MAX`].
pub fn index_words(text: &str) -> impl Iterator<Item = String> {
    let mut left = INDEX_BYTES_MAX;
    words(text).take(WORDS_MAX).map_while(move |word| {
        left = left.checked_sub(word.folded.len())?;
        Some(word.folded)
    })
}

fn is_letter(it: char) -> bool {
    it.is_alphanumeric()
}

/// Han, kana and Hangul: each character is a word of its own.
fn is_single(it: char) -> bool {
    matches!(it,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && it.is_alphanumeric()
}

/// Appends a letter as it is compared: its parts without marks, in lower case. What falls apart into other signs (as ½ does
/// into 1⁄2) keeps its letters and digits.
fn fold(it: char, into: &mut String) {
    let parts = std::iter::once(it).nfkd().filter(|part| !is_combining_mark(*part));
    // Lower case may bring marks along, as that of İ does.
    into.extend(parts.flat_map(char::to_lowercase).filter(|part| part.is_alphanumeric()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|it| it.folded).collect()
    }

    #[test]
    fn words_are_letters_and_digits_without_case_and_accents() {
        assert_eq!(folded("Hello, World! It's 5pm."), ["hello", "world", "it", "s", "5pm"]);
        assert_eq!(folded("Crème BRÛLÉE Ångström ŁÓDŹ"), ["creme", "brulee", "angstrom", "łodz"]);
        assert_eq!(folded("e\u{301}te\u{301} İstanbul ﬁne ½"), ["ete", "istanbul", "fine", "12"]);
        assert_eq!(folded("ann.b+x@example.com #1042"), ["ann", "b", "x", "example", "com", "1042"]);
        assert_eq!(folded("приВЕТ Ёлка"), ["привет", "елка"]);
        assert_eq!(folded(" \u{301} -- \n"), [""; 0]);
    }

    #[test]
    fn writing_without_spaces_is_cut_into_characters() {
        assert_eq!(folded("你好world退款"), ["你", "好", "world", "退", "款"]);
        assert_eq!(folded("カタカナ、한글"), ["カ", "タ", "カ", "ナ", "한", "글"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "…Café été";
        let spans: Vec<&str> = words(text).map(|it| &text[it.at]).collect();
        assert_eq!(spans, ["Café", "été"]);
    }

    #[test]
    fn endless_words_and_texts_are_bounded() {
        assert_eq!(words(&"a".repeat(10_000)).next().unwrap().folded.len(), WORD_CHARS_MAX);
        assert_eq!(index_words(&"a ".repeat(WORDS_MAX + 5)).count(), WORDS_MAX);
    }

    #[test]
    fn letters_that_grow_when_folded_stay_within_the_bytes_of_an_index_entry() {
        let text = "\u{fdfa}\u{fdfa}\u{fdfa}\u{fdfa}\u{fdfa} ".repeat(25_000);
        let indexed: Vec<String> = index_words(&text).collect();
        let bytes: usize = indexed.iter().map(String::len).sum();
        assert!(bytes <= INDEX_BYTES_MAX && bytes > INDEX_BYTES_MAX - 4 * WORD_CHARS_MAX, "{bytes}");
        assert!(indexed.iter().all(|it| it == &indexed[0]), "whole words only");
    }

    #[test]
    fn a_folded_word_holds_nothing_but_letters_and_digits() {
        for text in ["\"a\" OR b*", "(x) & !y | z:*", "'; DROP", "a\0b", "§a1", "№5 ™ ㎏ Ⅷ"] {
            assert!(words(text).all(|it| !it.folded.is_empty() && it.folded.chars().all(char::is_alphanumeric)), "{text}");
        }
    }
}
