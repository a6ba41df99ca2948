//! A visitor begins a conversation.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use frontdesk_core::text::{Body as Text, ClientKey, Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_store::{AccountTx, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

use super::conversation_view;
use super::page::{Page, attributes};
use super::visitor::InInbox;
use crate::actions::Refusal;
use crate::actions::send_as_contact::{self, Browser, Opening, Sent};
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::Peer;
use crate::http::uploads::Owner;
use crate::secret;
use crate::views::{Reader, VisitorMessageView, VisitorSentView};

/// A conversation's first message and who writes it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct BeginConversation {
    /// The visitor's own key for this beginning, 1 to 64 characters: sent again it answers what it began.
    #[schema(value_type = String)]
    key: Option<String>,
    /// The visitor's own key for the message.
    #[schema(value_type = String)]
    echo_id: Option<String>,
    #[schema(value_type = String)]
    content: Option<String>,
    name: Option<String>,
    email: Option<String>,
    /// The page that the visitor writes from; cut where it is longer than 2,000 characters.
    page_url: Option<String>,
    /// Its title; cut where it is longer than 200 characters.
    page_title: Option<String>,
    /// Where the visitor came from.
    referrer: Option<String>,
    /// The browser's language, such as "nb-NO".
    language: Option<String>,
    /// Files that this browser uploaded for the message, by their `blob_id`, 10 at most.
    #[serde(default, deserialize_with = "lenient::texts")]
    attachments: Option<Vec<String>>,
}

impl RequestBody for BeginConversation {
    const NOUN: &'static str = "conversation";
}

fn check(form: &BeginConversation, owner: Owner, headers: &HeaderMap, now: Millis) -> Result<Opening, ApiError> {
    let page = Page {
        url: form.page_url.as_deref(),
        title: form.page_title.as_deref(),
        referrer: form.referrer.as_deref(),
        language: form.language.as_deref(),
    };
    let given = |field: &Option<String>| field.clone().filter(|it| !it.trim().is_empty());
    Ok(Opening {
        key: ClientKey::parse("key", form.key.as_deref().unwrap_or_default())?,
        sent: Sent {
            body: Text::parse_beside(form.content.as_deref().unwrap_or_default(), form.attachments.as_deref().map_or(0, <[_]>::len))?,
            echo_id: ClientKey::parse("echo_id", form.echo_id.as_deref().unwrap_or_default())?,
            files: owner.names(form.attachments.as_deref().unwrap_or_default()),
        },
        name: given(&form.name).map(|it| Name::parse("name", &it)).transpose()?,
        email: given(&form.email).map(|it| Email::parse(&it)).transpose()?,
        page: attributes(&page, headers, now),
    })
}

/// Begins a conversation with its first message. Both are durable when this answers.
#[utoipa::path(post, operation_id = "beginVisitorConversation", path = "/widget/v1/{website_token}/conversations", tag = "widget", params(("website_token" = String, Path)), request_body = BeginConversation, responses(
    (status = 200, body = VisitorSentView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn create(
    State(app): State<App>,
    Peer(address): Peer,
    within: InInbox,
    headers: HeaderMap,
    Body(form): Body<BeginConversation>,
) -> Result<Json<VisitorSentView>, ApiError> {
    app.limits.count_beginning(address).map_err(ApiError::too_many)?;
    let now = app.now();
    let opening = check(&form, Owner::browser(&within.inbox, &within.token_hash), &headers, now)?;
    let browser = Browser { token_hash: within.token_hash, source_id: secret::new_uuid()?, uuid: secret::new_uuid()? };
    let (inbox, account) = (within.inbox.clone(), within.inbox.account_id);
    let begin = async move |tx: &mut AccountTx<'_, '_>| {
        let (visitor, conversation, message) = send_as_contact::begin(tx, &inbox, &browser, &opening, now).await?;
        let reader = Reader { contact: visitor.contact_id, website_token: &inbox.website_token };
        let message = VisitorMessageView::new(&message, &conversation.uuid, reader).ok_or(StoreError::Missing)?;
        let conversation = conversation_view(tx, &conversation, visitor.contact_id).await?;
        Ok::<_, Refusal>(VisitorSentView { conversation, message })
    };
    Ok(Json(app.store.write_in(account, begin).await?))
}
