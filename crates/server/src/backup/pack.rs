//! Writing an archive: under a temporary name, for its owner only, in its place when it is whole and on disk.

use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use tar::{Builder, EntryType, Header};

use super::{Contents, END, End, FILES, MANIFEST, Manifest, sync_directory};
use crate::data::DATABASE;
use crate::key;

/// Bytes gathered before they are written.
const BUFFER_BYTES: usize = 256 * 1024;

type Archive = Builder<GzEncoder<BufWriter<File>>>;

/// What goes into an archive.
#[derive(Debug)]
pub(crate) struct Sources {
    pub(crate) manifest: Manifest,
    /// The database's copy; absent for PostgreSQL.
    pub(crate) database: Option<PathBuf>,
    /// The data directory.
    pub(crate) data: PathBuf,
}

/// A file that is removed unless it got its final name.
#[derive(Debug)]
pub(crate) struct Unfinished(Option<PathBuf>);

impl Unfinished {
    /// Of the file that becomes `target`.
    pub(crate) fn of(target: &Path) -> anyhow::Result<Unfinished> {
        let Some(name) = target.file_name() else { bail!("{} is no name for a file", target.display()) };
        let mut unfinished = name.to_owned();
        unfinished.push(format!(".unfinished-{}", std::process::id()));
        Ok(Unfinished(Some(target.with_file_name(unfinished))))
    }

    /// Of this very file.
    pub(crate) fn at(path: PathBuf) -> Unfinished {
        Unfinished(Some(path))
    }

    fn finish(mut self, target: &Path) -> io::Result<()> {
        if let Some(path) = &self.0 {
            std::fs::rename(path, target)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.0
            && let Err(error) = std::fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "{} stays", path.display());
        }
    }
}

/// Packs everything into `target`. Nothing of that name is there, or `overwrite` allows to replace it.
pub(crate) fn pack(sources: &Sources, target: &Path, overwrite: bool) -> anyhow::Result<Contents> {
    free(target, overwrite)?;
    let unfinished = Unfinished::of(target)?;
    let path = unfinished.0.clone().unwrap_or_default();
    let cannot = || format!("{} cannot be written", target.display());
    let file = File::options().write(true).create_new(true).mode(0o600).open(&path).with_context(cannot)?;
    let mut archive = Builder::new(GzEncoder::new(BufWriter::with_capacity(BUFFER_BYTES, file), Compression::fast()));
    let contents = fill(&mut archive, sources).with_context(cannot)?;
    let packed = archive.into_inner().and_then(GzEncoder::finish).with_context(cannot)?;
    let file = packed.into_inner().map_err(io::IntoInnerError::into_error).with_context(cannot)?;
    file.sync_all().with_context(cannot)?;
    free(target, overwrite)?;
    unfinished.finish(target).with_context(cannot)?;
    let directory = target.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_directory(directory).with_context(cannot)?;
    Ok(contents)
}

fn free(target: &Path, overwrite: bool) -> anyhow::Result<()> {
    if target.is_dir() {
        bail!("{} is a directory; name a file", target.display());
    }
    if !overwrite && target.symlink_metadata().is_ok() {
        bail!("{} is there already; name another file, or replace it with --force", target.display());
    }
    Ok(())
}

fn fill(archive: &mut Archive, sources: &Sources) -> anyhow::Result<Contents> {
    let mut contents = Contents::default();
    append_json(archive, MANIFEST, &sources.manifest)?;
    if let Some(database) = &sources.database {
        contents.bytes += append(archive, Path::new(DATABASE), &mut File::open(database)?)?;
    }
    if sources.manifest.key {
        contents.bytes += append(archive, Path::new(key::FILE), &mut File::open(sources.data.join(key::FILE))?)?;
    }
    append_files(archive, &sources.data, Path::new(FILES), &mut contents)?;
    append_json(archive, END, &End { files: contents.files })?;
    Ok(contents)
}

/// Everything below a directory; whatever is no file and no directory stays out. Files never change once they have their
/// name, and one that is removed meanwhile belongs to something that was deleted.
fn append_files(archive: &mut Archive, data: &Path, below: &Path, contents: &mut Contents) -> anyhow::Result<()> {
    let entries = match std::fs::read_dir(data.join(below)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = below.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            append_files(archive, data, &path, contents)?;
        } else if kind.is_file() {
            match File::open(entry.path()) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                opened => {
                    contents.bytes += append(archive, &path, &mut opened?)?;
                    contents.files += 1;
                }
            }
        }
    }
    Ok(())
}

fn append(archive: &mut Archive, path: &Path, file: &mut File) -> io::Result<u64> {
    let size = file.metadata()?.len();
    let mut header = header(size);
    archive.append_data(&mut header, path, file.take(size))?;
    Ok(size)
}

fn append_json(archive: &mut Archive, path: &str, value: &impl Serialize) -> anyhow::Result<()> {
    let bytes = serde_json::to_vec_pretty(value)?;
    let mut header = header(bytes.len() as u64);
    Ok(archive.append_data(&mut header, path, bytes.as_slice())?)
}

fn header(size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(size);
    header
}
