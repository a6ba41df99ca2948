//! Everything that speaks HTTP. This file is the one readable list of all routes; each route has a file of its own.
//! Rules are in core, transactions in `actions`; sockets are attached here and live in `realtime`.

mod agents;
mod assets;
mod attachments;
mod attributes;
mod body;
mod contacts;
mod conversations;
mod docs;
pub(crate) mod error;
pub(crate) mod extract;
mod filter;
mod health;
mod inbox_members;
mod inboxes;
mod labels;
mod layers;
mod messages;
mod multipart;
pub(crate) mod openapi;
mod packed;
mod profile;
mod query;
mod search;
mod session;
mod setup;
mod uploads;
mod webhooks;
pub(crate) mod widget;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::listen::Held;
use crate::metrics;
use crate::realtime::Caller;
use error::ApiError;
use extract::Peer;

/// A socket says who it is within five seconds, so that places are free again soon.
const STRANGERS_RETRY_SECONDS: u64 = 5;

/// The routes that `openapi.json` describes.
fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::base())
        // The installation.
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(health::version))
        .routes(routes!(setup::show, setup::set_up))
        // Who asks.
        .routes(routes!(session::log_in, session::show, session::log_out))
        .routes(routes!(profile::show, profile::update, profile::replace))
        .routes(routes!(profile::delete_avatar))
        .routes(routes!(profile::reset_access_token))
        .routes(routes!(profile::show_account))
        // An account's people and inboxes.
        .routes(routes!(agents::list))
        .routes(routes!(inboxes::list, inboxes::create))
        .routes(routes!(inboxes::show, inboxes::update, inboxes::replace, inboxes::delete))
        .routes(routes!(inboxes::renew_secret))
        .routes(routes!(inbox_members::list))
        .routes(routes!(inbox_members::add, inbox_members::replace, inbox_members::remove))
        .routes(routes!(contacts::list, contacts::create))
        .routes(routes!(contacts::search))
        .routes(routes!(contacts::filter))
        .routes(routes!(contacts::show, contacts::update, contacts::replace, contacts::delete))
        .routes(routes!(contacts::conversations))
        .routes(routes!(contacts::add_inbox))
        .routes(routes!(contacts::contactable_inboxes))
        .routes(routes!(contacts::merge))
        .routes(routes!(contacts::list_labels, contacts::set_labels))
        .routes(routes!(labels::list, labels::create))
        .routes(routes!(labels::show, labels::update, labels::delete))
        // Conversations and messages.
        .routes(routes!(conversations::list, conversations::create))
        .routes(routes!(conversations::meta))
        .routes(routes!(conversations::filter))
        .routes(routes!(conversations::show, conversations::update))
        .routes(routes!(conversations::assign))
        .routes(routes!(conversations::list_labels, conversations::set_labels))
        .routes(routes!(conversations::toggle_priority))
        .routes(routes!(conversations::toggle_typing_status))
        .routes(routes!(conversations::set_custom_attributes))
        .routes(routes!(conversations::transcript))
        .routes(routes!(conversations::unread))
        .routes(routes!(conversations::join))
        .routes(routes!(conversations::toggle_status))
        .routes(routes!(conversations::update_last_seen))
        .routes(routes!(messages::list, messages::create))
        .routes(routes!(messages::delete))
        .routes(routes!(attachments::upload))
        .routes(routes!(attachments::show))
        .routes(routes!(search::search))
        // Webhooks.
        .routes(routes!(webhooks::list, webhooks::create))
        .routes(routes!(webhooks::show, webhooks::update, webhooks::replace, webhooks::delete))
        .routes(routes!(webhooks::deliveries))
        .routes(routes!(webhooks::delivery))
        .routes(routes!(webhooks::retry))
        .routes(routes!(webhooks::renew_secret))
        // Visitors.
        .routes(routes!(widget::show_session))
        .routes(routes!(widget::begin))
        .routes(routes!(widget::identify))
        .routes(routes!(widget::list, widget::send))
        .routes(routes!(widget::seen))
        .routes(routes!(widget::upload))
        .routes(routes!(widget::show_attachment))
}

/// Pages, files and the socket.
fn undescribed() -> Router<App> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/app") }))
        .route("/app", dashboard())
        .route("/app/{*rest}", dashboard())
        .route("/login", dashboard())
        .route("/setup", get(assets::dashboard))
        .route("/pictures/{name}", get(profile::picture))
        .route("/assets/{name}", get(assets::asset))
        .route("/widget/host-api.d.ts", get(widget::host_api))
        .route("/widget/{file}", get(widget::pages::launcher))
        .route("/widget/{website_token}/frame", get(widget::pages::frame))
        .route("/chat/{website_token}", get(widget::pages::page))
        .route("/api/v1/accounts/{account_id}/inboxes/{inbox_id}/preview", get(inboxes::preview))
        .route("/realtime", get(socket))
        .route("/openapi.json", get(openapi::show))
        .route("/docs", get(docs::page))
        .route("/docs.css", get(docs::style))
        .route("/metrics", get(metrics::show))
}

fn dashboard() -> MethodRouter<App> {
    get(setup::dashboard)
}

/// The socket's upgrade; what follows is `realtime`'s.
async fn socket(
    State(app): State<App>,
    Peer(address): Peer,
    held: Option<Extension<Held>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| ApiError::bad_request("Connect with a WebSocket"))?;
    let stranger = app.limits.strangers.take(address).ok_or_else(|| ApiError::too_many(STRANGERS_RETRY_SECONDS))?;
    Ok(crate::realtime::connect(app, &headers, upgrade, Caller { address, stranger, held: held.map(|it| it.0) }))
}

/// The whole server as one service.
pub fn router(app: App) -> Router {
    let (described, _) = described().split_for_parts();
    let routes = described
        .merge(undescribed())
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        .fallback(|| async { ApiError::not_found() });
    layers::add(routes).with_state(app)
}
