//! A visitor uploads a file for a message, and reads the files of messages.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use frontdesk_core::attachment::FILE_BYTES_MAX;
use frontdesk_store::{Tx, attachments};

use super::visitor::InInbox;
use crate::app::App;
use crate::http::attachments::{Found, answer};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{Params, Peer};
use crate::http::multipart::declared_length;
use crate::http::uploads::{self, Owner};
use crate::views::UploadView;

/// Seconds after which one of the files that are on their way may have come.
const UPLOADING_RETRY_SECONDS: u64 = 10;

/// Uploads a file, 25 MB at most; a message sent within a day takes it by its `blob_id`. The browser need not have written
/// before.
#[utoipa::path(post, operation_id = "uploadVisitorFile", path = "/widget/v1/{website_token}/upload", tag = "widget", params(("website_token" = String, Path)),
request_body(content = String, content_type = "multipart/form-data", description = "One file, as `attachment` or `file`"), responses(
    (status = 200, body = UploadView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 413, body = ErrorView),
    (status = 422, body = ErrorView), (status = 429, body = ErrorView), (status = 503, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn upload(
    State(app): State<App>,
    within: InInbox,
    Peer(address): Peer,
    request: Request,
) -> Result<Json<UploadView>, ApiError> {
    // What does not say how long it is may be as long as any.
    let bytes = declared_length(request.headers()).unwrap_or(FILE_BYTES_MAX).min(FILE_BYTES_MAX);
    app.limits.count_upload(address, bytes).map_err(ApiError::too_many)?;
    let _place = app.limits.uploading.take(address).ok_or_else(|| ApiError::too_many(UPLOADING_RETRY_SECONDS))?;
    uploads::receive(&app, &Owner::browser(&within.inbox, &within.token_hash), request).await.map(Json)
}

/// A file of a message that this contact may see, whole or a range of it.
#[utoipa::path(get, operation_id = "showVisitorAttachment", path = "/widget/v1/{website_token}/attachments/{attachment_uuid}/{file_name}", tag = "widget", params(
    ("website_token" = String, Path), ("attachment_uuid" = String, Path), ("file_name" = String, Path)
), responses(
    (status = 200, content_type = "application/octet-stream", body = [u8], description = "The file, in its own type"), (status = 206, description = "The range that was asked for"),
    (status = 304, description = "It is the one that you have"), (status = 401, body = ErrorView), (status = 404, body = ErrorView),
    (status = 416, body = ErrorView), (status = 503, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn show_attachment(
    State(app): State<App>,
    within: InInbox,
    params: Params,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (_, visitor) = within.known()?;
    let uuid = params.text("attachment_uuid").to_owned();
    let find = async move |tx: &mut Tx<'_>| attachments::find_for_browser(tx, visitor.contact_inbox_id, &uuid).await;
    let found = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Attachment"))?;
    answer(&app, &Found::from(found), (&method, &headers)).await
}
