//! Resolving, reopening, snoozing and holding back.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::Status;
use frontdesk_core::time::Millis;
use frontdesk_store::AccountTx;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::set_status::{self, Wanted};
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::{Empty, ToggledStatusPayload, ToggledStatusView};

/// The status that the conversation shall have.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ToggleStatus {
    /// open, resolved, pending or snoozed; without it open and resolved change places.
    status: Option<String>,
    /// Unix seconds, with snoozed; without it the next message wakes the conversation.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = Option<i64>)]
    snoozed_until: Option<i64>,
}

impl RequestBody for ToggleStatus {
    const NOUN: &'static str = "conversation";
}

/// Changes the status.
#[utoipa::path(post, operation_id = "toggleConversationStatus", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/toggle_status", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = ToggleStatus, responses(
    (status = 200, body = ToggledStatusView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn toggle_status(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<ToggleStatus>,
) -> Result<Json<ToggledStatusView>, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let status = match form.status.as_deref() {
        None => None,
        Some(word) => Some(Status::parse(word).ok_or_else(|| ApiError::invalid("status", "Status is invalid"))?),
    };
    let snoozed_until = form.snoozed_until.map(|seconds| Millis(seconds.saturating_mul(Millis::SECOND)));
    let wanted = Wanted { status, snoozed_until };
    let account = member.account;
    let change = async move |tx: &mut AccountTx<'_, '_>| set_status::change(tx, &member, number, wanted, now).await;
    let conversation = app.store.write_in(account, change).await?;
    let payload = ToggledStatusPayload { success: true, current_status: conversation.status, conversation_id: conversation.number.0 };
    Ok(Json(ToggledStatusView { meta: Empty {}, payload }))
}
