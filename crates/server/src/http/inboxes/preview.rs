//! The chat with settings that are not saved: what the administration's preview shows in its frame.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use frontdesk_core::permission::Action;
use frontdesk_store::{StoreError, Tx, inboxes};
use serde_json::{Map, Value};

use super::form::InboxForm;
use crate::app::App;
use crate::http::error::ApiError;
use crate::http::extract::{InAccount, Params};
use crate::http::widget::pages;

/// The page of the chat with the settings of the query in place of the stored ones; nothing is changed by it.
pub(crate) async fn preview(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    within.must(Action::ManageInboxes)?;
    let (id, account) = (super::id(&params)?, within.member.account_id);
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default()).map_err(|_| ApiError::bad_request("The query cannot be read"))?;
    let fields: Map<String, Value> = pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
    let form: InboxForm = serde_json::from_value(Value::Object(fields)).map_err(|_| ApiError::bad_request("The query cannot be read"))?;
    let change = form.check()?;
    let find = async move |tx: &mut Tx<'_>| {
        let Some(inbox) = inboxes::find(tx, account, id).await? else { return Ok(None) };
        let team = inboxes::team(tx, inbox.id).await?;
        Ok::<_, StoreError>(Some((inbox, team)))
    };
    let (inbox, team) = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Inbox"))?;
    pages::preview(&change.of(&inbox), team)
}
