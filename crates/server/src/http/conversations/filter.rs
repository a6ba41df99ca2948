//! Filtering conversations by conditions: a walk through all that the member sees, in steps.

use axum::Json;
use axum::extract::State;
use frontdesk_core::conversation::{Priority, Status};
use frontdesk_core::filter::{Condition, Held, passes};
use frontdesk_core::id::ConversationNumber;
use frontdesk_store::conversation_lists::{self, PAGE_CONVERSATIONS};
use frontdesk_store::conversation_pages::{self, Key, Order};
use frontdesk_store::conversations::{Conversation, Scope};
use frontdesk_store::{StoreError, Tx};
use serde_json::Value;

use crate::app::App;
use crate::http::body::Body;
use crate::http::contacts::PAGE_MAX;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::InAccount;
use crate::http::filter::{BATCH, FilterForm};
use crate::http::query::Query;
use crate::views::{ConversationListData, ConversationListMeta, ConversationListView};

/// What conditions can be about; times are unix seconds.
const KEYS: &[&str] = &[
    "status",
    "assignee_id",
    "inbox_id",
    "contact_id",
    "labels",
    "priority",
    "display_id",
    "created_at",
    "last_activity_at",
    "browser_language",
    "referer",
    "custom_attributes.*",
];

/// Those of them that are numbers.
const NUMBERS: &[&str] = &["assignee_id", "inbox_id", "contact_id", "display_id", "created_at", "last_activity_at"];

fn text(it: Option<&Value>) -> Held {
    Held::Words(match it {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(other) => vec![other.to_string()],
    })
}

fn held(it: &Conversation, key: &str) -> Held {
    match key {
        "status" => Held::Words(vec![Status::as_str(it.status).to_owned()]),
        "assignee_id" => Held::Number(it.owner_id.map(|id| id.0)),
        "inbox_id" => Held::Number(Some(it.inbox_id.0)),
        "contact_id" => Held::Number(Some(it.contact_id.0)),
        "labels" => Held::Words(it.labels.0.clone()),
        "priority" => Held::Words(it.priority.map(Priority::as_str).map(str::to_owned).into_iter().collect()),
        "display_id" => Held::Number(Some(it.number.0)),
        "created_at" => Held::Number(Some(it.created_at.as_seconds())),
        "last_activity_at" => Held::Number(Some(it.last_activity_at.as_seconds())),
        "browser_language" => text(it.additional_attributes.object().get("language")),
        "referer" => text(it.additional_attributes.object().get("referrer")),
        key => text(it.custom_attributes.object().get(key.strip_prefix("custom_attributes.").unwrap_or(key))),
    }
}

/// The places of all that pass, newest activity first, and how they are owned.
async fn walk(app: &App, scope: Scope, conditions: Vec<Condition>) -> Result<(Vec<Key>, ConversationListMeta), StoreError> {
    let mut meta = ConversationListMeta { mine_count: 0, assigned_count: 0, unassigned_count: 0, all_count: 0 };
    let (mut keys, mut below) = (Vec::new(), ConversationNumber(i64::MAX));
    loop {
        let step = app.store.read(async move |tx: &mut Tx<'_>| conversation_pages::below(tx, scope, below, BATCH).await).await?;
        for it in step.iter().filter(|it| passes(&conditions, |key| held(it, key))) {
            keys.push(Order::Newest.key(it));
            meta.all_count += 1;
            meta.mine_count += i64::from(it.owner_id == Some(scope.user));
            meta.assigned_count += i64::from(it.owner_id.is_some());
            meta.unassigned_count += i64::from(it.owner_id.is_none());
        }
        match step.last() {
            Some(last) => below = last.number,
            None => break,
        }
    }
    keys.sort_unstable();
    keys.reverse();
    Ok((keys, meta))
}

/// A page of 25 of the conversations that pass all conditions; the counts are of those.
#[utoipa::path(post, operation_id = "filterConversations", path = "/api/v1/accounts/{account_id}/conversations/filter", tag = "conversations", params(
    ("account_id" = i64, Path), ("page" = Option<i64>, Query)
), request_body = FilterForm, responses(
    (status = 200, body = ConversationListView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView, description = "Names what conditions can be about"), (status = 429, body = ErrorView)
))]
pub(crate) async fn filter(
    State(app): State<App>,
    within: InAccount,
    query: Query,
    Body(form): Body<FilterForm>,
) -> Result<Json<ConversationListView>, ApiError> {
    let (scope, conditions) = (within.acting().scope(), form.conditions(KEYS, NUMBERS)?);
    let page = query.number("page")?.unwrap_or(1).min(PAGE_MAX);
    let pass = app.gate.enter(scope.account).await?;
    let (keys, meta) = walk(&app, scope, conditions).await?;
    drop(pass);
    let offset = usize::try_from(page - 1).unwrap_or(0).saturating_mul(PAGE_CONVERSATIONS);
    let ids: Vec<_> = keys.into_iter().skip(offset).take(PAGE_CONVERSATIONS).map(|it| it.id).collect();
    let listed = app.store.read(async move |tx: &mut Tx<'_>| conversation_lists::some(tx, scope.user, &ids).await).await?;
    let payload = listed.iter().map(Into::into).collect();
    Ok(Json(ConversationListView { data: ConversationListData { meta, payload } }))
}
