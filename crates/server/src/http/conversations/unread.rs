//! Marking a conversation as unread again, to come back to it.

use axum::Json;
use axum::extract::State;
use frontdesk_store::AccountTx;

use crate::actions::{Refusal, mark_read};
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::ConversationView;

/// The newest message from a contact counts as unread again, on all of the member's devices. What contacts were told stays.
#[utoipa::path(post, operation_id = "markConversationUnread", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/unread", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), responses((status = 200, body = ConversationView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn unread(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<ConversationView>, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let account = member.account;
    let mark = async move |tx: &mut AccountTx<'_, '_>| {
        let conversation = mark_read::unread(tx, &member, number, now).await?;
        Ok::<_, Refusal>(super::view(tx, member.user, conversation.id).await?)
    };
    Ok(Json(app.store.write_in(account, mark).await?))
}
