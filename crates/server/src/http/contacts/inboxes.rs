//! The inboxes through which a contact can be written to, and giving them a place in one more.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::InboxId;
use frontdesk_core::permission::Action;
use frontdesk_core::text::ClientKey;
use frontdesk_store::{AccountTx, StoreError, Tx, contacts, inboxes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::contact_id;
use crate::actions::Refusal;
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::secret;
use crate::views::{ContactInboxRefView, ContactableInboxesView};

/// In which inbox.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AddContactInbox {
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    inbox_id: Option<i64>,
    /// The contact's key there, 1 to 64 characters, unique in the inbox; made up when absent.
    source_id: Option<String>,
}

impl RequestBody for AddContactInbox {
    const NOUN: &'static str = "contact_inbox";
}

/// Gives the contact a place in an inbox.
#[utoipa::path(post, operation_id = "addContactInbox", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}/contact_inboxes", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), request_body = AddContactInbox, responses(
    (status = 200, body = ContactInboxRefView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn add_inbox(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<AddContactInbox>,
) -> Result<Json<ContactInboxRefView>, ApiError> {
    within.must(Action::EditContacts)?;
    let inbox = InboxId(form.inbox_id.ok_or_else(|| ApiError::missing("inbox_id"))?);
    let source_id = match form.source_id {
        Some(it) => ClientKey::parse("source_id", &it)?.into(),
        None => secret::new_uuid()?,
    };
    let (account, id, now, base_url) = (within.member.account_id, contact_id(&params)?, app.now(), app.base_url.clone());
    let add = async move |tx: &mut AccountTx<'_, '_>| {
        let contact = contacts::find(tx, account, id).await?.ok_or(Refusal::NotFound("Contact"))?;
        let inbox = inboxes::find(tx, account, inbox).await?.ok_or(Refusal::NotFound("Inbox"))?;
        contacts::insert_inbox(tx, contact.id, inbox.id, &source_id, None, now).await.map_err(|error| match error {
            StoreError::Duplicate(_) => frontdesk_core::Invalid::new("source_id", "has already been taken").into(),
            other => Refusal::from(other),
        })?;
        Ok::<_, Refusal>(ContactInboxRefView::new((&source_id, false), &inbox, &base_url))
    };
    Ok(Json(app.store.write_in(account, add).await?))
}

/// The inboxes through which the contact has come, of those that the member sees: a website's visitor can be written to
/// only there.
#[utoipa::path(get, operation_id = "listContactableInboxes", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}/contactable_inboxes", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), responses(
    (status = 200, body = ContactableInboxesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn contactable_inboxes(
    State(app): State<App>,
    within: InAccount,
    params: Params,
) -> Result<Json<ContactableInboxesView>, ApiError> {
    let (scope, id, base_url) = (within.acting().scope(), contact_id(&params)?, app.base_url.clone());
    let find = async move |tx: &mut Tx<'_>| {
        let contact = contacts::find(tx, scope.account, id).await?.ok_or(Refusal::NotFound("Contact"))?;
        let seen = inboxes::list(tx, scope.account, scope.sees_all, scope.user).await?;
        let mut payload = Vec::new();
        for place in contacts::inboxes(tx, contact.id).await? {
            let inbox = seen.iter().find(|it| it.id == place.inbox_id);
            payload.extend(inbox.map(|it| ContactInboxRefView::new((&place.source_id, place.hmac_verified), it, &base_url)));
        }
        Ok::<_, Refusal>(ContactableInboxesView { payload })
    };
    Ok(Json(app.store.read(find).await?))
}
