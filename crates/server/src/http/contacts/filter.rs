//! Filtering contacts by conditions: a walk through all of the account, in steps.

use axum::Json;
use axum::extract::State;
use frontdesk_core::filter::{Condition, Held, passes};
use frontdesk_core::id::{AccountId, ContactId};
use frontdesk_store::contact_pages::{self, PAGE_CONTACTS};
use frontdesk_store::contacts::Contact;
use frontdesk_store::{StoreError, Tx};
use serde_json::Value;

use super::{PAGE_MAX, with_inboxes};
use crate::app::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::http::filter::{BATCH, FilterForm};
use crate::http::query::Query;
use crate::views::{ContactsMeta, ContactsView};

/// What conditions can be about; times are unix seconds.
const KEYS: &[&str] = &["name", "email", "phone_number", "identifier", "labels", "created_at", "last_activity_at", "custom_attributes.*"];

/// Those of them that are numbers.
const NUMBERS: &[&str] = &["created_at", "last_activity_at"];

fn held(it: &Contact, key: &str) -> Held {
    let text = |it: &Option<String>| Held::Words(it.clone().into_iter().collect());
    match key {
        "name" => text(&it.name),
        "email" => text(&it.email),
        "phone_number" => text(&it.phone_number),
        "identifier" => text(&it.identifier),
        "labels" => Held::Words(it.labels.0.clone()),
        "created_at" => Held::Number(Some(it.created_at.as_seconds())),
        "last_activity_at" => Held::Number(Some(it.last_activity_at.as_seconds())),
        key => {
            let key = key.strip_prefix("custom_attributes.").unwrap_or(key);
            let value = it.custom_attributes.object().remove(key);
            let value = value.filter(|it| !it.is_null());
            Held::Words(value.map(|it| it.as_str().map_or_else(|| Value::to_string(&it), str::to_owned)).into_iter().collect())
        }
    }
}

/// One page of those that pass, newest first, and how many do.
async fn walk(app: &App, account: AccountId, conditions: &[Condition], offset: usize) -> Result<(Vec<Contact>, i64), StoreError> {
    let (mut found, mut count, mut below) = (Vec::new(), 0, ContactId(i64::MAX));
    loop {
        let step = app.store.read(async move |tx: &mut Tx<'_>| contact_pages::below(tx, account, below, BATCH).await).await?;
        match step.last() {
            Some(last) => below = last.id,
            None => return Ok((found, i64::try_from(count).unwrap_or(i64::MAX))),
        }
        for it in step.into_iter().filter(|it| passes(conditions, |key| held(it, key))) {
            if count >= offset && found.len() < PAGE_CONTACTS {
                found.push(it);
            }
            count += 1;
        }
    }
}

/// A page of 15 of the contacts that pass all conditions, newest first.
#[utoipa::path(post, operation_id = "filterContacts", path = "/api/v1/accounts/{account_id}/contacts/filter", tag = "contacts", params(
    ("account_id" = i64, Path), ("page" = Option<i64>, Query)
), request_body = FilterForm, responses(
    (status = 200, body = ContactsView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView, description = "Names what conditions can be about"), (status = 429, body = ErrorView)
))]
pub(crate) async fn filter(
    State(app): State<App>,
    within: InAccount,
    query: Query,
    Body(form): Body<FilterForm>,
) -> Result<Json<ContactsView>, ApiError> {
    let (account, conditions) = (within.member.account_id, form.conditions(KEYS, NUMBERS)?);
    let page = query.number("page")?.unwrap_or(1).min(PAGE_MAX);
    let offset = usize::try_from(page - 1).unwrap_or(0).saturating_mul(PAGE_CONTACTS);
    let pass = app.gate.enter(account).await?;
    let (found, count) = walk(&app, account, &conditions, offset).await?;
    drop(pass);
    let base_url = app.base_url.clone();
    let payload = app.store.read(async move |tx: &mut Tx<'_>| with_inboxes(tx, account, &found, &base_url).await).await?;
    Ok(Json(ContactsView { meta: ContactsMeta { count, current_page: page }, payload }))
}
