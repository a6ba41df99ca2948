//! Assigning a conversation to a member or to nobody. Teams are not here yet.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::UserId;
use frontdesk_store::AccountTx;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::assign;
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::AgentView;

/// Who shall own the conversation.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Assign {
    /// An agent's id; null, 0 or nothing for nobody.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = Option<i64>)]
    assignee_id: Option<i64>,
}

impl RequestBody for Assign {
    const NOUN: &'static str = "assignment";
}

/// Assigns the conversation and answers its owner, or null. The owner joins by it.
#[utoipa::path(post, operation_id = "assignConversation", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/assignments", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = Assign, responses(
    (status = 200, body = Option<AgentView>), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView, description = "Among others: the agent has no access to the conversation")
))]
pub(crate) async fn assign(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<Assign>,
) -> Result<Json<Option<AgentView>>, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let wanted = form.assignee_id.filter(|it| *it != 0).map(UserId);
    let account = member.account;
    let assign = async move |tx: &mut AccountTx<'_, '_>| assign::assign(tx, &member, number, wanted, now).await;
    let (_, assignee) = app.store.write_in(account, assign).await?;
    Ok(Json(assignee.as_ref().map(AgentView::from)))
}
