//! One POST to somebody else's server: bounded in time and in what is read, never redirected, and never to an address behind
//! this server. What is sent and what follows from the outcome is not known here.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use frontdesk_core::webhook::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::HeaderMap;
use reqwest::{Response, Url, redirect};
use tokio::time::Instant;

/// Most that is read of an answer, in bytes.
const ANSWER_BYTES_MAX: usize = 2_048;

/// What every request keeps to.
#[derive(Debug, Clone, Copy)]
pub struct WebhookLimits {
    /// Targets on private networks are allowed: for receivers on the same machine or network.
    pub allow_private: bool,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long all of it may take.
    pub total: Duration,
}

impl Default for WebhookLimits {
    fn default() -> WebhookLimits {
        WebhookLimits { allow_private: false, connect: Duration::from_secs(5), total: Duration::from_secs(15) }
    }
}

/// Sends to webhooks; connections are kept and shared.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    limits: WebhookLimits,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) duration_ms: i64,
    /// The target's answer, if it gave one.
    pub(super) status: Option<i64>,
    /// The beginning of what it said.
    pub(super) answer: Option<String>,
    /// Why it counts as failed, in words; `None` is success.
    pub(super) error: Option<String>,
}

/// Why a name is not connected to.
#[derive(Debug, thiserror::Error)]
#[error("the address is on a private network")]
struct Private;

struct Checked {
    allow_private: bool,
}

impl Resolve for Checked {
    /// Resolves and checks every address; the connection is made to one of these, so a name that changes its mind between
    /// the check and the connection changes nothing.
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !allow_private && found.iter().any(|it| !is_public(it.ip())) {
                return Err(Private.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The address that a URL names without a name.
fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

impl Client {
    /// Sets up TLS with the system's certificates.
    pub(crate) fn new(limits: WebhookLimits) -> anyhow::Result<Client> {
        // Whoever installed one before installed the same.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder()
            .user_agent(concat!("Frontdesk/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Checked { allow_private: limits.allow_private }))
            .connect_timeout(limits.connect)
            .timeout(limits.total)
            .pool_max_idle_per_host(1)
            .build()
            .context("the client for webhooks cannot be set up")?;
        Ok(Client { http, limits })
    }

    /// Whether targets on private networks are allowed.
    pub(crate) fn allows_private(&self) -> bool {
        self.limits.allow_private
    }

    /// How long a request takes at most.
    pub(super) fn patience(&self) -> Duration {
        self.limits.total
    }

    /// Posts JSON and tells what became of it. It does not fail: that is an outcome too.
    pub(super) async fn post(&self, url: &str, headers: HeaderMap, body: String) -> Outcome {
        let begun = Instant::now();
        let (status, answer, error) = match self.try_post(url, headers, body).await {
            Ok((status, answer)) => (Some(status), Some(answer), refused(status)),
            Err(error) => (None, None, Some(error)),
        };
        let duration_ms = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        Outcome { duration_ms, status: status.map(i64::from), answer, error }
    }

    async fn try_post(&self, url: &str, headers: HeaderMap, body: String) -> Result<(u16, String), String> {
        let url = Url::parse(url).map_err(|_| "The URL cannot be read".to_owned())?;
        if !self.limits.allow_private && literal(&url).is_some_and(|it| !is_public(it)) {
            return Err(sentence(&Private));
        }
        let sent = self.http.post(url).headers(headers).body(body).send().await;
        let mut response = sent.map_err(|error| self.words(error))?;
        let status = response.status().as_u16();
        let answer = self.beginning(&mut response).await;
        Ok((status, answer))
    }

    /// The first bytes of the answer, as text that can be stored and shown. An answer that breaks off ends there: what counts is
    /// the status.
    async fn beginning(&self, response: &mut Response) -> String {
        let mut bytes = Vec::new();
        while bytes.len() < ANSWER_BYTES_MAX {
            match response.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) | Err(_) => break,
            }
        }
        bytes.truncate(ANSWER_BYTES_MAX);
        let text = String::from_utf8_lossy(&bytes);
        text.chars().map(|it| if it.is_control() && !matches!(it, '\n' | '\t') { '\u{fffd}' } else { it }).collect()
    }

    /// Why there is no answer, without the URL, in which there may be a secret.
    fn words(&self, error: reqwest::Error) -> String {
        let (is_timeout, is_connect) = (error.is_timeout(), error.is_connect());
        let error = error.without_url();
        let chain: Vec<&dyn std::error::Error> = std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source()).collect();
        if let Some(private) = chain.iter().find_map(|it| it.downcast_ref::<Private>()) {
            return sentence(private);
        }
        if is_timeout {
            return format!("No answer within {} seconds", self.limits.total.as_secs().max(1));
        }
        let innermost = chain.last().map_or_else(String::new, ToString::to_string);
        let what = if is_connect { "The target cannot be reached" } else { "The connection broke off" };
        format!("{what}: {innermost}").chars().take(300).collect()
    }
}

fn sentence(private: &Private) -> String {
    format!("Not sent: {private}. The operator can allow it with --allow-private-webhooks")
}

/// Why a status is no success.
fn refused(status: u16) -> Option<String> {
    match status {
        200..=299 => None,
        300..=399 => Some(format!("The target answered {status}; redirects are not followed")),
        _ => Some(format!("The target answered {status}")),
    }
}
