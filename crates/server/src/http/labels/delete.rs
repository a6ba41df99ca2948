//! Deleting a label, from everything that carries it.

use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_core::permission::Action;
use frontdesk_store::AccountTx;

use super::label_id;
use crate::actions::edit_labels;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};

/// Deletes a label. Administrators only.
#[utoipa::path(delete, operation_id = "deleteLabel", path = "/api/v1/accounts/{account_id}/labels/{label_id}", tag = "labels", params(("account_id" = i64, Path), ("label_id" = i64, Path)), responses(
    (status = 200, description = "No body"), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn delete(State(app): State<App>, within: InAccount, params: Params) -> Result<StatusCode, ApiError> {
    within.must(Action::DeleteLabels)?;
    let (member, now, id) = (within.acting(), app.now(), label_id(&params)?);
    let account = member.account;
    let delete = async move |tx: &mut AccountTx<'_, '_>| edit_labels::delete(tx, &member, id, now).await;
    app.store.write_in(account, delete).await?;
    Ok(StatusCode::OK)
}
