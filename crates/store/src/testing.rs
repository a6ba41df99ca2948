//! Fresh databases for tests, on both engines: a directory or a PostgreSQL database of its own for each, gone at the end.
//! Nothing of this is in the shipped program, and so it panics where the product would answer with an error.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use tokio_postgres::NoTls;

use crate::{Location, Options, Store};

/// A URL of a PostgreSQL server on which tests may make databases; `scripts/with-postgres.sh` sets it.
const SERVER: &str = "FRONTDESK_TEST_DATABASE";

/// Set to `1`, this allows tests without PostgreSQL.
const SQLITE_ONLY: &str = "FRONTDESK_TEST_SQLITE_ONLY";

/// A database that does not exist yet (SQLite) or is empty (PostgreSQL). When it is dropped, the stores that
/// [`open`](Place::open) gave are closed and the database is removed; close others that a test opened here before.
#[derive(Debug)]
pub struct Place {
    location: Location,
    remains: Remains,
    opened: Vec<Store>,
}

#[derive(Debug, Clone)]
enum Remains {
    Directory(PathBuf),
    Database { server: String, name: String },
}

/// A store on a place of its own.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    place: Place,
}

impl TestStore {
    /// Where it is, to open it once more.
    pub fn location(&self) -> &Location {
        self.place.location()
    }

    /// Closes the store and keeps its database.
    pub async fn close(self) -> Place {
        self.store.close().await;
        self.place
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Place {
    /// Where it is.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Opens a store here.
    ///
    /// # Panics
    ///
    /// When it cannot be opened.
    pub async fn open(mut self, options: Options, on_commit: impl Fn(AccountId, Seq) + Send + Sync + 'static) -> TestStore {
        match Store::open_with(&self.location, options, on_commit).await {
            Ok(store) => {
                self.opened.push(store.clone());
                TestStore { store, place: self }
            }
            Err(error) => panic!("a fresh database opens: {error}"),
        }
    }

    /// A new directory with no database in it.
    pub fn sqlite() -> Place {
        let directory = std::env::temp_dir().join(unique_name());
        Place { location: Location::Sqlite(directory.join("frontdesk.db")), remains: Remains::Directory(directory), opened: Vec::new() }
    }

    /// A new empty database on the server for tests; `None` where tests run without one on purpose.
    ///
    /// # Panics
    ///
    /// When no server is set, or it makes no database.
    pub async fn postgres() -> Option<Place> {
        let server = match (std::env::var(SERVER), std::env::var(SQLITE_ONLY)) {
            (Ok(server), _) => server,
            (Err(_), Ok(only)) if only == "1" => return None,
            _ => panic!("set {SERVER} (run this under scripts/with-postgres.sh), or {SQLITE_ONLY}=1 to leave PostgreSQL out"),
        };
        let name = unique_name();
        administer(&server, &format!("CREATE DATABASE {name}")).await;
        let location = Location::Postgres(with_database(&server, &name));
        Some(Place { location, remains: Remains::Database { server, name }, opened: Vec::new() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let opened = std::mem::take(&mut self.opened);
        let remains = self.remains.clone();
        // A thread, because a test's own runtime cannot be waited for from within it.
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(async {
                for store in opened {
                    store.close().await;
                }
                remove(remains).await;
            });
        });
        assert!(removing.join().is_ok() || std::thread::panicking(), "the test's database at {:?} is not removed", self.location);
    }
}

async fn remove(remains: Remains) {
    match remains {
        Remains::Directory(directory) => match std::fs::remove_dir_all(&directory) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                panic!("{} cannot be removed: {error}", directory.display());
            }
            _ => {}
        },
        Remains::Database { server, name } => administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await,
    }
}

/// A place on each engine.
pub async fn places() -> Vec<Place> {
    let mut places = vec![Place::sqlite()];
    places.extend(Place::postgres().await);
    places
}

/// A fresh store with the product's schema on each engine; nobody is told of its commits.
pub async fn stores() -> Vec<TestStore> {
    stores_with(Options::default()).await
}

/// The same with other limits or another schema.
pub async fn stores_with(options: Options) -> Vec<TestStore> {
    let mut stores = Vec::new();
    for place in places().await {
        stores.push(place.open(options, |_, _| {}).await);
    }
    stores
}

/// Runs one statement on the server, outside any transaction.
async fn administer(server: &str, statement: &str) {
    let connected = tokio_postgres::connect(server, NoTls).await;
    let (client, connection) = connected.unwrap_or_else(|error| panic!("{SERVER} leads to a server: {error}"));
    let driver = tokio::spawn(connection);
    if let Err(error) = client.batch_execute(statement).await {
        panic!("{statement}: {error}");
    }
    drop(client);
    driver.await.expect("the connection ends").expect("without an error");
}

/// The same server's URL with another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let authority_at = address.find("://").map_or(0, |at| at + 3);
    let path_at = address[authority_at..].find('/').map_or(address.len(), |at| authority_at + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..path_at])
}

fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let since = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_micros());
    format!("frontdesk_test_{}_{since}_{count}", std::process::id())
}
