//! `frontdesk serve`: opens everything, says where it listens, serves until it is told to stop, and closes in order.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{base_url, open, open_files};
use crate::app::{App, Installation};
use crate::clock::Clock;
use crate::config::ServeOptions;
use crate::control::{self, Desk};
use crate::data::lock::Lock;
use crate::jobs::webhooks::WebhookLimits;
use crate::realtime::hub::Hub;
use crate::{data, demo, http, jobs, setup};

/// How long open requests may take to finish once the server stops.
const FAREWELL: Duration = Duration::from_secs(10);

pub(super) async fn run(options: ServeOptions) -> anyhow::Result<()> {
    let mut options = options.with_file()?;
    open_files::raise_limit();
    if options.demo {
        demo::prepare(&mut options)?;
    }
    let directory = options.at.directory();
    data::open(&directory)?;
    // Held until the process ends: the database belongs to this server alone.
    let _lock = Lock::alone(&directory).await?;
    // Before anybody can know that it runs: a signal that comes while it is being listened for would be lost.
    let signals = Signals::listen()?;
    data::keep_private(&directory);
    let listener = listen(options.listen(), "--listen").await?;
    let address = listener.local_addr()?;
    let base_url = base_url::resolve(options.base_url.as_deref(), address)?;
    // Before anything is made: a demo that cannot be shown must not leave half of itself behind.
    let shop = if options.demo { Some(listen(options.demo_listen(), "--demo-listen").await?) } else { None };
    let hub = Hub::default();
    let woken = hub.clone();
    let store = open::store(&options.at, move |account, seq| woken.committed(account, seq)).await?;
    let key = open::secret_key(&options.at)?;
    let clock = Clock::system();
    let desk = Desk { store: store.clone(), location: options.at.location(), hub: Some(hub.clone()), clock: clock.clone() };
    let limits = Arc::new(options.limits());
    let webhooks = WebhookLimits { allow_private: options.allow_private_webhooks, ..WebhookLimits::default() };
    let (woken_by, at) = (hub.clone(), directory.clone());
    let installation = Installation { store: store.clone(), hub: woken_by, clock, base_url, key, directory: at, limits, webhooks };
    let app = App::new(installation).await?;
    let demo = match shop {
        Some(listener) => Some(demo::begin(&app, &options.at.directory(), listener).await?),
        None => None,
    };
    let code = app.setup.begin(&app.store).await?;
    control::listen(&directory, desk, format!("http://{address}"), hub.stopping());
    super::print(&format!("listening on http://{address}\n"))?;
    if let Some(demo) = &demo {
        super::print(&demo.welcome)?;
    }
    if let Some(advice) = base_url::advice(options.base_url.as_deref(), &app.base_url, address) {
        tracing::warn!("{advice}");
    }
    if let Some(code) = &code {
        super::print(&welcome(&app.base_url, &directory, code))?;
    }
    let jobs = jobs::start(&app);
    let served = serve(listener, app, &hub, signals).await;
    // Also when the server failed: jobs hear of it and finish.
    hub.stop();
    jobs.finish(FAREWELL).await;
    store.close().await;
    served
}

async fn listen(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow::anyhow!("{address} is in use by another program; choose another port with {flag}, port 0 picks a free one")
        }
        _ => anyhow::Error::new(error).context(format!("cannot listen on {address}")),
    })
}

/// What somebody needs who starts an installation that nobody has set up.
fn welcome(base_url: &str, directory: &Path, code: &str) -> String {
    let file = directory.join(setup::FILE);
    // Where output goes into a log, the code does not.
    let asked = if std::io::stdout().is_terminal() { format!("the code {code}") } else { "the code".to_owned() };
    format!(
        "\n  Nobody has set this installation up yet. Open {base_url}/setup\n  \
         Away from this machine it asks for {asked} in {}\n\n",
        std::path::absolute(&file).unwrap_or(file).display()
    )
}

async fn serve(listener: TcpListener, app: App, hub: &Hub, mut signals: Signals) -> anyhow::Result<()> {
    let limits = Arc::clone(&app.limits);
    let server = tokio::spawn(crate::listen::serve(listener, http::router(app), limits, hub.stopping()));
    signals.stop_asked_for().await;
    tracing::info!("stopping");
    hub.stop();
    let Ok(ended) = tokio::time::timeout(FAREWELL, server).await else {
        tracing::warn!("some requests did not finish in time");
        return Ok(());
    };
    ended.context("the server failed")
}

/// What the system tells a program to end it.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Signals> {
        Ok(Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Returns when either comes, or came since `listen`.
    async fn stop_asked_for(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
