//! The conversations of a contact.

use axum::Json;
use axum::extract::State;
use frontdesk_store::conversation_lists::PAGE_CONVERSATIONS;
use frontdesk_store::{Tx, contacts, conversation_lists, conversation_pages};

use super::contact_id;
use crate::actions::Refusal;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::views::ContactConversationsView;

/// The 25 conversations of the contact that were active last, of those that the member sees.
#[utoipa::path(get, operation_id = "listContactConversations", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}/conversations", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), responses(
    (status = 200, body = ContactConversationsView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn conversations(
    State(app): State<App>,
    within: InAccount,
    params: Params,
) -> Result<Json<ContactConversationsView>, ApiError> {
    let (scope, id) = (within.acting().scope(), contact_id(&params)?);
    let find = async move |tx: &mut Tx<'_>| {
        let contact = contacts::find(tx, scope.account, id).await?.ok_or(Refusal::NotFound("Contact"))?;
        let limit = i64::try_from(PAGE_CONVERSATIONS).unwrap_or(i64::MAX);
        let ids = conversation_pages::of_contact(tx, scope, contact.id, limit).await?;
        Ok::<_, Refusal>(conversation_lists::some(tx, scope.user, &ids).await?)
    };
    let found = app.store.read(find).await?;
    Ok(Json(ContactConversationsView { payload: found.iter().map(Into::into).collect() }))
}
