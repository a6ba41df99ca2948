//! The command line's end: asks the server that runs on the data directory, or does it here when none runs. The outcome is
//! the same in words and status.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;

use super::{Desk, Envelope, LINE_BYTES_MAX, Reply, Request, name_of};
use crate::clock::Clock;
use crate::config::DataOptions;
use crate::data::lock::{Lock, Way};
use crate::data::{self, socket};

/// How long a server may take to say who it is.
const INTRODUCTION: Duration = Duration::from_secs(5);

/// Has it done on the installation that the options name.
pub(crate) async fn ask(at: &DataOptions, request: Request) -> anyhow::Result<Value> {
    let directory = at.directory();
    data::open(&directory)?;
    let location = at.location();
    let held = match Lock::way(&directory).await? {
        Way::Here(lock) => Some(lock),
        Way::Server(stream) => {
            let envelope = Envelope { database: name_of(&location), request: request.clone() };
            match say(stream, &envelope).await? {
                Reply::Done(value) => return Ok(value),
                Reply::Failed(sentence) => bail!(sentence),
                // That server works on another database than the one that is named.
                Reply::OtherDatabase => None,
            }
        }
    };
    let store = crate::cli::open::store(at, |_, _| {}).await?;
    let desk = Desk { store: store.clone(), location, hub: None, clock: Clock::system() };
    let done = desk.perform(request).await;
    store.close().await;
    drop(held);
    done
}

/// Who serves from a data directory, in words; `None` when nobody does.
pub(crate) async fn who(directory: &Path) -> Option<String> {
    let stream = socket::connect(directory).await.ok()?;
    let envelope = Envelope { database: String::new(), request: Request::Who };
    let Ok(Ok(Reply::Done(it))) = tokio::time::timeout(INTRODUCTION, say(stream, &envelope)).await else { return None };
    let (pid, address) = (it.get("pid")?.as_u64()?, it.get("address")?.as_str()?);
    Some(format!("process {pid} serves from it at {address}"))
}

async fn say(mut stream: UnixStream, envelope: &Envelope) -> anyhow::Result<Reply> {
    let gone = "the running server went away before it answered; look whether it was done";
    let (reading, mut writing) = stream.split();
    let mut line = serde_json::to_string(envelope)?;
    line.push('\n');
    writing.write_all(line.as_bytes()).await.context(gone)?;
    let mut answer = String::new();
    BufReader::new(reading.take(LINE_BYTES_MAX)).read_line(&mut answer).await.context(gone)?;
    serde_json::from_str(&answer).context(gone)
}
