//! The labels of a conversation: reading and replacing them.

use axum::Json;
use axum::extract::State;
use frontdesk_core::label::Title;
use frontdesk_store::conversations;
use frontdesk_store::labels::{self, Carrier};
use frontdesk_store::{AccountTx, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::{Refusal, edit_labels};
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::TitlesView;

/// The labels that a conversation or contact shall carry.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SetLabels {
    /// Titles, in place of those before. One that no label has makes a label.
    #[serde(default, deserialize_with = "lenient::texts")]
    #[schema(value_type = Vec<String>)]
    labels: Option<Vec<String>>,
}

impl RequestBody for SetLabels {
    const NOUN: &'static str = "conversation";
}

impl SetLabels {
    /// The titles, sorted.
    pub(crate) fn titles(&self) -> Result<Vec<Title>, ApiError> {
        let given = self.labels.as_deref().ok_or_else(|| ApiError::missing("labels"))?;
        Ok(Title::parse_all("labels", given)?)
    }
}

/// The titles that the conversation carries.
#[utoipa::path(get, operation_id = "listConversationLabels", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/labels", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), responses((status = 200, body = TitlesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn list_labels(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<TitlesView>, ApiError> {
    let (scope, number) = (within.acting().scope(), params.conversation()?);
    let find = async move |tx: &mut Tx<'_>| {
        let found = conversations::find_for(tx, scope, number).await?.ok_or(Refusal::NotFound("Conversation"))?;
        Ok::<_, Refusal>(labels::of(tx, Carrier::Conversation(found.id)).await?)
    };
    Ok(Json(TitlesView { payload: app.store.read(find).await? }))
}

/// Replaces the conversation's labels and answers them.
#[utoipa::path(post, operation_id = "setConversationLabels", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/labels", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = SetLabels, responses((status = 200, body = TitlesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn set_labels(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<SetLabels>,
) -> Result<Json<TitlesView>, ApiError> {
    let (member, number, now, titles) = (within.acting(), params.conversation()?, app.now(), form.titles()?);
    let payload = titles.iter().map(|it| it.as_str().to_owned()).collect();
    let account = member.account;
    let set = async move |tx: &mut AccountTx<'_, '_>| edit_labels::label_conversation(tx, &member, number, &titles, now).await;
    app.store.write_in(account, set).await?;
    Ok(Json(TitlesView { payload }))
}
