//! The one door: a store over SQLite or PostgreSQL whose transactions are async closures.
//! Which statements there are is the nouns' business.

pub(crate) mod account_tx;
mod job;
mod options;
mod postgres;
mod progress;
mod sqlite;
pub(crate) mod store;
mod tx;

pub use account_tx::AccountTx;
pub use options::{Location, Options};
pub(crate) use postgres::check as check_postgres;
pub(crate) use postgres::errors::translate as postgres_error;
pub(crate) use sqlite::value::cell as sqlite_cell;
pub use store::Store;
pub use tx::Tx;
