//! Making a label.

use axum::Json;
use axum::extract::State;
use frontdesk_core::permission::Action;
use frontdesk_store::AccountTx;

use super::{EditLabel, check};
use crate::actions::edit_labels;
use crate::app::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::views::LabelView;

/// Makes a label.
#[utoipa::path(post, operation_id = "createLabel", path = "/api/v1/accounts/{account_id}/labels", tag = "labels", params(("account_id" = i64, Path)), request_body = EditLabel, responses(
    (status = 200, body = LabelView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn create(State(app): State<App>, within: InAccount, Body(form): Body<EditLabel>) -> Result<Json<LabelView>, ApiError> {
    within.must(Action::EditLabels)?;
    let (member, now, wanted) = (within.acting(), app.now(), check(form)?);
    let account = member.account;
    let create = async move |tx: &mut AccountTx<'_, '_>| edit_labels::create(tx, &member, &wanted, now).await;
    Ok(Json((&app.store.write_in(account, create).await?).into()))
}
