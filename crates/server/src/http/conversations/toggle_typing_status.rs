//! Telling that the member types, for clients without a socket.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};

/// Whether the member types.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ToggleTypingStatus {
    /// on or off.
    #[schema(value_type = String)]
    typing_status: Option<String>,
    /// A private note, of which contacts learn nothing.
    #[serde(default, deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    is_private: Option<bool>,
}

impl RequestBody for ToggleTypingStatus {
    const NOUN: &'static str = "conversation";
}

/// Tells it to whoever is connected; forgotten after six seconds.
#[utoipa::path(post, operation_id = "toggleConversationTypingStatus", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/toggle_typing_status", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = ToggleTypingStatus, responses((status = 200, description = "No body"), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn toggle_typing_status(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<ToggleTypingStatus>,
) -> Result<StatusCode, ApiError> {
    let number = params.conversation()?;
    let on = match form.typing_status.as_deref() {
        Some("on") => true,
        Some("off") => false,
        Some(_) => return Err(ApiError::invalid("typing_status", "Typing status is invalid")),
        None => return Err(ApiError::missing("typing_status")),
    };
    let known = app.member_types(&within.member, number, (on, form.is_private.unwrap_or(false))).await?;
    if known { Ok(StatusCode::OK) } else { Err(ApiError::noun_not_found("Conversation")) }
}
