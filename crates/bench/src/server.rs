//! The server under load: a temporary data directory with one account, and the process that serves it. It is killed when
//! it goes out of scope, and the directory is removed; nothing outlives the benchmark.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How long the server may take to be ready before the benchmark gives up.
const READY_MAX: Duration = Duration::from_secs(30);

/// A directory that is removed with everything in it.
#[derive(Debug)]
pub(crate) struct Place(PathBuf);

impl Place {
    /// Makes a directory of its own in `parent`.
    pub(crate) fn make(parent: &Path) -> anyhow::Result<Place> {
        let path = parent.join(format!("bench-{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        // The server runs in it, so relative paths would not hold.
        Ok(Place(path.canonicalize()?))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} is left behind: {error}", self.0.display());
        }
    }
}

/// A data directory with one account in it.
#[derive(Debug)]
pub(crate) struct Installation {
    /// The server's binary.
    pub(crate) binary: PathBuf,
    /// Where its data is.
    pub(crate) data: PathBuf,
    /// What the account was given.
    pub(crate) account: Account,
}

/// What `account create` answers.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Account {
    #[serde(rename = "account_id")]
    pub(crate) id: i64,
    pub(crate) api_access_token: String,
    pub(crate) website_token: String,
}

impl Installation {
    /// Makes the directory, the database and the account, with the server's own command.
    pub(crate) async fn make(binary: &Path, data: PathBuf) -> anyhow::Result<Installation> {
        fs::create_dir(&data).with_context(|| format!("{} cannot be made", data.display()))?;
        let mut create = command(binary, &data);
        create.args(["account", "create", "--name", "Bench", "--owner-name", "Ada", "--owner-email", "ada@example.com", "--json"]);
        create.arg("--data").arg(&data);
        let made = spawn_blocking(move || create.output()).await?.with_context(|| format!("{} does not run", binary.display()))?;
        ensure!(made.status.success(), "the account cannot be made: {}", String::from_utf8_lossy(&made.stderr).trim());
        let account = serde_json::from_slice(&made.stdout).context("the account's answer is not understood")?;
        Ok(Installation { binary: binary.to_owned(), data, account })
    }

    /// Starts the server and returns when it has said that it is ready.
    pub(crate) async fn serve(&self) -> anyhow::Result<Server> {
        // All the load comes from one address.
        self.serve_with(&["--address-limits", "0"]).await
    }

    /// The same with these arguments.
    pub(crate) async fn serve_with(&self, more: &[&str]) -> anyhow::Result<Server> {
        let mut serve = command(&self.binary, &self.data);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&self.data).args(more);
        let process = serve.stdout(Stdio::piped()).spawn().context("the server does not start")?;
        let mut server = Server { process, address: SocketAddr::from(([0, 0, 0, 0], 0)) };
        let output = server.process.stdout.take().context("the server has no output")?;
        // Too late, and the server is killed on the way out, which also ends the reading.
        let ready = timeout(READY_MAX, spawn_blocking(|| ready_line(output))).await;
        server.address = ready.context("the server was not ready in time")???;
        Ok(server)
    }
}

/// Waits for the line that says where the server listens.
pub(crate) fn ready_line(output: ChildStdout) -> anyhow::Result<SocketAddr> {
    for line in BufReader::new(output).lines() {
        if let Some(address) = line?.strip_prefix("listening on http://") {
            return address.parse().context("the server's address is not understood");
        }
    }
    bail!("the server ended before it was ready")
}

fn command(binary: &Path, data: &Path) -> Command {
    let mut command = Command::new(binary);
    // Neither variables nor a settings file of whoever runs this may change what is measured.
    command.env_clear().env("FRONTDESK_LOG", "warn").current_dir(data);
    command
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Server {
    /// The process's id.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error says that it has ended already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
