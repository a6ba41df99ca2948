//! PostgreSQL's own troubles: deadlocks, serialization failures, lost connections.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use frontdesk_core::id::AccountId;
use frontdesk_store::testing::Place;
use frontdesk_store::{Location, Store, StoreError, params, statements};
use tokio_postgres::{Client, NoTls};

use crate::desk::{HALDEN, LUNDE, RENAME, SEQ, TEXTS, Told, add, add_to, gate, in_time, open, options, poll};

statements! {
    /// Asks for the strictest isolation.
    SERIALIZABLE = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
    /// Fails as a conflict does, every time.
    CONFLICT = "SELECT always_conflict()";
    /// Cuts the own connection.
    CUT = "SELECT pg_terminate_backend(pg_backend_pid())";
    /// Writes a number.
    SET_SEQ = "UPDATE accounts SET event_seq = $2 WHERE id = $1";
}

async fn postgres() -> Option<Told> {
    Some(open(Place::postgres().await?, options()).await)
}

/// A connection beside the store, as another node has one.
async fn beside(store: &Told) -> Client {
    let Location::Postgres(url) = store.store.location() else { panic!("this test is about PostgreSQL") };
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server is there");
    // It ends with the test, when the database is dropped from under it.
    drop(tokio::spawn(connection));
    client
}

#[tokio::test]
async fn a_deadlock_is_tried_again_and_both_writes_are_done() {
    let Some(store) = postgres().await else { return };
    let (attempts, both) = (Arc::new(AtomicU32::new(0)), Arc::new(Barrier::new(2)));
    let cross = |first, second| {
        let (attempts, both) = (Arc::clone(&attempts), Arc::clone(&both));
        let mine = Arc::new(AtomicU32::new(0));
        tokio::spawn(store.write(async move |tx| {
            attempts.fetch_add(1, Ordering::SeqCst);
            tx.run(&RENAME, params![first, "crossed"]).await?;
            if mine.fetch_add(1, Ordering::SeqCst) == 0 {
                // Each holds its first row; the two run on threads of their own.
                both.wait();
            }
            tx.run(&RENAME, params![second, "crossed"]).await?;
            add_to(tx, "done").await
        }))
    };
    let (one, other) = (cross(HALDEN, LUNDE), cross(LUNDE, HALDEN));
    for write in [one, other] {
        in_time(write).await.expect("no panic").expect("the conflict is not the caller's");
    }
    assert!(attempts.load(Ordering::SeqCst) >= 3, "one of them was tried again");
    assert_eq!(store.texts().await, ["done", "done"]);
}

#[tokio::test]
async fn a_serialization_failure_is_tried_again_on_fresh_values() {
    let Some(store) = postgres().await else { return };
    let both = Arc::new(Barrier::new(2));
    let increment = || {
        let (both, mine) = (Arc::clone(&both), Arc::new(AtomicU32::new(0)));
        tokio::spawn(store.write(async move |tx| {
            tx.run(&SERIALIZABLE, params![]).await?;
            let seq: i64 = tx.one(&SEQ, params![HALDEN]).await?;
            if mine.fetch_add(1, Ordering::SeqCst) == 0 {
                both.wait();
            }
            tx.run(&SET_SEQ, params![HALDEN, seq + 1]).await
        }))
    };
    let (one, other) = (increment(), increment());
    for write in [one, other] {
        in_time(write).await.expect("no panic").expect("the conflict is not the caller's");
    }
    let seq = store.read(async |tx| tx.one::<i64>(&SEQ, params![HALDEN]).await).await;
    assert_eq!(seq.map_err(|error: StoreError| error).expect("it reads"), 2, "no increment is lost");
}

#[tokio::test]
async fn a_conflict_without_end_is_given_up_as_busy() {
    let Some(store) = postgres().await else { return };
    let raise = "RAISE EXCEPTION USING ERRCODE = '40001'";
    let function = format!("CREATE FUNCTION always_conflict() RETURNS BIGINT LANGUAGE plpgsql AS $$ BEGIN {raise}; END $$");
    beside(&store).await.batch_execute(&function).await.expect("it is made");
    let attempts = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&attempts);
    let written = store.write(async move |tx| {
        count.fetch_add(1, Ordering::SeqCst);
        tx.one::<i64>(&CONFLICT, params![]).await
    });
    let written = in_time(written).await;
    assert!(matches!(written, Err(StoreError::Busy)), "{written:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 5);
}

/// What one node decides under the lock, no other node can undercut: it does not even begin to read.
#[tokio::test]
async fn a_write_does_not_begin_while_another_node_has_the_account() {
    let Some(store) = postgres().await else { return };
    let other_node = Store::open_with(store.store.location(), options(), |_, _| {}).await.expect("it opens");
    let (gate, mut keeper) = gate();
    let mut first = Box::pin(store.write_in(HALDEN, async move |tx| {
        gate.pass();
        add_to(tx, "first").await
    }));
    assert!(poll(first.as_mut()).await.is_pending());
    keeper.arrival().await;

    let began = Arc::new(AtomicU32::new(0));
    let begins = Arc::clone(&began);
    let mut second = Box::pin(other_node.write_in(HALDEN, async move |tx| {
        begins.fetch_add(1, Ordering::SeqCst);
        tx.all::<String>(&TEXTS, params![]).await
    }));
    assert!(poll(second.as_mut()).await.is_pending());
    let observer = beside(&store).await;
    let waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())";
    in_time(async {
        while observer.query_opt(waits, &[]).await.expect("it reads").is_none() {
            assert_eq!(began.load(Ordering::SeqCst), 0, "it waits for the row");
        }
    })
    .await;
    keeper.open();
    in_time(first).await.expect("it is written");
    assert_eq!(in_time(second).await.expect("it reads"), ["first"]);
    other_node.close().await;
}

#[tokio::test]
async fn writes_that_wait_for_one_account_keep_nobody_else_out() {
    const MORE_THAN_THERE_ARE_CONNECTIONS: usize = 40;
    let Some(store) = postgres().await else { return };
    let other_node = beside(&store).await;
    other_node.batch_execute("BEGIN; UPDATE accounts SET event_seq = 0 WHERE id = 1").await.expect("it holds the row");
    let mut waiting = Vec::new();
    for _ in 0..MORE_THAN_THERE_ARE_CONNECTIONS {
        let mut asked = Box::pin(store.write_in(HALDEN, async |tx| add_to(tx, "halden").await));
        assert!(poll(asked.as_mut()).await.is_pending());
        waiting.push(asked);
    }
    // Both threads: the other account's, and wherever the reads and plain writes go.
    for account in [LUNDE, AccountId(3)] {
        let written = in_time(store.write_in(account, async |tx| add_to(tx, "elsewhere").await)).await;
        assert!(matches!(written, Ok(()) | Err(StoreError::Missing)), "{written:?}");
    }
    for _ in 0..4 {
        in_time(add(&store, "anywhere")).await.expect("it is written");
        assert!(in_time(store.texts()).await.contains(&"elsewhere".to_owned()));
    }
    other_node.batch_execute("COMMIT").await.expect("it lets go");
    for asked in waiting {
        in_time(asked).await.expect("it had its turn");
    }
}

#[tokio::test]
async fn a_lost_connection_is_busy_and_the_next_write_works() {
    let Some(store) = postgres().await else { return };
    let cut = store.write(async |tx| {
        add_to(tx, "gone").await?;
        tx.one::<bool>(&CUT, params![]).await
    });
    let cut = in_time(cut).await;
    assert!(matches!(cut, Err(StoreError::Busy)), "{cut:?}");
    in_time(add(&store, "after")).await.expect("another connection is made");
    assert_eq!(store.texts().await, ["after"]);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_busy_and_a_bad_url_is_not_repeated() {
    let nowhere = Location::Postgres("postgres://someone:secret@127.0.0.1:1/nothing".into());
    let opened = in_time(frontdesk_store::Store::open(&nowhere, |_, _| {})).await;
    assert!(matches!(opened, Err(StoreError::Busy)), "{opened:?}");
    let bad = Location::Postgres("postgres://someone:secret@host:notaport/x".into());
    let told = crate::desk::sentence(frontdesk_store::Store::open(&bad, |_, _| {}).await);
    assert!(!told.contains("secret") && !format!("{bad:?}").contains("secret"), "{told}");
}
