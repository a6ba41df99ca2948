//! Searching: what a word is, what a typed query asks for, and which part of a text shows why it was found. The same words go
//! into the index and into the question on both engines; keeping and asking the index is the store's.

mod excerpt;
mod query;
mod words;

pub use excerpt::{Part, excerpt};
pub use query::{Query, Term};
pub use words::{WORD_CHARS_MAX, WORDS_MAX, Word, index_words, words};
