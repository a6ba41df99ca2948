//! Where files are kept: a folder in the data directory, through an interface that an object store of a cloud has too.
//! Files have random names and no meaning here; who may read them is asked of the database before anything is read.

mod look;

use std::fmt;
use std::ops::Range;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, MultipartUpload, ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};

/// The folder's name in the data directory.
const FOLDER: &str = "files";
/// Bytes that are written at once, and all that is held of an upload in memory. Types are told by the first of them.
const PART_BYTES: usize = 512 * 1_024;

/// What a file is for: each kind has a folder of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Files of messages.
    Attachments,
    /// Pictures of people.
    Pictures,
}

impl Shelf {
    fn folder(self) -> &'static str {
        match self {
            Shelf::Attachments => "attachments",
            Shelf::Pictures => "pictures",
        }
    }

    /// Where a file lies: names are random, so their beginning spreads them over 256 folders.
    fn path(self, name: &str) -> Path {
        let spread = name.get(..2).unwrap_or("00");
        Path::from_iter([self.folder(), spread, name])
    }
}

/// The stored files; clones are the same ones.
#[derive(Clone)]
pub(crate) struct Files {
    store: Arc<dyn ObjectStore>,
    /// Where it is on this machine's disk, if it is.
    folder: Option<PathBuf>,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.store)
    }
}

/// What was found out about a file while it was stored.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// By its bytes.
    pub(crate) content_type: String,
    pub(crate) byte_size: i64,
    pub(crate) sha256: String,
    /// Of a picture, width and height in pixels as it is meant to be seen.
    pub(crate) dimensions: Option<(i64, i64)>,
}

/// Why a file was not stored; nothing of it is left then.
#[derive(Debug)]
pub(crate) enum NotKept<E> {
    /// It has more bytes than it may.
    TooLarge,
    /// It has none.
    Empty,
    /// Whoever sent it broke off.
    Broken(E),
    /// The disk is full, or the store cannot be reached.
    Storage(object_store::Error),
}

impl Files {
    /// The files in a data directory, for its owner's eyes only.
    pub(crate) fn in_directory(directory: &FilePath) -> anyhow::Result<Files> {
        use std::os::unix::fs::DirBuilderExt;
        let folder = directory.join(FOLDER);
        let shown = folder.display();
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.with_context(|| format!("the folder {shown} cannot be made"))?;
        // Acknowledged is durable: files and their folders are flushed to the disk before a row says that they are there.
        let store = LocalFileSystem::new_with_prefix(&folder).with_context(|| format!("the folder {shown} cannot be used"))?;
        Ok(Files { store: Arc::new(store.with_fsync(true)), folder: Some(folder) })
    }

    /// Stores what comes, never more than `bytes_max` and never much of it in memory, and looks what it is. `named` is the
    /// type that the file's name tells.
    pub(crate) async fn keep<E>(
        &self,
        (shelf, name): (Shelf, &str),
        mut coming: impl Stream<Item = Result<Bytes, E>> + Unpin,
        (bytes_max, named): (u64, Option<&str>),
    ) -> Result<Kept, NotKept<E>> {
        let upload = self.store.put_multipart(&shelf.path(name)).await.map_err(NotKept::Storage)?;
        let mut writing = Writing { upload, part: Vec::new(), digest: Sha256::new(), length: 0, looked: None };
        let outcome = writing.take_all(&mut coming, bytes_max, named).await;
        if outcome.is_err()
            && let Err(error) = writing.upload.abort().await
        {
            tracing::warn!(%error, "what came of a file cannot be removed yet; it is swept later");
        }
        outcome
    }

    /// The bytes of a file, a range of them or all; `None` when there is no such file.
    pub(crate) async fn read(
        &self,
        (shelf, name): (Shelf, &str),
        range: Option<Range<u64>>,
    ) -> Result<Option<BoxStream<'static, Result<Bytes, object_store::Error>>>, object_store::Error> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        match self.store.get_opts(&shelf.path(name), options).await {
            Ok(found) => Ok(Some(found.into_stream())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Gives a file another name.
    pub(crate) async fn rename(&self, shelf: Shelf, from: &str, to: &str) -> Result<(), object_store::Error> {
        self.store.rename(&shelf.path(from), &shelf.path(to)).await
    }

    /// Deletes a file; one that is not there is deleted already.
    pub(crate) async fn delete(&self, (shelf, name): (Shelf, &str)) -> Result<(), object_store::Error> {
        let path = shelf.path(name);
        if let Some(folder) = &self.folder {
            // A server that stopped while a file came leaves its beginning beside the place.
            let begun = folder.join(format!("{path}#1"));
            if let Err(error) = tokio::task::spawn_blocking(move || std::fs::remove_file(begun)).await.unwrap_or(Ok(()))
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "the beginning of a file cannot be removed");
            }
        }
        match self.store.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The names of all files on a shelf that were last written at or before `until_ms` (Unix milliseconds).
    pub(crate) fn names(&self, shelf: Shelf, until_ms: i64) -> BoxStream<'static, Result<String, object_store::Error>> {
        let listed = self.store.list(Some(&Path::from(shelf.folder())));
        let old = listed.filter_map(move |found| {
            std::future::ready(match found {
                Ok(it) if it.last_modified.timestamp_millis() > until_ms => None,
                Ok(it) => it.location.filename().map(|name| Ok(name.to_owned())),
                Err(error) => Some(Err(error)),
            })
        });
        old.boxed()
    }
}

/// A file that is coming.
struct Writing {
    upload: Box<dyn MultipartUpload>,
    part: Vec<u8>,
    digest: Sha256,
    length: u64,
    looked: Option<look::Look>,
}

impl Writing {
    async fn take_all<E>(
        &mut self,
        coming: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
        bytes_max: u64,
        named: Option<&str>,
    ) -> Result<Kept, NotKept<E>> {
        while let Some(chunk) = coming.next().await {
            let chunk = chunk.map_err(NotKept::Broken)?;
            self.length += chunk.len() as u64;
            if self.length > bytes_max {
                return Err(NotKept::TooLarge);
            }
            self.digest.update(&chunk);
            self.part.extend_from_slice(&chunk);
            if self.part.len() >= PART_BYTES {
                self.write(named).await.map_err(NotKept::Storage)?;
            }
        }
        if self.length == 0 {
            return Err(NotKept::Empty);
        }
        self.write(named).await.map_err(NotKept::Storage)?;
        self.upload.complete().await.map_err(NotKept::Storage)?;
        let look::Look { content_type, dimensions } = self.looked.take().unwrap_or_default();
        let sha256 = URL_SAFE_NO_PAD.encode(std::mem::take(&mut self.digest).finalize());
        Ok(Kept { content_type, byte_size: i64::try_from(self.length).unwrap_or(i64::MAX), sha256, dimensions })
    }

    async fn write(&mut self, named: Option<&str>) -> Result<(), object_store::Error> {
        let part = std::mem::take(&mut self.part);
        if part.is_empty() {
            return Ok(());
        }
        self.looked.get_or_insert_with(|| look::at(&part, named));
        // Waited for, so that a sender is never faster than the disk.
        self.upload.put_part(part.into()).await
    }
}

#[cfg(test)]
mod tests;
