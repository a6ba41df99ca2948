//! Webhooks and their deliveries, as administrators see them. The secret is derived where a view is asked for.

use frontdesk_core::time::Millis;
use frontdesk_core::webhook::{DeliveryState, Happening};
use frontdesk_store::deliveries::Delivery;
use frontdesk_store::webhooks::Webhook;
use serde::Serialize;
use utoipa::ToSchema;

use crate::key::SecretKey;
use crate::signing;

/// The inbox that a webhook is limited to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhookInboxView {
    id: i64,
    name: String,
}

/// A webhook.
#[derive(Serialize, ToSchema)]
pub(crate) struct WebhookView {
    id: i64,
    account_id: i64,
    /// May be empty.
    name: String,
    url: String,
    /// The events that are told.
    subscriptions: Vec<String>,
    /// Only what happens in this inbox; null for all of them.
    inbox: Option<WebhookInboxView>,
    /// What receivers check signatures with.
    secret: String,
    /// Unix seconds.
    created_at: i64,
    updated_at: i64,
}

// Not derived: the secret must not reach a log.
impl std::fmt::Debug for WebhookView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl WebhookView {
    pub(crate) fn new(it: &Webhook, key: &SecretKey) -> WebhookView {
        let inbox = it.inbox_id.map(|id| WebhookInboxView { id: id.0, name: it.inbox_name.clone().unwrap_or_default() });
        WebhookView {
            id: it.id.0,
            account_id: it.account_id.0,
            name: it.name.clone(),
            url: it.url.clone(),
            subscriptions: serde_json::from_str(&it.subscriptions).unwrap_or_default(),
            inbox,
            secret: signing::webhook_secret(key, it),
            created_at: it.created_at.as_seconds(),
            updated_at: it.updated_at.as_seconds(),
        }
    }
}

/// All webhooks of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhooksPayload {
    pub(crate) webhooks: Vec<WebhookView>,
}

/// All webhooks of an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhooksView {
    pub(crate) payload: WebhooksPayload,
}

/// One webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneWebhookPayload {
    pub(crate) webhook: WebhookView,
}

/// One webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneWebhookView {
    pub(crate) payload: OneWebhookPayload,
}

/// A delivery: what was, or is to be, told to a webhook, and what became of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryView {
    id: i64,
    webhook_id: i64,
    /// The same at every try: X-Chatwoot-Delivery.
    delivery: String,
    #[schema(value_type = String, example = "message_created")]
    event: Happening,
    #[schema(value_type = String, example = "delivered")]
    state: DeliveryState,
    attempts: i64,
    /// Unix seconds, as all times here.
    created_at: i64,
    /// When it is tried again; null unless it waits for that.
    next_try_at: Option<i64>,
    tried_at: Option<i64>,
    duration_ms: Option<i64>,
    /// The target's HTTP status; null when it gave none.
    status: Option<i64>,
    /// Why the last try failed, in words.
    error: Option<String>,
    /// The beginning of the target's answer.
    answer: Option<String>,
}

impl std::fmt::Debug for DeliveryView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeliveryView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl DeliveryView {
    pub(crate) fn new(it: &Delivery, key: &SecretKey) -> DeliveryView {
        let waits = it.state == DeliveryState::Pending && it.attempts > 0;
        DeliveryView {
            id: it.id.0,
            webhook_id: it.webhook_id.0,
            delivery: signing::delivery_name(key, it.id),
            event: it.event,
            state: it.state,
            attempts: it.attempts,
            created_at: it.created_at.as_seconds(),
            next_try_at: waits.then(|| it.due_at.as_seconds()),
            tried_at: it.tried_at.map(Millis::as_seconds),
            duration_ms: it.duration_ms,
            status: it.status,
            error: it.error.clone().filter(|_| it.state != DeliveryState::Delivered),
            answer: it.answer.clone(),
        }
    }
}

/// A delivery with the body that is sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct FullDeliveryView {
    #[serde(flatten)]
    pub(crate) delivery: DeliveryView,
    /// The JSON text as it is sent.
    pub(crate) payload: String,
}

impl std::fmt::Debug for FullDeliveryView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.delivery.fmt(f)
    }
}

/// How many deliveries there are of each state.
#[derive(Debug, Default, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "counts, as in the other lists")]
pub(crate) struct DeliveriesMeta {
    pub(crate) pending_count: i64,
    pub(crate) delivered_count: i64,
    pub(crate) failed_count: i64,
}

/// A page of deliveries, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveriesView {
    pub(crate) meta: DeliveriesMeta,
    pub(crate) payload: Vec<DeliveryView>,
}
