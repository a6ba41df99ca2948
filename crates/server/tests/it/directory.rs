//! The data directory: one server at a time, commands that go through it, and what a killed one leaves behind.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use frontdesk_store::testing::Place;
use serde_json::Value;

use crate::program::{Desk, Server, desks, failed, words};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[tokio::test]
async fn a_second_server_is_told_who_serves_already() {
    for desk in desks().await {
        let server = desk.serve(&[]);
        let second = desk.run(&["serve", "--listen", "127.0.0.1:0"]);
        failed(&second, &format!("process {} serves from it at http://{}", server.child.id(), server.address));
        assert_eq!(server.ask("GET", "/ready", "", "").0, 200, "the first one is not disturbed");
    }
}

#[tokio::test]
async fn the_directory_and_its_secrets_are_for_their_owner_only() {
    for desk in desks().await {
        let data = desk.data();
        std::fs::create_dir_all(&data).expect("there is room");
        std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
        let _server = desk.serve(&[]);
        assert_eq!(mode(&data), 0o700);
        assert_eq!((mode(&data.join("secret-key")), mode(&data.join("control.sock"))), (0o600, 0o600));
    }
}

#[tokio::test]
async fn a_command_says_the_same_with_and_without_a_server() {
    for desk in desks().await {
        let member = |name: &str, account: &str| {
            let email = format!("{name}@halden.example");
            desk.run(&["member", "add", "--account", account, "--name", name, "--email", &email, "--json"])
        };
        desk.account();
        let (alone, missing_alone) = (member("Maya", "1"), member("Noor", "9"));
        let mut server = desk.serve(&[]);
        let (beside, missing_beside) = (member("Sue", "1"), member("Noor", "9"));
        let keys = |output: &std::process::Output| -> Vec<String> {
            let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            value.as_object().expect("an object").keys().cloned().collect()
        };
        assert_eq!(keys(&alone), keys(&beside));
        assert_eq!(words(&missing_alone), words(&missing_beside));
        failed(&missing_beside, "there is no account 9");
        assert_eq!(server.stop(), Some(0));
        assert!(!desk.data().join("control.sock").exists(), "a server that ends leaves no socket");
    }
}

#[tokio::test]
async fn what_a_command_did_through_the_server_is_heard_at_once() {
    for desk in desks().await {
        let account = desk.account();
        let server = desk.serve(&[]);
        let member = desk.json(&["member", "add", "--account", "1", "--name", "Maya", "--email", "maya@halden.example", "--json"]);
        let token = format!("api_access_token: {}\r\n", member["api_access_token"].as_str().expect("a text"));
        assert_eq!(server.ask("GET", "/api/v1/accounts/1/agents", &token, "").0, 200, "{account}");
    }
}

#[tokio::test]
async fn a_killed_server_is_in_nobodys_way() {
    for desk in desks().await {
        desk.account();
        let mut server = desk.serve(&[]);
        server.child.kill().and_then(|()| server.child.wait()).expect("it is killed");
        assert!(desk.data().join("control.sock").exists(), "its socket stays");
        let add = ["member", "add", "--account", "1", "--name", "Maya", "--email", "maya@halden.example", "--json"];
        assert_eq!(desk.json(&add)["user_id"], 2);
        let again = desk.serve(&[]);
        assert_eq!(again.ask("GET", "/ready", "", "").0, 200);
    }
}

#[tokio::test]
async fn a_directory_with_a_long_name_works_as_well() {
    let desk = Desk::new(Place::sqlite());
    let long = desk.directory.join("x".repeat(150)).display().to_string();
    let _server = Server::start(&mut desk.command(&["serve", "--listen", "127.0.0.1:0", "--data", &long]));
    let create = ["account", "create", "--name", "Halden", "--owner-name", "O", "--owner-email", "o@halden.example", "--data", &long];
    let made = desk.command(&create).output().expect("the program starts");
    assert_eq!(made.status.code(), Some(0), "{}", words(&made));
    let second = desk.command(&["serve", "--listen", "127.0.0.1:0", "--data", &long]).output().expect("the program starts");
    failed(&second, "serves from it");
}

#[tokio::test]
async fn a_command_for_another_database_does_not_use_this_server() {
    let Some(postgres) = Place::postgres().await else { return };
    let desk = Desk::new(postgres);
    // A server on SQLite in the directory that the command would take by default.
    let _server = Server::start(&mut desk.command(&["serve", "--listen", "127.0.0.1:0"]));
    desk.account();
    let list = |account: &str| {
        let add = ["member", "add", "--account", account, "--name", "Maya", "--email", "maya@halden.example"];
        desk.command(&add).output().expect("the program starts")
    };
    failed(&list("1"), "there is no account 1");
}
