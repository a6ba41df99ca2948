//! Closures that break the rules of the door harm only themselves.

use std::sync::Arc;

use frontdesk_store::{Store, StoreError};

use crate::desk::{add, add_to, gate, in_time, poll, sentence, stores};

#[tokio::test]
async fn a_panic_in_a_closure_is_answered_and_the_next_write_works() {
    for store in stores().await {
        let panicked = store.write(async |tx| {
            add_to(tx, "gone").await?;
            assert!(tx.first::<String>(&crate::desk::TEXT_OF, frontdesk_store::params!["gone"]).await?.is_none(), "on purpose");
            Ok(())
        });
        assert!(sentence(in_time(panicked).await).contains("panicked"), "{store:?}");
        in_time(add(&store, "kept")).await.expect("the writer lives");
        assert_eq!(store.texts().await, ["kept"], "{store:?}");
    }
}

#[tokio::test]
async fn a_panic_in_a_read_is_answered_and_the_next_read_works() {
    for store in stores().await {
        let read = store.read(async |_| if true { panic!("on purpose") } else { Ok(()) });
        assert!(sentence(in_time(read).await).contains("panicked"), "{store:?}");
        assert!(store.texts().await.is_empty(), "{store:?}");
    }
}

#[tokio::test]
async fn a_closure_that_awaits_anything_else_is_refused() {
    for store in stores().await {
        let waiting = store.write(async |tx| {
            add_to(tx, "gone").await?;
            tokio::task::yield_now().await;
            Ok(())
        });
        assert!(sentence(in_time(waiting).await).contains("awaited something other"), "{store:?}");
        let reading = store.read(async |_| {
            std::future::pending::<()>().await;
            Ok(())
        });
        assert!(sentence(in_time(reading).await).contains("awaited something other"), "{store:?}");
        assert!(store.texts().await.is_empty(), "{store:?}");
    }
}

#[tokio::test]
async fn a_transaction_inside_a_transaction_is_refused() {
    for store in stores().await {
        let inner = Arc::new(Store::clone(&store));
        let (reader, writer) = (Arc::clone(&inner), inner);
        let nested = store.write(async move |_| reader.read(async |_| Ok::<_, StoreError>(())).await);
        assert!(sentence(in_time(nested).await).contains("opened another transaction"), "{store:?}");
        let nested = store.read(async move |_| writer.write(async |_| Ok::<_, StoreError>(())).await);
        assert!(sentence(in_time(nested).await).contains("opened another transaction"), "{store:?}");
    }
}

#[tokio::test]
async fn a_failed_closure_leaves_no_trace_while_its_neighbours_are_committed() {
    for store in stores().await {
        let (gate, mut keeper) = gate();
        let held = tokio::spawn(store.write(async move |tx| {
            add_to(tx, "first").await?;
            gate.pass();
            Ok::<_, StoreError>(())
        }));
        keeper.arrival().await;
        // On SQLite these three wait for the one at the gate and share its commit.
        let refused = store.write(async |tx| {
            add_to(tx, "gone").await?;
            Err::<(), _>(StoreError::Missing)
        });
        let panicked = store.write(async |tx| {
            add_to(tx, "gone too").await?;
            if true { panic!("on purpose") } else { Ok(()) }
        });
        let (mut refused, mut panicked, mut last) = (Box::pin(refused), Box::pin(panicked), Box::pin(add(&store, "last")));
        assert!(
            poll(refused.as_mut()).await.is_pending()
                && poll(panicked.as_mut()).await.is_pending()
                && poll(last.as_mut()).await.is_pending()
        );
        keeper.open();
        in_time(held).await.expect("no panic").expect("it is written");
        assert!(matches!(in_time(refused).await, Err(StoreError::Missing)), "{store:?}");
        assert!(sentence(in_time(panicked).await).contains("panicked"), "{store:?}");
        in_time(last).await.expect("it is written");
        let mut texts = store.texts().await;
        texts.sort_unstable();
        assert_eq!(texts, ["first", "last"], "{store:?}");
    }
}

#[tokio::test]
async fn a_listener_that_panics_harms_nobody() {
    for place in frontdesk_store::testing::places().await {
        let store = place.open(crate::desk::options(), |_, _| panic!("on purpose")).await;
        for _ in 0..2 {
            let written = store.write(async |tx| {
                tx.announce(crate::desk::HALDEN, frontdesk_core::event::Seq(1));
                add_to(tx, "kept").await
            });
            in_time(written).await.expect("it is durable, whatever the listener does");
        }
    }
}
