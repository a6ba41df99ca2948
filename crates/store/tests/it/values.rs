//! Values come back as they were given, of every kind and on both engines.

use frontdesk_core::id::AccountId;
use frontdesk_core::member::Role;
use frontdesk_core::time::Millis;
use frontdesk_store::{FromRow, StoreError, params, row, statements};

use crate::desk::{SEQ, sentence, stores};

statements! {
    /// Gives back its parameters.
    ECHO = "SELECT CAST($1 AS BIGINT) AS number, CAST($2 AS TEXT) AS text, CAST($3 AS BIGINT) AS maybe, CAST($4 AS TEXT) AS maybe_text";
    /// Stores bytes and a flag.
    KEEP = "INSERT INTO notes (text, bytes, flag) VALUES ($1, $2, $3) RETURNING text, bytes, flag";
    /// Gives back a word.
    WORD = "SELECT CAST($1 AS TEXT) AS word";
    /// A parameter whose type nothing tells.
    UNTYPED = "SELECT event_seq FROM accounts WHERE $1 IS NULL";
}

row! {
    /// What `ECHO` gives.
    #[derive(Debug, PartialEq)]
    struct Echo {
        number: i64,
        text: String,
        rest: Maybe,
    }
}

row! {
    /// A struct inside a struct takes its columns in turn.
    #[derive(Debug, PartialEq)]
    struct Maybe {
        number: Option<Millis>,
        text: Option<String>,
    }
}

#[tokio::test]
async fn numbers_texts_and_nulls_come_back_as_given() {
    let texts = ["", "plain", "snowman \u{2603} \u{1f600}", "quote ' \" \\ $1 ?1 %s", "line\nline\ttab"];
    assert_eq!(Echo::COLUMNS, 4);
    for store in stores().await {
        for (number, text) in [0, -1, i64::MAX, i64::MIN, 1_700_000_000_000].into_iter().zip(texts) {
            let (id, some, none) = (AccountId(number), Some(Millis(number)), None::<Millis>);
            for maybe in [some, none] {
                let maybe_text = maybe.map(|_| text);
                let echo = store.read(async move |tx| tx.one::<Echo>(&ECHO, params![id, text, maybe, maybe_text]).await).await;
                let given = Echo { number, text: text.into(), rest: Maybe { number: maybe, text: maybe_text.map(Into::into) } };
                assert_eq!(echo.map_err(|error: StoreError| error).expect("it comes back"), given, "{store:?}");
            }
        }
    }
}

#[tokio::test]
async fn bytes_and_flags_come_back_as_given() {
    for store in stores().await {
        for (bytes, flag) in [(Some(vec![0, 255, 10, 0]), true), (Some(Vec::new()), false), (None, true)] {
            let given = bytes.clone();
            let kept =
                store.write(async move |tx| tx.one::<(String, Option<Vec<u8>>, bool)>(&KEEP, params!["b", bytes.clone(), flag]).await);
            let kept = kept.await.map_err(|error: StoreError| error).expect("it comes back");
            assert_eq!(kept, ("b".to_owned(), given, flag), "{store:?}");
        }
    }
}

#[tokio::test]
async fn words_of_the_rules_come_back_and_unknown_ones_are_refused() {
    for store in stores().await {
        let role = store.read(async |tx| tx.one::<Role>(&WORD, params![Role::Administrator]).await).await;
        assert_eq!(role.map_err(|error: StoreError| error).expect("it comes back"), Role::Administrator, "{store:?}");
        let unknown = sentence(store.read(async |tx| tx.one::<Role>(&WORD, params!["emperor"]).await).await);
        assert!(unknown.contains("Role") && !unknown.contains("emperor"), "{store:?}: {unknown}");
    }
}

#[tokio::test]
async fn a_null_where_a_value_is_read_is_refused() {
    for store in stores().await {
        let null = store.read(async |tx| tx.one::<String>(&WORD, params![None::<String>]).await).await;
        assert!(sentence(null).contains("column 1"), "{store:?}");
    }
}

/// What the parity test guards against for every statement of the product.
#[tokio::test]
async fn an_untyped_null_is_refused_by_postgres() {
    for store in stores().await {
        let asked = store.read(async |tx| tx.all::<i64>(&UNTYPED, params![None::<i64>]).await).await;
        if store.is_sqlite() {
            assert_eq!(asked.map_err(|error: StoreError| error).expect("SQLite knows no types here"), [0, 0]);
        } else {
            assert!(sentence(asked).contains("could not determine data type"));
        }
        let seq = store.read(async |tx| tx.one::<i64>(&SEQ, params![1]).await).await;
        assert_eq!(seq.map_err(|error: StoreError| error).expect("later reads are not harmed"), 0);
    }
}
