//! A member replies or writes a private note.

use axum::Json;
use axum::extract::{Request, State};
use frontdesk_core::text::{Body as Text, ClientKey};
use frontdesk_store::{AccountTx, marks};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::Refusal;
use crate::actions::send_as_member::{self, Draft};
use crate::app::App;
use crate::http::body::{self, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::http::uploads::Owner;
use crate::views::{MessageView, Thread};

/// What a member sends.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CreateMessage {
    /// Up to 150,000 characters; empty only with a file.
    content: Option<String>,
    /// For members only.
    #[serde(default, deserialize_with = "lenient::boolean")]
    #[schema(value_type = Option<bool>)]
    private: Option<bool>,
    /// Your own key for the message, 1 to 64 characters: sent again with the same content it answers the first copy.
    echo_id: Option<String>,
    /// Only "outgoing" can be sent.
    message_type: Option<String>,
    /// Files that you uploaded for it, by their `blob_id`, 10 at most; a form may bring the files themselves.
    #[serde(default, deserialize_with = "lenient::texts")]
    attachments: Option<Vec<String>>,
}

impl RequestBody for CreateMessage {
    const NOUN: &'static str = "message";
}

fn check(form: &CreateMessage, owner: Owner) -> Result<Draft, ApiError> {
    if form.message_type.as_deref().is_some_and(|it| it != "outgoing") {
        return Err(ApiError::invalid("message_type", "Message type is invalid"));
    }
    Ok(Draft {
        body: Text::parse_beside(form.content.as_deref().unwrap_or_default(), form.attachments.as_deref().map_or(0, <[_]>::len))?,
        private: form.private.unwrap_or(false),
        echo_id: form.echo_id.as_deref().map(|it| ClientKey::parse("echo_id", it)).transpose()?,
        files: owner.names(form.attachments.as_deref().unwrap_or_default()),
    })
}

/// Sends a message. It is durable when this answers.
#[utoipa::path(post, operation_id = "createMessage", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/messages", tag = "messages", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path)
), request_body = CreateMessage, responses(
    (status = 200, body = MessageView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn create(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    request: Request,
) -> Result<Json<MessageView>, ApiError> {
    let (owner, number) = (Owner::member(&within), params.conversation()?);
    let form: CreateMessage = body::with_files(request, &app, &owner).await?;
    let (member, now, draft) = (within.acting(), app.now(), check(&form, owner)?);
    let account = member.account;
    let send = async move |tx: &mut AccountTx<'_, '_>| {
        let (conversation, message) = send_as_member::send(tx, &member, number, &draft, now).await?;
        // A repeat answers the first copy, which may have come far meanwhile.
        let marks = marks::of_contact(tx, conversation.id, conversation.contact_id).await?;
        Ok::<_, Refusal>(MessageView::new(&message, Thread::new(&conversation, marks)))
    };
    Ok(Json(app.store.write_in(account, send).await?))
}
