//! What happens around every request: an id, a log line, compression, CORS for visitors, and an answer even for a panic.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::error::ApiError;
use crate::app::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How long a client may pause while it sends a body.
const BODY_PAUSE_MAX: Duration = Duration::from_secs(10);
/// Smaller answers are not worth compressing.
const COMPRESSED_BYTES_MIN: u64 = 1_024;

/// Puts the layers around the routes; the last one added is the outermost.
pub(super) fn add(routes: Router<App>) -> Router<App> {
    let worth_it = SizeAbove::new(COMPRESSED_BYTES_MIN)
        .and(NotForContentType::const_new("image/"))
        .and(NotForContentType::const_new("font/"))
        .and(not_a_file);
    routes
        // A layer of the routes' own, where the route is known.
        .route_layer(middleware::from_fn(crate::metrics::count))
        .layer(middleware::from_fn(cors))
        .layer(CompressionLayer::new().gzip(true).quality(tower_http::CompressionLevel::Fastest).compress_when(worth_it))
        .layer(SetResponseHeaderLayer::if_not_present(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE_MAX))
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
}

/// People's files go out as they are: a range of one is a range of its own bytes.
fn not_a_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::CONTENT_DISPOSITION)
}

#[expect(clippy::needless_pass_by_value, reason = "the layer gives the box away")]
fn answer_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    ApiError::broken(&format_args!("panic: {}", text.unwrap_or("without words"))).into_response()
}

/// Other origins may call with a token in a header, never with cookies (DESIGN 7).
async fn cors(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = path.starts_with("/widget/v1/") || path.starts_with("/api/");
    let asks_first = request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut answer = if open && asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    if open {
        let headers = answer.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        if asks_first {
            let allowed = HeaderValue::from_static("authorization, api_access_token, api-access-token, content-type, range");
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"));
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        }
    }
    answer
}
