//! What a transaction answers, and that nothing of a refused one remains.

use frontdesk_core::event::Seq;
use frontdesk_store::{StoreError, params, statements};

use crate::desk::{ADD, ADD_KEYED, COUNT, HALDEN, TEXT_OF, add, add_to, sentence, stores};

statements! {
    /// Gives two columns.
    PAIR = "SELECT text, flag FROM notes";
    /// Wants a number.
    BY_ID = "SELECT text FROM notes WHERE id = $1";
}

#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("the rules say no")]
    Rules,
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[tokio::test]
async fn an_answered_write_is_read_by_the_next_read() {
    for store in stores().await {
        let answer = store.write(async |tx| add_to(tx, "hello").await.map(|()| 7)).await.map_err(|error: StoreError| error);
        assert_eq!(answer.expect("it is written"), 7);
        assert_eq!(store.texts().await, ["hello"], "{store:?}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_closure_is_answered_and_leaves_nothing() {
    for mut store in stores().await {
        let refused = store.write(async |tx| {
            add_to(tx, "gone").await?;
            tx.announce(HALDEN, Seq(9));
            Err::<(), _>(Refused::Rules)
        });
        assert!(matches!(refused.await, Err(Refused::Rules)), "{store:?}");
        add(&store, "kept").await.expect("the next write is done");
        assert_eq!(store.texts().await, ["kept"], "{store:?}");
        assert_eq!(store.announced_so_far(), [], "what is rolled back is not announced: {store:?}");
    }
}

#[tokio::test]
async fn errors_of_the_store_become_the_callers_own() {
    for store in stores().await {
        let missing = store.write(async |tx| Ok::<String, Refused>(tx.one(&TEXT_OF, params!["nothing"]).await?)).await;
        assert!(matches!(missing, Err(Refused::Store(StoreError::Missing))), "{store:?}: {missing:?}");
    }
}

#[tokio::test]
async fn one_is_missing_and_first_is_none_where_no_row_is() {
    for store in stores().await {
        let found = store.write(async |tx| {
            let one = tx.one::<String>(&TEXT_OF, params!["nothing"]).await;
            assert!(matches!(one, Err(StoreError::Missing)));
            let first = tx.first::<String>(&TEXT_OF, params!["nothing"]).await?;
            add_to(tx, "after").await?;
            Ok::<_, StoreError>(first)
        });
        assert_eq!(found.await.expect("a missing row spoils nothing"), None);
        assert_eq!(store.texts().await, ["after"], "{store:?}");
    }
}

#[tokio::test]
async fn run_counts_changed_rows() {
    for store in stores().await {
        let changed = store.write(async |tx| {
            Ok::<_, StoreError>((tx.run(&ADD, params!["a"]).await?, tx.run(&crate::desk::RENAME, params![99, "nobody"]).await?))
        });
        assert_eq!(changed.await.expect("both are run"), (1, 0), "{store:?}");
    }
}

#[tokio::test]
async fn a_closure_that_swallows_a_failed_statement_is_not_committed() {
    for mut store in stores().await {
        store.write(async |tx| tx.one::<i64>(&ADD_KEYED, params![HALDEN, "first", "k"]).await).await.expect("the key is free");
        let swallowed = store.write(async |tx| {
            add_to(tx, "half").await?;
            tx.announce(HALDEN, Seq(3));
            let again = tx.one::<i64>(&ADD_KEYED, params![HALDEN, "second", "k"]).await;
            assert!(matches!(again, Err(StoreError::Duplicate("notes_key"))), "{again:?}");
            let later = add_to(tx, "after the failure").await;
            assert!(matches!(later, Err(StoreError::Duplicate("notes_key"))), "{later:?}");
            Ok::<_, StoreError>(())
        });
        assert!(matches!(swallowed.await, Err(StoreError::Duplicate("notes_key"))), "{store:?}");
        assert_eq!(store.texts().await, ["first"], "{store:?}");
        assert_eq!(store.announced_so_far(), [], "{store:?}");
    }
}

#[tokio::test]
async fn a_statement_and_a_type_that_do_not_fit_are_told_without_values() {
    for store in stores().await {
        add(&store, "secret words").await.expect("it is written");
        let columns = store.read(async |tx| tx.all::<String>(&PAIR, params![]).await).await;
        assert!(sentence(columns).contains("PAIR gives 2 columns, 1 are read"), "{store:?}");
        let kind = sentence(store.read(async |tx| tx.all::<(i64, bool)>(&PAIR, params![]).await).await);
        assert!(kind.contains("column 1 is not a i64") && !kind.contains("secret"), "{store:?}: {kind}");
        let count = store.read(async |tx| tx.first::<String>(&BY_ID, params![]).await).await;
        assert!(sentence(count).contains("BY_ID"), "{store:?}");
    }
}

#[tokio::test]
async fn a_read_cannot_write() {
    for store in stores().await {
        let written = store.read(async |tx| add_to(tx, "never").await).await;
        assert!(sentence(written).contains("ADD"), "{store:?}");
        assert_eq!(store.read(async |tx| tx.one::<i64>(&COUNT, params![]).await).await.expect("it reads"), 0, "{store:?}");
    }
}

#[tokio::test]
async fn an_open_store_answers_a_ping_and_a_closed_one_is_busy() {
    for store in stores().await {
        store.ping().await.expect("it is open");
        let other = frontdesk_store::Store::clone(&store);
        store.store.close().await;
        for refused in [other.ping().await, add(&other, "late").await] {
            assert!(matches!(refused, Err(StoreError::Busy)), "{other:?}: {refused:?}");
        }
    }
}
