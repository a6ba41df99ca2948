//! Connections: accepted up to a bound, given only so much time, and closed in order when the server stops. What is asked
//! over them is the router's business.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::{Layer, ServiceExt};
use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};

use crate::limits::{Limits, Place};

/// How long a client may take to send a request's head, and how long an idle connection is kept.
const HEAD_MAX: Duration = Duration::from_secs(15);
/// The same of a trusted proxy. nginx keeps idle connections for one minute and Caddy for two: the proxy has to be who closes
/// first, or it sends a request into a connection that is going away.
const PROXY_HEAD_MAX: Duration = Duration::from_secs(150);
/// Longest head of a request in bytes; browsers and proxies end at 8 to 16 KiB.
const HEAD_BYTES_MAX: usize = 64 * 1_024;
/// How long bytes that we sent may stay unacknowledged or unread before the connection is given up.
const UNREAD_MAX: Duration = Duration::from_mins(1);
/// Rest after the system has refused to give a connection: files have to be closed first.
const REFUSED_REST: Duration = Duration::from_millis(500);
/// Open files that are kept for everything but connections.
const FILES_RESERVED: u64 = 256;
/// What an address gets that holds too many connections.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 55\r\n\r\n{\"error\":\"The server is busy. Try again in a moment\"}\r\n";

/// The place that a connection holds; a socket keeps it after the upgrade.
#[derive(Debug, Clone)]
pub(crate) struct Held(#[expect(dead_code, reason = "held until it is dropped")] Arc<(Option<Place>, tokio::sync::OwnedSemaphorePermit)>);

/// Serves until `stopping` turns true, and then until every answer is out.
pub async fn serve(listener: TcpListener, router: Router, limits: Arc<Limits>, mut stopping: watch::Receiver<bool>) {
    // `/inboxes/` is `/inboxes` (API.md): client libraries send both.
    let router = NormalizePathLayer::trim_trailing_slash().layer(router);
    let server = Server { router, limits, room: Arc::new(tokio::sync::Semaphore::new(room())) };
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // An error says that whoever could stop the server is gone.
            _ = stopping.wait_for(|it| *it) => break,
        };
        match accepted {
            Ok((stream, peer)) => server.welcome(stream, peer, graceful.watcher()),
            Err(error) => rest_after(&error).await,
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

/// How many connections there is room for: the system counts each as an open file.
fn room() -> usize {
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    let room = files.map_or(u64::MAX, |it| it.saturating_sub(FILES_RESERVED).max(it / 2));
    usize::try_from(room).unwrap_or(usize::MAX).min(tokio::sync::Semaphore::MAX_PERMITS)
}

fn builder(is_proxy: bool) -> Builder<TokioExecutor> {
    let head_max = if is_proxy { PROXY_HEAD_MAX } else { HEAD_MAX };
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head_max).max_buf_size(HEAD_BYTES_MAX);
    builder
}

/// A connection that broke before it was accepted is nobody's fault; a system without files needs time.
async fn rest_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "connections cannot be accepted");
        tokio::time::sleep(REFUSED_REST).await;
    }
}

struct Server {
    router: NormalizePath<Router>,
    limits: Arc<Limits>,
    room: Arc<tokio::sync::Semaphore>,
}

impl Server {
    fn welcome(&self, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
        // Everybody behind a proxy comes from its address.
        let is_proxy = self.limits.trusted_proxies.iter().any(|it| it.contains(&peer.ip().to_canonical()));
        let Some(held) = self.hold(peer, is_proxy) else {
            metrics::counter!("frontdesk_connections_refused_total").increment(1);
            // Best effort: a full socket buffer is no reason to wait for somebody who is too many.
            stream.try_write(FULL).ok();
            return;
        };
        if let Err(error) = tune(&stream) {
            tracing::debug!(%error, "a connection cannot be tuned");
        }
        let (router, builder) = (self.router.clone(), builder(is_proxy));
        let service = tower::service_fn(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(held.clone());
            let router = router.clone();
            async move { Ok::<_, Infallible>(router.oneshot(request.map(Body::new)).await.unwrap_or_else(|never| match never {})) }
        });
        tokio::spawn(async move {
            let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(service));
            if let Err(error) = watcher.watch(connection.into_owned()).await {
                tracing::trace!(%error, "a connection broke");
            }
        });
    }

    fn hold(&self, peer: SocketAddr, is_proxy: bool) -> Option<Held> {
        let permit = Arc::clone(&self.room).try_acquire_owned().ok()?;
        let place = if is_proxy { None } else { Some(self.limits.connections.take(peer.ip())?) };
        Some(Held(Arc::new((place, permit))))
    }
}

fn tune(stream: &TcpStream) -> io::Result<()> {
    // Without this the kernel holds small answers back for company.
    stream.set_nodelay(true)?;
    let unread_ms = u32::try_from(UNREAD_MAX.as_millis()).unwrap_or(u32::MAX);
    Ok(rustix::net::sockopt::set_tcp_user_timeout(stream, unread_ms)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_says_its_own_length() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "{}", body.len());
    }
}
