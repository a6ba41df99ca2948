//! One conversation.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{Tx, conversations};

use crate::actions::Refusal;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::ConversationView;

/// One conversation that the member sees.
#[utoipa::path(get, operation_id = "showConversation", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path, description = "The number in the account")
), responses((status = 200, body = ConversationView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn show(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<ConversationView>, ApiError> {
    let (scope, number) = (within.acting().scope(), params.conversation()?);
    let find = async move |tx: &mut Tx<'_>| {
        let found = conversations::find_for(tx, scope, number).await?.ok_or(Refusal::NotFound("Conversation"))?;
        Ok::<_, Refusal>(super::view(tx, scope.user, found.id).await?)
    };
    Ok(Json(app.store.read(find).await?))
}
