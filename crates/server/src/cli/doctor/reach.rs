//! Whether the base URL is one that browsers can use, and leads here. TLS itself is the proxy's, and is not looked into.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Finding, Patient, State};
use crate::cli::base_url;
use crate::setup::is_loopback_url;

/// How long a connection and an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most that is read of an answer, in bytes: its head and `GET /api` are far smaller.
const ANSWER_BYTES_MAX: u64 = 16 * 1024;
const NAME: &str = "base URL";

pub(super) async fn base_url(patient: &Patient) -> Finding {
    let Some(told) = &patient.base_url else {
        return Finding::new(NAME, State::Note, "--base-url is not set: links and snippets lead to the listening address")
            .advise("set it to the https address that browsers use, once others than you do");
    };
    let url = match base_url::origin(told) {
        Ok(url) => url,
        Err(error) => return Finding::new(NAME, State::Broken, error.to_string()),
    };
    if patient.server.is_none() {
        return Finding::new(NAME, State::Note, format!("{url} was not tried, as no server runs"));
    }
    let reached = tokio::time::timeout(PATIENCE, reach(&url)).await;
    match reached {
        Err(_) => unreachable(&url, "it does not answer in time"),
        Ok(Err(error)) => unreachable(&url, &error.to_string()),
        Ok(Ok(false)) => Finding::new(NAME, State::Broken, format!("something else than Frontdesk answers at {url}"))
            .advise("look into the proxy's settings: which address does it pass requests on to?"),
        Ok(Ok(true)) if url.starts_with("http://") && !is_loopback_url(&url) => {
            Finding::new(NAME, State::Warning, format!("{url} leads here and is not encrypted"))
                .advise("put a proxy with TLS in front: passwords and chats can be read on the way")
        }
        Ok(Ok(true)) => Finding::new(NAME, State::Ok, format!("{url} can be reached")),
    }
}

fn unreachable(url: &str, why: &str) -> Finding {
    Finding::new(NAME, State::Broken, format!("{url} cannot be reached from here: {why}"))
        .advise("look at the name's DNS entry, the proxy and the firewall; from inside some networks an own public name leads nowhere")
}

/// Connects; over http also asks who is there. `false` when it is not Frontdesk.
async fn reach(url: &str) -> std::io::Result<bool> {
    let (scheme, authority) = url.split_once("://").unwrap_or(("http", url));
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| !port.ends_with(']'));
    let default = if scheme == "https" { 443 } else { 80 };
    let address = if has_port { authority.to_owned() } else { format!("{authority}:{default}") };
    let mut stream = TcpStream::connect(address).await?;
    if scheme == "https" {
        return Ok(true);
    }
    let asked = format!("GET /api HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).contains("\"Frontdesk\""))
}
