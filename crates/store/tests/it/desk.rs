//! What the tests of the door share: a small schema with its statements, stores on it, and gates that hold a closure.
//! The product's own schema is only tested for parity.

use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use frontdesk_store::testing::{Place, TestStore, places};
use frontdesk_store::{Migration, Options, Store, StoreError, Tx, params, statements};
use tokio::sync::mpsc;

/// What the tests write to.
pub(crate) const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    text: "CREATE TABLE accounts (id @ID, name TEXT NOT NULL, event_seq BIGINT NOT NULL DEFAULT 0);
           CREATE TABLE notes (
               id @ID,
               account_id BIGINT REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED,
               text TEXT NOT NULL,
               key TEXT,
               bytes @BLOB,
               flag BOOLEAN NOT NULL DEFAULT FALSE
           );
           CREATE UNIQUE INDEX notes_key ON notes (account_id, key);
           CREATE TABLE seats (account_id BIGINT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (account_id, number));
           CREATE TABLE badges (account_id BIGINT NOT NULL, label TEXT NOT NULL, UNIQUE (account_id, label));
           INSERT INTO accounts (name) VALUES ('Halden'), ('Lunde');",
}];

/// The account that the schema brings.
pub(crate) const HALDEN: AccountId = AccountId(1);
/// Another one.
pub(crate) const LUNDE: AccountId = AccountId(2);

/// Longer than anything takes that a test waits for; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_secs(20);

statements! {
    /// Adds a note.
    pub(crate) ADD = "INSERT INTO notes (text) VALUES ($1)";
    /// Adds a note under a key.
    pub(crate) ADD_KEYED = "INSERT INTO notes (account_id, text, key) VALUES ($1, $2, $3) RETURNING id";
    /// Counts the notes.
    pub(crate) COUNT = "SELECT COUNT(*) AS notes FROM notes";
    /// All notes.
    pub(crate) TEXTS = "SELECT text FROM notes ORDER BY id";
    /// One note.
    pub(crate) TEXT_OF = "SELECT text FROM notes WHERE text = $1";
    /// An account's last event number.
    pub(crate) SEQ = "SELECT event_seq FROM accounts WHERE id = $1";
    /// Renames an account.
    pub(crate) RENAME = "UPDATE accounts SET name = $2 WHERE id = $1";
}

/// The usual limits on the tests' schema.
pub(crate) fn options() -> Options {
    Options { migrations: SCHEMA, ..Options::default() }
}

/// A store on each engine that tells its commits.
pub(crate) async fn stores() -> Vec<Told> {
    stores_with(options()).await
}

/// The same with other limits.
pub(crate) async fn stores_with(options: Options) -> Vec<Told> {
    let mut stores = Vec::new();
    for place in places().await {
        stores.push(open(place, options).await);
    }
    stores
}

/// A store that tells its commits.
pub(crate) async fn open(place: Place, options: Options) -> Told {
    let (tell, told) = mpsc::unbounded_channel();
    let store = place.open(options, move |account, seq| tell.send((account, seq)).expect("the test listens")).await;
    Told { store, told }
}

/// A store with what it told its listener.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) store: TestStore,
    told: mpsc::UnboundedReceiver<(AccountId, Seq)>,
}

impl std::ops::Deref for Told {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Told {
    /// Waits for the next announcement.
    pub(crate) async fn announced(&mut self) -> (AccountId, Seq) {
        in_time(self.told.recv()).await.expect("the store is open")
    }

    /// Announcements made so far. After an answer, those of what was answered are among them.
    pub(crate) fn announced_so_far(&mut self) -> Vec<(AccountId, Seq)> {
        std::iter::from_fn(|| self.told.try_recv().ok()).collect()
    }

    /// The notes, oldest first.
    pub(crate) async fn texts(&self) -> Vec<String> {
        self.read(async |tx| tx.all(&TEXTS, params![]).await).await.map_err(|error: StoreError| error).expect("notes are read")
    }

    /// Whether this is SQLite.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.store.location(), frontdesk_store::Location::Sqlite(_))
    }
}

/// Adds a note in a transaction of its own.
pub(crate) fn add(store: &Store, text: &'static str) -> impl Future<Output = Result<(), StoreError>> + Send + use<> {
    store.write(async move |tx| add_to(tx, text).await)
}

/// Polls once: a write is asked for by that.
pub(crate) async fn poll<F: Future + Unpin>(mut future: F) -> Poll<F::Output> {
    std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut future).poll(context))).await
}

/// Adds a note.
pub(crate) async fn add_to(tx: &mut Tx<'_>, text: &str) -> Result<(), StoreError> {
    tx.run(&ADD, params![text]).await.map(drop)
}

/// Waits, but not for ever.
pub(crate) async fn in_time<F: Future>(awaited: F) -> F::Output {
    tokio::time::timeout(PATIENCE, awaited).await.expect("it happens in time")
}

/// The text of a `Broken`.
pub(crate) fn sentence<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(error @ StoreError::Broken(_)) => error.to_string(),
        other => panic!("Broken is expected, not {other:?}"),
    }
}

/// Holds closures where they stand, with the thread that runs them.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    arrived: mpsc::UnboundedSender<()>,
    opened: Arc<Mutex<Receiver<()>>>,
}

/// The other side of a [`Gate`].
#[derive(Debug)]
pub(crate) struct Keeper {
    arrivals: mpsc::UnboundedReceiver<()>,
    open: Sender<()>,
}

/// A closed gate.
pub(crate) fn gate() -> (Gate, Keeper) {
    let (arrived, arrivals) = mpsc::unbounded_channel();
    let (open, opened) = channel();
    (Gate { arrived, opened: Arc::new(Mutex::new(opened)) }, Keeper { arrivals, open })
}

impl Gate {
    /// Blocks the engine's thread until one opening is there for it.
    pub(crate) fn pass(&self) {
        self.arrived.send(()).expect("the test keeps the gate");
        self.opened.lock().expect("one at a time").recv_timeout(PATIENCE).expect("the test opens the gate");
    }
}

impl Keeper {
    /// Waits until a closure stands at the gate.
    pub(crate) async fn arrival(&mut self) {
        in_time(self.arrivals.recv()).await.expect("a closure comes");
    }

    /// Lets one closure pass.
    pub(crate) fn open(&self) {
        self.open.send(()).expect("a closure waits or will come");
    }
}
