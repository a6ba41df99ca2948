//! The queue is bounded: who comes too late is told so at once and not kept waiting.

use std::task::Poll;

use frontdesk_store::{Options, Store, StoreError};

use crate::desk::{add, gate, in_time, options, poll, stores_with};

const QUEUE: usize = 3;

/// Beside the queue: one that runs, and on PostgreSQL one that waits for the only connection.
const OUTSIDE: usize = 2;

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_recovers() {
    for store in stores_with(Options { queue_jobs_max: QUEUE, connections_max: 1, ..options() }).await {
        let (gate, mut keeper) = gate();
        let held = tokio::spawn(store.write(async move |_| {
            gate.pass();
            Ok::<_, StoreError>(())
        }));
        keeper.arrival().await;
        let mut waiting = Vec::new();
        let refused = loop {
            let mut asked = Box::pin(add(&store, "waited"));
            match poll(asked.as_mut()).await {
                Poll::Pending => waiting.push(asked),
                Poll::Ready(result) => break result,
            }
            assert!(waiting.len() < QUEUE + OUTSIDE, "the queue has an end: {store:?}");
        };
        assert!(matches!(refused, Err(StoreError::Busy)), "{store:?}: {refused:?}");
        assert!(waiting.len() >= QUEUE, "{store:?}");

        keeper.open();
        in_time(held).await.expect("no panic").expect("it passes");
        let asked_for = waiting.len();
        for asked in waiting {
            in_time(asked).await.expect("it had a place in the queue");
        }
        in_time(add(&Store::clone(&store), "after")).await.expect("there is room again");
        assert_eq!(store.texts().await.len(), asked_for + 1, "{store:?}");
    }
}

#[tokio::test]
async fn a_store_that_cannot_take_writes_is_not_ready() {
    for store in stores_with(Options { queue_jobs_max: 1, connections_max: 1, ..options() }).await {
        let (gate, mut keeper) = gate();
        let held = tokio::spawn(store.write(async move |_| {
            gate.pass();
            Ok::<_, StoreError>(())
        }));
        keeper.arrival().await;
        let mut waiting = Vec::new();
        let refused = loop {
            let mut asked = Box::pin(store.write(async |_| Ok::<_, StoreError>(())));
            match poll(asked.as_mut()).await {
                Poll::Pending => waiting.push(asked),
                Poll::Ready(_) => break store.ping().await,
            }
        };
        assert!(matches!(refused, Err(StoreError::Busy)), "{store:?}: {refused:?}");
        keeper.open();
        in_time(held).await.expect("no panic").expect("it passes");
        for asked in waiting {
            in_time(asked).await.expect("it had a place in the queue");
        }
        store.ping().await.expect("it is ready again");
    }
}
