//! A visitor writes on, and reads what was written before.

use axum::Json;
use axum::extract::State;
use frontdesk_core::text::{Body as Text, ClientKey};
use frontdesk_store::{AccountTx, StoreError, Tx, conversations};
use serde::Deserialize;
use utoipa::ToSchema;

use super::visitor::InInbox;
use super::{conversation_view, page};
use crate::actions::Refusal;
use crate::actions::send_as_contact::{self, Sent};
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{Params, Peer};
use crate::http::query::Query;
use crate::http::uploads::Owner;
use crate::secret;
use crate::views::{Reader, VisitorMessageView, VisitorMessagesView, VisitorSentView};

/// What a visitor sends.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct VisitorMessage {
    /// Up to 150,000 characters; empty only with a file.
    #[schema(value_type = String)]
    content: Option<String>,
    /// The visitor's own key for the message, 1 to 64 characters.
    #[schema(value_type = String)]
    echo_id: Option<String>,
    /// Files that this browser uploaded for it, by their `blob_id`, 10 at most.
    #[serde(default, deserialize_with = "lenient::texts")]
    attachments: Option<Vec<String>>,
}

impl RequestBody for VisitorMessage {
    const NOUN: &'static str = "message";
}

/// Sends a message. It is durable when this answers; the conversation may be a new one, when the old one was resolved
/// long ago.
#[utoipa::path(post, operation_id = "sendVisitorMessage", path = "/widget/v1/{website_token}/conversations/{conversation_uuid}/messages", tag = "widget", params(
    ("website_token" = String, Path), ("conversation_uuid" = String, Path)
), request_body = VisitorMessage, responses(
    (status = 200, body = VisitorSentView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn send(
    State(app): State<App>,
    Peer(address): Peer,
    within: InInbox,
    params: Params,
    Body(form): Body<VisitorMessage>,
) -> Result<Json<VisitorSentView>, ApiError> {
    app.limits.count_message(address).map_err(ApiError::too_many)?;
    let owner = Owner::browser(&within.inbox, &within.token_hash);
    let (inbox, visitor) = within.known()?;
    let (uuid, fresh_uuid, now) = (params.text("conversation_uuid").to_owned(), secret::new_uuid()?, app.now());
    let sent = Sent {
        body: Text::parse_beside(form.content.as_deref().unwrap_or_default(), form.attachments.as_deref().map_or(0, <[_]>::len))?,
        echo_id: ClientKey::parse("echo_id", form.echo_id.as_deref().unwrap_or_default())?,
        files: owner.names(form.attachments.as_deref().unwrap_or_default()),
    };
    let account = inbox.account_id;
    let write = async move |tx: &mut AccountTx<'_, '_>| {
        let reader = Reader { contact: visitor.contact_id, website_token: &inbox.website_token };
        let (conversation, message) = send_as_contact::send(tx, (&visitor, &uuid), (&sent, &fresh_uuid), now).await?;
        let message = VisitorMessageView::new(&message, &conversation.uuid, reader).ok_or(StoreError::Missing)?;
        let conversation = conversation_view(tx, &conversation, visitor.contact_id).await?;
        Ok::<_, Refusal>(VisitorSentView { conversation, message })
    };
    Ok(Json(app.store.write_in(account, write).await?))
}

/// A page of what contacts may see of a conversation, oldest first.
#[utoipa::path(get, operation_id = "listVisitorMessages", path = "/widget/v1/{website_token}/conversations/{conversation_uuid}/messages", tag = "widget", params(
    ("website_token" = String, Path), ("conversation_uuid" = String, Path), ("before" = Option<i64>, Query, description = "50 messages before this number")
), responses((status = 200, body = VisitorMessagesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)), security(("visitor" = [])))]
pub(crate) async fn list(
    State(app): State<App>,
    within: InInbox,
    params: Params,
    query: Query,
) -> Result<Json<VisitorMessagesView>, ApiError> {
    let (inbox, visitor) = within.known()?;
    let (uuid, before) = (params.text("conversation_uuid").to_owned(), query.number("before")?);
    let find = async move |tx: &mut Tx<'_>| {
        let found = conversations::find_for_browser(tx, visitor.contact_inbox_id, &uuid).await?;
        let conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
        let reader = Reader { contact: visitor.contact_id, website_token: &inbox.website_token };
        let (messages, more) = page(tx, &conversation, reader, before).await?;
        Ok::<_, Refusal>(VisitorMessagesView { messages, more })
    };
    Ok(Json(app.store.read(find).await?))
}
