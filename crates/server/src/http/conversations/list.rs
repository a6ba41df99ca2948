//! Lists of conversations: mine, unassigned, assigned or all; by status; newest activity first.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::Status;
use frontdesk_store::conversation_lists::{self, Ownership};
use frontdesk_store::{StoreError, Tx, conversation_counts};

use crate::app::App;
use crate::http::contacts::PAGE_MAX;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::http::query::Query;
use crate::views::{ConversationListData, ConversationListMeta, ConversationListView};

/// Conversations in a page.
const PAGE_CONVERSATIONS: i64 = 25;

/// Which statuses a list holds.
#[derive(Clone, Copy)]
enum Wanted {
    Every,
    One(Status),
}

fn status(word: &str) -> Option<Wanted> {
    if word == "all" { Some(Wanted::Every) } else { Status::parse(word).map(Wanted::One) }
}

fn ownership(word: &str) -> Option<Ownership> {
    match word {
        "all" => Some(Ownership::Any),
        "me" => Some(Ownership::Mine),
        "unassigned" => Some(Ownership::Unassigned),
        "assigned" => Some(Ownership::Assigned),
        _ => None,
    }
}

/// A page of the conversations that the member sees.
#[utoipa::path(get, operation_id = "listConversations", path = "/api/v1/accounts/{account_id}/conversations", tag = "conversations", params(
    ("account_id" = i64, Path), ("assignee_type" = Option<String>, Query, description = "me, unassigned, assigned or all (default)"),
    ("status" = Option<String>, Query, description = "open (default), resolved, pending, snoozed or all"), ("page" = Option<i64>, Query)
), responses((status = 200, body = ConversationListView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ConversationListView>, ApiError> {
    let scope = within.acting().scope();
    let status = match query.word("status", status)?.unwrap_or(Wanted::One(Status::Open)) {
        Wanted::Every => None,
        Wanted::One(status) => Some(status),
    };
    let ownership = query.word("assignee_type", ownership)?.unwrap_or(Ownership::Any);
    let page = query.number("page")?.unwrap_or(1).min(PAGE_MAX);
    let window = (PAGE_CONVERSATIONS, (page - 1) * PAGE_CONVERSATIONS);
    let find = async move |tx: &mut Tx<'_>| {
        let listed = conversation_lists::page(tx, scope, ownership, status, window).await?;
        Ok::<_, StoreError>((listed, conversation_counts::counts(tx, scope, status, None).await?))
    };
    let (listed, counts) = app.store.read(find).await?;
    let meta = ConversationListMeta {
        mine_count: counts.mine,
        assigned_count: counts.everything - counts.unassigned,
        unassigned_count: counts.unassigned,
        all_count: counts.everything,
    };
    Ok(Json(ConversationListView { data: ConversationListData { meta, payload: listed.iter().map(Into::into).collect() } }))
}
