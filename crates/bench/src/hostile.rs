//! Whether strangers who mean ill slow the others down: delivery at a fixed pace, first in peace, then among silent sockets,
//! wrong tokens, bodies that drip and uploads without end. The server has its built-in limits; the strangers come from
//! addresses of their own, as a proxy tells.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{interval, sleep, timeout};

use crate::delivery::{Cast, agent, load};
use crate::http::{Client, request};
use crate::report::{Bar, Figure, Report};
use crate::server::Installation;
use crate::visitor::Visitor;

/// People who only want to work.
const VISITORS: usize = 300;
const PACE: u32 = 100;
const DURING: Duration = Duration::from_secs(10);
/// What the strangers do meanwhile.
const SILENT_SOCKETS: usize = 500;
const WRONG_TOKENS: usize = 10_000;
const DRIPPING: usize = 50;
const UPLOAD_BYTES: usize = 1_000_000_000;
/// How many times as long the others' slowest percent may take.
const TIMES_MAX: f64 = 2.0;

/// Measures both and compares.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    // Beginning three hundred conversations at once is more than an address may.
    let server = here.serve_with(&["--trusted-proxy", "127.0.0.1/32", "--address-limits", "10"]).await?;
    let mut visitors = Vec::with_capacity(VISITORS);
    for n in 0..VISITORS {
        visitors.push(Visitor::begin(server.address, &here.account.website_token, n).await?);
    }
    let mut cast: Cast = (visitors, agent(here, &server).await?);
    cast = load(cast.0, cast.1, "warm", PACE, Duration::from_secs(3)).await?.0;
    let (peace, trouble);
    (cast, peace, _) = load(cast.0, cast.1, "peace", PACE, DURING).await?;
    let refused = Arc::new(AtomicUsize::new(0));
    let mut strangers = let_loose(server.address, &refused);
    (_, trouble, _) = load(cast.0, cast.1, "trouble", PACE, DURING).await?;
    strangers.shutdown().await;
    let (quiet, loud) = (peace.percentile_ms(99), trouble.percentile_ms(99));
    let note = format!("{loud:.1} ms beside {quiet:.1} ms; 0 lost; {} strangers' requests refused", refused.load(Ordering::Relaxed));
    report.add(Figure::new("delivery's p99 among hostile strangers", loud / quiet, "times").bar(Bar::AtMost(TIMES_MAX)).note(note));
    Ok(())
}

fn let_loose(address: SocketAddr, refused: &Arc<AtomicUsize>) -> JoinSet<()> {
    let mut strangers = JoinSet::new();
    for _ in 0..SILENT_SOCKETS {
        strangers.spawn(knock(address, Arc::clone(refused)));
    }
    strangers.spawn(guess(address, Arc::clone(refused)));
    for _ in 0..DRIPPING {
        strangers.spawn(drip(address));
    }
    strangers.spawn(pour(address));
    strangers
}

/// Asks for a socket again and again and says nothing in it.
async fn knock(address: SocketAddr, refused: Arc<AtomicUsize>) {
    let upgrade = "GET /realtime HTTP/1.1\r\nhost: bench\r\nx-forwarded-for: 198.51.100.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                   sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    loop {
        let mut told = Vec::new();
        if let Ok(mut stream) = TcpStream::connect(address).await
            && stream.write_all(upgrade.as_bytes()).await.is_ok()
        {
            let mut buffer = [0; 1_024];
            while let Ok(n @ 1..) = stream.read(&mut buffer).await {
                told.extend_from_slice(&buffer[..n]);
                if told.starts_with(b"HTTP/1.1 429") {
                    refused.fetch_add(1, Ordering::Relaxed);
                    break;
                }
            }
        }
        sleep(Duration::from_secs(1)).await;
    }
}

/// Tries ten thousand tokens in the time.
async fn guess(address: SocketAddr, refused: Arc<AtomicUsize>) {
    let Ok(mut client) = Client::connect(address).await else { return };
    let mut pace = interval(DURING / u32::try_from(WRONG_TOKENS).unwrap_or(u32::MAX));
    for n in 0..WRONG_TOKENS {
        pace.tick().await;
        let asked = request("GET", "/api/v1/profile", &format!("x-forwarded-for: 198.51.100.2\r\napi_access_token: wrong{n}\r\n"), "");
        let Ok(answer) = client.send(&asked).await else { return };
        if answer.status == 429 {
            refused.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Sends a byte of a body every second.
async fn drip(address: SocketAddr) {
    let head = "POST /api/v1/session HTTP/1.1\r\nhost: bench\r\nx-forwarded-for: 198.51.100.3\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
    loop {
        if let Ok(mut stream) = TcpStream::connect(address).await
            && stream.write_all(head.as_bytes()).await.is_ok()
        {
            while stream.write_all(b" ").await.is_ok() {
                sleep(Duration::from_secs(1)).await;
            }
        }
        sleep(Duration::from_secs(1)).await;
    }
}

/// Uploads a gigabyte to whoever takes it.
async fn pour(address: SocketAddr) {
    let head = format!(
        "POST /api/v1/session HTTP/1.1\r\nhost: bench\r\nx-forwarded-for: 198.51.100.4\r\ncontent-type: application/json\r\ncontent-length: {UPLOAD_BYTES}\r\n\r\n"
    );
    let piece = vec![b' '; 65_536];
    loop {
        if let Ok(mut stream) = TcpStream::connect(address).await
            && stream.write_all(head.as_bytes()).await.is_ok()
        {
            let all = async { while stream.write_all(&piece).await.is_ok() {} };
            timeout(DURING, all).await.ok();
        }
        sleep(Duration::from_millis(100)).await;
    }
}
