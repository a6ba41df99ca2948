//! Deleting a message for everybody.

use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_core::id::MessageId;
use frontdesk_store::AccountTx;

use crate::actions::delete_message;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};

/// Deletes the text and the files of a message of one's own; administrators delete anybody's.
#[utoipa::path(delete, operation_id = "deleteMessage", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/messages/{message_id}", tag = "messages", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path), ("message_id" = i64, Path)
), responses((status = 200, description = "No body"), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn delete(State(app): State<App>, within: InAccount, params: Params) -> Result<StatusCode, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let id = MessageId(params.id("message_id", "Message")?);
    let account = member.account;
    let delete = async move |tx: &mut AccountTx<'_, '_>| delete_message::delete(tx, &member, (number, id), now).await;
    app.store.write_in(account, delete).await?;
    Ok(StatusCode::OK)
}
