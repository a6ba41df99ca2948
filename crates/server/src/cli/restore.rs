//! `frontdesk restore`: an installation again from its backup, with a new history, so that nobody takes what happened since
//! for what happens next.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use frontdesk_store::{Location, Store, StoreError};

use super::open;
use crate::backup::place::Stage;
use crate::backup::{Contents, Engine, Manifest, unpack};
use crate::clock::Clock;
use crate::config::DataOptions;
use crate::data::lock::Lock;
use crate::{data, secret};

/// A restore.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The archive that `frontdesk backup` wrote
    file: PathBuf,
    /// Also into a data directory that is in use; what was in it is kept beside it
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    at: DataOptions,
}

pub(super) async fn run(restore: Restore) -> anyhow::Result<()> {
    let at = restore.at.with_file()?;
    let directory = at.directory();
    if !restore.file.is_file() {
        bail!("there is no file {}", restore.file.display());
    }
    data::make(&directory)?;
    let _lock = Lock::alone(&directory).await.context("a restore needs the data directory for itself")?;
    if !restore.force && !data::is_empty(&directory)? {
        bail!("{} is not empty; with --force what is in it is kept beside it", directory.display());
    }
    let stage = Stage::new(&directory)?;
    let (file, into) = (restore.file.clone(), stage.path.clone());
    let unpacking = tokio::task::spawn_blocking(move || unpack::unpack(&file, &into));
    let (manifest, contents) = unpacking.await.context("unpacking failed")??;
    let store = database(&at, &manifest, &stage.path, &restore.file).await?;
    let begun = store.begin_again(&secret::new_public_token()?).await;
    store.close().await;
    begun.context("the restored database cannot begin again")?;
    let kept = stage.place(&Clock::system().now().as_seconds().to_string())?;
    super::print(&told(&restore.file, &directory, &manifest, contents, kept.as_deref()))
}

/// The restored database, whole and brought up to this release.
async fn database(at: &DataOptions, manifest: &Manifest, stage: &Path, file: &Path) -> anyhow::Result<Store> {
    let shown = file.display();
    match (manifest.database, at.location()) {
        (Engine::Sqlite, Location::Sqlite(_)) => {
            let copy = stage.join(data::DATABASE);
            let copy = Location::Sqlite(copy);
            frontdesk_store::check(&copy).await.with_context(|| format!("the database in {shown} is damaged"))?;
            Store::open(&copy, |_, _| {}).await.map_err(|error| match error {
                StoreError::NewerDatabase { .. } => {
                    anyhow::anyhow!("{shown} was made by a newer release of Frontdesk: restore it with that release or a newer one")
                }
                other => anyhow::Error::new(other).context(format!("the database in {shown} cannot be opened")),
            })
        }
        (Engine::Postgresql, Location::Postgres(_)) => open::store(at, |_, _| {}).await,
        (Engine::Sqlite, Location::Postgres(_)) => bail!("{shown} holds a SQLite database; restore it without --database"),
        (Engine::Postgresql, Location::Sqlite(_)) => bail!(
            "{shown} belongs to an installation on PostgreSQL: restore its dump with pg_restore, then name that database with --database"
        ),
    }
}

fn told(file: &Path, directory: &Path, manifest: &Manifest, contents: Contents, kept: Option<&Path>) -> String {
    let (shown, into) = (file.display(), directory.display());
    let database = match manifest.database {
        Engine::Sqlite => "the database and ",
        Engine::Postgresql => "",
    };
    let files = if contents.files == 1 { "1 file".to_owned() } else { format!("{} files", contents.files) };
    let mut told = format!("restored {database}{files} from {shown} (made by Frontdesk {}) into {into}\n", manifest.version);
    told.push_str("A new history begins: open pages load anew, and numbers that were given after the backup are not given again\n");
    if let Some(kept) = kept {
        told.push_str(&format!("What was there before is in {}\n", kept.display()));
    }
    if !manifest.key {
        told.push_str(&format!(
            "The backup holds no secret key: put the old one into {into}/secret-key (mode 0600), or set FRONTDESK_SECRET_KEY, before you start. \
             Without it a new key is made, and signatures and webhook secrets change\n"
        ));
    }
    told
}
