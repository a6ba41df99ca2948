//! A backup: one archive (tar in gzip) with the database's copy, the files and the key, and a list of what it is. How the
//! database is copied is the store's business; words for people are the commands'.

pub(crate) mod pack;
pub(crate) mod place;
pub(crate) mod unpack;

use std::path::Path;

use serde::{Deserialize, Serialize};

/// The archive's first entry: what it is.
const MANIFEST: &str = "manifest.json";
/// Its last one: without it the archive broke off.
const END: &str = "end.json";
/// Attachments and pictures, in the archive as in the data directory.
pub(crate) const FILES: &str = "files";
/// Number of this layout; a greater one is a newer release's.
const FORMAT: u32 = 1;
/// Says that an archive is ours.
const PRODUCT: &str = "frontdesk";

/// What an archive is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Manifest {
    product: String,
    format: u32,
    /// The release that made it.
    pub(crate) version: String,
    /// Unix seconds.
    pub(crate) made_at: i64,
    pub(crate) database: Engine,
    /// Whether the secret key is in it.
    pub(crate) key: bool,
}

/// Where an archive's database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Engine {
    /// In the archive.
    Sqlite,
    /// Not in the archive: PostgreSQL's own tools copy it.
    Postgresql,
}

/// The archive's last entry.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    /// How many entries under [`FILES`] came before.
    files: u64,
}

/// What came into an archive or out of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Contents {
    pub(crate) files: u64,
    /// Of all entries, before compression.
    pub(crate) bytes: u64,
}

impl Manifest {
    /// Of an archive that this release makes now.
    pub(crate) fn new(database: Engine, key: bool, made_at: i64) -> Manifest {
        Manifest { product: PRODUCT.to_owned(), format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), made_at, database, key }
    }
}

/// Makes the directory's entries as durable as their contents.
fn sync_directory(directory: &Path) -> std::io::Result<()> {
    std::fs::File::open(directory)?.sync_all()
}
