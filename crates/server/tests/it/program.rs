//! The real program as a process: started, asked, stopped, its words read. What it promises is in the tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use frontdesk_store::Location;
use frontdesk_store::testing::{Place, places};
use serde_json::Value;

/// An installation that only the program touches.
pub(crate) struct Desk {
    pub(crate) place: Place,
    /// Where the program is started.
    pub(crate) directory: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.directory) {
            println!("{} stays: {error}", self.directory.display());
        }
    }
}

/// One on each engine.
pub(crate) async fn desks() -> Vec<Desk> {
    places().await.into_iter().map(Desk::new).collect()
}

impl Desk {
    /// An installation at this place.
    pub(crate) fn new(place: Place) -> Desk {
        let name = format!("frontdesk_binary_{}_{}", std::process::id(), crate::people::fresh());
        let directory = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&directory).expect("there is room for a directory");
        Desk { place, directory }
    }

    /// The options that name this installation's database.
    pub(crate) fn at(&self) -> [String; 2] {
        match self.place.location() {
            Location::Sqlite(file) => ["--data".into(), file.parent().unwrap_or(Path::new("/")).display().to_string()],
            Location::Postgres(url) => ["--database".into(), url.clone()],
        }
    }

    /// The program with these arguments, started here.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.args(args).current_dir(&self.directory).env_clear().stdin(Stdio::null());
        command
    }

    /// Runs a command on this installation to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).args(self.at()).output().expect("the program starts")
    }

    /// Runs a command that prints JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        serde_json::from_slice(&output.stdout).expect("it prints JSON")
    }

    /// An account with an owner who has a password.
    pub(crate) fn account(&self) -> Value {
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

    /// The data directory.
    pub(crate) fn data(&self) -> PathBuf {
        match self.place.location() {
            Location::Sqlite(file) => file.parent().unwrap_or(Path::new("/")).to_owned(),
            Location::Postgres(_) => self.directory.join("data"),
        }
    }

    /// A server on this installation.
    pub(crate) fn serve(&self, more: &[&str]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        Server::start(command.args(self.at()).args(more))
    }
}

/// What it said, for the message of a failing test.
pub(crate) fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The program failed with status 1 and this in its last words.
pub(crate) fn failed(output: &Output, sentence: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", words(output));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(sentence), "{told}");
    assert!(told.lines().count() <= 2 && !told.contains("panicked"), "a sentence, not a heap: {told}");
}

/// A running server, killed at the end.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

impl Server {
    /// Starts it and waits until it listens.
    pub(crate) fn start(command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it has an output")).read_line(&mut line).expect("it says something");
        let address = line.trim_end().strip_prefix("listening on http://").unwrap_or_else(|| panic!("not ready: {line:?}"));
        let address = address.parse().expect("an address");
        Server { child, address }
    }

    /// Asks over a connection of its own; answers status, head and body.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String, String) {
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

    /// Asks it to stop; its exit status.
    pub(crate) fn stop(&mut self) -> Option<i32> {
        let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().expect("a shell");
        assert!(told.success());
        self.child.wait().expect("it ends").code()
    }
}
