//! Makes deliveries of the log: each webhook has a cursor, and moving it is one transaction with the deliveries of what it
//! passed, so that each is made exactly once, whoever crashes and however many nodes there are.

use std::sync::Arc;

use frontdesk_core::event::Seq;
use frontdesk_core::webhook::{Happening, WAITING_MAX};
use frontdesk_store::deliveries::{self, NewDelivery};
use frontdesk_store::webhooks::{self, Webhook};
use frontdesk_store::{StoreError, Tx, events};

use super::super::{Pass, REST};
use super::payload;
use crate::app::App;

/// Events read at once for one webhook.
const PAGE_EVENTS: i64 = 100;

pub(in crate::jobs) async fn run(app: &App) -> Result<Pass, StoreError> {
    let behind = app.store.read(async |tx: &mut Tx<'_>| webhooks::behind(tx).await).await?;
    let mut pass = REST;
    for webhook in behind {
        if advance(app, webhook).await? {
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
    let Some((to, made)) = app.store.read(async move |tx: &mut Tx<'_>| plan(tx, &seen).await).await? else { return Ok(false) };
    let write = async move |tx: &mut Tx<'_>| {
        // Another node may have passed the same events: then these deliveries are its own.
        if !webhooks::advance(tx, webhook.id, webhook.cursor_seq, to).await? {
            return Ok(false);
        }
        for delivery in &made {
            deliveries::insert(tx, webhook.id, delivery, now).await?;
        }
        Ok(true)
    };
    app.store.write(write).await
}

/// Up to where the cursor goes and what is delivered of it. `None` leaves it where it is: too many wait already, or so little
/// happened, and nothing that was asked for, that writing it down is not worth a commit yet.
async fn plan(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<Option<(Seq, Vec<NewDelivery>)>, StoreError> {
    if deliveries::waiting(tx, webhook.id).await? >= WAITING_MAX {
        return Ok(None);
    }
    let page = events::after(tx, webhook.account_id, webhook.cursor_seq, PAGE_EVENTS).await?;
    let asked: Vec<Happening> = serde_json::from_str::<Vec<String>>(&webhook.subscriptions)
        .map_err(|_| StoreError::broken("a webhook's subscriptions cannot be read"))?
        .iter()
        .filter_map(|word| Happening::parse(word))
        .collect();
    let mut made = Vec::new();
    for placed in &page {
        made.extend(payload::deliveries(tx, webhook, &asked, placed).await?);
    }
    let is_full = i64::try_from(page.len()).is_ok_and(|it| it == PAGE_EVENTS);
    let last = page.last().filter(|_| is_full || !made.is_empty());
    Ok(last.map(|last| (Seq(last.place), made)))
}
