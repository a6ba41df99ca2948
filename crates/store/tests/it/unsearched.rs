//! A text that leaves SQLite's index of words leaves its file's records, too: FTS5 by itself only strikes it out.

use frontdesk_store::testing::Place;
use frontdesk_store::{Location, Options};
use rusqlite::Connection;

#[tokio::test]
async fn no_record_of_the_index_holds_a_deleted_word() {
    let store = Place::sqlite().open(Options::default(), |_, _| {}).await;
    let Location::Sqlite(file) = store.location() else { panic!("it is SQLite") };
    let connection = Connection::open(file).expect("the file is there");
    for table in ["message_search", "contact_search"] {
        let records = |word: &str| -> i64 {
            let text = format!("SELECT COUNT(*) FROM {table}_data WHERE INSTR(block, CAST(?1 AS BLOB)) > 0");
            connection.query_row(&text, [word], |row| row.get(0)).expect("it reads")
        };
        for row in 1..=500 {
            let words = if row == 250 { "a1 zzsecret lamp".to_owned() } else { format!("a1 word{row} lamp") };
            let text = format!("INSERT INTO {table} (rowid, words) VALUES (?1, ?2)");
            connection.execute(&text, rusqlite::params![row, words]).expect("it is added");
        }
        assert!(records("zzsecret") > 0 && records("lamp") > 0);
        connection.execute(&format!("DELETE FROM {table} WHERE rowid = 250"), []).expect("it is removed");
        assert_eq!(records("zzsecret"), 0, "{table}");
        assert_eq!(records("zzsec"), 0, "nor its beginning, {table}");
        connection.execute(&format!("INSERT INTO {table} ({table}) VALUES ('integrity-check')"), []).expect("the index is whole");
    }
}
