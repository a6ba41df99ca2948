//! SQLite's own troubles: another process that holds the file, a full disk, a commit that fails. Whatever happens, a
//! group of writes is stored whole or not at all, and the writer goes on.

use std::pin::Pin;
use std::process::Command;
use std::time::Duration;

use frontdesk_store::testing::Place;
use frontdesk_store::{Location, Options, StoreError, params, statements};
use rusqlite::Connection;

use crate::desk::{Keeper, Told, add, add_to, gate, in_time, open, options, poll, sentence};

statements! {
    /// Lets the file grow no further than it is.
    SHRINK = "PRAGMA max_page_count = 1";
    /// Lets it grow again.
    GROW = "PRAGMA max_page_count = 1000000";
    /// Needs a million bytes.
    ADD_GREAT = "INSERT INTO notes (text, bytes) VALUES ('great', zeroblob(1000000))";
    /// Is found wrong at the commit only: there is no such account.
    ADD_ORPHAN = "INSERT INTO notes (text, account_id) VALUES ('orphan', 404)";
}

type Asked = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send>>;

fn file(store: &Told) -> std::path::PathBuf {
    match store.store.location() {
        Location::Sqlite(file) => file.clone(),
        Location::Postgres(_) => panic!("this test is about SQLite"),
    }
}

/// A write that stands at a gate, so that what is asked for meanwhile shares its commit.
async fn hold(store: &Told) -> (Asked, Keeper) {
    let (gate, mut keeper) = gate();
    let mut held: Asked = Box::pin(store.write(async move |tx| {
        add_to(tx, "held").await?;
        gate.pass();
        Ok(())
    }));
    assert!(poll(held.as_mut()).await.is_pending());
    keeper.arrival().await;
    (held, keeper)
}

async fn ask(future: impl Future<Output = Result<(), StoreError>> + Send + 'static) -> Asked {
    let mut asked: Asked = Box::pin(future);
    assert!(poll(asked.as_mut()).await.is_pending());
    asked
}

#[tokio::test]
async fn a_full_disk_fails_the_whole_group_and_the_next_write_works() {
    let store = open(Place::sqlite(), options()).await;
    let limit = store.write(async |tx| tx.all::<i64>(&SHRINK, params![]).await).await;
    limit.map_err(|error: StoreError| error).expect("the limit is set");

    let (held, keeper) = hold(&store).await;
    let great = ask(store.write(async |tx| {
        // The closure goes on after the error; what it writes then must not be stored alone.
        let great = tx.run(&ADD_GREAT, params![]).await;
        assert!(great.is_err(), "there is no room");
        assert!(add_to(tx, "stray").await.is_err(), "the transaction is over");
        Ok(())
    }))
    .await;
    let late = ask(add(&store, "late")).await;
    keeper.open();
    for asked in [held, great, late] {
        assert!(matches!(in_time(asked).await, Err(StoreError::Full)), "all of the group hear of it");
    }
    assert!(store.texts().await.is_empty(), "nothing of the group is stored");

    let grown = store.write(async |tx| tx.all::<i64>(&GROW, params![]).await).await;
    grown.map_err(|error: StoreError| error).expect("there is room again");
    add(&store, "after").await.expect("the writer goes on");
    assert_eq!(store.texts().await, ["after"]);
}

#[tokio::test]
async fn a_commit_that_fails_fails_the_whole_group_and_the_next_write_works() {
    let mut store = open(Place::sqlite(), options()).await;
    let (held, keeper) = hold(&store).await;
    let orphan = ask(store.write(async |tx| {
        tx.announce(crate::desk::HALDEN, frontdesk_core::event::Seq(1));
        tx.run(&ADD_ORPHAN, params![]).await.map(drop)
    }))
    .await;
    keeper.open();
    for asked in [held, orphan] {
        assert!(sentence(in_time(asked).await).contains("COMMIT"));
    }
    assert_eq!(store.announced_so_far(), [], "what is not durable is not announced");
    add(&store, "after").await.expect("the writer goes on");
    assert_eq!(store.texts().await, ["after"]);
}

#[tokio::test]
async fn a_begin_that_fails_is_answered_busy_and_the_next_write_works() {
    let store = open(Place::sqlite(), Options { busy_timeout: Duration::from_millis(20), ..options() }).await;
    let other = Connection::open(file(&store)).expect("another process opens the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("and writes");
    let writes = in_time(futures_util::future::join_all((0..3).map(|_| add(&store, "never")))).await;
    assert!(writes.iter().all(|write| matches!(write, Err(StoreError::Busy))), "{writes:?}");
    other.execute_batch("ROLLBACK").expect("it is done");
    add(&store, "after").await.expect("the writer goes on");
    assert_eq!(store.texts().await, ["after"]);
}

#[tokio::test]
async fn a_write_waits_for_another_process_that_is_soon_done() {
    let store = open(Place::sqlite(), options()).await;
    let other = Connection::open(file(&store)).expect("another process opens the file");
    other.execute_batch("BEGIN IMMEDIATE; INSERT INTO notes (text) VALUES ('theirs')").expect("and writes");
    let mine = ask(add(&store, "mine")).await;
    other.execute_batch("COMMIT").expect("it is done");
    in_time(mine).await.expect("it had its turn");
    assert_eq!(store.texts().await, ["theirs", "mine"]);
}

/// Runs itself once more in a process that may not write files beyond some size: the write-ahead log cannot grow, and
/// the commit meets an I/O error.
#[test]
fn an_io_error_fails_the_whole_group_and_the_next_write_works() {
    const CHILD: &str = "FRONTDESK_TEST_IO_ERROR_CHILD";
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        return runtime.block_on(meet_an_io_error());
    }
    // Ignored signals stay ignored across exec; then a write beyond the limit fails instead of killing the process.
    let limited = "trap '' XFSZ; ulimit -f 1024; exec \"$@\"";
    let program = std::env::current_exe().expect("the test knows itself");
    let name = "disk::an_io_error_fails_the_whole_group_and_the_next_write_works";
    let mut child = Command::new("sh");
    child.args(["-c", limited, "sh"]).arg(program).args(["--exact", name]).env(CHILD, "1");
    let output = child.output().expect("a shell starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

async fn meet_an_io_error() {
    let store = open(Place::sqlite(), options()).await;
    let (held, keeper) = hold(&store).await;
    let great = ask(store.write(async |tx| {
        tx.run(&ADD_GREAT, params![]).await?;
        tx.run(&ADD_GREAT, params![]).await.map(drop)
    }))
    .await;
    keeper.open();
    for asked in [held, great] {
        assert!(sentence(in_time(asked).await).contains("I/O"), "all of the group hear of it");
    }
    assert!(store.texts().await.is_empty(), "nothing of the group is stored");
    add(&store, "after").await.expect("the writer goes on");
    assert_eq!(store.texts().await, ["after"]);
}
