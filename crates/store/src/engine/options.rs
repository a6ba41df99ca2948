//! Where the database is and how much may wait for it. Nothing is opened here.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::migrate::{MIGRATIONS, Migration};

/// Transactions that may wait their turn. At the slowest disks worth serving (some 20 durable groups a second) this is
/// a few seconds of work; more would only be answered after its client has given up.
pub(crate) const QUEUE_JOBS_MAX: usize = 1024;

/// How long a process waits for another one (the command line, a backup) to finish its write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// PostgreSQL sessions of one node, used by reads and writes together; a server's default is 100 for all nodes.
const CONNECTIONS_MAX: usize = 16;

/// Ids of each kind that are left out after a restore: more than were given between the backup and the day it was needed.
pub(crate) const IDS_SKIPPED: i64 = 1_000_000;

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// SQLite: this file, made with its directory when absent.
    Sqlite(PathBuf),
    /// PostgreSQL: a connection URL, `postgres://user:password@host/name` or
    /// `postgres:///name?host=/directory/of/the/socket`.
    Postgres(String),
}

/// Without the URL: it may hold a password.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(file) => f.debug_tuple("Sqlite").field(file).finish(),
            Location::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// Limits, and the schema. The defaults are what the program is made for.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The schema's steps, by number.
    pub migrations: &'static [Migration],
    /// How many transactions may wait; one more is refused with `Busy`.
    pub queue_jobs_max: usize,
    /// SQLite: how long to wait for another process's write.
    pub busy_timeout: Duration,
    /// PostgreSQL: how many sessions, used by reads and writes together; at least 1.
    pub connections_max: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { migrations: MIGRATIONS, queue_jobs_max: QUEUE_JOBS_MAX, busy_timeout: BUSY_TIMEOUT, connections_max: CONNECTIONS_MAX }
    }
}
