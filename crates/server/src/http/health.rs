//! Whether the server is up and ready, for whoever watches it. No credentials are asked and nothing private is told.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::{ApiError, ErrorView};
use crate::app::App;

/// The installation's state in one word.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    status: &'static str,
}

/// Which product and version this is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionView {
    product: &'static str,
    version: &'static str,
    /// The moment of the answer, unix seconds.
    timestamp: i64,
    queue_services: &'static str,
    data_services: &'static str,
}

/// The process is up.
#[utoipa::path(get, operation_id = "health", path = "/health", tag = "installation", responses((status = 200, body = HealthView)), security(()))]
pub(crate) async fn health() -> Json<HealthView> {
    Json(HealthView { status: "ok" })
}

/// The database is migrated, answers and takes writes.
#[utoipa::path(get, operation_id = "ready", path = "/ready", tag = "installation", responses((status = 200, body = HealthView), (status = 503, body = ErrorView)), security(()))]
pub(crate) async fn ready(State(app): State<App>) -> Result<Json<HealthView>, ApiError> {
    app.store.ping().await.map_err(|error| {
        tracing::warn!(%error, "the database is not ready");
        ApiError::busy()
    })?;
    Ok(Json(HealthView { status: "ok" }))
}

/// The product and its version.
#[utoipa::path(get, operation_id = "version", path = "/api", tag = "installation", responses((status = 200, body = VersionView)), security(()))]
pub(crate) async fn version(State(app): State<App>) -> Json<VersionView> {
    let timestamp = app.now().as_seconds();
    Json(VersionView { product: "Frontdesk", version: env!("CARGO_PKG_VERSION"), timestamp, queue_services: "ok", data_services: "ok" })
}
