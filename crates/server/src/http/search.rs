//! Searching conversations, people and messages at once, in what the member sees.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::{ConversationId, ConversationNumber};
use frontdesk_core::search::Query as Question;
use frontdesk_store::conversation_lists::Listed;
use frontdesk_store::conversations::Scope;
use frontdesk_store::{StoreError, Tx, conversation_lists, conversations, search as store};

use super::error::{ApiError, ErrorView};
use super::extract::InAccount;
use super::query::Query;
use crate::app::App;
use crate::views::{FoundMessageView, SearchPayload, SearchView};

/// Messages in a page.
const PAGE_MESSAGES: i64 = 15;
/// People in a page.
const PAGE_CONTACTS: i64 = 8;
/// Conversations on the first page.
const CONVERSATIONS_MAX: usize = 8;
/// Of each person found.
const CONVERSATIONS_OF_EACH: i64 = 3;
/// Further pages are not looked for: a better question finds more.
const PAGE_MAX: i64 = 20;

/// Searches by words that must all be there, "phrases", and the beginning of the last word. Whatever is typed is a question;
/// one without a word finds nothing.
#[utoipa::path(get, operation_id = "search", path = "/api/v1/accounts/{account_id}/search", tag = "search", params(
    ("account_id" = i64, Path), ("q" = String, Query, description = "what was typed; 200 characters of it count"), ("page" = Option<i64>, Query)
), responses((status = 200, body = SearchView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView)))]
pub(crate) async fn search(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<SearchView>, ApiError> {
    let scope = within.acting().scope();
    let page = query.number("page")?.unwrap_or(1);
    let Some(question) = query.text("q").and_then(Question::parse).filter(|_| page <= PAGE_MAX) else {
        return Ok(Json(SearchView::default()));
    };
    let asked = question.clone();
    let find = async move |tx: &mut Tx<'_>| {
        let messages = store::messages(tx, scope, &asked, (PAGE_MESSAGES, (page - 1) * PAGE_MESSAGES)).await?;
        let contacts = store::contacts(tx, scope, &asked, (PAGE_CONTACTS, (page - 1) * PAGE_CONTACTS)).await?;
        let mut listed = Vec::new();
        if page == 1 {
            let mut ids = Vec::new();
            if let Some(number) = asked.number {
                ids.extend(conversations::find_for(tx, scope, ConversationNumber(number)).await?.map(|it| it.id));
            }
            for contact in &contacts {
                ids.extend(store::conversations_of(tx, scope, contact.id, CONVERSATIONS_OF_EACH).await?);
            }
            listed = in_order(tx, scope, ids, asked.number.is_some()).await?;
        }
        Ok::<_, StoreError>((messages, contacts, listed))
    };
    let pass = app.gate.enter(scope.account).await?;
    let (messages, contacts, listed) = app.search(pass, find).await?;
    let payload = SearchPayload {
        conversations: listed.iter().map(Into::into).collect(),
        contacts: contacts.iter().map(Into::into).collect(),
        messages: messages.iter().map(|hit| FoundMessageView::new(hit, &question)).collect(),
    };
    Ok(Json(SearchView { payload }))
}

/// The conversations as lists show them, each once: the one with the number first, then the last active ones.
async fn in_order(tx: &mut Tx<'_>, scope: Scope, ids: Vec<ConversationId>, has_number: bool) -> Result<Vec<Listed>, StoreError> {
    let mut listed: Vec<Listed> = Vec::new();
    for id in ids {
        if listed.iter().all(|it| it.conversation.id != id) {
            listed.extend(conversation_lists::one(tx, scope.user, id).await?);
        }
    }
    let fixed = usize::from(has_number).min(listed.len());
    listed[fixed..].sort_by_key(|it| std::cmp::Reverse((it.conversation.last_activity_at, it.conversation.id)));
    listed.truncate(CONVERSATIONS_MAX);
    Ok(listed)
}
