//! The doctor's words: a healthy installation, and each thing that can be wrong with one.

use std::os::unix::fs::PermissionsExt;

use frontdesk_store::testing::Place;
use serde_json::Value;

use crate::program::{Desk, Server, desks, words};

/// What the doctor found about one thing, as "state: text"; and whether all is well.
fn found(desk: &Desk, name: &str, more: &[&str]) -> (String, bool) {
    let output = desk.run(&[&["doctor", "--json"], more].concat());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", words(&output)));
    let checks = told["checks"].as_array().expect("a list");
    let check = checks.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name}: {told}"));
    let is_well = told["ok"].as_bool().expect("a boolean");
    assert_eq!(output.status.code(), Some(i32::from(!is_well)), "{}", words(&output));
    let is_bad = matches!(check["state"].as_str(), Some("broken" | "warning"));
    assert!(!is_bad || check["advice"].is_string() || name == "base URL", "what is wrong comes with advice: {check}");
    (format!("{}: {}", check["state"].as_str().expect("a word"), check["text"].as_str().expect("a text")), is_well)
}

fn says(desk: &Desk, name: &str, more: &[&str], sentence: &str) {
    let (told, is_well) = found(desk, name, more);
    assert!(told.contains(sentence), "{told}");
    assert_eq!(is_well, !sentence.starts_with("broken"), "{told}");
}

#[tokio::test]
async fn a_healthy_installation_is_told_so_running_or_not() {
    for desk in desks().await {
        says(&desk, "server", &[], "note: no server runs");
        let server = desk.serve(&[]);
        desk.account();
        says(&desk, "server", &[], &format!("ok: process {} serves from it", server.child.id()));
        says(&desk, "database", &[], "ok: the database is whole");
        says(&desk, "directory", &[], "ok: ");
        says(&desk, "key", &[], "ok: ");
        says(&desk, "clock", &[], "ok: ");
        says(&desk, "mail", &[], "note: ");
        let url = format!("http://{}", server.address);
        says(&desk, "base URL", &["--base-url", &url], "ok: ");
        let plain = desk.run(&["doctor"]);
        assert!(words(&plain).contains("ok       directory"), "{}", words(&plain));
    }
}

#[tokio::test]
async fn nothing_is_made_by_looking() {
    let desk = Desk::new(Place::sqlite());
    says(&desk, "directory", &[], "note: there is no data directory");
    says(&desk, "database", &[], "note: there is no ");
    assert!(!desk.data().exists());
}

#[tokio::test]
async fn a_wrong_base_url_is_told() {
    let desk = Desk::new(Place::sqlite());
    let _server: Server = desk.serve(&[]);
    says(&desk, "base URL", &["--base-url", "https://chat.example.com/desk"], "broken: --base-url must be like");
    says(&desk, "base URL", &["--base-url", "http://127.0.0.1:1"], "broken: http://127.0.0.1:1 cannot be reached");
}

#[tokio::test]
async fn a_key_that_is_missing_broken_or_open_to_others_is_told() {
    let desk = Desk::new(Place::sqlite());
    desk.account();
    drop(desk.serve(&[]));
    let key = desk.data().join("secret-key");
    let whole = std::fs::read(&key).expect("it is there");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("it is ours");
    says(&desk, "key", &[], "warning: others on this machine can read");
    std::fs::write(&key, b"half a k").expect("it is ours");
    let (told, is_well) = found(&desk, "key", &[]);
    assert!(told.starts_with("broken: ") && told.ends_with("holds no secret key") && !is_well, "{told}");
    std::fs::remove_file(&key).expect("it is ours");
    let (told, is_well) = found(&desk, "key", &[]);
    assert!(told.starts_with("broken: there is no") && !is_well, "{told}");
    std::fs::write(&key, whole).expect("it is ours");
}

#[tokio::test]
async fn a_damaged_database_and_an_interrupted_restore_are_told() {
    let desk = Desk::new(Place::sqlite());
    desk.account();
    drop(desk.serve(&[]));
    std::fs::create_dir(desk.data().join("restored")).expect("there is room");
    says(&desk, "directory", &[], "broken: a restore into");
    let refused = desk.run(&["serve", "--listen", "127.0.0.1:0"]);
    crate::program::failed(&refused, "was interrupted before its end");
    std::fs::remove_dir(desk.data().join("restored")).expect("it is ours");
    for end in ["-wal", "-shm"] {
        std::fs::remove_file(desk.data().join(format!("frontdesk.db{end}"))).ok();
    }
    std::fs::write(desk.data().join("frontdesk.db"), vec![0x5a; 20_000]).expect("it is ours");
    says(&desk, "database", &[], "broken: ");
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_told_without_its_password() {
    let desk = Desk::new(Place::sqlite());
    let url = "postgres://olga:secretpassword@127.0.0.1:1/frontdesk";
    let output = desk.command(&["doctor", "--database", url]).output().expect("the program starts");
    let told = words(&output);
    assert!(told.contains("BROKEN   database") && told.contains("cannot be reached") && !told.contains("secretpassword"), "{told}");
    assert_eq!(output.status.code(), Some(1));
}
