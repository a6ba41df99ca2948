//! Lists of contacts, searching among them, and one of them.

use axum::Json;
use axum::extract::State;
use frontdesk_store::contact_pages::{self, PAGE_CONTACTS, Sort};
use frontdesk_store::{StoreError, Tx, contacts};

use super::{PAGE_MAX, contact_id, view, with_inboxes};
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::http::query::Query;
use crate::views::{ContactView, ContactsMeta, ContactsView};

/// A field, with a minus for the other way round.
fn sort(word: &str) -> Option<Sort> {
    Some(match word {
        "name" => Sort::NameUp,
        "-name" => Sort::NameDown,
        "email" => Sort::EmailUp,
        "-email" => Sort::EmailDown,
        "phone_number" => Sort::PhoneUp,
        "-phone_number" => Sort::PhoneDown,
        "last_activity_at" => Sort::Inactive,
        "-last_activity_at" => Sort::Active,
        "created_at" => Sort::Oldest,
        "-created_at" => Sort::Newest,
        _ => return None,
    })
}

async fn page(app: &App, within: &InAccount, query: &Query, words: Option<String>) -> Result<Json<ContactsView>, ApiError> {
    let account = within.member.account_id;
    let sort = query.word("sort", sort)?.unwrap_or(Sort::Newest);
    let page = query.number("page")?.unwrap_or(1).min(PAGE_MAX);
    let offset = (page - 1) * i64::try_from(PAGE_CONTACTS).unwrap_or(0);
    let base_url = app.base_url.clone();
    let find = async move |tx: &mut Tx<'_>| {
        let (found, count) = contact_pages::page(tx, account, (words.as_deref(), sort), offset).await?;
        let payload = with_inboxes(tx, account, &found, &base_url).await?;
        Ok::<_, StoreError>(ContactsView { meta: ContactsMeta { count, current_page: page }, payload })
    };
    Ok(Json(app.store.read(find).await?))
}

/// A page of 15 contacts.
#[utoipa::path(get, operation_id = "listContacts", path = "/api/v1/accounts/{account_id}/contacts", tag = "contacts", params(
    ("account_id" = i64, Path), ("page" = Option<i64>, Query),
    ("sort" = Option<String>, Query, description = "name, email, phone_number, last_activity_at or created_at, with - for the other way round; -created_at is the default")
), responses((status = 200, body = ContactsView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ContactsView>, ApiError> {
    page(&app, &within, &query, None).await
}

/// A page of those whose name, address, telephone number or identifier holds the words.
#[utoipa::path(get, operation_id = "searchContacts", path = "/api/v1/accounts/{account_id}/contacts/search", tag = "contacts", params(
    ("account_id" = i64, Path), ("q" = Option<String>, Query), ("page" = Option<i64>, Query), ("sort" = Option<String>, Query, description = "As in the list")
), responses((status = 200, body = ContactsView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn search(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ContactsView>, ApiError> {
    // PostgreSQL refuses to compare with a NUL, which no contact has.
    let words = query.text("q").map(str::to_owned);
    if words.as_ref().is_some_and(|it| it.contains('\0') || it.chars().count() > 200) {
        return Err(ApiError::invalid("q", "Q must have at most 200 characters"));
    }
    page(&app, &within, &query, words).await
}

/// The answer to showing one contact.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(crate) struct ShownContactView {
    pub(super) payload: ContactView,
}

/// One contact.
#[utoipa::path(get, operation_id = "showContact", path = "/api/v1/accounts/{account_id}/contacts/{contact_id}", tag = "contacts", params(("account_id" = i64, Path), ("contact_id" = i64, Path)), responses(
    (status = 200, body = ShownContactView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn show(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<ShownContactView>, ApiError> {
    let (account, id) = (within.member.account_id, contact_id(&params)?);
    let base_url = app.base_url.clone();
    let find = async move |tx: &mut Tx<'_>| match contacts::find(tx, account, id).await? {
        Some(contact) => view(tx, &contact, &base_url).await.map(Some),
        None => Ok::<_, StoreError>(None),
    };
    let payload = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Contact"))?;
    Ok(Json(ShownContactView { payload }))
}
