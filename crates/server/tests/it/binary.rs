//! The real program: its commands, settings, refusals and last words, as an operator meets them.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

use frontdesk_store::testing::Place;
use frontdesk_store::{Options, params};
use serde_json::{Value, json};

use crate::program::{Desk, Server, desks, failed, words};
use crate::sql;

#[tokio::test]
async fn an_account_a_member_and_a_password_from_the_command_line_open_the_server() {
    for desk in desks().await {
        let account = desk.account();
        for id in ["account_id", "user_id", "inbox_id"] {
            assert_eq!(account[id], 1, "{account}");
        }
        let add = ["member", "add", "--account", "1", "--name", "Maya", "--email", "maya@halden.example", "--role", "agent", "--json"];
        let member = desk.json(&add);
        assert_eq!((member.as_object().map(serde_json::Map::len), &member["user_id"]), (Some(2), &json!(2)));

        let mut server = desk.serve(&[]);
        for token in [&account["api_access_token"], &member["api_access_token"]] {
            let token = format!("api_access_token: {}\r\n", token.as_str().expect("a text"));
            assert_eq!(server.ask("GET", "/api/v1/accounts/1/agents", &token, "").0, 200);
        }
        let website_token = account["website_token"].as_str().expect("a text");
        assert_eq!(
            server
                .ask("GET", &format!("/widget/v1/{website_token}/session"), &format!("authorization: Bearer {}\r\n", "A".repeat(43)), "")
                .0,
            200
        );

        // A further password, while the server runs: the old one and its sessions are over.
        let log_in = |password: &str| {
            server.ask("POST", "/api/v1/session", "", &json!({ "email": "olga@halden.example", "password": password }).to_string())
        };
        let (status, head, _) = log_in("correct horse");
        assert_eq!(status, 200);
        let cookie = head.split("set-cookie: ").nth(1).and_then(|it| it.split(';').next()).expect("a cookie").to_owned();
        // Lower-casing the head above spoils the secret, so only what follows is asked of it.
        assert!(cookie.starts_with("frontdesk_session="));
        let mut change = desk.command(&["user", "password", "--email", "OLGA@halden.example", "--password", "-"]);
        let mut child = change.args(desk.at()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        // The line is enough: who types does not end the input.
        let mut typed = child.stdin.take().expect("an input");
        typed.write_all(b"another horse\n").expect("it reads");
        let changed = child.wait_with_output().expect("it ends");
        drop(typed);
        assert_eq!((changed.status.code(), String::from_utf8_lossy(&changed.stdout).trim()), (Some(0), "password set"));
        assert_eq!((log_in("correct horse").0, log_in("another horse").0), (401, 200));
        assert_eq!(server.stop(), Some(0));
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_said_in_a_sentence() {
    for desk in desks().await {
        desk.account();
        let add = |account: &str, email: &str, rest: &[&str]| {
            desk.run(&[&["member", "add", "--account", account, "--name", "Maya", "--email", email], rest].concat())
        };
        assert_eq!(add("1", "maya@halden.example", &[]).status.code(), Some(0));
        failed(&add("1", "MAYA@halden.example", &[]), "has already been taken");
        failed(&add("2", "noor@halden.example", &[]), "there is no account 2");
        failed(&add("1", "no address", &[]), "Email is invalid");
        failed(&add("1", "noor@halden.example", &["--password", "short"]), "Password is too short");
        failed(&add("1", "noor@halden.example", &["--password", ""]), "password is empty");
        failed(&desk.run(&["user", "password", "--email", "nobody@halden.example", "--password", "long enough"]), "User not found");
        let seats =
            ["account", "create", "--name", "Small", "--owner-name", "Sol", "--owner-email", "sol@small.example", "--seats", "1", "--json"];
        assert_eq!(desk.json(&seats)["account_id"], 2);
        failed(&add("2", "noor@halden.example", &[]), "Account limit exceeded. Please purchase more licenses");
    }
}

#[tokio::test]
async fn a_command_that_is_misspelt_is_a_usage_error() {
    let desk = Desk::new(Place::sqlite());
    for args in [
        &["serve", "--lisen", "127.0.0.1:0"][..],
        &["serve", "--listen", "nowhere"],
        &["nonsense"],
        &[],
        &["member", "add"],
        &["member", "add", "--account", "x", "--name", "M", "--email", "m@example.com"],
        &["member", "add", "--account", "1", "--name", "M", "--email", "m@example.com", "--role", "boss"],
        &["account", "create", "--name", "H", "--owner-name", "O", "--owner-email", "o@example.com", "--seats", "0"],
    ] {
        let output = desk.command(args).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", words(&output));
    }
    assert_eq!(desk.command(&["--version"]).output().expect("it starts").status.code(), Some(0));
}

#[tokio::test]
async fn the_kept_description_of_the_api_is_the_one_that_the_code_makes() {
    let output = Desk::new(Place::sqlite()).command(&["openapi"]).output().expect("the program starts");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/api/openapi.json");
    let kept = std::fs::read_to_string(kept).expect("it is kept in the repository");
    assert!(output.stdout == kept.as_bytes(), "web/api/openapi.json is stale: run `frontdesk openapi` into it");
}

#[tokio::test]
async fn settings_come_from_flags_then_the_environment_then_the_file() {
    let desk = Desk::new(Place::sqlite());
    let file = |text: &str| std::fs::write(desk.directory.join("frontdesk.toml"), text).expect("the file can be written");
    let occupied = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = occupied.local_addr().expect("it has an address").to_string();
    file(&format!("listen = \"{taken}\"\ndata = \"from-file\""));
    // The file's address is taken, so that whoever listens was told otherwise.
    let server = Server::start(desk.command(&["serve"]).env("FRONTDESK_LISTEN", "127.0.0.1:0"));
    assert_eq!(server.ask("GET", "/ready", "", "").0, 200);
    assert!(desk.directory.join("from-file/frontdesk.db").exists(), "the directory is the file's");
    drop(server);
    let by_flag = ["serve", "--listen", "127.0.0.1:0", "--data", "from-flag"];
    drop(Server::start(desk.command(&by_flag).env("FRONTDESK_LISTEN", &taken)));
    assert!(desk.directory.join("from-flag/frontdesk.db").exists());

    for (text, told) in [("lisen = \"127.0.0.1:0\"", "lisen"), ("listen = 3", "frontdesk.toml"), ("listen", "frontdesk.toml")] {
        file(text);
        let output = desk.command(&["serve", "--data", "x"]).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{}", words(&output));
        assert!(words(&output).contains(told), "{}", words(&output));
    }
}

#[tokio::test]
async fn a_taken_port_ends_the_program_with_advice() {
    let desk = Desk::new(Place::sqlite());
    let occupied = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = occupied.local_addr().expect("it has an address").to_string();
    failed(&desk.run(&["serve", "--listen", &taken]), "is in use by another program");
}

#[tokio::test]
async fn a_data_directory_that_cannot_be_one_is_named() {
    let desk = Desk::new(Place::sqlite());
    let file = desk.directory.join("a-file");
    std::fs::write(&file, "in the way").expect("the file can be written");
    for path in [file.clone(), file.join("below")] {
        let path = path.display().to_string();
        let output = desk.command(&["serve", "--listen", "127.0.0.1:0", "--data", &path]).output().expect("the program starts");
        failed(&output, &path);
    }
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_left_alone() {
    for desk in desks().await {
        desk.account();
        let mut desk = desk;
        let place = std::mem::replace(&mut desk.place, Place::sqlite());
        let store = place.open(Options::default(), |_, _| {}).await;
        let further = async |tx: &mut frontdesk_store::Tx<'_>| tx.run(&sql::MIGRATE_FURTHER, params![99]).await;
        let outcome: Result<u64, frontdesk_store::StoreError> = store.write(further).await;
        outcome.expect("the statement runs");
        desk.place = store.close().await;
        failed(&desk.run(&["serve", "--listen", "127.0.0.1:0"]), "newer release of Frontdesk");
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_said_without_its_password() {
    let desk = Desk::new(Place::sqlite());
    let url = "postgres://olga:secretpassword@127.0.0.1:1/frontdesk";
    let output = desk.command(&["serve", "--listen", "127.0.0.1:0", "--database", url]).output().expect("the program starts");
    failed(&output, "the PostgreSQL database cannot be reached");
    assert!(!words(&output).contains("secretpassword"));
}

#[tokio::test]
async fn a_slash_at_the_end_and_head_are_understood() {
    let desk = Desk::new(Place::sqlite());
    let account = desk.account();
    let server = desk.serve(&[]);
    let token = format!("api_access_token: {}\r\n", account["api_access_token"].as_str().expect("a text"));
    for path in ["/api/v1/accounts/1/inboxes", "/api/v1/accounts/1/inboxes/1", "/api/v1/profile", "/health"] {
        let (plain, slashed) = (server.ask("GET", path, &token, ""), server.ask("GET", &format!("{path}/"), &token, ""));
        assert_eq!((plain.0, slashed.0, &slashed.2), (200, 200, &plain.2), "{path}");
        let head = server.ask("HEAD", &format!("{path}/"), &token, "");
        assert_eq!((head.0, head.2.as_str()), (200, ""), "{path}");
    }
    let (status, head, _) = server.ask("GET", "/", "", "");
    assert_eq!((status, head.contains("location: /app")), (307, true));
}

#[tokio::test]
async fn data_survives_the_program() {
    for desk in desks().await {
        let account = desk.account();
        let token = format!("api_access_token: {}\r\n", account["api_access_token"].as_str().expect("a text"));
        let epoch_and_contact = |server: &Server| {
            let session: Value = serde_json::from_str(&server.ask("GET", "/api/v1/session", &token, "").2).expect("JSON");
            let contacts: Value = serde_json::from_str(&server.ask("GET", "/api/v1/accounts/1/contacts", &token, "").2).expect("JSON");
            (session["epoch"].clone(), contacts["payload"][0]["name"].clone())
        };
        let mut server = desk.serve(&[]);
        assert_eq!(server.ask("POST", "/api/v1/accounts/1/contacts", &token, r#"{"name":"Ann"}"#).0, 200);
        let before = epoch_and_contact(&server);
        assert_eq!(before.1, "Ann");
        assert_eq!(server.stop(), Some(0));
        assert_eq!(epoch_and_contact(&desk.serve(&[])), before, "the same history goes on");
    }
}

#[tokio::test]
async fn the_index_is_made_again_with_and_without_a_server() {
    for desk in desks().await {
        let account = desk.account();
        let token = format!("api_access_token: {}\r\n", account["api_access_token"].as_str().expect("a text"));
        let rebuild = || {
            let output = desk.run(&["search", "rebuild"]);
            assert_eq!(output.status.code(), Some(0), "{}", words(&output));
            assert!(String::from_utf8_lossy(&output.stdout).ends_with("done: everything is indexed\n"), "{}", words(&output));
        };
        rebuild();
        let mut server = desk.serve(&[]);
        let contact = json!({ "name": "Ann Berg" }).to_string();
        assert_eq!(server.ask("POST", "/api/v1/accounts/1/contacts", &token, &contact).0, 200);
        rebuild();
        let found = || server.ask("GET", "/api/v1/accounts/1/search?q=berg", &token, "").2;
        assert!(found().contains("Ann Berg"));
        assert_eq!(server.stop(), Some(0));
    }
}
