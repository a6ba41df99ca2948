//! Reading an archive into an empty directory, all of it or nothing. An archive may come from anywhere: only names that
//! this program gives are taken, and nothing is written outside the directory.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path};

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use tar::{Archive, Entry};

use super::{Contents, END, End, Engine, FILES, FORMAT, MANIFEST, Manifest, PRODUCT};
use crate::data::DATABASE;
use crate::key;

/// Most that is read of a list in the archive, in bytes.
const LIST_BYTES_MAX: u64 = 64 * 1024;

type Reader = GzDecoder<BufReader<File>>;

/// Unpacks `archive` into `into`, which is there and empty, and checks that it is whole.
pub(crate) fn unpack(archive: &Path, into: &Path) -> anyhow::Result<(Manifest, Contents)> {
    let shown = archive.display();
    let file = File::open(archive).with_context(|| format!("{shown} cannot be opened"))?;
    let mut archive = Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut entries = archive.entries().with_context(|| foreign(&shown))?;
    let mut first = match entries.next() {
        Some(Ok(entry)) if entry.path().is_ok_and(|it| it == Path::new(MANIFEST)) => entry,
        _ => bail!(foreign(&shown)),
    };
    let manifest = manifest(&mut first).with_context(|| shown.to_string())?;
    let mut contents = Contents::default();
    let mut end: Option<End> = None;
    for entry in entries {
        let mut entry = entry.map_err(|error| torn(&shown, error))?;
        if end.is_some() {
            bail!("{shown} has something behind its end");
        }
        let path = entry.path().map_err(|error| torn(&shown, error))?.into_owned();
        if path == Path::new(END) {
            end = Some(json(&mut entry).with_context(|| foreign(&shown))?);
            continue;
        }
        if !entry.header().entry_type().is_file() || !is_ours(&path) {
            bail!("{shown} holds {}, which no backup of Frontdesk holds", path.display());
        }
        contents.bytes += write(&mut entry, &into.join(&path), &shown)?;
        contents.files += u64::from(path.starts_with(FILES));
    }
    // The check sum stands behind everything, where nobody has read yet.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(|error| torn(&shown, error))?;
    // A torn archive may end where an entry ends.
    if end.is_none_or(|it| it.files != contents.files) {
        bail!("{shown} is not complete: it breaks off");
    }
    let holds = |name: &str| into.join(name).is_file();
    if holds(key::FILE) != manifest.key || holds(DATABASE) != (manifest.database == Engine::Sqlite) {
        bail!("{shown} does not hold what its list says");
    }
    Ok((manifest, contents))
}

fn foreign(shown: &impl std::fmt::Display) -> String {
    format!("{shown} is no backup of Frontdesk")
}

fn torn(shown: &impl std::fmt::Display, error: io::Error) -> anyhow::Error {
    anyhow::Error::new(error).context(format!("{shown} is not complete or damaged"))
}

fn manifest(entry: &mut Entry<'_, Reader>) -> anyhow::Result<Manifest> {
    let list: serde_json::Value = json(entry).context("it is no backup of Frontdesk")?;
    if list.get("product").and_then(|it| it.as_str()) != Some(PRODUCT) {
        bail!("it is no backup of Frontdesk");
    }
    if list.get("format").and_then(serde_json::Value::as_u64).is_none_or(|it| it > u64::from(FORMAT)) {
        bail!("it was made by a newer release of Frontdesk: restore it with that release or a newer one");
    }
    serde_json::from_value(list).context("its list cannot be read")
}

fn json<T: serde::de::DeserializeOwned>(entry: &mut Entry<'_, Reader>) -> anyhow::Result<T> {
    let mut bytes = Vec::new();
    entry.take(LIST_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// A name that [`super::pack`] gives: nothing absolute, nothing that leads upwards.
fn is_ours(path: &Path) -> bool {
    let plain = path.components().all(|it| matches!(it, Component::Normal(_)));
    plain && (path == Path::new(DATABASE) || path == Path::new(key::FILE) || (path.starts_with(FILES) && path != Path::new(FILES)))
}

fn write(entry: &mut Entry<'_, Reader>, target: &Path, shown: &impl std::fmt::Display) -> anyhow::Result<u64> {
    let cannot = || format!("{} cannot be written", target.display());
    if let Some(directory) = target.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).with_context(cannot)?;
    }
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(target).with_context(cannot)?;
    let (size, mut written, mut buffer) = (entry.size(), 0, vec![0; 64 * 1024]);
    loop {
        let n = entry.read(&mut buffer).map_err(|error| torn(shown, error))?;
        let Some(piece) = buffer.get(..n).filter(|it| !it.is_empty()) else { break };
        io::Write::write_all(&mut file, piece).with_context(cannot)?;
        written += n as u64;
    }
    if written != size {
        bail!("{shown} is not complete: it breaks off");
    }
    file.sync_all().with_context(cannot)?;
    Ok(written)
}
