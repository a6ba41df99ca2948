//! What the command line asks of an installation, and how it is done: by the running server, asked over the socket in its
//! data directory, or by the command itself when no server runs. Either way the same function does it.

mod ask;
mod deeds;
mod listen;

use std::path::PathBuf;

use frontdesk_store::{Location, Store};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use ask::{ask, who};
pub(crate) use deeds::{AddMember, CreateAccount, SetPassword};
pub(crate) use listen::listen;

use crate::clock::Clock;
use crate::realtime::hub::Hub;

/// Longest line in either direction, in bytes: names, addresses and hashes, each far below a thousand.
const LINE_BYTES_MAX: u64 = 64 * 1024;

/// Something to do. Secrets come as hashes only.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(crate) enum Request {
    /// Says who serves here.
    Who,
    /// An account with its owner and a first inbox.
    CreateAccount(CreateAccount),
    /// A member without invitation.
    AddMember(AddMember),
    /// Another password.
    SetPassword(SetPassword),
    /// A copy of the database, complete and consistent, into an absolute path.
    CopyDatabase { to: PathBuf },
    /// Everything is to be indexed again.
    RebuildSearch,
    /// A few seconds of that work; answers how much is left.
    ContinueSearch,
}

/// A request on its way to a server.
#[derive(Debug, Serialize, Deserialize)]
struct Envelope {
    /// The database that the command means, by [`name_of`]; empty for the server's own.
    database: String,
    request: Request,
}

/// What a server says to it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    /// It is done.
    Done(Value),
    /// It is not done, for a reason that people read.
    Failed(String),
    /// The command means another database than this server's.
    OtherDatabase,
}

/// What a deed is done on.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) store: Store,
    /// Where the database is.
    pub(crate) location: Location,
    /// The sockets, in a server.
    pub(crate) hub: Option<Hub>,
    pub(crate) clock: Clock,
}

/// A PostgreSQL database's name that tells nothing of its password; empty for the data directory's own database.
fn name_of(location: &Location) -> String {
    match location {
        Location::Sqlite(_) => String::new(),
        Location::Postgres(url) => crate::secret::hash_token(url),
    }
}
