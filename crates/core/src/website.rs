//! The address of a website as its owner types it. Which websites may show a widget is another rule.

use crate::text::Invalid;

/// An address like `https://shop.example`, or nothing: a chat needs no website.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebsiteUrl(String);

impl WebsiteUrl {
    /// Longest address in characters.
    pub const CHARS_MAX: usize = 2_000;

    /// Trims, and takes what has no scheme for https: people type `shop.example`.
    pub fn parse(text: &str) -> Result<WebsiteUrl, Invalid> {
        let invalid = || Invalid::new("website_url", "is invalid");
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(WebsiteUrl::default());
        }
        if trimmed.chars().count() > Self::CHARS_MAX || trimmed.chars().any(|it| it.is_control() || it.is_whitespace()) {
            return Err(invalid());
        }
        let (scheme, rest) = trimmed.split_once("://").unwrap_or(("https", trimmed));
        let scheme = scheme.to_ascii_lowercase();
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (name, port) = host.split_once(':').unwrap_or((host, ""));
        // Letters of any script: people type their address as they read it.
        let is_name = !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '.' | '_'));
        let is_port = port.chars().all(|it| it.is_ascii_digit()) && port.len() <= 5;
        if !is_name || !is_port || !matches!(scheme.as_str(), "https" | "http") {
            return Err(invalid());
        }
        Ok(WebsiteUrl(format!("{scheme}://{rest}")))
    }

    /// The address; empty for none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_type_it() {
        let parsed = |it: &str| WebsiteUrl::parse(it).map(|it| it.as_str().to_owned());
        assert_eq!(parsed(" shop.example ").as_deref(), Ok("https://shop.example"));
        assert_eq!(parsed("HTTP://shop.example:8080/de?x#y").as_deref(), Ok("http://shop.example:8080/de?x#y"));
        assert_eq!(parsed("  ").as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_website_is_refused() {
        let long = format!("https://shop.example/{}", "a".repeat(2_000));
        for bad in ["javascript:alert(1)//x@y", "ftp://shop.example", "https://", "a b", "https://me@shop.example", "x\u{0}", long.as_str()]
        {
            assert!(WebsiteUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
