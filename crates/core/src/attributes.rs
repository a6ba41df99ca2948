//! What is kept about a conversation or contact beyond its own fields: how much of what clients send, and what of a page a
//! visitor came from. Reading JSON is not here.

use crate::text::Invalid;

/// Longest free-form attributes in bytes of JSON, all fields together.
pub const BYTES_MAX: usize = 16 * 1_024;
/// Deepest nesting that is kept.
pub const DEPTH_MAX: usize = 8;
/// Longest address of a page in characters; what is longer is cut.
pub const URL_CHARS_MAX: usize = 2_000;
/// Longest title of a page in characters; what is longer is cut.
pub const TITLE_CHARS_MAX: usize = 200;
/// Longest language tag in characters; what is longer is cut.
pub const LANGUAGE_CHARS_MAX: usize = 35;

/// Refuses attributes whose JSON has this many bytes, or nests this deep.
pub fn check(field: &'static str, bytes: usize, depth: usize) -> Result<(), Invalid> {
    if bytes > BYTES_MAX {
        return Err(Invalid::new(field, format_args!("are too large (maximum is {BYTES_MAX} bytes)")));
    }
    if depth > DEPTH_MAX {
        return Err(Invalid::new(field, format_args!("are nested too deeply (maximum is {DEPTH_MAX})")));
    }
    Ok(())
}

/// What a browser tells of its page, cut to `chars_max` and without control characters: a strange page must not keep a
/// visitor from writing. `None` for nothing.
#[must_use]
pub fn told_by_a_page(text: &str, chars_max: usize) -> Option<String> {
    let kept: String = text.trim().chars().filter(|it| !it.is_control()).take(chars_max).collect();
    (!kept.is_empty()).then_some(kept)
}

/// An address of a page, with the same care; only of the web, so that it can be shown as a link.
#[must_use]
pub fn page_address(text: &str) -> Option<String> {
    told_by_a_page(text, URL_CHARS_MAX).filter(|it| it.starts_with("https://") || it.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_have_a_size() {
        assert!(check("custom_attributes", BYTES_MAX, DEPTH_MAX).is_ok());
        assert!(check("custom_attributes", BYTES_MAX + 1, 1).is_err());
        assert!(check("custom_attributes", 1, DEPTH_MAX + 1).is_err());
    }

    #[test]
    fn a_page_may_say_anything_and_little_of_it_is_kept() {
        assert_eq!(told_by_a_page(" A\0 \u{7}page ", 200).as_deref(), Some("A page"));
        assert_eq!(told_by_a_page("\n\t", 200), None);
        assert_eq!(told_by_a_page(&"é".repeat(300), TITLE_CHARS_MAX).unwrap().chars().count(), TITLE_CHARS_MAX);
        assert_eq!(page_address("https://shop.example/a").as_deref(), Some("https://shop.example/a"));
        assert_eq!(page_address("javascript:alert(1)"), None);
    }
}
