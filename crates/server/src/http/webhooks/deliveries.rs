//! What was told to a webhook and what became of it; and telling it again by hand.

use axum::Json;
use axum::extract::State;
use frontdesk_core::id::DeliveryId;
use frontdesk_core::webhook::DeliveryState;
use frontdesk_store::{StoreError, Tx, deliveries as store, webhooks};

use super::named;
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{InAccount, Params};
use crate::http::query::Query;
use crate::views::{DeliveriesMeta, DeliveriesView, DeliveryView, FullDeliveryView};

/// Deliveries in a page.
const PAGE_DELIVERIES: i64 = 25;

/// A page of a webhook's deliveries, newest first, without what they carry.
#[utoipa::path(get, operation_id = "listDeliveries", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}/deliveries", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path), ("before" = Option<i64>, Query, description = "the id after which the page begins"),
    ("state" = Option<String>, Query, description = "pending, delivered or failed; all when absent")
), responses(
    (status = 200, body = DeliveriesView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView)
))]
pub(crate) async fn deliveries(
    State(app): State<App>,
    within: InAccount,
    params: Params,
    query: Query,
) -> Result<Json<DeliveriesView>, ApiError> {
    let (id, account) = (named(&within, &params)?, within.member.account_id);
    let before = query.number("before")?.unwrap_or(i64::MAX);
    let state = query.word("state", DeliveryState::parse)?;
    let find = async move |tx: &mut Tx<'_>| {
        if webhooks::find_in(tx, account, id).await?.is_none() {
            return Ok(None);
        }
        let listed = store::list(tx, id, state, (before, PAGE_DELIVERIES)).await?;
        Ok::<_, StoreError>(Some((listed, store::count(tx, id).await?)))
    };
    let (listed, counts) = app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Webhook"))?;
    let mut meta = DeliveriesMeta::default();
    for (state, count) in counts {
        match state {
            DeliveryState::Pending => meta.pending_count = count,
            DeliveryState::Delivered => meta.delivered_count = count,
            DeliveryState::Failed => meta.failed_count = count,
        }
    }
    Ok(Json(DeliveriesView { meta, payload: listed.iter().map(|it| DeliveryView::new(it, &app.key)).collect() }))
}

/// One delivery, with the body that is sent.
#[utoipa::path(get, operation_id = "showDelivery", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}/deliveries/{delivery_id}", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path), ("delivery_id" = i64, Path)
), responses((status = 200, body = FullDeliveryView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn delivery(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<FullDeliveryView>, ApiError> {
    let (webhook, account) = (named(&within, &params)?, within.member.account_id);
    let id = DeliveryId(params.id("delivery_id", "Delivery")?);
    let found = app.store.read(async move |tx: &mut Tx<'_>| store::find(tx, account, webhook, id).await).await?;
    let found = found.ok_or_else(|| ApiError::noun_not_found("Delivery"))?;
    Ok(Json(FullDeliveryView { delivery: DeliveryView::new(&found, &app.key), payload: found.payload }))
}

/// Sends it again, from the beginning, whatever became of it.
#[utoipa::path(post, operation_id = "retryDelivery", path = "/api/v1/accounts/{account_id}/webhooks/{webhook_id}/deliveries/{delivery_id}/retry", tag = "webhooks", params(
    ("account_id" = i64, Path), ("webhook_id" = i64, Path), ("delivery_id" = i64, Path)
), responses((status = 200, body = DeliveryView), (status = 401, body = ErrorView), (status = 403, body = ErrorView), (status = 404, body = ErrorView)))]
pub(crate) async fn retry(State(app): State<App>, within: InAccount, params: Params) -> Result<Json<DeliveryView>, ApiError> {
    let (webhook, account) = (named(&within, &params)?, within.member.account_id);
    let id = DeliveryId(params.id("delivery_id", "Delivery")?);
    let again = async move |tx: &mut Tx<'_>| {
        if store::find(tx, account, webhook, id).await?.is_none() {
            return Ok(None);
        }
        store::retry(tx, id).await?;
        store::find(tx, account, webhook, id).await
    };
    let found = app.store.write(again).await?.ok_or_else(|| ApiError::noun_not_found("Delivery"))?;
    // No event tells of it, so the job that sends is told here.
    app.hub.nudge();
    Ok(Json(DeliveryView::new(&found, &app.key)))
}
