//! Who may work on a data directory: one server alone, or commands that open the database themselves, beside each other.
//! The system gives a lock back when its process ends, however it ends; no file has to be cleared away after a crash.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};

use super::socket;
use crate::control;

/// The file that is locked; it stays, what counts is the lock on it.
pub(crate) const FILE: &str = "lock";
/// How long a server waits for commands that work on the directory, and a command for a server that just starts or stops.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(25);
/// Most that is read of the file: a process id.
const NOTE_BYTES_MAX: u64 = 100;

/// The right to work on a data directory, until it is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// How a command reaches an installation's database.
#[derive(Debug)]
pub(crate) enum Way {
    /// Through the server that runs on it.
    Server(tokio::net::UnixStream),
    /// By opening it, which this lock allows.
    Here(Lock),
}

impl Lock {
    /// The whole directory for one process. Waits for commands to finish; whoever serves from it is named.
    pub(crate) async fn alone(directory: &Path) -> anyhow::Result<Lock> {
        let mut file = open(directory)?;
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => {
                    note(&mut file).with_context(|| format!("{} cannot be written", directory.join(FILE).display()))?;
                    return Ok(Lock { _file: file });
                }
                Err(TryLockError::Error(error)) => return Err(unlockable(directory, error)),
                Err(TryLockError::WouldBlock) => {}
            }
            if let Some(server) = control::who(directory).await {
                bail!("{} is in use: {server}", directory.display());
            }
            if tokio::time::Instant::now() > until {
                let by = holder(&mut file).map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
                bail!("{} is in use by {by}, which does not answer; stop it first", directory.display());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The way to the database: through the server where one runs, else beside other commands.
    pub(crate) async fn way(directory: &Path) -> anyhow::Result<Way> {
        let mut file = open(directory)?;
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Ok(stream) = socket::connect(directory).await {
                return Ok(Way::Server(stream));
            }
            match file.try_lock_shared() {
                Ok(()) => return Ok(Way::Here(Lock { _file: file })),
                Err(TryLockError::Error(error)) => return Err(unlockable(directory, error)),
                Err(TryLockError::WouldBlock) => {}
            }
            if tokio::time::Instant::now() > until {
                let by = holder(&mut file).map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
                bail!("{} is in use by {by}, which does not answer; try again, or stop it first", directory.display());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

fn open(directory: &Path) -> anyhow::Result<File> {
    let path = directory.join(FILE);
    let opened = File::options().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    opened.with_context(|| format!("{} cannot be opened", path.display()))
}

fn unlockable(directory: &Path, error: std::io::Error) -> anyhow::Error {
    anyhow::Error::new(error).context(format!("{} cannot be locked; its file system must be able to", directory.join(FILE).display()))
}

/// Writes who has the lock, for people who look.
fn note(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// Who had the lock alone last; `None` when the note says nothing.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(NOTE_BYTES_MAX).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
