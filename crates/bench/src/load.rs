//! Closed loops of clients that ask for the same thing again and again, each on its own connection. What is asked and what
//! it is compared with is the parts' business.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::http::Client;
use crate::stats::{Times, rate};

/// What a loop came to.
#[derive(Debug)]
pub(crate) struct Load {
    /// How long each answer took.
    pub(crate) times: Times,
    took: Duration,
}

impl Load {
    /// Answers in a second.
    pub(crate) fn rate(&self) -> f64 {
        rate(self.times.count(), self.took)
    }
}

/// Lets `clients` ask without pause for a time; every answer must be a 200.
pub(crate) async fn ask(address: SocketAddr, request: &str, clients: usize, during: Duration) -> anyhow::Result<Load> {
    let mut running = JoinSet::new();
    let begun = Instant::now();
    for _ in 0..clients {
        let request = request.to_owned();
        running.spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut times = Vec::new();
            while begun.elapsed() < during {
                let sent = Instant::now();
                client.send(&request).await?.ok()?;
                times.push(sent.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(ended) = running.join_next().await {
        times.extend(ended??);
    }
    Ok(Load { times: Times::new(times), took: begun.elapsed() })
}
