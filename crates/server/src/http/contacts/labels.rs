//! The labels of a contact: reading and replacing them.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::ContactId;
use frontdesk_core::permission::Action;
use frontdesk_store::labels::{self, Carrier};
use frontdesk_store::{AccountTx, Tx, contacts};

use crate::actions::{Refusal, edit_labels};
use crate::app::App;
use crate::http::body::Body;
use crate::http::conversations::SetLabels;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::TitlesView;

/// The titles that the contact carries.
#[utoipa::path(get, operation_id = "listContactLabels", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}/labels", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), responses(
    (status = 200, body = TitlesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn list_labels(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<TitlesView>, ApiError> {
    let (account, id) = (within.member.account_id, ContactId(params.id("contact_id", "Contact")?));
    let find = async move |tx: &mut Tx<'_>| {
        let contact = contacts::find(tx, account, id).await?.ok_or(Refusal::NotFound("Contact"))?;
        Ok::<_, Refusal>(labels::of(tx, Carrier::Contact(contact.id)).await?)
    };
    Ok(Json(TitlesView { payload: app.store.read(find).await? }))
}

/// Replaces the contact's labels and answers them.
#[utoipa::path(post, operation_id = "setContactLabels", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}/labels", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), request_body = SetLabels, responses(
    (status = 200, body = TitlesView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn set_labels(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    Body(form): Body<SetLabels>,
) -> Result<Json<TitlesView>, ApiError> {
    within.must(Action::EditContacts)?;
    let (member, now, titles) = (within.acting(), app.now(), form.titles()?);
    let id = ContactId(params.id("contact_id", "Contact")?);
    let payload = titles.iter().map(|it| it.as_str().to_owned()).collect();
    let account = member.account;
    let set = async move |tx: &mut AccountTx<'_, '_>| edit_labels::label_contact(tx, &member, id, &titles, now).await;
    app.store.write_in(account, set).await?;
    Ok(Json(TitlesView { payload }))
}
