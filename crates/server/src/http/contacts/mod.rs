//! Contacts over REST: list, show, create. Searching, changing and merging are not here yet.

mod create;
mod labels;

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::{AccountId, ContactId};
use frontdesk_store::contacts::Contact;
use frontdesk_store::{StoreError, Tx, contacts, inboxes};

pub(crate) use create::{__path_create, create};
pub(crate) use labels::{__path_list_labels, __path_set_labels, list_labels, set_labels};

use super::error::{ApiError, ErrorView};
use super::extract::{InAccount, Params};
use super::query::Query;
use crate::app::App;
use crate::views::{ContactInboxRefView, ContactView, ContactsMeta, ContactsView};

/// Contacts in a page.
const PAGE_CONTACTS: i64 = 15;
/// Highest page: beyond it the offset is no use to anybody.
pub(crate) const PAGE_MAX: i64 = 1_000_000;

/// A page of contacts, newest first.
#[utoipa::path(get, operation_id = "listContacts", path = "/api/v1/accounts/{account_id}/contacts", tag = "contacts", params(("account_id" = i64, Path), ("page" = Option<i64>, Query)), responses(
    (status = 200, body = ContactsView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ContactsView>, ApiError> {
    let (account, page) = (within.member.account_id, query.number("page")?.unwrap_or(1).min(PAGE_MAX));
    let base_url = app.base_url.clone();
    let find = async move |tx: &mut Tx<'_>| {
        let mut payload = Vec::new();
        for contact in contacts::list(tx, account, PAGE_CONTACTS, (page - 1) * PAGE_CONTACTS).await? {
            payload.push(with_inboxes(tx, account, &contact, &base_url).await?);
        }
        let count = contacts::count(tx, account).await?;
        Ok::<_, StoreError>(ContactsView { meta: ContactsMeta { count, current_page: page }, payload })
    };
    Ok(Json(app.store.read(find).await?))
}

/// The answer to showing one contact.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ShownContactView {
    payload: ContactView,
}

/// One contact.
#[utoipa::path(get, operation_id = "showContact", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), responses(
    (status = 200, body = ShownContactView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn show(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<ShownContactView>, ApiError> {
    let (account, id) = (within.member.account_id, ContactId(params.id("contact_id", "Contact")?));
    let base_url = app.base_url.clone();
    let find = async move |tx: &mut Tx<'_>| match contacts::find(tx, account, id).await? {
        Some(contact) => with_inboxes(tx, account, &contact, &base_url).await.map(Some),
        None => Ok::<_, StoreError>(None),
    };
    let payload = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Contact"))?;
    Ok(Json(ShownContactView { payload }))
}

async fn with_inboxes(tx: &mut Tx<'_>, account: AccountId, contact: &Contact, base_url: &str) -> Result<ContactView, StoreError> {
    let mut places = Vec::new();
    for place in contacts::inboxes(tx, contact.id).await? {
        if let Some(inbox) = inboxes::find(tx, account, place.inbox_id).await? {
            places.push(ContactInboxRefView::new(&place, &inbox, base_url));
        }
    }
    Ok(ContactView::new(contact, places))
}
