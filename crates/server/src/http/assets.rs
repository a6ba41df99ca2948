//! The built web, carried inside the binary: pages with their security headers, and hashed files that never change.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::error::ApiError;
use super::extract::Params;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Built;

/// Who may show a page in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing<'a> {
    /// These sources: websites with the widget.
    By(&'a str),
    /// No other page: it could trick people into clicking.
    Nobody,
}

fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Built::get(path).map(|it| it.data)
}

/// A built text file. Without it the binary was built before the web: a fault of the build.
pub(crate) fn text(path: &str) -> Result<String, ApiError> {
    let bytes = file(path).ok_or_else(|| ApiError::broken(&format_args!("{path} is not in this binary: build the web first")))?;
    String::from_utf8(bytes.into_owned()).map_err(|error| ApiError::broken(&error))
}

/// The headers that every page of ours has.
pub(crate) fn page_headers(framing: Framing<'_>) -> [(header::HeaderName, String); 4] {
    let ancestors = match framing {
        Framing::By(sources) => sources,
        Framing::Nobody => "'none'",
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         media-src 'self' blob:; font-src 'self'; connect-src 'self'; \
         frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    );
    [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "same-origin".to_owned()),
    ]
}

/// A built page as it is.
pub(crate) fn page(path: &str, framing: Framing<'_>, status: StatusCode) -> Result<Response, ApiError> {
    Ok((status, page_headers(framing), text(path)?).into_response())
}

/// The dashboard: one page for all its addresses.
pub(crate) async fn dashboard() -> Result<Response, ApiError> {
    page("dashboard/index.html", Framing::Nobody, StatusCode::OK)
}

/// A file whose name carries its hash: `/assets/{name}`.
pub(crate) async fn asset(params: Params, headers: HeaderMap) -> Result<Response, ApiError> {
    let path = format!("assets/{}", params.text("name"));
    let accepts_gzip = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).is_some_and(|it| it.contains("gzip"));
    let packed = if accepts_gzip { file(&format!("{path}.gz")) } else { None };
    let is_packed = packed.is_some();
    let bytes = packed.or_else(|| file(&path)).ok_or_else(ApiError::not_found)?;
    let kind = mime_guess::from_path(&path).first_or_octet_stream().to_string();
    let kept = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::VARY, "Accept-Encoding".to_owned()),
        // Fonts and modules of the frame are asked for across origins by strict browsers.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    let body = match bytes {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    let mut answer = (kept, body).into_response();
    if is_packed {
        answer.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
    }
    Ok(answer)
}
