//! A refused duplicate names the same index on both engines, whatever kind of index it is, and shows no value.

use frontdesk_store::{StoreError, params, statements};

use crate::desk::{ADD_KEYED, HALDEN, stores};

statements! {
    /// Has a primary key of two columns.
    TAKE_SEAT = "INSERT INTO seats (account_id, number) VALUES ($1, $2)";
    /// Has a unique constraint without a name.
    WEAR = "INSERT INTO badges (account_id, label) VALUES ($1, $2)";
    /// Has a primary key that is an identity.
    ADD_AS = "INSERT INTO notes (id, text) VALUES ($1, $2)";
    /// Breaks a NOT NULL.
    UNNAME = "UPDATE accounts SET name = CAST($2 AS TEXT) WHERE id = $1";
}

#[tokio::test]
async fn every_kind_of_unique_index_is_told_by_the_same_name() {
    for store in stores().await {
        let fill = store.write(async |tx| {
            tx.one::<i64>(&ADD_KEYED, params![HALDEN, "first", "private@example.com"]).await?;
            tx.run(&ADD_AS, params![70, "numbered"]).await?;
            tx.run(&WEAR, params![1, "private@example.com"]).await?;
            tx.run(&TAKE_SEAT, params![1, 1]).await
        });
        fill.await.expect("all are free");

        let index = store.write(async |tx| tx.one::<i64>(&ADD_KEYED, params![HALDEN, "again", "private@example.com"]).await).await;
        assert!(matches!(index, Err(StoreError::Duplicate("notes_key"))), "{store:?}: {index:?}");
        let primary = store.write(async |tx| tx.run(&TAKE_SEAT, params![1, 1]).await).await;
        assert!(matches!(primary, Err(StoreError::Duplicate("seats_pkey"))), "{store:?}: {primary:?}");
        let unnamed = store.write(async |tx| tx.run(&WEAR, params![1, "private@example.com"]).await).await;
        assert!(matches!(unnamed, Err(StoreError::Duplicate("badges_account_id_label_key"))), "{store:?}: {unnamed:?}");
        let identity = store.write(async |tx| tx.run(&ADD_AS, params![70, "again"]).await).await;
        assert!(matches!(identity, Err(StoreError::Duplicate("notes_pkey"))), "{store:?}: {identity:?}");
    }
}

#[tokio::test]
async fn no_error_shows_a_value() {
    for store in stores().await {
        let unname = store.write(async |tx| {
            tx.one::<i64>(&ADD_KEYED, params![HALDEN, "private words", "private@example.com"]).await?;
            tx.run(&UNNAME, params![HALDEN, None::<String>]).await
        });
        let error = unname.await.expect_err("a name is wanted");
        let told = format!("{error} {error:?}");
        assert!(told.contains("UNNAME") && told.contains("name"), "{store:?}: {told}");
        assert!(!told.contains("private") && !told.contains("Halden"), "{store:?}: {told}");
    }
}
