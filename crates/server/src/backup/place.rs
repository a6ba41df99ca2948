//! Putting what was unpacked into its place in the data directory. What was there is kept beside it, and an error on the
//! way puts it back.

use std::ffi::OsString;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::sync_directory;
use crate::data::{self, RESTORED, lock, socket};

/// Where an archive is unpacked, in the data directory; it becomes [`RESTORED`] when it is ready.
const STAGE: &str = "restoring";
/// How the name of a directory with what was there before begins.
const KEPT: &str = "before-restore-";

/// An empty directory to unpack into, removed with all in it unless [`Stage::place`] used it.
#[derive(Debug)]
pub(crate) struct Stage {
    data: PathBuf,
    pub(crate) path: PathBuf,
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "{} stays", self.path.display());
        }
    }
}

impl Stage {
    /// Makes it in the data directory, so that it is on the same disk. Whoever calls this holds the lock.
    pub(crate) fn new(data: &Path) -> anyhow::Result<Stage> {
        let stage = Stage { data: data.to_owned(), path: data.join(STAGE) };
        let cannot = || format!("{} cannot be made", stage.path.display());
        match std::fs::remove_dir_all(&stage.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).with_context(cannot),
            _ => {}
        }
        std::fs::DirBuilder::new().mode(0o700).create(&stage.path).with_context(cannot)?;
        Ok(stage)
    }

    /// Moves everything into the data directory, and answers where what was there before is now, if anything was.
    pub(crate) fn place(self, stamp: &str) -> anyhow::Result<Option<PathBuf>> {
        let ready = self.data.join(RESTORED);
        let stays = |name: &OsString| {
            let passing = [lock::FILE, socket::FILE, STAGE, RESTORED].iter().any(|it| name == *it);
            passing || name.to_str().is_some_and(|it| it.starts_with(KEPT))
        };
        let old = entries(&self.data, |name| !stays(name))?;
        let new = entries(&self.path, |_| true)?;
        // From here on until the end nobody may open what lies here (`data::make` looks).
        let was_interrupted = match std::fs::remove_dir_all(&ready) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).context("an interrupted restore cannot be removed"),
            removed => removed.is_ok(),
        };
        std::fs::rename(&self.path, &ready)?;
        let mut moves = Moves::default();
        let moved = (|| -> io::Result<Option<PathBuf>> {
            let kept = if old.is_empty() { None } else { Some(beside(&self.data, stamp)?) };
            moves.made.clone_from(&kept);
            if let Some(kept) = &kept {
                for name in &old {
                    moves.one(self.data.join(name), kept.join(name))?;
                }
            }
            for name in &new {
                moves.one(ready.join(name), self.data.join(name))?;
            }
            sync_directory(&self.data)?;
            Ok(kept)
        })();
        if moved.is_err() {
            let whole = moves.undo() && !was_interrupted;
            // What was there may be opened again: dropping the stage removes the rest. Otherwise the mark stays.
            let opens = whole && std::fs::rename(&ready, &self.path).is_ok();
            let rest = if opens { "all is as it was" } else { "run `frontdesk restore FILE --force` once more" };
            return moved.with_context(|| format!("what was restored cannot be put into {}; {rest}", self.data.display()));
        }
        let kept = moved?;
        std::fs::remove_dir_all(&ready).with_context(|| format!("{} cannot be removed", ready.display()))?;
        Ok(kept)
    }
}

fn entries(directory: &Path, wanted: impl Fn(&OsString) -> bool) -> anyhow::Result<Vec<OsString>> {
    let read = || -> io::Result<Vec<OsString>> {
        let names = std::fs::read_dir(directory)?.map(|it| it.map(|it| it.file_name()));
        Ok(names.collect::<io::Result<Vec<_>>>()?.into_iter().filter(&wanted).collect())
    };
    read().with_context(|| format!("{} cannot be read", directory.display()))
}

/// A new directory for what was there: beside the data directory, or in it where that is another disk or not ours.
fn beside(data: &Path, stamp: &str) -> io::Result<PathBuf> {
    let name = format!("{KEPT}{stamp}");
    let make = |path: PathBuf| std::fs::DirBuilder::new().mode(0o700).create(&path).map(|()| path);
    let absolute = std::path::absolute(data)?;
    if let (Some(parent), Some(own)) = (absolute.parent(), absolute.file_name())
        && data::is_same_disk(parent, data)
        && let Ok(made) = make(parent.join(format!("{}.{name}", own.to_string_lossy())))
    {
        return Ok(made);
    }
    make(data.join(name))
}

/// Moves that can be taken back.
#[derive(Debug, Default)]
struct Moves {
    done: Vec<(PathBuf, PathBuf)>,
    /// A directory that was made for them.
    made: Option<PathBuf>,
}

impl Moves {
    fn one(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        std::fs::rename(&from, &to)?;
        self.done.push((from, to));
        Ok(())
    }

    /// Takes all of them back; whether all could be.
    fn undo(self) -> bool {
        let mut whole = true;
        for (from, to) in self.done.into_iter().rev() {
            if let Err(error) = std::fs::rename(&to, &from) {
                tracing::error!(%error, "{} cannot be moved back to {}", to.display(), from.display());
                whole = false;
            }
        }
        // Empty again, unless something could not be moved out of it: then it stays.
        if let Some(Err(error)) = self.made.filter(|_| whole).map(std::fs::remove_dir) {
            tracing::warn!(%error, "an empty directory of what was there before stays");
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<OsString> {
        let mut names = entries(directory, |_| true).unwrap();
        names.sort();
        names
    }

    #[test]
    fn a_restore_that_fails_on_the_way_leaves_what_a_server_opens() {
        let parent = std::env::temp_dir().join(format!("frontdesk_place_{}", std::process::id()));
        let data = parent.join("data");
        data::make(&data).unwrap();
        std::fs::write(data.join("frontdesk.db"), "old").unwrap();
        let stage = Stage::new(&data).unwrap();
        for (name, text) in [("frontdesk.db", "new"), ("before-restore-1", "in the way of nothing")] {
            std::fs::write(stage.path.join(name), text).unwrap();
        }
        // A directory with something in it cannot be replaced by a file, as it stands where it stays.
        std::fs::create_dir_all(data.join("before-restore-1/kept")).unwrap();
        let failure = format!("{:#}", stage.place("2").unwrap_err());
        assert!(failure.contains("all is as it was"), "{failure}");
        data::open(&data).unwrap();
        assert_eq!(std::fs::read_to_string(data.join("frontdesk.db")).unwrap(), "old");
        assert_eq!((names(&data).len(), names(&parent)), (2, vec![OsString::from("data")]), "nothing else is left");
        std::fs::remove_dir_all(&parent).unwrap();
    }
}
