//! Deleting a contact with all they wrote.

use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_core::permission::Action;
use frontdesk_store::AccountTx;

use super::contact_id;
use crate::actions::edit_contact;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};

/// Deletes a contact, their conversations and every message in them; their connections end. Administrators only.
#[utoipa::path(delete, operation_id = "deleteContact", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), responses(
    (status = 200, description = "No body"), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn delete(State(app): State<App>, within: InAccount, params: Params) -> Result<StatusCode, ApiError> {
    within.must(Action::DeleteHistory)?;
    let (member, now, id) = (within.acting(), app.now(), contact_id(&params)?);
    let account = member.account;
    let delete = async move |tx: &mut AccountTx<'_, '_>| edit_contact::delete(tx, &member, id, now).await;
    app.store.write_in(account, delete).await?;
    Ok(StatusCode::OK)
}
