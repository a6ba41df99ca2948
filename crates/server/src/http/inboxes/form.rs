//! The settings of an inbox as clients send them: flat, or the widget's own under `channel` as Chatwoot has them.

use frontdesk_core::brand::BrandColor;
use frontdesk_core::inbox::domain::{Domains, host_of};
use frontdesk_core::inbox::{AskFor, LauncherIcon, Locale, WidgetPosition, line, paragraph};
use frontdesk_core::text::{Name, title};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;

use crate::actions::change_inbox::Change;
use crate::http::body::{RequestBody, lenient};
use crate::http::error::ApiError;

/// Longest heading, tagline and launcher text in characters: what fits without a scroll.
const TITLE_CHARS_MAX: usize = 120;
const TAGLINE_CHARS_MAX: usize = 255;
const LAUNCHER_CHARS_MAX: usize = 40;
/// Longest greeting in characters.
const GREETING_CHARS_MAX: usize = 1_000;
/// Longest address of a website in characters.
const URL_CHARS_MAX: usize = 2_000;

/// Settings of an inbox, flat or with the widget's own under `channel`. What is absent or null stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct InboxForm {
    pub(super) name: Option<String>,
    /// `web_widget`, the only kind yet.
    pub(super) r#type: Option<String>,
    website_url: Option<String>,
    welcome_title: Option<String>,
    welcome_tagline: Option<String>,
    /// #rrggbb
    widget_color: Option<String>,
    /// right or left
    widget_position: Option<String>,
    /// chat, question or wave
    launcher_icon: Option<String>,
    launcher_text: Option<String>,
    /// `name_email`, name or nothing
    ask_for: Option<String>,
    #[serde(deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    show_team: Option<bool>,
    /// A language tag such as en or pt-BR; empty for the visitor's own.
    locale: Option<String>,
    #[serde(deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    enabled: Option<bool>,
    #[serde(deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    greeting_enabled: Option<bool>,
    greeting_message: Option<String>,
    /// A list, or one text with commas. Empty: every website.
    #[serde(deserialize_with = "texts")]
    #[schema(value_type = Option<Vec<String>>)]
    allowed_domains: Option<Vec<String>>,
    #[serde(deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    hmac_mandatory: Option<bool>,
}

impl RequestBody for InboxForm {
    const NOUN: &'static str = "inbox";
    const PART: Option<&'static str> = Some("channel");
}

/// A list of texts, or one text that holds them with commas; null is absent.
fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    use serde::de::Error;
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.split([',', '\n', ' ']).map(str::to_owned).collect())),
        it @ Value::Array(_) => serde_json::from_value(it).map(Some).map_err(D::Error::custom),
        _ => Err(D::Error::custom("not a list of texts")),
    }
}

fn word<T>(field: &str, text: Option<String>, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    parse(&text).map(Some).ok_or_else(|| ApiError::invalid(field, format!("{} is invalid", title(field))))
}

/// The address of the website; one without a scheme gets https. Empty is none.
fn website(text: &str) -> Result<String, ApiError> {
    let text = line("website_url", text, URL_CHARS_MAX)?;
    let address = if text.is_empty() || text.contains("://") { text } else { format!("https://{text}") };
    if !address.is_empty() && host_of(&address).is_none() {
        return Err(ApiError::invalid("website_url", "Website url must be like https://shop.example"));
    }
    Ok(address)
}

impl InboxForm {
    /// The settings, once they pass the rules.
    pub(super) fn check(self) -> Result<Change, ApiError> {
        if let Some(kind) = self.r#type.as_deref()
            && kind != "web_widget"
        {
            return Err(ApiError::invalid("type", "Type must be web_widget"));
        }
        let domains = self.allowed_domains.map(|it| Domains::parse(it.iter().map(String::as_str))).transpose()?;
        let short = |field, text: Option<String>, chars_max| text.map(|it| line(field, &it, chars_max)).transpose();
        Ok(Change {
            name: self.name.map(|it| Name::parse("name", &it)).transpose()?.map(Into::into),
            website_url: self.website_url.map(|it| website(&it)).transpose()?,
            greeting: self.greeting_message.map(|it| paragraph("greeting_message", &it, GREETING_CHARS_MAX)).transpose()?,
            greeting_enabled: self.greeting_enabled,
            color: self.widget_color.map(|it| BrandColor::parse(&it)).transpose()?.map(|it| it.as_str().to_ascii_lowercase()),
            enabled: self.enabled,
            widget_position: word("widget_position", self.widget_position, WidgetPosition::parse)?,
            launcher_icon: word("launcher_icon", self.launcher_icon, LauncherIcon::parse)?,
            launcher_text: short("launcher_text", self.launcher_text, LAUNCHER_CHARS_MAX)?,
            welcome_title: short("welcome_title", self.welcome_title, TITLE_CHARS_MAX)?,
            welcome_tagline: short("welcome_tagline", self.welcome_tagline, TAGLINE_CHARS_MAX)?,
            ask_for: word("ask_for", self.ask_for, AskFor::parse)?,
            show_team: self.show_team,
            locale: self.locale.map(|it| Locale::parse(&it)).transpose()?.map(|it| it.as_str().to_owned()),
            allowed_domains: domains.map(|it| it.stored()),
            hmac_mandatory: self.hmac_mandatory,
        })
    }
}
