//! Sends what waits: each webhook has one lane in which its deliveries go one after another, in the order of the log as far as
//! retries allow, so that one slow target holds up nobody else. Which node serves a lane is settled by a claim in the database.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use frontdesk_core::id::WebhookId;
use frontdesk_core::jobs::has_come;
use frontdesk_core::time::Millis;
use frontdesk_core::webhook::{DUE_AHEAD_MS, DeliveryState, next_try};
use frontdesk_store::deliveries::{self, Delivery, Tried};
use frontdesk_store::webhooks::{self, Webhook};
use frontdesk_store::{StoreError, Tx};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::sync::watch;

use super::super::{Pass, REST};
use super::client::Outcome;
use crate::app::App;
use crate::signing;

/// Lanes served at once by this process.
const LANES_MAX: usize = 32;
/// Webhooks looked at for something due.
const LOOKED_AT: i64 = 1_000;
/// A claim holds this long beyond the longest request; who crashed keeps others waiting no longer.
const CLAIM_MARGIN_MS: i64 = 15 * Millis::SECOND;

/// The lanes that this process serves now.
#[derive(Debug)]
pub(crate) struct Lanes {
    serving: Mutex<HashSet<WebhookId>>,
    /// How many there are, to be waited for.
    count: watch::Sender<usize>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        Lanes { serving: Mutex::default(), count: watch::channel(0).0 }
    }
}

impl Lanes {
    fn serving(&self) -> MutexGuard<'_, HashSet<WebhookId>> {
        // A set of ids is valid between any two statements.
        self.serving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a lane, unless it is served already or too many are.
    fn enter(self: &Arc<Self>, webhook: WebhookId) -> Option<Place> {
        let mut serving = self.serving();
        if serving.len() >= LANES_MAX || !serving.insert(webhook) {
            return None;
        }
        self.count.send_replace(serving.len());
        Some(Place { lanes: Arc::clone(self), webhook })
    }

    /// Waits until no request is on its way.
    pub(crate) async fn idle(&self) {
        // The sender is this very object, so it cannot be gone.
        self.count.subscribe().wait_for(|count| *count == 0).await.ok();
    }
}

/// A lane that is served; leaving is dropping it.
struct Place {
    lanes: Arc<Lanes>,
    webhook: WebhookId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut serving = self.lanes.serving();
        serving.remove(&self.webhook);
        self.lanes.count.send_replace(serving.len());
    }
}

/// Starts every lane that has something due.
pub(in crate::jobs) async fn run(app: &App) -> Result<Pass, StoreError> {
    let now = app.now();
    let look = async move |tx: &mut Tx<'_>| deliveries::lanes(tx, now, now.plus(DUE_AHEAD_MS), LOOKED_AT).await;
    let mut pass = REST;
    for (webhook, due_at) in app.store.read(look).await? {
        if due_at > now {
            // In order of time: nothing after this one is due either.
            return Ok(if pass == REST { Pass::Until(Some(due_at)) } else { pass });
        }
        if let Some(place) = app.lanes.enter(webhook) {
            pass = Pass::More;
            let app = app.clone();
            tokio::spawn(async move {
                if let Err(error) = serve(&app, webhook).await {
                    tracing::warn!(webhook = webhook.0, %error, "a webhook's deliveries stopped; they are taken up again");
                }
                drop(place);
                app.hub.nudge();
            });
        }
    }
    Ok(pass)
}

/// Sends what is due in one lane, until there is nothing, the server stops or another node has the claim.
async fn serve(app: &App, id: WebhookId) -> Result<(), StoreError> {
    let patience = i64::try_from(app.client.patience().as_millis()).unwrap_or(i64::MAX);
    let held_ms = patience.saturating_add(CLAIM_MARGIN_MS);
    let begun = app.now();
    let take = async move |tx: &mut Tx<'_>| {
        let Some(webhook) = webhooks::find(tx, id).await? else { return Ok(None) };
        if !has_come(webhook.claimed_until, begun, held_ms) {
            return Ok(None);
        }
        let claim = webhooks::claim(tx, &webhook, begun.plus(held_ms)).await?;
        Ok::<_, StoreError>(claim.map(|claim| (webhook, claim)))
    };
    let Some((mut webhook, claim)) = app.store.write(take).await? else { return Ok(()) };
    loop {
        let now = app.now();
        let next = async move |tx: &mut Tx<'_>| deliveries::next(tx, id, now, now.plus(DUE_AHEAD_MS)).await;
        let next = if *app.hub.stopping().borrow() { None } else { app.store.read(next).await? };
        let Some(delivery) = next else { break };
        let outcome = send(app, &webhook, &delivery).await;
        let tried = judge(&delivery, outcome, app.now());
        let until = app.now().plus(held_ms);
        let record = async move |tx: &mut Tx<'_>| {
            let is_ours = webhooks::hold(tx, id, claim, until).await?;
            deliveries::record(tx, &delivery, &tried).await?;
            // It may have been given another address meanwhile.
            Ok::<_, StoreError>(if is_ours { webhooks::find(tx, id).await? } else { None })
        };
        match app.store.write(record).await? {
            Some(current) => webhook = current,
            None => return Ok(()),
        }
    }
    app.store.write(async move |tx: &mut Tx<'_>| webhooks::hold(tx, id, claim, Millis(0)).await).await?;
    Ok(())
}

async fn send(app: &App, webhook: &Webhook, delivery: &Delivery) -> Outcome {
    let timestamp = app.now().as_seconds();
    let signature = signing::signature(&signing::webhook_secret(&app.key, webhook), timestamp, &delivery.payload);
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("x-chatwoot-timestamp", HeaderValue::from(timestamp));
    for (name, value) in [("x-chatwoot-signature", signature), ("x-chatwoot-delivery", signing::delivery_name(&app.key, delivery.id))] {
        // Hexadecimal digits and a uuid are always a header's value.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    app.client.post(&webhook.url, headers, delivery.payload.clone()).await
}

/// What follows from an outcome.
fn judge(delivery: &Delivery, outcome: Outcome, now: Millis) -> Tried {
    let (state, due_at) = match &outcome.error {
        None => (DeliveryState::Delivered, now),
        Some(_) => match next_try(delivery.attempts + 1, now) {
            Some(at) => (DeliveryState::Pending, at),
            None => (DeliveryState::Failed, now),
        },
    };
    let Outcome { duration_ms, status, answer, error } = outcome;
    Tried { state, due_at, at: now, duration_ms, status, error, answer }
}
