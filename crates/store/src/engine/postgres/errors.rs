//! PostgreSQL's errors as the store's, without any value: its details and hints quote rows, so they are left out.
//! What to do about them is decided by the callers.

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use crate::StoreError;
use crate::engine::progress::Failure;
use crate::error::intern;

/// Translates the error of the statement called `name`.
pub(crate) fn translate(name: &str, error: &Error) -> Failure {
    if let Some(refusal) = error.as_db_error() {
        return translate_refusal(name, refusal);
    }
    if error.is_closed() || std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<std::io::Error>) {
        tracing::warn!(name, %error, "the connection to PostgreSQL is lost");
        return StoreError::Busy.into();
    }
    // What is left tells the number of a parameter or a column, and the types that do not fit.
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    StoreError::broken(format!("{name}: {error}{cause}")).into()
}

fn translate_refusal(name: &str, refusal: &DbError) -> Failure {
    let code = refusal.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        return StoreError::Duplicate(intern(refusal.constraint().unwrap_or("unknown"))).into();
    }
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return Failure { error: StoreError::Busy, conflict: true };
    }
    if *code == SqlState::DISK_FULL {
        return StoreError::Full.into();
    }
    if passes_with_time(code) {
        tracing::warn!(name, code = code.code(), "PostgreSQL cannot serve at the moment");
        return StoreError::Busy.into();
    }
    // The messages of class 22 quote the value that does not fit.
    let message = if code.code().starts_with("22") { "a value does not fit" } else { refusal.message() };
    let places = [Some(code.code()), refusal.table(), refusal.column(), refusal.constraint()];
    let at: Vec<&str> = places.into_iter().flatten().collect();
    StoreError::broken(format!("{name}: {message} ({})", at.join(", "))).into()
}

/// Whether the same may succeed a moment later: connections refused or cut, locks and time limits, resources.
fn passes_with_time(code: &SqlState) -> bool {
    let classes = ["08", "53", "57P"];
    classes.iter().any(|class| code.code().starts_with(class)) || *code == SqlState::LOCK_NOT_AVAILABLE || *code == SqlState::QUERY_CANCELED
}
