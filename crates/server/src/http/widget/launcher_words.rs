//! What the launcher says, in the language of the inbox or of the browser that asks. The very file that the widget reads for
//! other languages; the chat's own words are in the frame's files.

use std::sync::LazyLock;

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

/// By language, as the first part of a tag names it.
static WORDS: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let text = include_str!("../../../../../web/widget/shared/launcher-words.json");
    let mut words: Map<String, Value> = serde_json::from_str(text).expect("the file was read by a test");
    for it in words.values_mut().filter_map(Value::as_object_mut) {
        it.remove(LATER);
    }
    words
});
/// What the launcher's later half says: it brings that itself.
const LATER: &str = "later";
/// Spoken to whom nothing else is spoken here.
const FALLBACK: &str = "en";
/// Languages of a browser that are looked at; people speak fewer.
const WANTED_MAX: usize = 20;

/// The words for an inbox's language tag, which may be empty, and a browser's wish.
pub(super) fn words_for(locale: &str, asked: &HeaderMap) -> &'static Value {
    let wish = asked.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    choose(locale, wish)
}

/// Browsers name the languages in the order in which they are wanted.
fn choose(locale: &str, wish: &str) -> &'static Value {
    let mut wanted = std::iter::once(locale).chain(wish.split(',').take(WANTED_MAX));
    let language = |tag: &str| tag.trim().split(['-', '_', ';']).next().unwrap_or_default().to_ascii_lowercase();
    wanted.find_map(|tag| WORDS.get(&language(tag))).unwrap_or(&WORDS[FALLBACK])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inbox_s_language_comes_before_the_browser_s() {
        for (locale, wish, lang) in [
            ("de-AT", "fr,en;q=0.8", "de"),
            ("", "pt-BR,FR-ca;q=0.9,en;q=0.8", "fr"),
            ("pt", "es;q=0.9", "es"),
            ("pt", "", "en"),
            ("", "*", "en"),
        ] {
            assert_eq!(choose(locale, wish)["lang"], lang, "{locale:?} {wish:?}");
        }
    }

    #[test]
    fn every_language_says_everything() {
        let keys = |it: &Value| it.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        for (name, words) in WORDS.iter() {
            assert_eq!(keys(words), keys(&WORDS[FALLBACK]), "{name}");
            assert_eq!(words["lang"], name.as_str());
        }
    }
}
