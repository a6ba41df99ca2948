//! Where SQLite's file may be, and who may read it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use frontdesk_store::testing::Place;
use frontdesk_store::{Location, Store};

use crate::desk::{add, open, options, sentence};

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[tokio::test]
async fn the_file_and_its_directory_are_made_for_their_owner_only() {
    let store = open(Place::sqlite(), options()).await;
    add(&store, "private").await.expect("it is written");
    let Location::Sqlite(file) = store.store.location() else { panic!("this test is about SQLite") };
    assert_eq!(mode(file.parent().expect("it has a directory")), 0o700);
    assert_eq!(mode(file), 0o600);
    assert_eq!(mode(&file.with_extension("db-wal")), 0o600, "the log beside it holds the same words");
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_told_with_its_name() {
    let place = Place::sqlite();
    let Location::Sqlite(file) = place.location() else { panic!("this test is about SQLite") };
    let directory = file.parent().expect("it has a directory");
    fs::create_dir(directory).expect("it can be made");
    fs::write(directory.join("taken"), "").expect("it can be written");
    let inside = directory.join("taken").join("frontdesk.db");
    let told = sentence(Store::open(&Location::Sqlite(inside.clone()), |_, _| {}).await);
    assert!(told.contains("cannot write") && told.contains("taken"), "{told}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let place = Place::sqlite();
    let Location::Sqlite(file) = place.location() else { panic!("this test is about SQLite") };
    fs::create_dir(file.parent().expect("it has a directory")).expect("it can be made");
    let letter = "Dear Sir or Madam, this is a letter and no database. ".repeat(20);
    fs::write(file, &letter).expect("it can be written");
    let told = sentence(Store::open(place.location(), |_, _| {}).await);
    assert!(told.contains("not a database"), "{told}");
    assert_eq!(fs::read_to_string(file).expect("it is there"), letter);
}
