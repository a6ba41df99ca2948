//! The made-up shop's website, on an origin of its own: static pages with the very snippet that an owner would paste.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

#[derive(RustEmbed)]
#[folder = "demo"]
struct Files;

/// Stands in the pages where the snippet goes.
const SLOT: &str = "{{snippet}}";

/// Serves the website until the server stops.
pub(super) fn serve(listener: TcpListener, snippet: String, mut stopping: watch::Receiver<bool>) {
    let router = Router::new()
        .route("/", get(|State(snippet): State<Arc<str>>| async move { file("index.html", &snippet) }))
        .route("/{*path}", get(|State(snippet): State<Arc<str>>, Path(path): Path<String>| async move { file(&path, &snippet) }))
        .with_state(Arc::from(snippet));
    tokio::spawn(async move {
        let stopped = async move {
            stopping.wait_for(|it| *it).await.ok();
        };
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped).await {
            tracing::error!(%error, "the demo shop's website stopped");
        }
    });
}

fn file(path: &str, snippet: &str) -> Response {
    let Some(found) = Files::get(path) else { return (StatusCode::NOT_FOUND, "There is no such page").into_response() };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let body = match std::str::from_utf8(&found.data) {
        Ok(text) if kind.subtype() == mime_guess::mime::HTML => Body::from(text.replace(SLOT, snippet)),
        _ => Body::from(found.data.into_owned()),
    };
    let kept = [(header::CONTENT_TYPE, format!("{kind}; charset=utf-8")), (header::CACHE_CONTROL, "no-cache".to_owned())];
    (kept, body).into_response()
}
