//! Creating a contact over REST, with a place in an inbox when one is named.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::id::{ContactId, InboxId};
use frontdesk_core::text::{ClientKey, Email, Name};
use frontdesk_store::attributes::Attributes;
use frontdesk_store::contacts::{self, NewContact};
use frontdesk_store::{AccountTx, events, inboxes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view;
use crate::actions::Refusal;
use crate::app::App;
use crate::http::attributes::attributes;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::secret;
use crate::views::{ContactInboxView, CreatedContactPayload, CreatedContactView, Fields, InboxView};

/// What is known of a new contact.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CreateContact {
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = Option<i64>)]
    inbox_id: Option<i64>,
    name: Option<String>,
    /// At most one contact of the account has it.
    email: Option<String>,
    phone_number: Option<String>,
    /// Your own key for the contact; at most one contact of the account has it.
    identifier: Option<String>,
    /// Any fields of your own, at most 16 KiB.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    custom_attributes: Option<Fields>,
    /// Any fields, at most 16 KiB.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    additional_attributes: Option<Fields>,
}

impl RequestBody for CreateContact {
    const NOUN: &'static str = "contact";
}

/// The same, once it passed the rules.
#[derive(Debug)]
struct Checked {
    inbox: Option<InboxId>,
    name: Option<Name>,
    email: Option<Email>,
    phone_number: Option<ClientKey>,
    identifier: Option<ClientKey>,
    custom_attributes: Attributes,
    additional_attributes: Attributes,
}

fn check(form: CreateContact) -> Result<Checked, ApiError> {
    let given = |field: Option<String>| field.filter(|it| !it.trim().is_empty());
    Ok(Checked {
        inbox: form.inbox_id.map(InboxId),
        name: given(form.name).map(|it| Name::parse("name", &it)).transpose()?,
        email: given(form.email).map(|it| Email::parse(&it)).transpose()?,
        phone_number: given(form.phone_number).map(|it| ClientKey::parse("phone_number", it.trim())).transpose()?,
        identifier: given(form.identifier).map(|it| ClientKey::parse("identifier", &it)).transpose()?,
        custom_attributes: attributes("custom_attributes", &form.custom_attributes.unwrap_or_default())?,
        additional_attributes: attributes("additional_attributes", &form.additional_attributes.unwrap_or_default())?,
    })
}

/// Creates a contact.
#[utoipa::path(post, operation_id = "createContact", path = "/api/v1/accounts/{account_id}/contacts", tag = "contacts", params(("account_id" = i64, Path)), request_body = CreateContact, responses(
    (status = 200, body = CreatedContactView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn create(
    State(app): State<App>,
    within: InAccount,
    Body(form): Body<CreateContact>,
) -> Result<Json<CreatedContactView>, ApiError> {
    let (checked, actor, now) = (check(form)?, within.member.user_id, app.now());
    let source_id = secret::new_uuid()?;
    let base_url = app.base_url.clone();
    let account = within.member.account_id;
    let create = async move |tx: &mut AccountTx<'_, '_>| {
        let id = insert(tx, &checked, now).await?;
        let mut place = ContactInboxView { inbox: None, source_id: None };
        if let Some(inbox) = checked.inbox {
            let inbox = inboxes::find(tx, account, inbox).await?.ok_or(Refusal::NotFound("Inbox"))?;
            contacts::insert_inbox(tx, id, inbox.id, &source_id, None, now).await?;
            place = ContactInboxView { inbox: Some(InboxView::new(&inbox, &base_url)), source_id: Some(source_id.clone()) };
        }
        events::append(tx, &Event::ContactUpdated { contact: id }, Some((SenderKind::User, actor.0)), now).await?;
        let contact = contacts::find(tx, account, id).await?.ok_or(Refusal::NotFound("Contact"))?;
        let contact = view(tx, &contact, &base_url).await?;
        Ok::<_, Refusal>(CreatedContactView { payload: CreatedContactPayload { contact, contact_inbox: place } })
    };
    Ok(Json(app.store.write_in(account, create).await?))
}

async fn insert(tx: &mut AccountTx<'_, '_>, checked: &Checked, now: frontdesk_core::time::Millis) -> Result<ContactId, Refusal> {
    let new = NewContact {
        name: checked.name.as_ref().map(Name::as_str),
        email: checked.email.as_ref().map(Email::as_str),
        email_claimed: false,
        phone_number: checked.phone_number.as_ref().map(ClientKey::as_str),
        identifier: checked.identifier.as_ref().map(ClientKey::as_str),
        custom_attributes: Some(&checked.custom_attributes),
        additional_attributes: Some(&checked.additional_attributes),
    };
    let account = tx.account_id();
    Ok(contacts::insert(tx, account, &new, now).await?)
}
