//! Who belongs to an inbox: read by everybody who sees it, changed by administrators.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_core::id::{InboxId, UserId};
use frontdesk_core::permission::Action;
use frontdesk_store::members::Member;
use frontdesk_store::{AccountTx, StoreError, Tx, inbox_members, inboxes};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;

use super::body::{Body, RequestBody, lenient};
use super::error::{ApiError, ErrorView};
use super::extract::{InAccount, Params};
use crate::actions::inbox_members::{Wanted, change};
use crate::app::App;
use crate::views::{AgentView, InboxMembersView};

/// Most users in one request.
const USERS_MAX: usize = 1_000;

/// An inbox and users.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct InboxMembersForm {
    #[serde(default, deserialize_with = "lenient::integer")]
    #[schema(value_type = i64)]
    inbox_id: Option<i64>,
    #[serde(default, deserialize_with = "ids")]
    #[schema(value_type = Vec<i64>)]
    user_ids: Option<BTreeSet<i64>>,
}

impl RequestBody for InboxMembersForm {
    const NOUN: &'static str = "inbox_member";
}

/// Whole numbers, or their digits as forms have them; null is absent.
fn ids<'de, D: Deserializer<'de>>(from: D) -> Result<Option<BTreeSet<i64>>, D::Error> {
    use serde::de::Error;
    let read = |it: &Value| it.as_i64().or_else(|| it.as_str()?.parse().ok()).ok_or_else(|| D::Error::custom("not a whole number"));
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        Value::Array(items) => items.iter().map(read).collect::<Result<_, _>>().map(Some),
        _ => Err(D::Error::custom("not a list")),
    }
}

/// The members of an inbox.
#[utoipa::path(get, operation_id = "listInboxMembers", path = "/api/v1/accounts/{account_id}/inbox_members/{inbox_id}", tag = "inboxes", params(("account_id" = i64, Path), ("inbox_id" = i64, Path)), responses(
    (status = 200, body = InboxMembersView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<InboxMembersView>, ApiError> {
    let (scope, id) = (within.acting().scope(), InboxId(params.id("inbox_id", "Inbox")?));
    let find = async move |tx: &mut Tx<'_>| {
        let seen = inboxes::list(tx, scope.account, scope.sees_all, scope.user).await?;
        let members = inbox_members::list(tx, scope.account, id).await?;
        Ok::<_, StoreError>(seen.iter().any(|it| it.id == id).then_some(members))
    };
    let found = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Inbox"))?;
    Ok(Json(view(&found)))
}

fn view(members: &[Member]) -> InboxMembersView {
    InboxMembersView { payload: members.iter().map(AgentView::from).collect() }
}

async fn changed(app: &App, within: &InAccount, form: InboxMembersForm, wanted: Wanted) -> Result<InboxMembersView, ApiError> {
    within.must(Action::ManageInboxes)?;
    let inbox = InboxId(form.inbox_id.ok_or_else(|| ApiError::missing("inbox_id"))?);
    let users: BTreeSet<UserId> = form.user_ids.ok_or_else(|| ApiError::missing("user_ids"))?.into_iter().map(UserId).collect();
    if users.len() > USERS_MAX {
        return Err(ApiError::invalid("user_ids", format!("User ids are too many (maximum is {USERS_MAX})")));
    }
    let (member, now) = (within.acting(), app.now());
    let write = async move |tx: &mut AccountTx<'_, '_>| change(tx, &member, inbox, (wanted, &users), now).await;
    Ok(view(&app.store.write_in(within.member.account_id, write).await?))
}

/// Adds members to an inbox.
#[utoipa::path(post, operation_id = "addInboxMembers", path = "/api/v1/accounts/{account_id}/inbox_members", tag = "inboxes", params(("account_id" = i64, Path)), request_body = InboxMembersForm, responses(
    (status = 200, body = InboxMembersView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn add(
    State(app): State<App>,
    within: InAccount,
    Body(form): Body<InboxMembersForm>,
) -> Result<Json<InboxMembersView>, ApiError> {
    Ok(Json(changed(&app, &within, form, Wanted::Added).await?))
}

/// Replaces the members of an inbox.
#[utoipa::path(patch, operation_id = "updateInboxMembers", path = "/api/v1/accounts/{account_id}/inbox_members", tag = "inboxes", params(("account_id" = i64, Path)), request_body = InboxMembersForm, responses(
    (status = 200, body = InboxMembersView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn replace(
    State(app): State<App>,
    within: InAccount,
    Body(form): Body<InboxMembersForm>,
) -> Result<Json<InboxMembersView>, ApiError> {
    Ok(Json(changed(&app, &within, form, Wanted::Exactly).await?))
}

/// Removes members from an inbox: they lose its conversations at once, and what they owned passes on.
#[utoipa::path(delete, operation_id = "removeInboxMembers", path = "/api/v1/accounts/{account_id}/inbox_members", tag = "inboxes", params(("account_id" = i64, Path)), request_body = InboxMembersForm, responses(
    (status = 200), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn remove(State(app): State<App>, within: InAccount, Body(form): Body<InboxMembersForm>) -> Result<StatusCode, ApiError> {
    changed(&app, &within, form, Wanted::Removed).await?;
    Ok(StatusCode::OK)
}
