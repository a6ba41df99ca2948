//! The server's end of the socket: one request per connection, a line of JSON each way. Who may connect is decided by the
//! rights of the socket's file.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};

use super::{Desk, Envelope, LINE_BYTES_MAX, Reply, Request, name_of};
use crate::data::socket;

/// Commands at once; further ones wait.
const COMMANDS_MAX: usize = 8;
/// How long a command may take to say what it wants.
const SAY_WITHIN: Duration = Duration::from_secs(10);
/// Pause after a connection that could not be accepted: the usual reason is too many open files.
const BREATH: Duration = Duration::from_millis(100);

/// Begins to hear commands, until the server stops. `address` is where browsers reach it.
///
/// Without a socket (some network file systems have none) the server does its work, and commands cannot reach it.
pub(crate) fn listen(directory: &Path, desk: Desk, address: String, mut stopping: watch::Receiver<bool>) {
    let listener = match socket::bind(directory) {
        Ok(listener) => listener,
        Err(error) => return tracing::warn!(%error, "the command line cannot reach this server: {}", directory.display()),
    };
    let directory = directory.to_owned();
    tokio::spawn(async move {
        tokio::select! {
            () = accept(&listener, &desk, &address) => {}
            _ = stopping.wait_for(|it| *it) => {}
        }
        if let Err(error) = socket::remove(&directory) {
            tracing::debug!(%error, "the command line's socket stays");
        }
    });
}

async fn accept(listener: &UnixListener, desk: &Desk, address: &str) {
    let places = Arc::new(Semaphore::new(COMMANDS_MAX));
    let address: Arc<str> = address.into();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let (desk, address) = (desk.clone(), Arc::clone(&address));
                tokio::spawn(async move {
                    if let Err(error) = converse(stream, &desk, &address).await {
                        tracing::warn!(error = format!("{error:#}"), "a command of the command line got no answer");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a command of the command line could not come in");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

async fn converse(mut stream: UnixStream, desk: &Desk, address: &str) -> anyhow::Result<()> {
    let (reading, mut writing) = stream.split();
    let mut line = String::new();
    let mut reading = BufReader::new(reading.take(LINE_BYTES_MAX));
    tokio::time::timeout(SAY_WITHIN, reading.read_line(&mut line)).await.context("it said nothing")??;
    if line.is_empty() {
        // Somebody looked whether a server is here.
        return Ok(());
    }
    let reply = match serde_json::from_str::<Envelope>(&line) {
        Ok(Envelope { request: Request::Who, .. }) => {
            Reply::Done(json!({ "pid": std::process::id(), "address": address, "version": env!("CARGO_PKG_VERSION") }))
        }
        // Who names none means this installation's, whatever it is.
        Ok(it) if !it.database.is_empty() && it.database != name_of(&desk.location) => Reply::OtherDatabase,
        Ok(it) => match desk.perform(it.request).await {
            Ok(value) => Reply::Done(value),
            Err(error) => Reply::Failed(format!("{error:#}")),
        },
        Err(_) => Reply::Failed(format!("the running server is another version ({}) and does not know this", env!("CARGO_PKG_VERSION"))),
    };
    let mut told = serde_json::to_vec(&reply)?;
    told.push(b'\n');
    Ok(writing.write_all(&told).await?)
}
