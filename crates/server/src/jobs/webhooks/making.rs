//! Makes deliveries of the log: each webhook has a cursor, and moving it is one transaction with the deliveries of what it
//! passed, so that each is made exactly once, whoever crashes and however many nodes there are.

use std::sync::Arc;

use frontdesk_core::event::{Event, Seq};
use frontdesk_core::id::{ConversationId, MessageId};
use frontdesk_core::webhook::{Happening, WAITING_MAX};
use frontdesk_store::deliveries::{self, NewDelivery};
use frontdesk_store::webhooks::{self, Webhook};
use frontdesk_store::{StoreError, Tx, events};

use super::super::{Pass, REST};
use super::payload;
use crate::actions::hide_deleted;
use crate::app::App;

/// Events read at once for one webhook.
const PAGE_EVENTS: i64 = 100;

pub(in crate::jobs) async fn run(app: &App) -> Result<Pass, StoreError> {
    let behind = app.store.read(async |tx: &mut Tx<'_>| webhooks::behind(tx).await).await?;
    let mut pass = REST;
    for webhook in behind {
        let (thing, now) = (("deliveries of webhook", webhook.id.0), app.now());
        if !app.setbacks.waits(thing, now) && app.setbacks.tried(thing, advance(app, webhook).await, now) == Some(true) {
            pass = Pass::More;
        }
    }
    if pass == Pass::More {
        app.hub.nudge();
    }
    Ok(pass)
}

/// Makes the deliveries of the next page; false when the webhook is where it was.
async fn advance(app: &App, webhook: Webhook) -> Result<bool, StoreError> {
    let now = app.now();
    let webhook = Arc::new(webhook);
    let seen = Arc::clone(&webhook);
    let Some(plan) = app.store.read(async move |tx: &mut Tx<'_>| plan(tx, &seen).await).await? else { return Ok(false) };
    let write = async move |tx: &mut Tx<'_>| {
        // Another node may have passed the same events: then these deliveries are its own.
        if !webhooks::advance(tx, webhook.id, webhook.cursor_seq, plan.to).await? {
            return Ok(false);
        }
        for delivery in &plan.made {
            deliveries::insert(tx, webhook.id, delivery, now).await?;
        }
        for (conversation, message) in &plan.changed {
            hide_deleted::hide(tx, *conversation, *message).await?;
        }
        Ok(true)
    };
    app.store.write(write).await
}

/// What becomes of a page of the log.
struct Plan {
    /// Where the cursor goes.
    to: Seq,
    made: Vec<NewDelivery>,
    /// Messages that are other ones now. Their text may have been read for an earlier delivery just before it was deleted, and
    /// written after; every such delivery is there when the cursor passes the deletion.
    changed: Vec<(ConversationId, MessageId)>,
}

/// Up to where the cursor goes and what is delivered of it. `None` leaves it where it is: too many wait already, or so little
/// happened, and nothing that was asked for, that writing it down is not worth a commit yet.
async fn plan(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<Option<Plan>, StoreError> {
    if deliveries::waiting(tx, webhook.id).await? >= WAITING_MAX {
        return Ok(None);
    }
    let page = events::after(tx, webhook.account_id, webhook.cursor_seq, PAGE_EVENTS).await?;
    let asked: Vec<Happening> = serde_json::from_str::<Vec<String>>(&webhook.subscriptions)
        .map_err(|_| StoreError::broken("a webhook's subscriptions cannot be read"))?
        .iter()
        .filter_map(|word| Happening::parse(word))
        .collect();
    let (mut made, mut changed) = (Vec::new(), Vec::new());
    for placed in &page {
        made.extend(payload::deliveries(tx, webhook, &asked, placed).await?);
        if let Event::MessageUpdated { conversation, message, .. } = placed.event {
            changed.push((conversation, message));
        }
    }
    let is_full = i64::try_from(page.len()).is_ok_and(|it| it == PAGE_EVENTS);
    let last = page.last().filter(|_| is_full || !made.is_empty() || !changed.is_empty());
    Ok(last.map(|last| Plan { to: Seq(last.place), made, changed }))
}
