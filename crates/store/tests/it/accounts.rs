//! Writes of one account happen one after another, and its events are numbered and announced without a gap.

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use frontdesk_store::{Store, StoreError, params};
use futures_util::future::join_all;

use crate::desk::{COUNT, HALDEN, LUNDE, SEQ, Told, add_to, in_time, options, stores};

async fn seq_of(store: &Told, account: AccountId) -> Seq {
    store.read(async move |tx| tx.one::<Seq>(&SEQ, params![account]).await).await.expect("the account is there")
}

async fn append(store: &Store, account: AccountId, events: usize) -> Result<Vec<Seq>, StoreError> {
    store.write_in(account, async move |tx| Ok((0..events).map(|_| tx.next_seq()).collect())).await
}

#[tokio::test]
async fn events_are_numbered_from_one_and_the_newest_is_stored_and_announced() {
    for mut store in stores().await {
        assert_eq!(append(&store, HALDEN, 1).await.expect("one"), [Seq(1)]);
        assert_eq!(append(&store, HALDEN, 3).await.expect("three"), [Seq(2), Seq(3), Seq(4)]);
        assert_eq!(append(&store, LUNDE, 2).await.expect("another account"), [Seq(1), Seq(2)]);
        assert_eq!((seq_of(&store, HALDEN).await, seq_of(&store, LUNDE).await), (Seq(4), Seq(2)), "{store:?}");
        assert_eq!(store.announced_so_far(), [(HALDEN, Seq(1)), (HALDEN, Seq(4)), (LUNDE, Seq(2))], "{store:?}");
    }
}

#[tokio::test]
async fn a_write_without_events_moves_nothing_and_announces_nothing() {
    for mut store in stores().await {
        append(&store, HALDEN, 2).await.expect("two");
        let written = store.write_in(HALDEN, async |tx| {
            assert_eq!((tx.account_id(), tx.seq()), (HALDEN, Seq(2)));
            add_to(tx, "no event").await
        });
        written.await.expect("it is written");
        assert_eq!(seq_of(&store, HALDEN).await, Seq(2), "{store:?}");
        assert_eq!(store.announced_so_far(), [(HALDEN, Seq(2))], "{store:?}");
        assert_eq!(append(&store, HALDEN, 1).await.expect("one"), [Seq(3)]);
    }
}

#[tokio::test]
async fn a_refused_write_uses_up_no_number() {
    for mut store in stores().await {
        let refused = store.write_in(HALDEN, async |tx| {
            tx.next_seq();
            Err::<(), _>(StoreError::Missing)
        });
        assert!(refused.await.is_err());
        assert_eq!(append(&store, HALDEN, 1).await.expect("one"), [Seq(1)]);
        assert_eq!(store.announced_so_far(), [(HALDEN, Seq(1))], "{store:?}");
    }
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_missing() {
    for store in stores().await {
        let written = append(&store, AccountId(404), 1).await;
        assert!(matches!(written, Err(StoreError::Missing)), "{store:?}: {written:?}");
    }
}

/// Reads, decides, writes, on two nodes: without the lock on the row, PostgreSQL would let several see the last free seat.
#[tokio::test]
async fn the_last_seat_is_taken_once_however_many_race_for_it() {
    const SEATS: i64 = 5;
    for store in stores().await {
        let other_node = Store::open_with(store.store.location(), options(), |_, _| {}).await.expect("it opens");
        let racers = (0..60).map(|number| {
            let node = if number % 2 == 0 { &*store } else { &other_node };
            tokio::spawn(node.write_in(HALDEN, async |tx| {
                let taken: i64 = tx.one(&COUNT, params![]).await?;
                if taken >= SEATS {
                    return Ok(None);
                }
                add_to(tx, "seat").await?;
                Ok::<_, StoreError>(Some(tx.next_seq()))
            }))
        });
        let results = in_time(join_all(racers)).await;
        let mut seats: Vec<Seq> = results.into_iter().filter_map(|joined| joined.expect("no panic").expect("no error")).collect();
        seats.sort_unstable();
        assert_eq!(seats, [1, 2, 3, 4, 5].map(Seq), "{store:?}");
        assert_eq!(store.texts().await.len(), 5, "{store:?}");
        assert_eq!(seq_of(&store, HALDEN).await, Seq(SEATS), "{store:?}");
        other_node.close().await;
    }
}
