//! A member uploads a file for a message that they will send.

use axum::Json;
use axum::extract::{Request, State};

use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::http::uploads::{self, Owner};
use crate::views::UploadView;

/// Uploads a file, 25 MB at most; a message sent within a day takes it by its `blob_id`.
#[utoipa::path(post, operation_id = "uploadFile", path = "/api/v1/accounts/{account_id}/upload", tag = "messages", params(("account_id" = i64, Path)),
request_body(content = String, content_type = "multipart/form-data", description = "One file, as `attachment` or `file`"), responses(
    (status = 200, body = UploadView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 413, body = ErrorView),
    (status = 422, body = ErrorView), (status = 429, body = ErrorView), (status = 503, body = ErrorView)
))]
pub(crate) async fn upload(State(app): State<App>, within: InAccount, request: Request) -> Result<Json<UploadView>, ApiError> {
    uploads::receive(&app, &Owner::member(&within), request).await.map(Json)
}
