//! Accounts, their agents, and the person who asks. Inboxes are in `inbox`. Secrets are shown only by the answers that make them.

use frontdesk_core::member::{Availability, AvailabilityStatus, Role};
use frontdesk_store::members::{Member, Membership};
use frontdesk_store::users::User;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Where a picture is, by its name; empty for none.
pub(crate) fn picture_url(picture: Option<&str>) -> String {
    picture.map_or_else(String::new, |name| format!("/pictures/{name}"))
}

/// A member, under the name that the REST API has for members.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AgentView {
    /// The user's id.
    id: i64,
    account_id: i64,
    name: String,
    available_name: String,
    email: String,
    #[schema(value_type = String, example = "agent")]
    role: Role,
    /// What the member chose.
    #[schema(value_type = String, example = "available")]
    availability: Availability,
    /// What is true now.
    #[schema(value_type = String, example = "online")]
    availability_status: AvailabilityStatus,
    auto_offline: bool,
    confirmed: bool,
    thumbnail: String,
    avatar_url: Option<String>,
}

impl From<&Member> for AgentView {
    fn from(it: &Member) -> AgentView {
        AgentView {
            id: it.user_id.0,
            account_id: it.account_id.0,
            name: it.name.clone(),
            available_name: it.name.clone(),
            email: it.email.clone(),
            role: it.role,
            availability: it.availability,
            availability_status: it.availability.status(it.switches()),
            auto_offline: it.auto_offline,
            confirmed: true,
            thumbnail: picture_url(it.picture.as_deref()),
            avatar_url: it.picture.as_deref().map(|it| picture_url(Some(it))),
        }
    }
}

/// One account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) locale: &'static str,
    pub(crate) status: &'static str,
    /// Unix seconds.
    pub(crate) created_at: i64,
}

/// An account among those of the person who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProfileAccountView {
    id: i64,
    name: String,
    #[schema(value_type = String)]
    role: Role,
    #[schema(value_type = String)]
    availability: Availability,
    #[schema(value_type = String)]
    availability_status: AvailabilityStatus,
    auto_offline: bool,
    status: &'static str,
}

impl ProfileAccountView {
    /// `account_name` is the account's; the rest is the membership's.
    pub(crate) fn new(account_name: &str, it: &Member) -> ProfileAccountView {
        ProfileAccountView {
            id: it.account_id.0,
            name: account_name.to_owned(),
            role: it.role,
            availability: it.availability,
            availability_status: it.availability.status(it.switches()),
            auto_offline: it.auto_offline,
            status: "active",
        }
    }
}

/// The person who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProfileView {
    pub(crate) id: i64,
    /// The first of the accounts.
    pub(crate) account_id: Option<i64>,
    pub(crate) name: String,
    pub(crate) available_name: String,
    pub(crate) display_name: String,
    pub(crate) email: String,
    pub(crate) uid: String,
    pub(crate) provider: &'static str,
    #[schema(value_type = Option<String>)]
    pub(crate) role: Option<Role>,
    pub(crate) confirmed: bool,
    pub(crate) avatar_url: String,
    pub(crate) thumbnail: String,
    /// Markdown.
    pub(crate) message_signature: String,
    #[schema(value_type = Object)]
    pub(crate) ui_settings: Map<String, Value>,
    /// Only in the answer that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_token: Option<String>,
    pub(crate) accounts: Vec<ProfileAccountView>,
}

/// The person behind a session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionUserView {
    id: i64,
    name: String,
    available_name: String,
    email: String,
    avatar_url: String,
    thumbnail: String,
    /// Markdown that is put under what they write; may be empty.
    message_signature: String,
    /// How their dashboard behaves.
    #[schema(value_type = Object)]
    ui_settings: Map<String, Value>,
}

impl From<&User> for SessionUserView {
    fn from(it: &User) -> SessionUserView {
        SessionUserView {
            id: it.id.0,
            name: it.name.clone(),
            available_name: it.name.clone(),
            email: it.email.clone(),
            avatar_url: picture_url(it.picture.as_deref()),
            thumbnail: picture_url(it.picture.as_deref()),
            message_signature: it.signature.clone(),
            // What cannot be read is as good as not set: the person can still log in.
            ui_settings: it.ui_settings.object(),
        }
    }
}

/// An account that the session may open, and where its event log stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionAccountView {
    id: i64,
    name: String,
    #[schema(value_type = String)]
    role: Role,
    #[schema(value_type = String)]
    availability: Availability,
    /// The newest place of the account's log: lists fetched after this answer are at least as new.
    cursor: i64,
}

impl From<&Membership> for SessionAccountView {
    fn from(it: &Membership) -> SessionAccountView {
        SessionAccountView {
            id: it.account_id.0,
            name: it.account_name.clone(),
            role: it.role,
            availability: it.availability,
            cursor: it.event_seq.0,
        }
    }
}

/// A log-in, with all that a dashboard needs to begin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    pub(crate) user: SessionUserView,
    /// Names this history of the log; another one after a restore.
    pub(crate) epoch: String,
    pub(crate) accounts: Vec<SessionAccountView>,
}
