//! Inboxes as members see them. What visitors get of the settings is in `http::widget::pages`.

use frontdesk_core::inbox::domain::Domains;
use frontdesk_core::inbox::{AskFor, LauncherIcon, Locale, WidgetPosition};
use frontdesk_core::time::Millis;
use frontdesk_store::inboxes::Inbox;
use serde::Serialize;
use utoipa::ToSchema;

use crate::key::SecretKey;

/// What the key of an inbox is derived for.
const IDENTITY: &str = "identity";

/// The secret with which a website signs who its visitors are.
pub(crate) fn identity_secret(key: &SecretKey, it: &Inbox) -> String {
    key.derive(IDENTITY, it.id.0, it.hmac_version)
}

/// A website widget's settings, as everybody who sees the inbox knows them and events carry them.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in Chatwoot's API")]
pub(crate) struct InboxLive {
    id: i64,
    account_id: i64,
    channel_id: i64,
    name: String,
    channel_type: &'static str,
    website_url: String,
    website_token: String,
    /// The heading above the chat.
    welcome_title: String,
    /// The line under it.
    welcome_tagline: String,
    /// #rrggbb
    widget_color: String,
    /// The corner of the launcher.
    #[schema(value_type = String, example = "right")]
    widget_position: WidgetPosition,
    #[schema(value_type = String, example = "chat")]
    launcher_icon: LauncherIcon,
    /// Said beside the icon; empty for the icon alone.
    launcher_text: String,
    /// What the first message asks for: `name_email`, name or nothing.
    #[schema(value_type = String, example = "name_email")]
    ask_for: AskFor,
    /// Whether visitors see who answers.
    show_team: bool,
    /// A language tag; empty for the visitor's own.
    locale: String,
    /// ltr or rtl, as the language is written.
    #[schema(value_type = String, example = "ltr")]
    direction: &'static str,
    /// Off: visitors get nothing, the history stays.
    enabled: bool,
    avatar_url: String,
    enable_auto_assignment: bool,
    greeting_enabled: bool,
    greeting_message: String,
    working_hours_enabled: bool,
    /// Where the widget may be shown; empty for everywhere.
    allowed_domains: Vec<String>,
    /// Whether only identities that the website signed are taken.
    hmac_mandatory: bool,
    /// When a page last showed the widget, in unix seconds.
    seen_at: Option<i64>,
    /// On which host that page was.
    seen_host: Option<String>,
}

/// A website widget.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InboxView {
    #[serde(flatten)]
    live: InboxLive,
    /// What the owner pastes into the website.
    web_widget_script: String,
    /// The same chat as a page of its own.
    hosted_url: String,
    /// What the website signs identities with; for administrators only.
    #[serde(skip_serializing_if = "Option::is_none")]
    hmac_token: Option<String>,
}

impl From<&Inbox> for InboxLive {
    fn from(it: &Inbox) -> InboxLive {
        InboxLive {
            id: it.id.0,
            account_id: it.account_id.0,
            channel_id: it.id.0,
            name: it.name.clone(),
            channel_type: "Channel::WebWidget",
            website_url: it.website_url.clone(),
            website_token: it.website_token.clone(),
            welcome_title: it.welcome_title.clone(),
            welcome_tagline: it.welcome_tagline.clone(),
            widget_color: it.color.clone(),
            widget_position: it.widget_position,
            launcher_icon: it.launcher_icon,
            launcher_text: it.launcher_text.clone(),
            ask_for: it.ask_for,
            show_team: it.show_team,
            locale: it.locale.clone(),
            direction: Locale::direction(&it.locale),
            enabled: it.enabled,
            avatar_url: String::new(),
            enable_auto_assignment: false,
            greeting_enabled: it.greeting_enabled,
            greeting_message: it.greeting.clone(),
            working_hours_enabled: false,
            allowed_domains: Domains::from_stored(&it.allowed_domains).texts(),
            hmac_mandatory: it.hmac_mandatory,
            seen_at: it.seen_at.map(Millis::as_seconds),
            seen_host: it.seen_host.clone(),
        }
    }
}

impl InboxView {
    /// What every member may know. `base_url` is where the widget is loaded from.
    pub(crate) fn new(it: &Inbox, base_url: &str) -> InboxView {
        InboxView {
            live: it.into(),
            web_widget_script: crate::snippet::script(base_url, &it.website_token),
            hosted_url: format!("{base_url}/chat/{}", it.website_token),
            hmac_token: None,
        }
    }

    /// The same with what only administrators may know.
    pub(crate) fn with_secret(it: &Inbox, base_url: &str, key: &SecretKey) -> InboxView {
        InboxView { hmac_token: Some(identity_secret(key, it)), ..InboxView::new(it, base_url) }
    }
}

/// The inboxes that a member sees.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InboxesView {
    pub(crate) payload: Vec<InboxView>,
}

/// The members of an inbox.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InboxMembersView {
    pub(crate) payload: Vec<super::AgentView>,
}
