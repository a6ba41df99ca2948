//! Merging two contacts who are one person.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::ContactId;
use frontdesk_core::permission::Action;
use frontdesk_store::AccountTx;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view;
use crate::actions::{Refusal, edit_contact};
use crate::app::App;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::views::ContactView;

/// Who is one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MergeContacts {
    /// Stays, and keeps what it knows.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    base_contact_id: Option<i64>,
    /// Goes; what it has moves over.
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    mergee_contact_id: Option<i64>,
}

impl RequestBody for MergeContacts {
    const NOUN: &'static str = "contact";
}

/// Moves conversations, browsers, labels and attributes of one contact to another, which is answered.
#[utoipa::path(post, operation_id = "mergeContacts", path = "/api/v1/accounts/{account_id}/actions/contact_merge", tag = "contacts", params(("account_id" = i64, Path)), request_body = MergeContacts, responses(
    (status = 200, body = ContactView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn merge(
    State(app): State<App>,
    within: InAccount,
    Body(form): Body<MergeContacts>,
) -> Result<Json<ContactView>, ApiError> {
    within.must(Action::EditContacts)?;
    let base = ContactId(form.base_contact_id.ok_or_else(|| ApiError::missing("base_contact_id"))?);
    let other = ContactId(form.mergee_contact_id.ok_or_else(|| ApiError::missing("mergee_contact_id"))?);
    let (member, now, base_url) = (within.acting(), app.now(), app.base_url.clone());
    let account = member.account;
    let merge = async move |tx: &mut AccountTx<'_, '_>| {
        let merged = edit_contact::merge(tx, &member, (base, other), now).await?;
        Ok::<_, Refusal>(view(tx, &merged, &base_url).await?)
    };
    Ok(Json(app.store.write_in(account, merge).await?))
}
