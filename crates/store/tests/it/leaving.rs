//! A caller that goes away changes nothing: what was asked for is done and announced, on both engines.

use std::pin::pin;

use frontdesk_core::event::Seq;
use frontdesk_store::{Store, StoreError};

use crate::desk::{HALDEN, add, add_to, gate, in_time, poll, stores};

#[tokio::test]
async fn a_write_is_finished_and_announced_when_its_caller_goes_away() {
    for mut store in stores().await {
        let (gate, mut keeper) = gate();
        {
            let mut asked = pin!(store.write(async move |tx| {
                gate.pass();
                tx.announce(HALDEN, Seq(5));
                add_to(tx, "done").await
            }));
            assert!(poll(asked.as_mut()).await.is_pending(), "{store:?}");
            keeper.arrival().await;
        }
        keeper.open();
        assert_eq!(store.announced().await, (HALDEN, Seq(5)), "{store:?}");
        assert_eq!(store.texts().await, ["done"], "{store:?}");
    }
}

#[tokio::test]
async fn a_write_that_still_waits_its_turn_is_finished_too() {
    for mut store in stores().await {
        let (gate, mut keeper) = gate();
        let held = tokio::spawn(store.write(async move |_| {
            gate.pass();
            Ok::<_, StoreError>(())
        }));
        keeper.arrival().await;
        {
            let mut asked = pin!(store.write(async |tx| {
                tx.announce(HALDEN, Seq(6));
                add_to(tx, "done").await
            }));
            assert!(poll(asked.as_mut()).await.is_pending(), "{store:?}");
        }
        keeper.open();
        in_time(held).await.expect("no panic").expect("it passes");
        assert_eq!(store.announced().await, (HALDEN, Seq(6)), "{store:?}");
        assert_eq!(store.texts().await, ["done"], "{store:?}");
    }
}

#[tokio::test]
async fn a_write_that_was_never_awaited_is_never_done() {
    for store in stores().await {
        drop(add(&store, "never"));
        add(&store, "after").await.expect("it is written");
        assert_eq!(store.texts().await, ["after"], "{store:?}");
    }
}

#[tokio::test]
async fn closing_finishes_what_was_asked_for() {
    for store in stores().await {
        let (gate, mut keeper) = gate();
        let held = tokio::spawn(store.write(async move |tx| {
            gate.pass();
            add_to(tx, "held").await
        }));
        keeper.arrival().await;
        let mut waiting = Vec::new();
        for _ in 0..40 {
            let mut asked = Box::pin(add(&store, "queued"));
            assert!(poll(asked.as_mut()).await.is_pending(), "{store:?}");
            waiting.push(asked);
        }
        let mut closing = Box::pin(Store::clone(&store).close());
        assert!(poll(closing.as_mut()).await.is_pending(), "{store:?}");
        keeper.open();
        in_time(closing).await;
        in_time(held).await.expect("no panic").expect("it was asked for before");
        for asked in waiting {
            in_time(asked).await.expect("it was asked for before");
        }
        let place = store.store.close().await;
        if let frontdesk_store::Location::Sqlite(file) = place.location() {
            assert!(!file.with_extension("db-wal").exists(), "nothing is left beside the file");
        }
        let again = crate::desk::open(place, crate::desk::options()).await;
        assert_eq!(again.texts().await.len(), 41, "{again:?}");
    }
}
