//! Changing a label, wherever it is.

use axum::Json;
use axum::extract::State;
use frontdesk_core::permission::Action;
use frontdesk_store::AccountTx;

use super::{EditLabel, check, label_id};
use crate::actions::edit_labels;
use crate::app::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::LabelView;

/// Changes a label; what is not given stays.
#[utoipa::path(patch, operation_id = "updateLabel", path = "/api/v1/accounts/{account_id}/labels/{label_id}", tag = "labels", params(("account_id" = i64, Path), ("label_id" = i64, Path)), request_body = EditLabel, responses(
    (status = 200, body = LabelView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn update(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<EditLabel>,
) -> Result<Json<LabelView>, ApiError> {
    within.must(Action::EditLabels)?;
    let (member, now, id, wanted) = (within.acting(), app.now(), label_id(&params)?, check(form)?);
    let account = member.account;
    let update = async move |tx: &mut AccountTx<'_, '_>| edit_labels::update(tx, &member, id, &wanted, now).await;
    Ok(Json((&app.store.write_in(account, update).await?).into()))
}
