//! Joining a conversation with a button, without writing.

use axum::Json;
use axum::extract::State;
use frontdesk_store::AccountTx;

use crate::actions::{Refusal, send_as_member};
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::ConversationView;

/// Joins, and owns the conversation when nobody does.
#[utoipa::path(post, operation_id = "joinConversation", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/join", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), responses((status = 200, body = ConversationView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn join(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<ConversationView>, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let account = member.account;
    let join = async move |tx: &mut AccountTx<'_, '_>| {
        let conversation = send_as_member::join(tx, &member, number, now).await?;
        Ok::<_, Refusal>(super::view(tx, member.user, conversation.id).await?)
    };
    Ok(Json(app.store.write_in(account, join).await?))
}
