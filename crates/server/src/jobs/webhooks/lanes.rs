//! Sends what waits: each webhook has one lane in which its deliveries go one after another, in the order of the log as far as
//! retries allow. Whose turn it is, is core's rule; which node serves a lane is settled by a claim in the database.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use frontdesk_core::id::{AccountId, WebhookId};
use frontdesk_core::jobs::has_come;
use frontdesk_core::time::Millis;
use frontdesk_core::webhook::{DUE_AHEAD_MS, DeliveryState, Lane, Queue, choose, next_try};
use frontdesk_store::deliveries::{self, Delivery, Tried};
use frontdesk_store::webhooks::{self, Webhook};
use frontdesk_store::{StoreError, Tx};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::sync::watch;
use tokio::time::Instant;

use super::super::Pass;
use super::client::Outcome;
use crate::app::App;
use crate::signing;

/// Webhooks looked at for something due.
const LOOKED_AT: i64 = 1_000;
/// A claim holds this long beyond the longest request; who crashed keeps others waiting no longer.
const CLAIM_MARGIN_MS: i64 = 15 * Millis::SECOND;

/// The lanes that this process serves now.
#[derive(Debug)]
pub(crate) struct Lanes {
    state: Mutex<Served>,
    /// How many there are, to be waited for.
    count: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Served {
    serving: BTreeMap<WebhookId, AccountId>,
    /// Who waited for a place at the last look.
    queue: Queue,
}

impl Default for Lanes {
    fn default() -> Lanes {
        Lanes { state: Mutex::default(), count: watch::channel(0).0 }
    }
}

impl Lanes {
    fn state(&self) -> MutexGuard<'_, Served> {
        // It is valid between any two statements.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the places of those whose turn it is; and when the next lane is due, if nothing happens before.
    fn enter(self: &Arc<Self>, waiting: &[Lane], now: Millis, held_ms: i64) -> (Vec<Place>, Option<Millis>) {
        let mut state = self.state();
        let choice = choose(waiting, &state.serving, now, held_ms);
        state.queue = choice.queue;
        state.serving.extend(choice.begin.iter().map(|it| (it.webhook, it.account)));
        self.count.send_replace(state.serving.len());
        let place = |lane: &Lane| Place { lanes: Arc::clone(self), webhook: lane.webhook, account: lane.account, since: Instant::now() };
        (choice.begin.iter().map(place).collect(), choice.next)
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
    account: AccountId,
    /// Measured without the wall's clock, which may jump.
    since: Instant,
}

impl Place {
    /// Whether others wait for it who have waited long enough.
    fn ends_turn(&self, sent: u32) -> bool {
        let taken_ms = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.lanes.state().queue.ends_turn(self.account, sent, taken_ms)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.lanes.state();
        state.serving.remove(&self.webhook);
        self.lanes.count.send_replace(state.serving.len());
    }
}

/// How long a claim holds after it was made or renewed.
fn held_ms(app: &App) -> i64 {
    let patience = i64::try_from(app.client.patience().as_millis()).unwrap_or(i64::MAX);
    patience.saturating_add(CLAIM_MARGIN_MS)
}

/// Starts the lanes that have something due and whose turn it is.
pub(in crate::jobs) async fn run(app: &App) -> Result<Pass, StoreError> {
    let now = app.now();
    let look = async move |tx: &mut Tx<'_>| deliveries::lanes(tx, now, now.plus(DUE_AHEAD_MS), LOOKED_AT).await;
    let waiting = app.store.read(look).await?;
    let (places, next) = app.lanes.enter(&waiting, now, held_ms(app));
    let pass = if places.is_empty() { Pass::Until(next) } else { Pass::More };
    for place in places {
        let app = app.clone();
        tokio::spawn(async move {
            if let Err(error) = serve(&app, &place).await {
                tracing::warn!(webhook = place.webhook.0, %error, "a webhook's deliveries stopped; they are taken up again");
            }
            drop(place);
            app.hub.nudge();
        });
    }
    Ok(pass)
}

/// Sends what is due in one lane, until there is nothing, its turn is over, the server stops or another node has the claim.
async fn serve(app: &App, place: &Place) -> Result<(), StoreError> {
    let (id, held_ms, begun) = (place.webhook, held_ms(app), app.now());
    let take = async move |tx: &mut Tx<'_>| {
        let Some(webhook) = webhooks::find(tx, id).await? else { return Ok(None) };
        if !has_come(webhook.claimed_until, begun, held_ms) {
            return Ok(None);
        }
        let claim = webhooks::claim(tx, &webhook, begun.plus(held_ms)).await?;
        Ok::<_, StoreError>(claim.map(|claim| (webhook, claim)))
    };
    let Some((mut webhook, claim)) = app.store.write(take).await? else { return Ok(()) };
    let mut sent = 0;
    while !*app.hub.stopping().borrow() && !place.ends_turn(sent) {
        let now = app.now();
        let next = async move |tx: &mut Tx<'_>| deliveries::next(tx, id, now, now.plus(DUE_AHEAD_MS)).await;
        let Some(delivery) = app.store.read(next).await? else { break };
        let outcome = send(app, &webhook, &delivery).await;
        sent += 1;
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
    // Given back is a claim that is over, by so much that another node's clock agrees; it tells when the lane was served.
    let over = app.now().plus(-CLAIM_MARGIN_MS);
    app.store.write(async move |tx: &mut Tx<'_>| webhooks::hold(tx, id, claim, over).await).await?;
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
