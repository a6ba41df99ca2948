//! A member reads a file of a message.

use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use frontdesk_core::id::AttachmentId;
use frontdesk_store::{Tx, attachments};

use super::{Found, answer};
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};

/// The file, whole or a range of it. Its name in the path is for people: the id counts.
#[utoipa::path(get, operation_id = "showAttachment", path = "/api/v1/accounts/{account_id}/attachments/{attachment_id}/{file_name}", tag = "messages", params(
    ("account_id" = i64, Path), ("attachment_id" = i64, Path), ("file_name" = String, Path)
), responses(
    (status = 200, content_type = "application/octet-stream", body = [u8], description = "The file, in its own type"), (status = 206, description = "The range that was asked for"),
    (status = 304, description = "It is the one that you have"), (status = 401, body = ErrorView), (status = 404, body = ErrorView),
    (status = 416, body = ErrorView), (status = 503, body = ErrorView)
))]
pub(crate) async fn show(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (scope, id) = (within.acting().scope(), AttachmentId(params.id("attachment_id", "Attachment")?));
    let find = async move |tx: &mut Tx<'_>| attachments::find_for(tx, scope, id).await;
    let found = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Attachment"))?;
    answer(&app, &Found::from(found), (&method, &headers)).await
}
