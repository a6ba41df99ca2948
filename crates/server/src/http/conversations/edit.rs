//! Priority and attributes of a conversation, under the three addresses that clients know.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_core::conversation::Priority;
use frontdesk_store::AccountTx;
use frontdesk_store::conversations::Conversation;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::Refusal;
use crate::actions::edit_conversation::{self, AttributesEdit, Edit};
use crate::app::App;
use crate::http::attributes::attributes;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::{ConversationView, CustomAttributesView, Fields};

/// What shall be different.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UpdateConversation {
    /// low, medium, high, urgent or none; null or nothing leaves it.
    priority: Option<String>,
    /// What is named is replaced, and null takes it away; at most 16 KiB in all.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    custom_attributes: Option<Fields>,
}

impl RequestBody for UpdateConversation {
    const NOUN: &'static str = "conversation";
}

/// A priority as clients send it; "none" and "" take it away.
fn priority(word: &str) -> Result<Option<Priority>, ApiError> {
    match word {
        "" | "none" => Ok(None),
        word => Priority::parse(word).map(Some).ok_or_else(|| ApiError::invalid("priority", "Priority is invalid")),
    }
}

async fn store(app: &App, within: &InAccount, params: &Params, edit: Edit) -> Result<Conversation, ApiError> {
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let account = member.account;
    let change = async move |tx: &mut AccountTx<'_, '_>| edit_conversation::edit(tx, &member, number, &edit, now).await;
    Ok(app.store.write_in(account, change).await?)
}

/// Changes what is given.
#[utoipa::path(patch, operation_id = "updateConversation", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = UpdateConversation, responses((status = 200, body = ConversationView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn update(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<UpdateConversation>,
) -> Result<Json<ConversationView>, ApiError> {
    let named = form.custom_attributes.map(|it| attributes("custom_attributes", &it).map(|_| AttributesEdit::Named(it)));
    let edit = Edit { priority: form.priority.as_deref().map(priority).transpose()?, custom_attributes: named.transpose()? };
    let (member, number, now) = (within.acting(), params.conversation()?, app.now());
    let account = member.account;
    let change = async move |tx: &mut AccountTx<'_, '_>| {
        let conversation = edit_conversation::edit(tx, &member, number, &edit, now).await?;
        Ok::<_, Refusal>(super::view(tx, member.user, conversation.id).await?)
    };
    Ok(Json(app.store.write_in(account, change).await?))
}

/// A priority.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TogglePriority {
    /// low, medium, high, urgent or none; null is none.
    priority: Option<String>,
}

impl RequestBody for TogglePriority {
    const NOUN: &'static str = "conversation";
}

/// Sets the priority, or takes it away.
#[utoipa::path(post, operation_id = "toggleConversationPriority", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/toggle_priority", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = TogglePriority, responses((status = 200, description = "No body"), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn toggle_priority(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<TogglePriority>,
) -> Result<StatusCode, ApiError> {
    let wanted = priority(form.priority.as_deref().unwrap_or_default())?;
    store(&app, &within, &params, Edit { priority: Some(wanted), ..Edit::default() }).await?;
    Ok(StatusCode::OK)
}

/// Attributes of integrations.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SetCustomAttributes {
    /// Any fields, at most 16 KiB, in place of those before.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    custom_attributes: Option<Fields>,
}

impl RequestBody for SetCustomAttributes {
    const NOUN: &'static str = "conversation";
}

/// Replaces the attributes of integrations and answers them.
#[utoipa::path(post, operation_id = "setConversationCustomAttributes", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/custom_attributes", tag = "conversations", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = SetCustomAttributes, responses((status = 200, body = CustomAttributesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn set_custom_attributes(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<SetCustomAttributes>,
) -> Result<Json<CustomAttributesView>, ApiError> {
    let fields = form.custom_attributes.ok_or_else(|| ApiError::missing("custom_attributes"))?;
    let all = attributes("custom_attributes", &fields)?;
    let edit = Edit { custom_attributes: Some(AttributesEdit::Whole(all)), ..Edit::default() };
    Ok(Json((&store(&app, &within, &params, edit).await?).into()))
}
