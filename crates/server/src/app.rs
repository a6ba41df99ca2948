//! What every request and socket shares. Built once by `serve`, or by a test; holds no rule and no state of a request.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use frontdesk_core::time::Millis;
use frontdesk_store::{Store, StoreError, Tx};

use crate::clock::Clock;
use crate::files::Files;
use crate::gate::{Gate, Pass};
use crate::jobs::Setbacks;
use crate::jobs::webhooks::{Client, Lanes, WebhookLimits};
use crate::key::SecretKey;
use crate::limits::Limits;
use crate::realtime::hub::Hub;
use crate::realtime::marks::Marks;
use crate::setup::Setup;
use crate::sightings::Sightings;

/// What a server is made of.
#[derive(Debug)]
pub struct Installation {
    /// Open; its commits are told to `hub`.
    pub store: Store,
    /// Wakes the sockets.
    pub hub: Hub,
    /// What time it is.
    pub clock: Clock,
    /// Where browsers find this server.
    pub base_url: String,
    /// What secrets are derived from.
    pub key: SecretKey,
    /// Where everything is that is not in the database.
    pub directory: PathBuf,
    /// How much strangers may ask for.
    pub limits: Arc<Limits>,
    /// What requests to webhooks keep to.
    pub webhooks: WebhookLimits,
}

/// The running installation; clones share it.
#[derive(Debug, Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) hub: Hub,
    pub(crate) clock: Clock,
    /// Names this history of the log.
    pub(crate) epoch: Arc<str>,
    /// Where browsers find this server, without a slash at its end.
    pub(crate) base_url: Arc<str>,
    /// What secrets are derived from.
    pub(crate) key: SecretKey,
    /// The data directory.
    #[expect(dead_code, reason = "what is kept in it comes next")]
    pub(crate) directory: Arc<std::path::Path>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) setup: Arc<Setup>,
    /// Sends to webhooks.
    pub(crate) client: Arc<Client>,
    /// Webhooks that are being sent to.
    pub(crate) lanes: Arc<Lanes>,
    /// What background work failed at lately.
    pub(crate) setbacks: Arc<Setbacks>,
    /// What people sent besides words.
    pub(crate) files: Files,
    /// The page at `/docs`, once somebody asked for it.
    pub(crate) docs: Arc<OnceLock<String>>,
    pub(crate) sightings: Arc<Sightings>,
    /// What devices have and is not marked yet.
    pub(crate) marks: Arc<Marks>,
    /// Password hashes being computed: each takes 19 MiB and a core.
    pub(crate) hashing: Arc<tokio::sync::Semaphore>,
    hashes_waiting: Arc<tokio::sync::Semaphore>,
    /// Lets in what may read for long.
    pub(crate) gate: Arc<Gate>,
}

/// Password hashes computed at once.
const HASHES_AT_ONCE: usize = 2;
/// Password hashes that may wait for their turn, a second or two; more are refused.
const HASHES_WAITING_MAX: usize = 32;

impl App {
    /// Reads the installation's epoch and puts the server together.
    pub async fn new(it: Installation) -> anyhow::Result<App> {
        let Installation { store, hub, clock, base_url, key, directory, limits, webhooks } = it;
        crate::metrics::begin();
        let fresh = crate::secret::new_public_token()?;
        let epoch: String = store.write(async move |tx| frontdesk_store::events::epoch(tx, &fresh).await).await?;
        hub.attach(store.clone());
        let files = Files::in_directory(&directory)?;
        Ok(App {
            store,
            hub,
            clock,
            epoch: epoch.into(),
            base_url: base_url.trim_end_matches('/').into(),
            key,
            setup: Arc::new(Setup::new(&directory)),
            directory: directory.into(),
            limits,
            client: Arc::new(Client::new(webhooks)?),
            lanes: Arc::default(),
            setbacks: Arc::default(),
            files,
            docs: Arc::default(),
            sightings: Arc::default(),
            marks: Arc::default(),
            hashing: Arc::new(tokio::sync::Semaphore::new(HASHES_AT_ONCE)),
            hashes_waiting: Arc::new(tokio::sync::Semaphore::new(HASHES_WAITING_MAX)),
            gate: Arc::default(),
        })
    }

    /// Now.
    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Runs a read that may take long on a thread that may block; the pass is held until it is done.
    pub(crate) async fn search<T, F>(&self, pass: Pass, closure: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
    {
        let (store, runtime) = (self.store.clone(), tokio::runtime::Handle::current());
        let read = move || {
            // Until the thread is done, also when who asked has gone away.
            let _held = pass;
            runtime.block_on(store.read(closure))
        };
        tokio::task::spawn_blocking(read).await.map_err(|_| StoreError::broken("a search ended without an answer"))?
    }

    /// Runs a slow computation (a password hash) on a thread of its own, few at a time; `Busy` when too many wait.
    pub(crate) async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
        let place = Arc::clone(&self.hashes_waiting).try_acquire_owned().map_err(|_| StoreError::Busy)?;
        let permit = Arc::clone(&self.hashing).acquire_owned().await.map_err(|_| StoreError::Busy)?;
        let work = move || {
            let _held = (place, permit);
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::broken("a password could not be hashed"))
    }
}
