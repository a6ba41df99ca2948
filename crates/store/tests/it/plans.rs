//! How the engines mean to execute a statement: what must not grow with a table is told by its plan, not by a stopwatch.

use std::path::Path;

use frontdesk_store::testing::TestStore;
use frontdesk_store::{Location, Statement};
use tokio_postgres::NoTls;

/// The statement's text with values in place of its parameters.
pub(crate) fn with_values(statement: &Statement, values: &[&str]) -> String {
    let numbered = values.iter().enumerate().rev();
    numbered.fold(statement.text.to_owned(), |text, (n, value)| text.replace(&format!("${}", n + 1), value))
}

/// The engine's plan, its steps one after another.
pub(crate) async fn plan(store: &TestStore, text: &str) -> String {
    match store.location() {
        Location::Sqlite(file) => sqlite(file, text),
        Location::Postgres(url) => postgres(url, text).await,
    }
}

fn sqlite(file: &Path, text: &str) -> String {
    let connection = rusqlite::Connection::open(file).expect("the file is there");
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}")).expect("it is SQL");
    let lines = statement.query_map([], |row| row.get::<_, String>(3)).expect("it explains");
    lines.collect::<Result<Vec<_>, _>>().expect("in texts").join("; ")
}

async fn postgres(url: &str, text: &str) -> String {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server is there");
    drop(tokio::spawn(connection));
    // So few rows are read faster without an index; what is asked is whether an index could give them as they are.
    client.batch_execute("ANALYZE; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off").await.expect("it is set");
    let lines = client.query(&format!("EXPLAIN {text}"), &[]).await.expect("it explains");
    lines.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>().join("; ")
}
