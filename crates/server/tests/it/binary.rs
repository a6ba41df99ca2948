//! The real program: its commands, settings, refusals and last words, as an operator meets them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use frontdesk_store::testing::{Place, places};
use frontdesk_store::{Location, Options, params};
use serde_json::{Value, json};

use crate::sql;

/// An installation that only the program touches.
struct Desk {
    place: Place,
    /// Where the program is started.
    directory: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.directory) {
            println!("{} stays: {error}", self.directory.display());
        }
    }
}

async fn desks() -> Vec<Desk> {
    places().await.into_iter().map(Desk::new).collect()
}

impl Desk {
    fn new(place: Place) -> Desk {
        let name = format!("frontdesk_binary_{}_{}", std::process::id(), crate::people::fresh());
        let directory = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&directory).expect("there is room for a directory");
        Desk { place, directory }
    }

    /// The options that name this installation's database.
    fn at(&self) -> [String; 2] {
        match self.place.location() {
            Location::Sqlite(file) => ["--data".into(), file.parent().unwrap_or(Path::new("/")).display().to_string()],
            Location::Postgres(url) => ["--database".into(), url.clone()],
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.args(args).current_dir(&self.directory).env_clear().stdin(Stdio::null());
        command
    }

    /// Runs a command on this installation to its end.
    fn run(&self, args: &[&str]) -> Output {
        self.command(args).args(self.at()).output().expect("the program starts")
    }

    /// Runs a command that prints JSON.
    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        serde_json::from_slice(&output.stdout).expect("it prints JSON")
    }

    fn account(&self) -> Value {
        self.json(&[
            "account",
            "create",
            "--name",
            "Halden",
            "--owner-name",
            "Olga",
            "--owner-email",
            "Olga@Halden.example",
            "--owner-password",
            "correct horse",
            "--json",
        ])
    }

    fn serve(&self, more: &[&str]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        Server::start(command.args(self.at()).args(more))
    }
}

/// What it said, for the message of a failing test.
fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The program failed with status 1 and this in its last words.
fn failed(output: &Output, sentence: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", words(output));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(sentence), "{told}");
    assert!(told.lines().count() <= 2 && !told.contains("panicked"), "a sentence, not a heap: {told}");
}

/// A running server, killed at the end.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

impl Server {
    fn start(command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it has an output")).read_line(&mut line).expect("it says something");
        let address = line.trim_end().strip_prefix("listening on http://").unwrap_or_else(|| panic!("not ready: {line:?}"));
        let address = address.parse().expect("an address");
        Server { child, address }
    }

    /// Asks over a connection of its own; answers status, head and body.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let (host, length) = (self.address, body.len());
        write!(stream, "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
            .expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
        (status, head.to_lowercase(), body.to_owned())
    }

    fn stop(&mut self) -> Option<i32> {
        let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().expect("a shell");
        assert!(told.success());
        self.child.wait().expect("it ends").code()
    }
}

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
