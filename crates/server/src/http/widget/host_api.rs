//! The types of `window.frontdesk`, for websites that are written in TypeScript: `/widget/host-api.d.ts`. Not the script.

use axum::http::header;
use axum::response::IntoResponse;

/// The very file that the widget is checked against.
const TYPES: &str = include_str!("../../../../../web/widget/host-api.d.ts");

/// The file, to copy into a project or to fetch in its build.
pub(crate) async fn host_api() -> impl IntoResponse {
    let kept = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (kept, TYPES)
}
