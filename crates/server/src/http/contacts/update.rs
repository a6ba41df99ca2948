//! Changing what is known of a contact. PUT and PATCH mean the same.

use axum::Json;
use axum::extract::State;
use frontdesk_core::permission::Action;
use frontdesk_core::text::{ClientKey, Email, Name};
use frontdesk_store::AccountTx;
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::ShownContactView;
use super::{contact_id, view};
use crate::actions::Refusal;
use crate::actions::edit_contact::{self, Edit};
use crate::app::App;
use crate::http::attributes::attributes;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::Fields;

/// What shall be known; what is absent or null stays, an empty text takes it away.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UpdateContact {
    name: Option<String>,
    /// At most one contact of the account has it.
    email: Option<String>,
    phone_number: Option<String>,
    /// Your own key for the contact; at most one contact of the account has it.
    identifier: Option<String>,
    /// Fields to be added or replaced; null takes one away, others stay.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    custom_attributes: Option<Fields>,
    /// Fields to be added or replaced; null takes one away, others stay.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    additional_attributes: Option<Fields>,
}

impl RequestBody for UpdateContact {
    const NOUN: &'static str = "contact";
}

/// A given text through its rule; an empty one takes it away.
fn wanted<T>(
    given: Option<&String>,
    parse: impl FnOnce(&str) -> Result<T, frontdesk_core::Invalid>,
) -> Result<Option<Option<T>>, ApiError> {
    let Some(text) = given else { return Ok(None) };
    if text.trim().is_empty() {
        return Ok(Some(None));
    }
    Ok(Some(Some(parse(text)?)))
}

fn check(form: UpdateContact) -> Result<Edit, ApiError> {
    let (custom, additional) = (form.custom_attributes.unwrap_or_default(), form.additional_attributes.unwrap_or_default());
    attributes("custom_attributes", &custom)?;
    attributes("additional_attributes", &additional)?;
    Ok(Edit {
        name: wanted(form.name.as_ref(), |it| Name::parse("name", it))?,
        email: wanted(form.email.as_ref(), Email::parse)?,
        phone_number: wanted(form.phone_number.as_ref(), |it| ClientKey::parse("phone_number", it.trim()))?,
        identifier: wanted(form.identifier.as_ref(), |it| ClientKey::parse("identifier", it))?,
        custom_attributes: custom,
        additional_attributes: additional,
    })
}

async fn change(app: &App, within: &InAccount, params: &Params, form: UpdateContact) -> Result<Json<ShownContactView>, ApiError> {
    within.must(Action::EditContacts)?;
    let (member, now, id, edit) = (within.acting(), app.now(), contact_id(params)?, check(form)?);
    let (account, base_url) = (member.account, app.base_url.clone());
    let change = async move |tx: &mut AccountTx<'_, '_>| {
        let contact = edit_contact::update(tx, &member, id, &edit, now).await?;
        Ok::<_, Refusal>(view(tx, &contact, &base_url).await?)
    };
    Ok(Json(ShownContactView { payload: app.store.write_in(account, change).await? }))
}

/// Changes what is given.
#[utoipa::path(patch, operation_id = "updateContact", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), request_body = UpdateContact, responses(
    (status = 200, body = ShownContactView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn update(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<UpdateContact>,
) -> Result<Json<ShownContactView>, ApiError> {
    change(&app, &within, &params, form).await
}

/// The same as PATCH.
#[utoipa::path(put, operation_id = "replaceContact", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), request_body = UpdateContact, responses(
    (status = 200, body = ShownContactView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn replace(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<UpdateContact>,
) -> Result<Json<ShownContactView>, ApiError> {
    change(&app, &within, &params, form).await
}
