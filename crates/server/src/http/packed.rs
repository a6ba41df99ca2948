//! What every visitor of a website loads, packed as small as it goes. It is packed once and kept, because packing this
//! hard takes longer than answering. Other answers are packed by the layer, fast.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Packed texts kept: two for each of so many inboxes.
const TEXTS_MAX: usize = 1_000;

static KEPT: LazyLock<Mutex<HashMap<String, Bytes>>> = LazyLock::new(Mutex::default);

/// The answer with this text, packed when the client takes it so.
pub(crate) fn answer<const N: usize>(asked: &HeaderMap, kept: [(HeaderName, String); N], text: String) -> Response {
    let vary = [(header::VARY, "accept-encoding")];
    let accepts = asked.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).is_some_and(|it| it.contains("gzip"));
    match accepts.then(|| packed(&text)).flatten() {
        Some(bytes) => (kept, vary, [(header::CONTENT_ENCODING, "gzip")], Body::from(bytes)).into_response(),
        None => (kept, vary, Body::from(text)).into_response(),
    }
}

/// The packed text; `None` when it cannot be packed, which is no reason not to answer.
fn packed(text: &str) -> Option<Bytes> {
    let lock = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = lock().get(text) {
        return Some(bytes.clone());
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).ok()?;
    let bytes = Bytes::from(encoder.finish().ok()?);
    let mut kept = lock();
    if kept.len() >= TEXTS_MAX {
        kept.clear();
    }
    kept.insert(text.to_owned(), bytes.clone());
    Some(bytes)
}
