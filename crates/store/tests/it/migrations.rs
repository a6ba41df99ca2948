//! The schema is brought up to date once, whole, whoever else tries it at the same time; and never downwards.

use frontdesk_store::testing::{Place, places};
use frontdesk_store::{Migration, Options, Store, StoreError, params};

use crate::desk::{COUNT, SCHEMA, add, in_time, open, options, sentence};

const BROKEN: &[Migration] = &[SCHEMA[0], Migration { number: 2, text: "CREATE TABLE half (id @ID); INSERT INTO nowhere VALUES (1);" }];

const NEWER: &[Migration] = &[SCHEMA[0], Migration { number: 2, text: "ALTER TABLE notes ADD COLUMN color TEXT" }];

async fn open_quietly(place: &Place, migrations: &'static [Migration]) -> Result<Store, StoreError> {
    Store::open_with(place.location(), Options { migrations, ..options() }, |_, _| {}).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_openers_at_once_all_succeed() {
    for place in places().await {
        let opening = (0..4).map(|_| open_quietly(&place, NEWER));
        for store in in_time(futures_util::future::join_all(opening)).await {
            let store = store.expect("it opens");
            add(&store, "hello").await.expect("it has the tables");
        }
        let store = open(place, Options { migrations: NEWER, ..options() }).await;
        assert_eq!(store.texts().await.len(), 4, "{store:?}");
    }
}

#[tokio::test]
async fn an_opened_database_keeps_what_it_has() {
    for place in places().await {
        let store = open(place, options()).await;
        add(&store, "kept").await.expect("it is written");
        let store = open(store.store.close().await, Options { migrations: NEWER, ..options() }).await;
        assert_eq!(store.texts().await, ["kept"], "{store:?}");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_refused_with_advice() {
    for place in places().await {
        let store = open(place, Options { migrations: NEWER, ..options() }).await;
        let place = store.store.close().await;
        let refused = open_quietly(&place, SCHEMA).await;
        let Err(error @ StoreError::NewerDatabase { found: 2, known: 1 }) = refused else { panic!("{refused:?}") };
        assert!(error.to_string().contains("newer release"), "{error}");
    }
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_and_can_be_tried_again() {
    for place in places().await {
        let refused = open_quietly(&place, BROKEN).await;
        assert!(sentence(refused).contains("migration 0002"), "{place:?}");
        let store = open_quietly(&place, NEWER).await.expect("nothing of the broken one is in the way");
        let notes = store.read(async |tx| tx.one::<i64>(&COUNT, params![]).await).await;
        assert_eq!(notes.map_err(|error: StoreError| error).expect("the tables are there"), 0);
        store.close().await;
    }
}
