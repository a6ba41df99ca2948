//! Setting up an empty installation: whether it is needed, and doing it once. Who may is in `setup`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Version, header};
use axum::response::{IntoResponse, Redirect, Response};
use frontdesk_core::brand::BrandColor;
use frontdesk_core::text::{Email, Name, Password};
use frontdesk_core::website::WebsiteUrl;
use frontdesk_store::Tx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, RequestBody};
use super::error::{ApiError, ErrorView};
use super::extract::Peer;
use super::{assets, session};
use crate::actions::create_account::{COLOR, NewAccount};
use crate::actions::set_up;
use crate::app::App;
use crate::auth::is_own_origin;
use crate::views::SessionView;
use crate::{secret, setup};

/// Whether the installation waits to be set up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupStateView {
    /// There is no account yet.
    needed: bool,
    /// Whoever asks from here needs the code in the data directory.
    needs_code: bool,
}

/// The first account and its owner.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SetUp {
    account_name: Option<String>,
    name: Option<String>,
    email: Option<String>,
    password: Option<String>,
    website_url: Option<String>,
    /// The content of `setup-code` in the data directory; not asked on the machine itself.
    code: Option<String>,
}

impl RequestBody for SetUp {
    const NOUN: &'static str = "setup";
}

/// Whether the installation waits to be set up, and whether the code is needed for it.
#[utoipa::path(get, operation_id = "showSetup", path = "/api/setup", tag = "installation", responses((status = 200, body = SetupStateView)), security(()))]
pub(crate) async fn show(
    State(app): State<App>,
    Peer(address): Peer,
    version: Version,
    headers: HeaderMap,
) -> Result<Json<SetupStateView>, ApiError> {
    let needed = app.setup.is_needed(&app.store).await?;
    Ok(Json(SetupStateView { needed, needs_code: needed && !setup::is_local((address, version), &headers, &app.base_url) }))
}

/// Makes the first account with its administrator, who is logged in at once. Works once.
#[utoipa::path(post, operation_id = "setUp", path = "/api/setup", tag = "installation", request_body = SetUp, responses(
    (status = 200, body = SessionView), (status = 403, body = ErrorView), (status = 409, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView)
), security(()))]
pub(crate) async fn set_up(
    State(app): State<App>,
    Peer(address): Peer,
    version: Version,
    headers: HeaderMap,
    Body(form): Body<SetUp>,
) -> Result<impl IntoResponse, ApiError> {
    if headers.contains_key(header::ORIGIN) && !is_own_origin(&headers, &app) {
        return Err(ApiError::access_denied());
    }
    if !app.setup.is_needed(&app.store).await? {
        return Err(ApiError::set_up());
    }
    if !setup::is_local((address, version), &headers, &app.base_url) {
        let code = form.code.as_deref().filter(|it| !it.trim().is_empty()).ok_or_else(|| ApiError::missing("code"))?;
        app.limits.count_login(address, &format!("the setup code, from {address}")).map_err(ApiError::too_many)?;
        if !app.setup.is_code(code)? {
            return Err(ApiError::invalid("code", "Code is wrong"));
        }
    }
    let (new, now) = (new_account(&app, form).await?, app.now());
    let owner = app.store.write(async move |tx: &mut Tx<'_>| set_up::set_up(tx, &new, now).await).await?;
    app.setup.finish();
    tracing::info!("the installation is set up");
    let cookie = session::begin_session(&app, &owner).await?;
    Ok((StatusCode::OK, [(header::SET_COOKIE, cookie)], Json(session::session_view(&app, &owner).await?)))
}

async fn new_account(app: &App, form: SetUp) -> Result<NewAccount, ApiError> {
    let text = |it: Option<String>| it.unwrap_or_default();
    let name = Name::parse("account_name", &text(form.account_name))?;
    let owner_name = Name::parse("name", &text(form.name))?;
    let email = form.email.filter(|it| !it.trim().is_empty()).ok_or_else(|| ApiError::missing("email"))?;
    let owner_email = Email::parse(&email)?;
    let password = form.password.filter(|it| !it.is_empty()).ok_or_else(|| ApiError::missing("password"))?;
    let password = Password::parse(&password)?;
    let website_url = WebsiteUrl::parse(&text(form.website_url))?;
    Ok(NewAccount {
        name,
        owner_name,
        owner_email,
        password_hash: Some(app.compute(move || secret::hash_password(password.as_str())).await??),
        seats: None,
        token_hash: secret::hash_token(&secret::new_token()?),
        website_token: secret::new_public_token()?,
        website_url,
        color: BrandColor::parse(COLOR)?,
    })
}

/// The dashboard, once there is somebody who can log in; until then the way to setting up.
pub(crate) async fn dashboard(State(app): State<App>) -> Result<Response, ApiError> {
    // A database that does not answer is the dashboard's to tell.
    if app.setup.is_needed(&app.store).await.unwrap_or(false) {
        return Ok(Redirect::temporary("/setup").into_response());
    }
    assets::dashboard().await
}
