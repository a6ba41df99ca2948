//! Lists of conversations: mine, unassigned, assigned or all; by status, inbox and labels, unread, unattended; newest activity
//! first or another way. And how many there are.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::Status;
use frontdesk_core::id::{ConversationNumber, InboxId};
use frontdesk_core::text::title;
use frontdesk_store::conversation_counts::{self, Counts};
use frontdesk_store::conversation_lists::{self, PAGE_CONVERSATIONS};
use frontdesk_store::conversation_pages::{self, Filter, Key, Order, Ownership, Window};
use frontdesk_store::conversations::{self, Scope};
use frontdesk_store::{StoreError, Tx, conversations_labelled, labels};

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
    let unread = query.word("unread", |word| word.parse().ok())?.unwrap_or(false);
    let unattended = query.word("conversation_type", |word| (word == "unattended").then_some(true))?.unwrap_or(false);
    let filter = Filter { ownership, status, inbox: query.number("inbox_id")?.map(InboxId), labels: None, unread, unattended };
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
        Some(labels) => conversations_labelled::counts(tx, scope, filter, labels).await,
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

/// The place that a page begins after: the conversation's, as [`Key::seconds`] tells it, and its number.
#[derive(Debug, Clone, Copy)]
struct Before {
    seconds: i64,
    number: ConversationNumber,
}

/// Seconds before and after 1970 that a place may be: more than any clock says, and still a number in milliseconds.
const SECONDS_MAX: i64 = 1 << 50;

fn before(text: &str) -> Option<Before> {
    let (seconds, number) = text.split_once('.')?;
    let seconds = seconds.parse().ok().filter(|it| (-SECONDS_MAX..=SECONDS_MAX).contains(it))?;
    Some(Before { seconds, number: ConversationNumber(number.parse().ok().filter(|it| *it > 0)?) })
}

impl Before {
    /// The place in the list. A conversation that moved since stands for the end of its second: some of that second may
    /// be told again, and none is left out.
    async fn key(self, tx: &mut Tx<'_>, scope: Scope, order: Order) -> Result<Key, StoreError> {
        let found = conversations::find_for(tx, scope, self.number).await?.map(|it| order.key(&it));
        Ok(found.filter(|it| it.seconds() == self.seconds).unwrap_or_else(|| order.edge(self.seconds)))
    }
}

fn order(word: &str) -> Option<Order> {
    match word {
        "last_activity_at_desc" => Some(Order::Newest),
        "last_activity_at_asc" => Some(Order::Oldest),
        "waiting_since_asc" => Some(Order::LongestWaiting),
        _ => None,
    }
}

/// A page of 25 of the conversations that the member sees.
#[utoipa::path(get, operation_id = "listConversations", path = "/api/v1/accounts/{account_id}/conversations", tag = "conversations", params(
    ("account_id" = i64, Path), ("assignee_type" = Option<String>, Query, description = "me, unassigned, assigned or all (default)"),
    ("status" = Option<String>, Query, description = "open (default), resolved, pending, snoozed or all"), ("inbox_id" = Option<i64>, Query),
    ("labels" = Option<Vec<String>>, Query, description = "Conversations with any of these titles"),
    ("sort_by" = Option<String>, Query, description = "last_activity_at_desc (default), last_activity_at_asc or waiting_since_asc: longest waiting first, and after them those that wait for nothing"),
    ("unread" = Option<bool>, Query, description = "true: those with messages of contacts that you have not read; does not change the counts"),
    ("conversation_type" = Option<String>, Query, description = "unattended: whose contact waits for a reply, or never had one; does not change the counts"),
    ("page" = Option<i64>, Query, description = "1, 2, 3, ...; for long lists use before"),
    ("before" = Option<String>, Query, description = "The page after this conversation: its last_activity_at, a dot, its id; by waiting_since_asc its waiting_since, or where that is 0 its last_activity_at with a minus")
), responses((status = 200, body = ConversationListView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)))]
pub(crate) async fn list(State(app): State<App>, within: InAccount, query: Query) -> Result<Json<ConversationListView>, ApiError> {
    let scope = within.acting().scope();
    let (asked, before) = (asked(&query)?, query.word("before", before)?);
    let order = query.word("sort_by", order)?.unwrap_or(Order::Newest);
    let page = query.number("page")?.unwrap_or(1).min(PAGE_MAX);
    let offset = usize::try_from(page - 1).unwrap_or(0).saturating_mul(PAGE_CONVERSATIONS);
    let find = async move |tx: &mut Tx<'_>| {
        let filter = asked.filter(tx, scope).await?;
        let after = match before {
            Some(it) => Some(it.key(tx, scope, order).await?),
            None => None,
        };
        let window = Window { order, after, offset, limit: PAGE_CONVERSATIONS };
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
