//! What a visitor's page says when a conversation begins: kept with it, cut to bounds, believed by nobody.

use axum::http::{HeaderMap, header};
use frontdesk_core::attributes::{LANGUAGE_CHARS_MAX, TITLE_CHARS_MAX, page_address, told_by_a_page};
use frontdesk_core::browser::{browser, platform};
use frontdesk_core::time::Millis;
use frontdesk_store::attributes::Attributes;
use serde_json::{Map, Value};

/// What the body says of the page; each may be absent.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) url: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) referrer: Option<&'a str>,
    pub(super) language: Option<&'a str>,
}

/// The conversation's additional attributes.
pub(super) fn attributes(page: &Page<'_>, headers: &HeaderMap, now: Millis) -> Attributes {
    let user_agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let fields = [
        ("browser", browser(user_agent).map(str::to_owned)),
        ("platform", platform(user_agent).map(str::to_owned)),
        ("page_url", page.url.and_then(page_address)),
        ("page_title", page.title.and_then(|it| told_by_a_page(it, TITLE_CHARS_MAX))),
        ("referrer", page.referrer.and_then(page_address)),
        ("language", page.language.and_then(|it| told_by_a_page(it, LANGUAGE_CHARS_MAX))),
        ("initiated_at", Some(now.as_rfc3339())),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?))));
    Attributes::new(&known.collect::<Map<_, _>>())
}
