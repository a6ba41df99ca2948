//! The inboxes of an account: reading them here, making and changing them beside this.

mod change;
mod form;
mod preview;

pub(crate) use change::{__path_create, __path_delete, __path_renew_secret, __path_replace, __path_update};
pub(crate) use change::{create, delete, renew_secret, replace, update};

pub(crate) use preview::preview;

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::InboxId;
use frontdesk_core::permission::{Action, may};
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::{Tx, inboxes};

use super::error::{ApiError, ErrorView};
use super::extract::{InAccount, Params};
use crate::app::App;
use crate::views::{InboxView, InboxesView};

/// The inbox as this member may see it.
fn view(app: &App, within: &InAccount, it: &Inbox) -> InboxView {
    if may(within.member.role, Action::ManageInboxes) {
        InboxView::with_secret(it, &app.base_url, &app.key)
    } else {
        InboxView::new(it, &app.base_url)
    }
}

/// The inbox that the path names.
fn id(params: &Params) -> Result<InboxId, ApiError> {
    Ok(InboxId(params.id("inbox_id", "Inbox")?))
}

/// The inboxes that the member sees.
#[utoipa::path(get, operation_id = "listInboxes", path = "/api/v1/accounts/{account_id}/inboxes", tag = "inboxes", params(("account_id" = i64, Path)), responses(
    (status = 200, body = InboxesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn list(State(app): State<App>, within: InAccount) -> Result<Json<InboxesView>, ApiError> {
    let scope = within.acting().scope();
    let found = app.store.read(async move |tx: &mut Tx<'_>| inboxes::list(tx, scope.account, scope.sees_all, scope.user).await).await?;
    Ok(Json(InboxesView { payload: found.iter().map(|it| view(&app, &within, it)).collect() }))
}

/// One inbox that the member sees.
#[utoipa::path(get, operation_id = "showInbox", path = "/api/v1/accounts/{account_id}/inboxes/{inbox_id}", tag = "inboxes", params(("account_id" = i64, Path), ("inbox_id" = i64, Path)), responses(
    (status = 200, body = InboxView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn show(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<InboxView>, ApiError> {
    let (scope, id) = (within.acting().scope(), id(&params)?);
    let found = app.store.read(async move |tx: &mut Tx<'_>| inboxes::list(tx, scope.account, scope.sees_all, scope.user).await).await?;
    let inbox = found.iter().find(|it| it.id == id).ok_or_else(|| ApiError::noun_not_found("Inbox"))?;
    Ok(Json(view(&app, &within, inbox)))
}
