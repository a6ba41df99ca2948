//! Lists of conversations: mine, unassigned, assigned or all; by status, inbox and labels; newest activity first. And how
//! many there are.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ConversationNumber, InboxId};
use frontdesk_core::text::title;
use frontdesk_core::time::Millis;
use frontdesk_store::conversation_counts::{self, Counts};
use frontdesk_store::conversation_lists::{self, PAGE_CONVERSATIONS};
use frontdesk_store::conversation_pages::{self, Filter, Key, Ownership, Window};
use frontdesk_store::conversations::{self, Scope};
use frontdesk_store::{StoreError, Tx, labels};

use crate::app::App;
use crate::http::contacts::PAGE_MAX;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::http::query::Query;
use crate::views::{ConversationListData, ConversationListMeta, ConversationListMetaView, ConversationListView};

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

/// What a query asks for; labels are still titles.
#[derive(Clone)]
struct Asked {
    filter: Filter,
    labels: Option<Vec<String>>,
}

fn asked(query: &Query) -> Result<Asked, ApiError> {
    let status = match query.word("status", status)?.unwrap_or(Wanted::One(Status::Open)) {
        Wanted::Every => None,
        Wanted::One(status) => Some(status),
    };
    let ownership = query.word("assignee_type", ownership)?.unwrap_or(Ownership::Any);
    for field in ["q", "team_id"] {
        if query.text(field).is_some() {
            return Err(ApiError::invalid(field, format!("{} is not supported here", title(field))));
        }
    }
    let filter = Filter { ownership, status, inbox: query.number("inbox_id")?.map(InboxId), labels: None };
    Ok(Asked { filter, labels: query.texts("labels") })
}

impl Asked {
    /// With titles found; one that no label has is carried by nothing.
    async fn filter(&self, tx: &mut Tx<'_>, scope: Scope) -> Result<Filter, StoreError> {
        let Some(titles) = &self.labels else { return Ok(self.filter.clone()) };
        let all = labels::list(tx, scope.account).await?;
        let wanted = |it: &&labels::Label| titles.iter().any(|title| title.to_lowercase() == it.title);
        Ok(Filter { labels: Some(all.iter().filter(wanted).map(|it| it.id).collect()), ..self.filter.clone() })
    }
}

/// How many there are of what is asked for, whoever owns them.
async fn counts(tx: &mut Tx<'_>, scope: Scope, filter: &Filter) -> Result<Counts, StoreError> {
    match &filter.labels {
        Some(labels) => conversation_pages::labelled_counts(tx, scope, filter, labels).await,
        None => conversation_counts::counts(tx, scope, filter.status, filter.inbox).await,
    }
}

impl From<Counts> for ConversationListMeta {
    fn from(it: Counts) -> ConversationListMeta {
        ConversationListMeta {
            mine_count: it.mine,
            assigned_count: it.everything - it.unassigned,
            unassigned_count: it.unassigned,
            all_count: it.everything,
        }
    }
}

/// The place that a page begins after: when the conversation there was last active, in unix seconds, and its number.
#[derive(Debug, Clone, Copy)]
struct Before {
    seconds: i64,
    number: ConversationNumber,
}

fn before(text: &str) -> Option<Before> {
    let (seconds, number) = text.split_once('.')?;
    let seconds = seconds.parse().ok().filter(|it| (0..=i64::MAX / Millis::SECOND - 1).contains(it))?;
    Some(Before { seconds, number: ConversationNumber(number.parse().ok().filter(|it| *it > 0)?) })
}

impl Before {
    /// The place in the list. A conversation that moved since stands for the end of its second: some of that second may
    /// be told again, and none is left out.
    async fn key(self, tx: &mut Tx<'_>, scope: Scope, upwards: bool) -> Result<Key, StoreError> {
        let found = conversations::find_for(tx, scope, self.number).await?;
        let unmoved = found.filter(|it| it.last_activity_at.as_seconds() == self.seconds);
        let edge = if upwards { self.seconds } else { self.seconds + 1 };
        Ok(match unmoved {
            Some(it) => Key { at: it.last_activity_at, id: it.id },
            None => Key { at: Millis(edge * Millis::SECOND), id: frontdesk_core::id::ConversationId(0) },
        })
    }
}

/// Newest activity first, unless it is asked for the other way round.
fn upwards(word: &str) -> Option<bool> {
    match word {
        "last_activity_at_desc" => Some(false),
        "last_activity_at_asc" => Some(true),
        _ => None,
    }
}

/// A page of 25 of the conversations that the member sees.
#[utoipa::path(get, operation_id = "listConversations", path = "/api/v1/accounts/{account_id}/conversations", tag = "conversations", params(
    ("account_id" = i64, Path), ("assignee_type" = Option<String>, Query, description = "me, unassigned, assigned or all (default)"),
    ("status" = Option<String>, Query, description = "open (default), resolved, pending, snoozed or all"), ("inbox_id" = Option<i64>, Query),
    ("labels" = Option<Vec<String>>, Query, description = "Conversations with any of these titles"),
    ("sort_by" = Option<String>, Query, description = "last_activity_at_desc (default) or last_activity_at_asc"),
    ("page" = Option<i64>, Query, description = "1, 2, 3, ...; for long lists use before"),
    ("before" = Option<String>, Query, description = "The page after this conversation: its last_activity_at, a dot, its id")
), responses((status = 200, body = ConversationListView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ConversationListView>, ApiError> {
    let scope = within.acting().scope();
    let (asked, before) = (asked(&query)?, query.word("before", before)?);
    let upwards = query.word("sort_by", upwards)?.unwrap_or(false);
    let page = query.number("page")?.unwrap_or(1).min(PAGE_MAX);
    let offset = usize::try_from(page - 1).unwrap_or(0).saturating_mul(PAGE_CONVERSATIONS);
    let find = async move |tx: &mut Tx<'_>| {
        let filter = asked.filter(tx, scope).await?;
        let after = match before {
            Some(it) => Some(it.key(tx, scope, upwards).await?),
            None => None,
        };
        let window = Window { upwards, after, offset, limit: PAGE_CONVERSATIONS };
        let keys = conversation_pages::keys(tx, scope, &filter, window).await?;
        let ids: Vec<_> = keys.iter().map(|it| it.id).collect();
        let listed = conversation_lists::some(tx, scope.user, &ids).await?;
        Ok::<_, StoreError>((listed, counts(tx, scope, &filter).await?))
    };
    let (listed, counts) = app.store.read(find).await?;
    Ok(Json(ConversationListView { data: ConversationListData { meta: counts.into(), payload: listed.iter().map(Into::into).collect() } }))
}

/// How many conversations there are of what a list would hold.
#[utoipa::path(get, operation_id = "countConversations", path = "/api/v1/accounts/{account_id}/conversations/meta", tag = "conversations", params(
    ("account_id" = i64, Path), ("status" = Option<String>, Query, description = "open (default), resolved, pending, snoozed or all"),
    ("inbox_id" = Option<i64>, Query), ("labels" = Option<Vec<String>>, Query, description = "Conversations with any of these titles")
), responses((status = 200, body = ConversationListMetaView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn meta(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ConversationListMetaView>, ApiError> {
    let (scope, asked) = (within.acting().scope(), asked(&query)?);
    let find = async move |tx: &mut Tx<'_>| {
        let filter = asked.filter(tx, scope).await?;
        counts(tx, scope, &filter).await
    };
    Ok(Json(ConversationListMetaView { meta: app.store.read(find).await?.into() }))
}
