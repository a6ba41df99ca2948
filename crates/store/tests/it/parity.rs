//! One text, two engines: every statement of the product prepares on both and means the same shape there, and both have
//! the same tables. The index of words is each engine's own (migration 0007), but its statements mean the same shapes too.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk_store::testing::{Place, TestStore};
use frontdesk_store::{Location, Options, Statement, all_statements};
use rusqlite::Connection;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, NoTls};

/// What the store can pass and read.
const TYPES: [Type; 6] = [Type::INT8, Type::INT4, Type::BOOL, Type::TEXT, Type::VARCHAR, Type::BYTEA];

/// Table to column to type and whether it may be NULL.
type Tables = BTreeMap<String, BTreeMap<String, (&'static str, bool)>>;

struct Both {
    sqlite: Connection,
    postgres: Client,
    _stores: [TestStore; 2],
}

async fn both() -> Option<Both> {
    let (sqlite, postgres) = (Place::sqlite(), Place::postgres().await?);
    let stores = [sqlite.open(Options::default(), |_, _| {}).await, postgres.open(Options::default(), |_, _| {}).await];
    let (Location::Sqlite(file), Location::Postgres(url)) = (stores[0].location(), stores[1].location()) else {
        panic!("one of each is made")
    };
    let sqlite = Connection::open(file).expect("the file is there");
    let (postgres, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server is there");
    // It ends with the test, when the database is dropped from under it.
    drop(tokio::spawn(connection));
    Some(Both { sqlite, postgres, _stores: stores })
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines_with_the_same_parameters_and_columns() {
    let Some(both) = both().await else { return };
    let mut differences = Vec::new();
    for statement in all_statements() {
        if let Err(difference) = compare(&both, statement).await {
            differences.push(format!("{}: {difference}", statement.name));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

async fn compare(both: &Both, statement: &Statement) -> Result<(), String> {
    let sqlite = both.sqlite.prepare(statement.sqlite_text).map_err(|error| format!("SQLite: {error}"))?;
    let postgres = both.postgres.prepare(statement.text).await.map_err(|error| format!("PostgreSQL: {error:?}"))?;
    let names: Vec<&str> = postgres.columns().iter().map(tokio_postgres::Column::name).collect();
    let columns: Vec<&str> = sqlite.column_names().collect();
    if columns != names {
        return Err(format!("columns {columns:?} on SQLite, {names:?} on PostgreSQL"));
    }
    if sqlite.parameter_count() != postgres.params().len() {
        return Err(format!("{} parameters on SQLite, {} on PostgreSQL", sqlite.parameter_count(), postgres.params().len()));
    }
    let types = postgres.columns().iter().map(tokio_postgres::Column::type_).chain(postgres.params());
    match types.into_iter().find(|of| !TYPES.contains(of)) {
        Some(of) => Err(format!("the store knows no {of}; cast it")),
        None => Ok(()),
    }
}

#[tokio::test]
async fn every_module_has_its_statements_in_the_list() {
    let listed: BTreeSet<&str> = all_statements().iter().filter_map(|statement| statement.name.split("::").nth(1)).collect();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(source).expect("the source is there") {
        let path = entry.expect("it is readable").path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let declares = path.is_file() && std::fs::read_to_string(&path).expect("it is text").contains("\nstatements! {");
        assert!(!declares || listed.contains(name.as_str()), "{name}::ALL is missing in all_statements()");
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let Some(both) = both().await else { return };
    assert_eq!(sqlite_tables(&both.sqlite), postgres_tables(&both.postgres).await);
    let indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    let sqlite = strings(&both.sqlite, indexes);
    let indexes = "SELECT c.relname::TEXT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
                   WHERE c.relnamespace = 'public'::REGNAMESPACE \
                   AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid) \
                   AND c.relname NOT IN ('message_search_words', 'contact_search_words') ORDER BY c.relname COLLATE \"C\"";
    let postgres: Vec<String> = both.postgres.query(indexes, &[]).await.expect("it reads").iter().map(|row| row.get(0)).collect();
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn both_engines_have_the_same_foreign_keys() {
    let Some(both) = both().await else { return };
    let sqlite = strings(
        &both.sqlite,
        "SELECT m.name || '.' || k.\"from\" || ' ' || k.\"table\" || ' ' || k.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY 1",
    );
    let keys = "SELECT k.conrelid::REGCLASS::TEXT || '.' || a.attname || ' ' || k.confrelid::REGCLASS::TEXT || ' ' || \
                CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'NO ACTION' END \
                FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] \
                WHERE k.contype = 'f' AND k.conrelid::REGCLASS::TEXT NOT IN ('message_search', 'contact_search') ORDER BY 1";
    let mut postgres: Vec<String> = both.postgres.query(keys, &[]).await.expect("it reads").iter().map(|row| row.get(0)).collect();
    postgres.sort_unstable();
    assert_eq!(sqlite, postgres);
}

fn strings(connection: &Connection, text: &str) -> Vec<String> {
    let mut statement = connection.prepare(text).expect("it is SQL");
    let rows = statement.query_map([], |row| row.get(0)).expect("it reads");
    rows.collect::<Result<_, _>>().expect("they are texts")
}

fn sqlite_tables(connection: &Connection) -> Tables {
    let text = "SELECT m.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master m, pragma_table_info(m.name) c \
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' \
                AND m.name NOT LIKE 'message_search%' AND m.name NOT LIKE 'contact_search%'";
    let mut statement = connection.prepare(text).expect("it is SQL");
    let mut rows = statement.query([]).expect("it reads");
    let mut tables = Tables::new();
    while let Some(row) = rows.next().expect("it reads") {
        let (table, column, of): (String, String, String) = (row.get_unwrap(0), row.get_unwrap(1), row.get_unwrap(2));
        let kind = match of.as_str() {
            "INTEGER" | "BIGINT" => "number",
            "TEXT" => "text",
            "BOOLEAN" => "flag",
            "BLOB" => "bytes",
            other => panic!("{table}.{column} is {other}"),
        };
        tables.entry(table).or_default().insert(column, (kind, row.get_unwrap(3)));
    }
    tables
}

async fn postgres_tables(client: &Client) -> Tables {
    let text = "SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT, is_nullable = 'YES' \
                FROM information_schema.columns WHERE table_schema = 'public' \
                AND table_name NOT IN ('message_search', 'contact_search')";
    let mut tables = Tables::new();
    for row in client.query(text, &[]).await.expect("it reads") {
        let (table, column, of): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let kind = match of.as_str() {
            "bigint" => "number",
            "text" => "text",
            "boolean" => "flag",
            "bytea" => "bytes",
            other => panic!("{table}.{column} is {other}"),
        };
        tables.entry(table).or_default().insert(column, (kind, row.get(3)));
    }
    tables
}
