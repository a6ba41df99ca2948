//! What the server counts, as Prometheus text at `/metrics`: numbers only, no names and no addresses of anybody. Where they
//! are counted is beside what they count.

use std::sync::LazyLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::http::error::ApiError;

/// Bounds of the time that answers take, in seconds.
const ANSWER_SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The process's recorder: there can be only one, as whoever counts does not know where to.
static RECORDER: LazyLock<Result<PrometheusHandle, String>> = LazyLock::new(|| {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("frontdesk_http_seconds".to_owned()), ANSWER_SECONDS)
        .map_err(|error| error.to_string())?;
    let handle = builder.install_recorder().map_err(|error| error.to_string())?;
    describe();
    Ok(handle)
});

fn describe() {
    metrics::describe_histogram!("frontdesk_http_seconds", "Time from a request's head to its answer's, by route and status");
    metrics::describe_gauge!("frontdesk_sockets", "Live sockets, by whose they are");
    metrics::describe_counter!("frontdesk_connections_refused_total", "Connections refused because an address held too many");
    metrics::describe_gauge!("process_resident_memory_bytes", "Memory in use");
    metrics::describe_gauge!("process_open_fds", "Open files, connections among them");
}

/// Begins to count. What was counted before is lost.
pub(crate) fn begin() {
    if let Err(error) = &*RECORDER {
        tracing::warn!(%error, "nothing is counted");
    }
}

/// Counts and times an answer under its route's pattern, so that the number of series is bounded.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let (began, method) = (Instant::now(), request.method().clone());
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |it| it.as_str().to_owned());
    let answer = next.run(request).await;
    let status = answer.status().as_u16().to_string();
    let method = if matches!(method.as_str(), "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") {
        method.to_string()
    } else {
        "other".to_owned()
    };
    metrics::histogram!("frontdesk_http_seconds", "route" => route, "method" => method, "status" => status).record(began.elapsed());
    answer
}

/// All numbers, for whoever watches the server: `/metrics`.
pub(crate) async fn show() -> Result<Response, ApiError> {
    let handle = RECORDER.as_ref().map_err(|error| ApiError::broken(error))?;
    measure_process();
    handle.run_upkeep();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response())
}

/// The process's own numbers, where the system tells them.
fn measure_process() {
    let resident = std::fs::read_to_string("/proc/self/statm").ok().and_then(|it| it.split_whitespace().nth(1)?.parse::<u32>().ok());
    if let (Some(pages), Ok(page_bytes)) = (resident, u32::try_from(rustix::param::page_size())) {
        metrics::gauge!("process_resident_memory_bytes").set(f64::from(pages) * f64::from(page_bytes));
    }
    let files = std::fs::read_dir("/proc/self/fd").ok().and_then(|it| u32::try_from(it.count()).ok());
    if let Some(files) = files {
        metrics::gauge!("process_open_fds").set(f64::from(files));
    }
}
