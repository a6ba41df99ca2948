//! What can go wrong behind the door, told without any value that a person typed.
//! How each is answered on the wire is the server's business, not this file's.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Why a transaction was not done. Nothing of a transaction that answers with one of these is stored, with one
/// exception: `Busy` after a lost PostgreSQL connection, where the commit may have arrived all the same.
///
/// Neither `Debug` nor `Display` shows parameters or stored values, so both may be logged.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A row that must be there is not there.
    #[error("no such row")]
    Missing,
    /// A unique index or constraint, named here as PostgreSQL names it, refused the row.
    #[error("the unique index {0} has such a row already")]
    Duplicate(&'static str),
    /// Full queue, no free connection, lost connection, another process holding the lock, or conflicts until the
    /// last attempt: the same call may succeed a moment later.
    #[error("the database is busy or cannot be reached")]
    Busy,
    /// The database's disk has no room left; reading goes on, and so does writing once somebody made room.
    #[error("the disk of the database is full: make room, then writing goes on by itself")]
    Full,
    /// The database was written by a newer release, whose tables this one does not know.
    #[error(
        "the database was written by a newer release of Frontdesk (its last migration is {found}, this release knows \
         migrations up to {known}): run that release or a newer one, or restore a backup made before the upgrade"
    )]
    NewerDatabase {
        /// Number of the last migration that the database has.
        found: i64,
        /// Number of the last migration that this release knows.
        known: i64,
    },
    /// Anything else: a fault of this program, of its database's settings, or of the disk.
    #[error("the database failed: {0}")]
    Broken(#[source] Arc<dyn Error + Send + Sync>),
}

impl StoreError {
    /// A [`StoreError::Broken`] that says this sentence. It must contain no parameter and no stored value.
    pub fn broken(sentence: impl Into<String>) -> StoreError {
        StoreError::Broken(Arc::new(Fault(sentence.into())))
    }
}

/// A sentence as an error.
#[derive(Debug)]
struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Fault {}

/// The names that [`StoreError::Duplicate`] has told, kept for the life of the process: one per index at most.
static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// An index's name that lives for ever. Not for anything but names from the schema: it is never freed.
pub(crate) fn intern(name: &str) -> &'static str {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(kept);
    kept
}
