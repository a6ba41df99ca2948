//! `frontdesk backup`: one archive with everything that an installation is, while people go on writing.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use frontdesk_store::Location;

use crate::backup::pack::{self, Sources, Unfinished};
use crate::backup::{Contents, Engine, Manifest};
use crate::clock::Clock;
use crate::config::DataOptions;
use crate::control::{self, Request};
use crate::{data, key};

/// Beginning and ending of the name of the database's copy, around the process that made it.
const COPY: &str = "backup-";
const ENDING: &str = ".db";

/// A backup.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The archive to write, such as frontdesk.tar.gz
    file: PathBuf,
    /// Leave the secret key out; without it signatures and webhook secrets change after a restore
    #[arg(long)]
    without_key: bool,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    at: DataOptions,
}

pub(super) async fn run(backup: Backup) -> anyhow::Result<()> {
    let at = backup.at.with_file()?;
    let directory = at.directory();
    if !directory.is_dir() {
        anyhow::bail!("there is no data directory {}", directory.display());
    }
    let key = !backup.without_key && directory.join(key::FILE).exists();
    let engine = match at.location() {
        Location::Sqlite(_) => Engine::Sqlite,
        Location::Postgres(_) => Engine::Postgresql,
    };
    let (copy, _remove) = match engine {
        Engine::Sqlite => {
            let (copy, remove) = copy_database(&at, &directory).await?;
            (Some(copy), Some(remove))
        }
        Engine::Postgresql => (None, None),
    };
    let manifest = Manifest::new(engine, key, Clock::system().now().as_seconds());
    let sources = Sources { manifest, database: copy, data: directory };
    let (file, force) = (backup.file.clone(), backup.force);
    // On a thread of its own, so that an interruption is heard and leaves nothing behind.
    let packing = tokio::task::spawn_blocking(move || pack::pack(&sources, &file, force));
    let contents = tokio::select! {
        packed = packing => packed.context("packing failed")??,
        _ = tokio::signal::ctrl_c() => {
            Unfinished::of(&backup.file)?;
            anyhow::bail!("interrupted; no backup was written");
        }
    };
    super::print(&told(&backup.file, engine, key, contents))
}

/// Has the database copied beside itself; the copy goes when the second value does.
async fn copy_database(at: &DataOptions, directory: &Path) -> anyhow::Result<(PathBuf, Unfinished)> {
    if !directory.join(data::DATABASE).exists() {
        anyhow::bail!("there is no database in {}; for PostgreSQL name it with --database", directory.display());
    }
    remove_abandoned(directory);
    let copy = std::path::absolute(directory.join(format!("{COPY}{}{ENDING}", std::process::id())))?;
    let remove = Unfinished::at(copy.clone());
    tokio::select! {
        copied = control::ask(at, Request::CopyDatabase { to: copy.clone() }) => copied?,
        _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted; no backup was written"),
    };
    Ok((copy, remove))
}

/// Removes copies of backups that were killed: each is as large as the database.
fn remove_abandoned(directory: &Path) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|it| it.strip_prefix(COPY)?.strip_suffix(ENDING)?.parse().ok());
        let Some(pid) = pid.and_then(rustix::process::Pid::from_raw) else { continue };
        if rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH)
            && let Err(error) = std::fs::remove_file(entry.path())
        {
            tracing::warn!(%error, "{} is left from an earlier backup and stays", entry.path().display());
        }
    }
}

fn told(file: &Path, engine: Engine, key: bool, contents: Contents) -> String {
    let shown = file.display();
    let files = if contents.files == 1 { "1 file".to_owned() } else { format!("{} files", contents.files) };
    let database = match engine {
        Engine::Sqlite => "the database, ",
        Engine::Postgresql => "",
    };
    let mut told =
        format!("{shown} holds {database}{files}{}\n", if key { " and the secret key: keep it where only you can read it" } else { "" });
    if !key {
        told.push_str("It does not hold the secret key: keep a copy of it elsewhere, it is needed after a restore\n");
    }
    if engine == Engine::Postgresql {
        told.push_str(
            "It does not hold the PostgreSQL database. Dump that as well, with PostgreSQL's own tool:\n  \
             pg_dump --format=custom --file=frontdesk.dump \"$FRONTDESK_DATABASE\"\n",
        );
    }
    told
}
