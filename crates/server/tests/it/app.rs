//! The server under test: the real router over a real database, with a clock that the test holds. One for each engine.
//! How it is asked is in `call` and `socket`, who asks in `people`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use frontdesk::{App, Clock, Hub, Installation, Limits, SecretKey, WebhookLimits, router};
use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use frontdesk_core::time::Millis;
use frontdesk_store::events::{self, Placed};
use frontdesk_store::testing::{Place, TestStore, places};
use frontdesk_store::{Location, Options, Params, Statement, Store, StoreError, Tx};
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, OwnedSemaphorePermit};

use crate::people::Account;

/// When every story begins: a whole second, so that seconds and milliseconds agree.
pub(crate) const START: Millis = Millis(1_790_000_000_000);

/// Where browsers are told to find the server.
pub(crate) const BASE_URL: &str = "http://desk.test";

/// A running installation on a database of its own.
pub(crate) struct TestApp {
    /// For messages of failing tests.
    pub(crate) engine: &'static str,
    pub(crate) clock: Clock,
    pub(crate) hub: Hub,
    pub(crate) router: Router,
    app: App,
    address: OnceCell<SocketAddr>,
    // Last, so that the database goes when nobody uses it any more.
    pub(crate) store: Store,
    database: Option<TestStore>,
    /// The data directory.
    pub(crate) directory: Directory,
    limits: Arc<Limits>,
}

/// A directory of a test's own; goes when it is dropped.
pub(crate) struct Directory(pub(crate) PathBuf);

impl Directory {
    fn fresh() -> Directory {
        let name = format!("frontdesk_it_{}_{}", std::process::id(), crate::people::fresh());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("there is room for a directory");
        Directory(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            println!("{} stays: {error}", self.0.display());
        }
    }
}

/// A fresh server on each engine.
pub(crate) async fn apps() -> Vec<TestApp> {
    apps_at(BASE_URL).await
}

/// The same with limits on what strangers may ask for.
pub(crate) async fn apps_with(limits: fn() -> Limits) -> Vec<TestApp> {
    let mut apps = Vec::new();
    for place in places().await {
        apps.push(TestApp::open(place, BASE_URL, limits()).await);
    }
    apps
}

fn no_limits() -> Limits {
    Limits::new(Vec::new(), 0)
}

/// The same with another base URL.
pub(crate) async fn apps_at(base_url: &str) -> Vec<TestApp> {
    let mut apps = Vec::new();
    for place in places().await {
        apps.push(TestApp::open(place, base_url, no_limits()).await);
    }
    apps
}

impl TestApp {
    async fn open(place: Place, base_url: &str, limits: Limits) -> TestApp {
        let engine = match place.location() {
            Location::Sqlite(_) => "SQLite",
            Location::Postgres(_) => "PostgreSQL",
        };
        // Shown only with a failing test: which engine it failed on.
        println!("on {engine}");
        let hub = Hub::default();
        let woken = hub.clone();
        let database = place.open(Options::default(), move |account, seq| woken.committed(account, seq)).await;
        TestApp::over((*database).clone(), Some(database), hub, (engine, base_url, limits)).await
    }

    /// A server on a database that a test prepared.
    pub(crate) async fn on(place: Place) -> TestApp {
        TestApp::open(place, BASE_URL, no_limits()).await
    }

    async fn over(store: Store, database: Option<TestStore>, hub: Hub, settings: (&'static str, &str, Limits)) -> TestApp {
        // Receivers of webhooks stand beside the test, and a silent one is not waited for long.
        let webhooks = WebhookLimits { allow_private: true, total: Duration::from_millis(700), ..WebhookLimits::default() };
        TestApp::built(store, database, hub, (settings, webhooks, Clock::fixed(START))).await
    }

    async fn built(
        store: Store,
        database: Option<TestStore>,
        hub: Hub,
        ((engine, base_url, limits), webhooks, clock): ((&'static str, &str, Limits), WebhookLimits, Clock),
    ) -> TestApp {
        let directory = Directory::fresh();
        let key = SecretKey::parse(&"A".repeat(43)).expect("it is a key");
        let base_url = base_url.to_owned();
        let limits = Arc::new(limits);
        let parts = Installation {
            store: store.clone(),
            hub: hub.clone(),
            clock: clock.clone(),
            base_url,
            key,
            directory: directory.0.clone(),
            limits: Arc::clone(&limits),
            webhooks,
        };
        let app = App::new(parts).await.expect("the server starts");
        TestApp { engine, clock, hub, router: router(app.clone()), app, address: OnceCell::new(), store, database, directory, limits }
    }

    /// Two servers on one fresh PostgreSQL database; `None` where tests run without one on purpose. The first one is to
    /// live longer.
    pub(crate) async fn two_nodes() -> Option<(TestApp, TestApp)> {
        let first = TestApp::open(Place::postgres().await?, BASE_URL, no_limits()).await;
        let location = first.database.as_ref()?.location().clone();
        let hub = Hub::default();
        let woken = hub.clone();
        let store = Store::open(&location, move |account, seq| woken.committed(account, seq)).await.expect("a second server opens it");
        let second = TestApp::over(store, None, hub, (first.engine, BASE_URL, no_limits())).await;
        Some((first, second))
    }

    /// The next start on the same data, at the same time of the clock.
    pub(crate) async fn restarted(self, allow_private: bool) -> TestApp {
        let webhooks = WebhookLimits { allow_private, ..WebhookLimits::default() };
        let settings = ((self.engine, BASE_URL, no_limits()), webhooks, self.clock.clone());
        TestApp::built(self.store.clone(), self.database, Hub::default(), settings).await
    }

    /// The account's whole log.
    pub(crate) async fn log(&self, account: &Account) -> Vec<Placed> {
        let id = AccountId(account.id);
        let read = async move |tx: &mut Tx<'_>| events::after(tx, id, Seq(0), 10_000).await;
        let log: Result<_, StoreError> = self.store.read(read).await;
        log.expect("the log can be read")
    }

    /// A text that no route tells.
    pub(crate) async fn first_text(&self, statement: &'static Statement, params: Params<'static>) -> String {
        let find = async move |tx: &mut Tx<'_>| tx.one(statement, params.clone()).await;
        let found: Result<String, StoreError> = self.store.read(find).await;
        found.expect("there is such a row")
    }

    /// Has the background jobs do what is due.
    pub(crate) async fn run_jobs(&self) {
        frontdesk::testing::run_jobs(&self.app).await.expect("the jobs run");
    }

    /// Has the background jobs run by themselves while a story is told, and stops the server after it.
    pub(crate) async fn with_jobs<T>(&self, story: impl Future<Output = T>) -> T {
        let told = frontdesk::testing::with_jobs(&self.app, story);
        told.await
    }

    /// As many searches of an account under way as there may be, until this is dropped.
    pub(crate) fn crowd_searches(&self, account: &Account) -> Vec<OwnedSemaphorePermit> {
        frontdesk::testing::crowd_searches(&self.app, AccountId(account.id))
    }

    /// Has the index of words made again.
    pub(crate) async fn rebuild_index(&self) {
        let rebuilt: Result<(), StoreError> = self.store.write(async |tx: &mut Tx<'_>| frontdesk_store::search::rebuild(tx).await).await;
        rebuilt.expect("the index can be made again");
    }

    /// Counts rows.
    pub(crate) async fn count(&self, statement: &'static Statement) -> i64 {
        let read = async move |tx: &mut Tx<'_>| tx.one(statement, Params::default()).await;
        let counted: Result<i64, StoreError> = self.store.read(read).await;
        counted.expect("the rows can be counted")
    }

    /// Moves the clock.
    pub(crate) fn pass(&self, milliseconds: i64) {
        self.clock.set(self.clock.now().plus(milliseconds));
    }

    /// Where the server listens; it starts to, when first asked.
    pub(crate) async fn address(&self) -> SocketAddr {
        let listen = async || {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
            let address = listener.local_addr().expect("it has an address");
            let limits = Arc::clone(&self.limits);
            tokio::spawn(frontdesk::serve(listener, self.router.clone(), limits, self.hub.stopping()));
            address
        };
        *self.address.get_or_init(listen).await
    }

    /// Changes rows that no route changes yet.
    pub(crate) async fn sql(&self, statement: &'static Statement, params: Params<'static>) {
        let run = async move |tx: &mut Tx<'_>| tx.run(statement, params.clone()).await;
        let outcome: Result<u64, StoreError> = self.store.write(run).await;
        outcome.expect("the statement runs");
    }
}
