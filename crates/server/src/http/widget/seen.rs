//! A visitor has read the answers up to a place.

use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_store::AccountTx;
use serde::Deserialize;
use utoipa::ToSchema;

use super::visitor::InInbox;
use crate::actions::mark_read;
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::Params;

/// How far the visitor has read.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Seen {
    /// The number of the newest message on the screen.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    number: Option<i64>,
}

impl RequestBody for Seen {
    const NOUN: &'static str = "seen";
}

/// Marks the conversation as read up to a message.
#[utoipa::path(post, operation_id = "markVisitorSeen", path = "/widget/v1/{website_token}/conversations/{conversation_uuid}/seen", tag = "widget", params(
    ("website_token" = String, Path), ("conversation_uuid" = String, Path)
), request_body = Seen, responses(
    (status = 200, description = "No body"), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn seen(State(app): State<App>, within: InInbox, params: Params, Body(form): Body<Seen>) -> Result<StatusCode, ApiError> {
    let (inbox, visitor) = within.known()?;
    let (uuid, now) = (params.text("conversation_uuid").to_owned(), app.now());
    let number = form.number.ok_or_else(|| ApiError::missing("number"))?;
    let mark = async move |tx: &mut AccountTx<'_, '_>| mark_read::as_contact(tx, &visitor, (&uuid, number), now).await;
    app.store.write_in(inbox.account_id, mark).await?;
    Ok(StatusCode::OK)
}
