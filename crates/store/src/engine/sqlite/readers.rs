//! Reads on SQLite: in place, on a connection that no other read uses meanwhile.
//! What takes long does not belong here but on a thread that may block.

use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use super::connection::Opener;
use super::errors::translate;
use super::run_closure;
use crate::StoreError;
use crate::engine::progress::Progress;
use crate::engine::tx::Tx;

/// Connections kept for later reads. No more reads run at once than there are threads; each idle connection costs up to
/// 2 MiB of cache.
const READERS_IDLE_MAX: usize = 8;

/// The idle readers.
pub(super) struct Readers {
    opener: Opener,
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(opener: Opener) -> Readers {
        Readers { opener, idle: Mutex::new(Some(Vec::with_capacity(READERS_IDLE_MAX))) }
    }

    /// Runs a closure on one snapshot of the database.
    pub(super) fn read<T, E, F>(&self, closure: &F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: AsyncFn(&mut Tx<'_>) -> Result<T, E>,
    {
        let connection = self.take()?;
        statement(&connection, "BEGIN")?;
        let result = run_closure(&connection, closure, &Progress::default());
        // A connection that cannot end its transaction is closed, which ends it.
        match statement(&connection, "ROLLBACK") {
            Ok(()) => self.give_back(connection),
            Err(error) => tracing::warn!(%error, "a reading connection was given up"),
        }
        result
    }

    /// Closes the idle readers; those at work are closed when they are given back.
    pub(super) fn close(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = match &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(idle) => idle.pop(),
            None => return Err(StoreError::Busy),
        };
        idle.map_or_else(|| self.opener.reader(), Ok)
    }

    fn give_back(&self, connection: Connection) {
        if let Some(idle) = &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)
            && idle.len() < READERS_IDLE_MAX
        {
            idle.push(connection);
        }
    }
}

fn statement(connection: &Connection, text: &'static str) -> Result<(), StoreError> {
    let ran = connection.prepare_cached(text).and_then(|mut statement| statement.execute([]));
    ran.map(drop).map_err(|error| translate(connection, text, &error))
}
