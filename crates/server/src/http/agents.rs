//! The members of an account, as agents. Inviting and changing them is not here yet.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{Tx, members};

use super::error::{ApiError, ErrorView};
use super::extract::InAccount;
use crate::app::App;
use crate::views::AgentView;

/// All members, as a bare array.
#[utoipa::path(get, operation_id = "listAgents", path = "/api/v1/accounts/{account_id}/agents", tag = "agents", params(("account_id" = i64, Path)), responses(
    (status = 200, body = Vec<AgentView>), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn list(State(app): State<App>, within: InAccount) -> Result<Json<Vec<AgentView>>, ApiError> {
    let account = within.member.account_id;
    let found = app.store.read(async move |tx: &mut Tx<'_>| members::list(tx, account).await).await?;
    Ok(Json(found.iter().map(AgentView::from).collect()))
}
