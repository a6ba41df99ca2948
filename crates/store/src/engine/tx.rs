//! A transaction over either engine: how statements are run inside `write` and `read`.
//! Beginning and ending it is the engine's business.

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;

use super::progress::Progress;
use super::{postgres, sqlite};
use crate::{FromRow, Params, Statement, StoreError};

/// A running transaction. When a statement fails, all later ones fail with the same error and the transaction is
/// rolled back, also when the closure swallows the error: use `ON CONFLICT` where a duplicate is expected. `Missing`
/// is not a failure in this sense.
pub struct Tx<'a> {
    session: Session<'a>,
    progress: &'a Progress,
}

enum Session<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a deadpool_postgres::Transaction<'a>),
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.session {
            Session::Sqlite(_) => "Tx(sqlite)",
            Session::Postgres(_) => "Tx(postgres)",
        })
    }
}

impl<'a> Tx<'a> {
    pub(super) fn sqlite(connection: &'a rusqlite::Connection, progress: &'a Progress) -> Tx<'a> {
        Tx { session: Session::Sqlite(connection), progress }
    }

    pub(super) fn postgres(transaction: &'a deadpool_postgres::Transaction<'a>, progress: &'a Progress) -> Tx<'a> {
        Tx { session: Session::Postgres(transaction), progress }
    }

    /// Every row that the statement gives, in its order. The statement bounds how many that may be.
    pub async fn all<T: FromRow>(&mut self, statement: &'static Statement, params: Params<'_>) -> Result<Vec<T>, StoreError> {
        self.progress.check()?;
        let outcome = match &self.session {
            Session::Sqlite(connection) => sqlite::statement::all(connection, statement, &params),
            Session::Postgres(transaction) => self.progress.wait_for(postgres::statement::all(transaction, statement, &params)).await,
        };
        self.progress.note(outcome)
    }

    /// The statement's first row, if it gives one.
    pub async fn first<T: FromRow>(&mut self, statement: &'static Statement, params: Params<'_>) -> Result<Option<T>, StoreError> {
        self.progress.check()?;
        let outcome = match &self.session {
            Session::Sqlite(connection) => sqlite::statement::first(connection, statement, &params),
            Session::Postgres(transaction) => self.progress.wait_for(postgres::statement::first(transaction, statement, &params)).await,
        };
        self.progress.note(outcome)
    }

    /// The statement's first row; [`StoreError::Missing`] when it gives none.
    pub async fn one<T: FromRow>(&mut self, statement: &'static Statement, params: Params<'_>) -> Result<T, StoreError> {
        self.first(statement, params).await?.ok_or(StoreError::Missing)
    }

    /// Runs a statement that gives no rows (one with `RETURNING` is refused on SQLite) and counts the rows it changed.
    pub async fn run(&mut self, statement: &'static Statement, params: Params<'_>) -> Result<u64, StoreError> {
        self.progress.check()?;
        let outcome = match &self.session {
            Session::Sqlite(connection) => sqlite::statement::run(connection, statement, &params),
            Session::Postgres(transaction) => self.progress.wait_for(postgres::statement::run(transaction, statement, &params)).await,
        };
        self.progress.note(outcome)
    }

    /// Has this account's new place in the log told through `on_commit` once the transaction is durable, and never
    /// when it is rolled back. In a read it is told to nobody.
    pub fn announce(&mut self, account: AccountId, seq: Seq) {
        self.progress.announce(account, seq);
    }
}
