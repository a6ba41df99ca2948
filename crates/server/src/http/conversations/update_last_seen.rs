//! Marking a conversation as read by the member who asks.

use axum::Json;
use axum::extract::State;
use frontdesk_store::AccountTx;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::{Refusal, mark_read};
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::ConversationView;

/// How far the member has read.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UpdateLastSeen {
    /// Messages from contacts that were on the screen, as the conversation's `incoming_count` said; all when absent.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = Option<i64>)]
    incoming_count: Option<i64>,
}

impl RequestBody for UpdateLastSeen {
    const NOUN: &'static str = "conversation";
}

/// Marks it as read, on all of the member's devices.
#[utoipa::path(post, operation_id = "updateConversationLastSeen", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/update_last_seen", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = UpdateLastSeen, responses((status = 200, body = ConversationView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn update_last_seen(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<UpdateLastSeen>,
) -> Result<Json<ConversationView>, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let account = member.account;
    let mark = async move |tx: &mut AccountTx<'_, '_>| {
        let conversation = mark_read::as_member(tx, &member, number, form.incoming_count, now).await?;
        Ok::<_, Refusal>(super::view(tx, member.user, conversation.id).await?)
    };
    Ok(Json(app.store.write_in(account, mark).await?))
}
