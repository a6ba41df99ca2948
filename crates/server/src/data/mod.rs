//! The data directory: what lies in it, made for its owner's eyes only, locked by whoever works on it. What the database
//! in it holds is the store's business.

pub(crate) mod lock;
pub(crate) mod socket;

use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, bail};

/// The SQLite database.
pub(crate) const DATABASE: &str = "frontdesk.db";
/// What a restore has ready and is moving into its place.
pub(crate) const RESTORED: &str = "restored";
/// Names that say nothing about whether the directory is in use: they come and go with the processes.
const PASSING: &[&str] = &[lock::FILE, socket::FILE];

/// [`make`], for whoever opens the database in it: refuses a directory whose restore was interrupted half-way, as what is
/// in it is neither the old nor the new.
pub(crate) fn open(path: &Path) -> anyhow::Result<()> {
    make(path)?;
    if path.join(RESTORED).exists() {
        let shown = path.display();
        bail!("a restore into {shown} was interrupted before its end: run `frontdesk restore FILE --force` once more");
    }
    Ok(())
}

/// Makes the directory, for its owner's eyes only, and tries whether it can be written.
pub(crate) fn make(path: &Path) -> anyhow::Result<()> {
    let shown = path.display();
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("the data directory {shown} cannot be made"))?;
    let probe = path.join(format!(".writable-{}", std::process::id()));
    std::fs::write(&probe, b"").with_context(|| format!("the data directory {shown} is not writable"))?;
    std::fs::remove_file(&probe).with_context(|| format!("the data directory {shown} is not writable"))?;
    Ok(())
}

/// Whether two paths are on one file system, so that files can be moved between them at once.
pub(crate) fn is_same_disk(one: &Path, other: &Path) -> bool {
    let disk = |path: &Path| std::fs::metadata(path).map(|it| it.dev()).ok();
    disk(one).is_some() && disk(one) == disk(other)
}

/// Closes a directory that others on the machine may look into: it holds chats and secrets.
pub(crate) fn keep_private(path: &Path) {
    let mode = match std::fs::metadata(path) {
        Ok(it) => it.permissions().mode() & 0o7777,
        Err(error) => return tracing::warn!(%error, "the data directory's rights cannot be read"),
    };
    let others = mode & 0o077;
    if others == 0 {
        return;
    }
    match std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)) {
        Ok(()) => tracing::info!("others on this machine could look into {}; now they cannot", path.display()),
        Err(error) => tracing::warn!(%error, "others on this machine can look into {}", path.display()),
    }
}

/// Whether nothing is in the directory, or there is none; what only comes and goes with a process does not count.
pub(crate) fn is_empty(path: &Path) -> std::io::Result<bool> {
    let entries = match std::fs::read_dir(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        entries => entries?,
    };
    for entry in entries {
        if !entry?.file_name().to_str().is_some_and(|name| PASSING.contains(&name)) {
            return Ok(false);
        }
    }
    Ok(true)
}
