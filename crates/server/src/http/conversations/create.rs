//! A member begins a conversation with a contact.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ContactId, InboxId, UserId};
use frontdesk_core::text::Body as Text;
use frontdesk_store::attributes::Attributes;
use frontdesk_store::{AccountTx, inboxes};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::actions::edit_conversation::{self, AttributesEdit, Edit};
use crate::actions::send_as_member::{self, Beginning, Draft};
use crate::actions::{Refusal, assign};
use crate::app::App;
use crate::http::attributes::attributes;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::http::uploads::Owner;
use crate::secret;
use crate::views::{ConversationView, Fields};

/// A first message.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FirstMessage {
    content: Option<String>,
    /// Files that you uploaded for it, by their `blob_id`.
    #[serde(default, deserialize_with = "lenient::texts")]
    attachments: Option<Vec<String>>,
}

/// With whom and through which inbox.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CreateConversation {
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    inbox_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    contact_id: Option<i64>,
    /// open (default), resolved, pending or snoozed.
    status: Option<String>,
    #[serde(default, deserialize_with = "lenient::object")]
    message: Option<FirstMessage>,
    /// Any fields about where it comes from, at most 16 KiB.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    additional_attributes: Option<Fields>,
    /// Any fields of your own, at most 16 KiB.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    custom_attributes: Option<Fields>,
    /// The agent who shall own it.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = Option<i64>)]
    assignee_id: Option<i64>,
}

impl RequestBody for CreateConversation {
    const NOUN: &'static str = "conversation";
}

/// Begins a conversation.
#[utoipa::path(post, operation_id = "createConversation", path = "/api/v1/accounts/{account_id}/conversations", tag = "conversations", params(("account_id" = i64, Path)), request_body = CreateConversation, responses(
    (status = 200, body = ConversationView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn create(
    State(app): State<App>,
    within: InAccount,
    Body(form): Body<CreateConversation>,
) -> Result<Json<ConversationView>, ApiError> {
    let custom_attributes = form.custom_attributes.as_ref().map(|it| attributes("custom_attributes", it)).transpose()?;
    let edit = Edit { custom_attributes: custom_attributes.map(AttributesEdit::Whole), ..Edit::default() };
    let assignee = form.assignee_id.filter(|it| *it != 0).map(UserId);
    let (member, now, beginning) = (within.acting(), app.now(), check(form, Owner::member(&within))?);
    let (account, scope) = (member.account, member.scope());
    let create = async move |tx: &mut AccountTx<'_, '_>| {
        let seen = inboxes::list(tx, scope.account, scope.sees_all, scope.user).await?;
        if !seen.iter().any(|it| it.id == beginning.inbox) {
            return Err(Refusal::NotFound("Inbox"));
        }
        let conversation = send_as_member::begin(tx, &member, &beginning, now).await?;
        edit_conversation::edit(tx, &member, conversation.number, &edit, now).await?;
        if assignee.is_some() {
            assign::assign(tx, &member, conversation.number, assignee, now).await?;
        }
        Ok::<_, Refusal>(super::view(tx, member.user, conversation.id).await?)
    };
    Ok(Json(app.store.write_in(account, create).await?))
}

fn check(form: CreateConversation, owner: Owner) -> Result<Beginning, ApiError> {
    let draft = match form.message {
        None => None,
        Some(FirstMessage { content: None, attachments: None }) => None,
        Some(FirstMessage { content, attachments }) => Some(Draft {
            body: Text::parse_beside(&content.unwrap_or_default(), attachments.as_deref().map_or(0, <[_]>::len))?,
            private: false,
            echo_id: None,
            files: owner.names(attachments.as_deref().unwrap_or_default()),
        }),
    };
    let status = match form.status.as_deref() {
        None => Status::Open,
        Some(word) => Status::parse(word).ok_or_else(|| ApiError::invalid("status", "Status is invalid"))?,
    };
    Ok(Beginning {
        contact: ContactId(form.contact_id.ok_or_else(|| ApiError::missing("contact_id"))?),
        inbox: InboxId(form.inbox_id.ok_or_else(|| ApiError::missing("inbox_id"))?),
        status,
        draft,
        additional_attributes: form
            .additional_attributes
            .map_or_else(|| Ok(Attributes::default()), |it| attributes("additional_attributes", &it))?,
        uuid: secret::new_uuid()?,
        source_id: secret::new_uuid()?,
    })
}
