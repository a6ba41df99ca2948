//! Logging in and out of the dashboard, and what a dashboard needs to begin. API tokens are in `extract`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use cookie::{Cookie, SameSite};
use frontdesk_core::text::Email;
use frontdesk_core::time::Millis;
use frontdesk_store::users::User;
use frontdesk_store::{members, users};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::{Body, RequestBody};
use super::error::{ApiError, ErrorView};
use super::extract::{Authenticated, Peer};
use crate::app::App;
use crate::auth::{Proof, cookie_name, is_own_origin};
use crate::secret;
use crate::views::SessionView;

/// How long a session lives without a new log-in.
const SESSION_MS: i64 = 30 * Millis::DAY;
/// Longest password in bytes that is hashed.
const PASSWORD_BYTES_MAX: usize = 1_000;

/// An address and its password.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct LogIn {
    email: Option<String>,
    password: Option<String>,
}

impl RequestBody for LogIn {
    const NOUN: &'static str = "session";
}

/// Logs in and sets the session cookie.
#[utoipa::path(post, operation_id = "logIn", path = "/api/v1/session", tag = "session", request_body = LogIn, responses(
    (status = 200, body = SessionView), (status = 401, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView)
), security(()))]
pub(crate) async fn log_in(
    State(app): State<App>,
    Peer(address): Peer,
    headers: HeaderMap,
    Body(form): Body<LogIn>,
) -> Result<impl IntoResponse, ApiError> {
    if headers.contains_key(header::ORIGIN) && !is_own_origin(&headers, &app) {
        return Err(ApiError::access_denied());
    }
    let email = form.email.filter(|it| !it.trim().is_empty()).ok_or_else(|| ApiError::missing("email"))?;
    let password = form.password.filter(|it| !it.is_empty()).ok_or_else(|| ApiError::missing("password"))?;
    let email = Email::parse(&email).map_err(|_| ApiError::wrong_login())?;
    app.limits.count_login(address, email.as_str()).map_err(ApiError::too_many)?;
    let user = check(&app, email, password).await?;
    let cookie = begin_session(&app, &user).await?;
    let view = session_view(&app, &user).await?;
    Ok((StatusCode::OK, [(header::SET_COOKIE, cookie)], Json(view)))
}

async fn check(app: &App, email: Email, password: String) -> Result<User, ApiError> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(ApiError::wrong_login());
    }
    let find = async move |tx: &mut frontdesk_store::Tx<'_>| users::find_by_email(tx, email.as_str()).await;
    let user = app.store.read(find).await?;
    let stored = user.as_ref().and_then(|it| it.password_hash.clone());
    let matches = app.compute(move || secret::verify_password(&password, stored.as_deref())).await?;
    user.filter(|_| matches).ok_or_else(ApiError::wrong_login)
}

pub(super) async fn begin_session(app: &App, user: &User) -> Result<HeaderValue, ApiError> {
    let token = secret::new_token()?;
    let (hash, user, now) = (secret::hash_token(&token), user.clone(), app.now());
    let begin = async move |tx: &mut frontdesk_store::Tx<'_>| {
        // The password may have been set anew while this one was being checked.
        if !users::still_has_password(tx, &user).await? {
            return Ok(false);
        }
        users::insert_session(tx, user.id, &hash, now, now.plus(SESSION_MS)).await.map(|()| true)
    };
    if !app.store.write(begin).await? {
        return Err(ApiError::wrong_login());
    }
    cookie_header(app, &token, SESSION_MS / Millis::SECOND)
}

fn cookie_header(app: &App, value: &str, max_age_seconds: i64) -> Result<HeaderValue, ApiError> {
    let secure = app.base_url.starts_with("https://");
    let cookie = Cookie::build((cookie_name(&app.base_url), value))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(cookie::time::Duration::seconds(max_age_seconds));
    HeaderValue::from_str(&cookie.to_string()).map_err(|error| ApiError::broken(&error))
}

pub(super) async fn session_view(app: &App, user: &User) -> Result<SessionView, ApiError> {
    let id = user.id;
    let find = async move |tx: &mut frontdesk_store::Tx<'_>| members::memberships(tx, id).await;
    let memberships = app.store.read(find).await?;
    Ok(SessionView { user: user.into(), epoch: app.epoch.to_string(), accounts: memberships.iter().map(Into::into).collect() })
}

/// Who is logged in, the accounts they may open, and where each account's log stands.
#[utoipa::path(get, operation_id = "showSession", path = "/api/v1/session", tag = "session", responses((status = 200, body = SessionView), (status = 401, body = ErrorView)))]
pub(crate) async fn show(State(app): State<App>, who: Authenticated) -> Result<Json<SessionView>, ApiError> {
    Ok(Json(session_view(&app, &who.user).await?))
}

/// Logs out. With an API token there is no session to end, and nothing happens.
#[utoipa::path(delete, operation_id = "logOut", path = "/api/v1/session", tag = "session", responses((status = 200, description = "No body"), (status = 401, body = ErrorView)))]
pub(crate) async fn log_out(State(app): State<App>, who: Authenticated) -> Result<impl IntoResponse, ApiError> {
    if let Proof::Session(hash) = who.proof {
        let id = who.user.id;
        let end = async move |tx: &mut frontdesk_store::Tx<'_>| {
            users::delete_session(tx, &hash).await?;
            members::memberships(tx, id).await
        };
        let accounts: Vec<_> = app.store.write(end).await?.iter().map(|it| it.account_id).collect();
        app.hub.recheck(&accounts);
    }
    Ok((StatusCode::OK, [(header::SET_COOKIE, cookie_header(&app, "", 0)?)]))
}
