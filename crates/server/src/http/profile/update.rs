//! A person changes their profile: only what is sent changes.

use std::net::IpAddr;

use axum::Json;
use axum::extract::{Request, State};
use frontdesk_core::profile::Signature;
use frontdesk_core::text::{Name, Password};
use frontdesk_store::users::{ProfileChange, User};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{change, discard};
use crate::actions::edit_profile::Edit;
use crate::app::App;
use crate::auth::Proof;
use crate::http::body::{self, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{Authenticated, Peer};
use crate::secret;
use crate::views::ProfileView;

/// What a person changes. A form may bring `avatar`, a PNG, JPEG or WebP picture of 1 MB at most.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UpdateProfile {
    name: Option<String>,
    /// Markdown, up to 1,000 characters; empty for none.
    message_signature: Option<String>,
    /// Settings of the dashboard: what is named here replaces what was there under that name, null removes it. 8 KiB in all.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<Object>)]
    ui_settings: Option<Map<String, Value>>,
    /// The password as it is, to set another one.
    current_password: Option<String>,
    /// Another password, 8 characters or more. Every other session ends.
    password: Option<String>,
}

impl RequestBody for UpdateProfile {
    const NOUN: &'static str = "profile";
}

/// Changes the profile.
#[utoipa::path(put, operation_id = "replaceProfile", path = "/api/v1/profile", tag = "profile", request_body = UpdateProfile, responses(
    (status = 200, body = ProfileView), (status = 401, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView), (status = 503, body = ErrorView)
))]
pub(crate) async fn replace(state: State<App>, peer: Peer, who: Authenticated, request: Request) -> Result<Json<ProfileView>, ApiError> {
    update(state, peer, who, request).await
}

/// Changes the profile.
#[utoipa::path(patch, operation_id = "updateProfile", path = "/api/v1/profile", tag = "profile", request_body = UpdateProfile, responses(
    (status = 200, body = ProfileView), (status = 401, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView), (status = 503, body = ErrorView)
))]
pub(crate) async fn update(
    State(app): State<App>,
    Peer(address): Peer,
    who: Authenticated,
    request: Request,
) -> Result<Json<ProfileView>, ApiError> {
    let (form, picture) = body::with_picture(request, &app).await;
    let checked = match form {
        Ok(form) => check(&app, address, &who, form).await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(edit) => change(&app, &who, Edit { picture: picture.map(Some), ..edit }).await.map(Json),
        Err(error) => {
            if let Some(name) = &picture {
                discard(&app, name).await;
            }
            Err(error)
        }
    }
}

/// What a form changes, if all of it may be.
async fn check(app: &App, address: IpAddr, who: &Authenticated, form: UpdateProfile) -> Result<Edit, ApiError> {
    let profile = ProfileChange {
        name: form.name.as_deref().map(|it| Name::parse("name", it)).transpose()?.map(String::from),
        signature: form.message_signature.as_deref().map(Signature::parse).transpose()?.map(|it| it.as_str().to_owned()),
    };
    let password_hash = match form.password.filter(|it| !it.is_empty()) {
        None => None,
        Some(password) => {
            app.limits.count_login(address, &who.user.email).map_err(ApiError::too_many)?;
            Some(new_password(app, &who.user, form.current_password.unwrap_or_default(), &password).await?)
        }
    };
    let kept_session = match &who.proof {
        Proof::Session(hash) => Some(hash.clone()),
        Proof::Token(_) => None,
    };
    Ok(Edit { profile, ui_settings: form.ui_settings.unwrap_or_default(), picture: None, password_hash, kept_session })
}

/// The hash of a new password for whoever knows the one that it replaces.
async fn new_password(app: &App, user: &User, current: String, new: &str) -> Result<String, ApiError> {
    let new = Password::parse(new)?;
    if current.is_empty() {
        return Err(ApiError::missing("current_password"));
    }
    let stored = user.password_hash.clone();
    let hashed = app.compute(move || {
        let matches = current.len() <= Password::BYTES_MAX && secret::verify_password(&current, stored.as_deref());
        matches.then(|| secret::hash_password(new.as_str())).transpose()
    });
    hashed.await??.ok_or_else(|| ApiError::invalid("current_password", "Current password is invalid"))
}
