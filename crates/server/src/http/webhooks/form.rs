//! What administrators send of a webhook, and the rules that it passes before anything is written.

use frontdesk_core::Invalid;
use frontdesk_core::id::InboxId;
use frontdesk_core::text::Name;
use frontdesk_core::webhook::{Happening, URL_CHARS_MAX, is_public, subscriptions};
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::body::RequestBody;

/// A webhook. When one is changed, what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct WebhookForm {
    /// http or https; at most one webhook of the account has it.
    url: Option<String>,
    name: Option<String>,
    /// The events to be told of; all of them when a new webhook names none.
    subscriptions: Option<Vec<String>>,
    /// Only what happens in this inbox; 0 or "" for all of them.
    #[schema(value_type = Option<i64>)]
    inbox_id: Option<Value>,
}

impl RequestBody for WebhookForm {
    const NOUN: &'static str = "webhook";
}

/// What is sent, once it passed the rules.
#[derive(Debug, Clone)]
#[expect(clippy::option_option, reason = "left as it is, every inbox, and one inbox are three things")]
pub(super) struct Changes {
    pub(super) url: Option<String>,
    pub(super) name: Option<String>,
    /// As stored.
    pub(super) subscriptions: Option<String>,
    /// `Some(None)` is every inbox.
    pub(super) inbox: Option<Option<InboxId>>,
}

impl WebhookForm {
    pub(super) fn check(self, allows_private: bool) -> Result<Changes, Invalid> {
        let named = self.subscriptions.as_deref().map(|it| subscriptions(Some(it)).and_then(|it| words(&it))).transpose()?;
        Ok(Changes {
            url: self.url.map(|it| url(&it, allows_private)).transpose()?,
            name: self.name.map(|it| name(&it)).transpose()?,
            subscriptions: named,
            inbox: self.inbox_id.map(|it| inbox(&it)).transpose()?,
        })
    }
}

/// The happenings as they are stored.
pub(super) fn words(happenings: &[Happening]) -> Result<String, Invalid> {
    serde_json::to_string(happenings).map_err(|_| Invalid::new("subscriptions", "cannot be kept"))
}

fn name(text: &str) -> Result<String, Invalid> {
    if text.trim().is_empty() { Ok(String::new()) } else { Name::parse("name", text).map(Into::into) }
}

fn inbox(value: &Value) -> Result<Option<InboxId>, Invalid> {
    let number = match value {
        Value::String(text) if text.is_empty() => Some(0),
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    };
    match number {
        Some(0) => Ok(None),
        Some(id) if id > 0 => Ok(Some(InboxId(id))),
        _ => Err(Invalid::new("inbox_id", "is invalid")),
    }
}

/// An address that can be sent to. Names are resolved and checked when something is sent; an address without a name is
/// checked here already, so that whoever types it hears of it.
fn url(text: &str, allows_private: bool) -> Result<String, Invalid> {
    let invalid = |reason: &str| Invalid::new("url", reason);
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid("can't be blank"));
    }
    let parsed = Url::parse(text).map_err(|_| invalid("must be a whole address, such as https://example.com/hook"))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(invalid("must begin with https:// or http://"));
    }
    if parsed.as_str().chars().count() > URL_CHARS_MAX {
        return Err(Invalid::new("url", format_args!("is too long (maximum is {URL_CHARS_MAX} characters)")));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(invalid("must not hold a user or a password"));
    }
    let host = parsed.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    if !allows_private && (host == "localhost" || host.parse().is_ok_and(|it| !is_public(it))) {
        return Err(invalid("leads to a private network, which the operator has not allowed"));
    }
    Ok(parsed.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_leads_to_a_server_on_the_internet() {
        assert_eq!(url(" https://example.com/hook?a=b ", false).unwrap(), "https://example.com/hook?a=b");
        for bad in [
            "",
            "example.com",
            "/hook",
            "ftp://example.com",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "http://a b/",
            "https://ann:secret@example.com/",
            "http://localhost/",
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://0/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://169.254.169.254/latest",
            "http://192.168.1.1/",
            "http://LOCALHOST/",
        ] {
            assert!(url(bad, false).is_err(), "{bad}");
        }
        assert!(url("http://127.0.0.1:8080/", true).is_ok());
        assert!(url(&format!("https://example.com/{}", "a".repeat(URL_CHARS_MAX)), false).is_err());
    }

    #[test]
    fn an_inbox_is_a_number_or_all_of_them() {
        assert_eq!(inbox(&Value::from(3)).unwrap(), Some(InboxId(3)));
        assert_eq!(inbox(&Value::from("3")).unwrap(), Some(InboxId(3)));
        assert_eq!(inbox(&Value::from(0)).unwrap(), None);
        assert_eq!(inbox(&Value::from("")).unwrap(), None);
        assert!(inbox(&Value::from(-1)).is_err() && inbox(&Value::from("x")).is_err() && inbox(&Value::from(1.5)).is_err());
    }
}
