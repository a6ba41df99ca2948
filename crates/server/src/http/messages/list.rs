//! Pages of messages: the newest, or those before or after one.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::MessageId;
use frontdesk_store::{StoreError, Tx, conversation_lists, conversations, messages};

use crate::actions::Refusal;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::http::query::Query;
use crate::views::{MessageView, MessagesView};

/// Messages in a page going back.
const PAGE_BEFORE: i64 = 20;
/// Messages in a page going forward, and most in any page.
const PAGE_AFTER: i64 = 100;

/// A page of messages, oldest first, private notes included.
#[utoipa::path(get, operation_id = "listMessages", path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/messages", tag = "messages", params(
    ("account_id" = i64, Path), ("conversation_id" = i64, Path),
    ("before" = Option<i64>, Query, description = "20 messages before this id, which may be any conversation's"), ("after" = Option<i64>, Query, description = "100 messages after this id, which may be any conversation's, or 0; with before, those between"),
    ("limit" = Option<i64>, Query, description = "Another number of messages, at most 100")
), responses((status = 200, body = MessagesView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, params: Params, query: Query) -> Result<Json<MessagesView>, ApiError> {
    let (scope, number) = (within.acting().scope(), params.conversation()?);
    let before = query.number("before")?.map(MessageId);
    let after = query.place("after")?.map(MessageId);
    let limit = query.number("limit")?.map(|it| it.min(PAGE_AFTER));
    let find = async move |tx: &mut Tx<'_>| {
        let found = conversations::find_for(tx, scope, number).await?.ok_or(Refusal::NotFound("Conversation"))?;
        let page = match after {
            Some(after) => {
                let mut page = messages::after(tx, found.id, after, limit.unwrap_or(PAGE_AFTER)).await?;
                page.retain(|it| before.is_none_or(|before| it.id < before));
                page
            }
            None => messages::before(tx, found.id, before, limit.unwrap_or(PAGE_BEFORE)).await?,
        };
        let listed = conversation_lists::one(tx, scope.user, found.id).await?.ok_or(StoreError::Missing)?;
        let payload = page.iter().map(|it| MessageView::new(it, (&listed).into())).collect();
        Ok::<_, Refusal>(MessagesView { meta: (&listed).into(), payload })
    };
    Ok(Json(app.store.read(find).await?))
}
