//! All labels of an account, and one of them.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{Tx, labels};

use super::label_id;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::{LabelView, LabelsView};

/// All labels, oldest first.
#[utoipa::path(get, operation_id = "listLabels", path = "/api/v1/accounts/{account_id}/labels", tag = "labels", params(("account_id" = i64, Path)), responses(
    (status = 200, body = LabelsView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn list(State(app): State<App>, within: InAccount) -> Result<Json<LabelsView>, ApiError> {
    let account = within.member.account_id;
    let found = app.store.read(async move |tx: &mut Tx<'_>| labels::list(tx, account).await).await?;
    Ok(Json(LabelsView { payload: found.iter().map(LabelView::from).collect() }))
}

/// One label.
#[utoipa::path(get, operation_id = "showLabel", path = "/api/v1/accounts/{account_id}/labels/{label_id}", tag = "labels", params(("account_id" = i64, Path), ("label_id" = i64, Path)), responses(
    (status = 200, body = LabelView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn show(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<LabelView>, ApiError> {
    let (account, id) = (within.member.account_id, label_id(&params)?);
    let found = app.store.read(async move |tx: &mut Tx<'_>| labels::find(tx, account, id).await).await?;
    Ok(Json((&found.ok_or_else(|| ApiError::noun_not_found("Label"))?).into()))
}
