//! `serve --demo`: a made-up shop with a team, some conversations and a website of its own that carries the widget, so that
//! Frontdesk can be tried a minute after it was built. Nothing of it touches real data.

mod shop;
mod story;

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::app::App;
use crate::config::ServeOptions;
use crate::data;
use crate::secret;

/// Where a demo keeps its data when no directory is named.
const DIRECTORY: &str = "demo-data";
/// Marks a directory as a demo's, and remembers how to log in to it.
const MARK: &str = "demo.json";

/// How to use a demo that exists already.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    email: String,
    password: String,
    website_token: String,
}

/// A running demo.
#[derive(Debug)]
pub(crate) struct Running {
    /// What the person who started it reads.
    pub(crate) welcome: String,
}

/// Checks that a demo may begin with these options, and gives it a data directory that no real data is in.
pub(crate) fn prepare(options: &mut ServeOptions) -> anyhow::Result<()> {
    if !options.listen().ip().is_loopback() || !options.demo_listen().ip().is_loopback() {
        bail!("--demo has a password that is printed on the screen, so it listens on loopback only");
    }
    let directory = options.at.data.get_or_insert_with(|| PathBuf::from(DIRECTORY));
    let is_demo = directory.join(MARK).exists();
    let is_empty = data::is_empty(directory).with_context(|| format!("{} cannot be read", directory.display()))?;
    if !is_demo && !is_empty {
        bail!("{} holds data that no demo made; name another directory with --data", directory.display());
    }
    if !is_demo && options.at.database.is_some() {
        tracing::warn!("the demo writes its made-up shop into the given database");
    }
    Ok(())
}

/// Fills an empty demo and serves its website.
pub(crate) async fn begin(app: &App, directory: &Path, listener: TcpListener) -> anyhow::Result<Running> {
    let path = directory.join(MARK);
    let mark = if path.exists() { read_mark(&path)? } else { make(app, &path).await? };
    let address = listener.local_addr()?;
    let snippet = crate::snippet::script(&app.base_url, &mark.website_token);
    shop::serve(listener, snippet, app.hub.stopping());
    Ok(Running { welcome: welcome(app, &mark, &format!("http://{address}")) })
}

async fn make(app: &App, path: &Path) -> anyhow::Result<Mark> {
    let mark =
        Mark { email: "maya@halden.example".to_owned(), password: secret::new_public_token()?, website_token: secret::new_public_token()? };
    story::tell(app, &mark).await?;
    write_mark(path, &mark)?;
    Ok(mark)
}

fn read_mark(path: &Path) -> anyhow::Result<Mark> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is broken", path.display()))
}

fn write_mark(path: &Path, mark: &Mark) -> anyhow::Result<()> {
    use std::io::Write;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&serde_json::to_vec_pretty(mark)?)?;
    Ok(file.sync_all()?)
}

fn welcome(app: &App, mark: &Mark, shop: &str) -> String {
    format!(
        "\n  Dashboard   {base}/app\n              log in as {email} with {password}\n  Demo shop   {shop}\n              write in its chat, answer in the dashboard\n  Chat page   {base}/chat/{token}\n\n",
        base = app.base_url,
        email = mark.email,
        password = mark.password,
        token = mark.website_token,
    )
}
