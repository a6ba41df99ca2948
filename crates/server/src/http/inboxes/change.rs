//! Making, changing and removing inboxes: for administrators.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_core::permission::Action;
use frontdesk_store::AccountTx;

use super::form::InboxForm;
use crate::actions::change_inbox;
use crate::app::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::secret;
use crate::views::InboxView;

/// Makes a website widget, with all members in it.
#[utoipa::path(post, operation_id = "createInbox", path = "/api/v1/accounts/{account_id}/inboxes", tag = "inboxes", params(("account_id" = i64, Path)), request_body = InboxForm, responses(
    (status = 200, body = InboxView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn create(State(app): State<App>, within: InAccount, Body(form): Body<InboxForm>) -> Result<Json<InboxView>, ApiError> {
    within.must(Action::ManageInboxes)?;
    let change = form.check()?;
    let name = change.name.clone().ok_or_else(|| ApiError::missing("name"))?;
    let (member, now, token) = (within.acting(), app.now(), secret::new_public_token()?);
    let create = async move |tx: &mut AccountTx<'_, '_>| change_inbox::create(tx, &member, (&name, &token), &change, now).await;
    let inbox = app.store.write_in(within.member.account_id, create).await?;
    Ok(Json(super::view(&app, &within, &inbox)))
}

async fn change(app: &App, within: &InAccount, params: &Params, form: InboxForm) -> Result<Json<InboxView>, ApiError> {
    within.must(Action::ManageInboxes)?;
    let (id, change, member, now) = (super::id(params)?, form.check()?, within.acting(), app.now());
    let update = async move |tx: &mut AccountTx<'_, '_>| change_inbox::update(tx, &member, id, &change, now).await;
    let inbox = app.store.write_in(within.member.account_id, update).await?;
    Ok(Json(super::view(app, within, &inbox)))
}

/// Changes the settings that are given.
#[utoipa::path(patch, operation_id = "updateInbox", path = "/api/v1/accounts/{account_id}/inboxes/{inbox_id}", tag = "inboxes", params(("account_id" = i64, Path), ("inbox_id" = i64, Path)), request_body = InboxForm, responses(
    (status = 200, body = InboxView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn update(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<InboxForm>,
) -> Result<Json<InboxView>, ApiError> {
    change(&app, &within, &params, form).await
}

/// The same as PATCH.
#[utoipa::path(put, operation_id = "replaceInbox", path = "/api/v1/accounts/{account_id}/inboxes/{inbox_id}", tag = "inboxes", params(("account_id" = i64, Path), ("inbox_id" = i64, Path)), request_body = InboxForm, responses(
    (status = 200, body = InboxView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn replace(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<InboxForm>,
) -> Result<Json<InboxView>, ApiError> {
    change(&app, &within, &params, form).await
}

/// Removes an inbox that nobody wrote through; one with conversations is switched off: visitors get nothing, the history stays.
#[utoipa::path(delete, operation_id = "deleteInbox", path = "/api/v1/accounts/{account_id}/inboxes/{inbox_id}", tag = "inboxes", params(("account_id" = i64, Path), ("inbox_id" = i64, Path)), responses(
    (status = 200), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn delete(State(app): State<App>, within: InAccount, params: Params) -> Result<StatusCode, ApiError> {
    within.must(Action::ManageInboxes)?;
    let (id, member, now) = (super::id(&params)?, within.acting(), app.now());
    let delete = async move |tx: &mut AccountTx<'_, '_>| change_inbox::delete(tx, &member, id, now).await;
    app.store.write_in(within.member.account_id, delete).await?;
    Ok(StatusCode::OK)
}

/// Makes another secret for signing identities; signatures made with the one before count no more.
#[utoipa::path(post, operation_id = "resetInboxHmacToken", path = "/api/v1/accounts/{account_id}/inboxes/{inbox_id}/reset_hmac_token", tag = "inboxes", params(("account_id" = i64, Path), ("inbox_id" = i64, Path)), responses(
    (status = 200, body = InboxView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn renew_secret(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<InboxView>, ApiError> {
    within.must(Action::ManageInboxes)?;
    let (id, member, now) = (super::id(&params)?, within.acting(), app.now());
    let renew = async move |tx: &mut AccountTx<'_, '_>| change_inbox::renew_secret(tx, &member, id, now).await;
    let inbox = app.store.write_in(within.member.account_id, renew).await?;
    Ok(Json(super::view(&app, &within, &inbox)))
}
