//! Whether the database is there, whole, and of a schema that this release knows.

use frontdesk_core::time::Millis;
use frontdesk_store::{Checked, Location, StoreError};

use super::{Finding, Patient, State};

const NAME: &str = "database";

/// What was found, and when the newest message was written.
pub(super) async fn database(patient: &Patient) -> (Finding, Option<Millis>) {
    let location = patient.at.location();
    if let Location::Sqlite(file) = &location
        && !file.exists()
    {
        let missing = Finding::new(NAME, State::Note, format!("there is no {} yet", file.display()));
        return (missing.advise("the first start makes it; an installation on PostgreSQL is named with --database"), None);
    }
    match frontdesk_store::check(&location).await {
        Ok(checked) => (schema(checked), checked.newest),
        Err(StoreError::Busy) => {
            let down = Finding::new(NAME, State::Broken, "the PostgreSQL database cannot be reached");
            (down.advise("look whether it runs, and whether --database names the right host, user and password"), None)
        }
        Err(error) => {
            let advice = match location {
                Location::Sqlite(_) => "stop the server, keep a copy of the file, and restore the last backup",
                Location::Postgres(_) => "PostgreSQL's log says more",
            };
            (Finding::new(NAME, State::Broken, error.to_string()).advise(advice), None)
        }
    }
}

fn schema(it: Checked) -> Finding {
    if it.schema > it.known {
        let newer = format!("the database is of a newer release (migration {}, this release knows {})", it.schema, it.known);
        return Finding::new(NAME, State::Broken, newer)
            .advise("run that release or a newer one, or restore a backup made before the upgrade");
    }
    if it.schema < it.known {
        return Finding::new(NAME, State::Note, "the database is of an earlier release; the next start brings it up to date")
            .advise("make a backup before");
    }
    Finding::new(NAME, State::Ok, "the database is whole and up to date")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_database_is_worth_a_word_and_a_newer_one_cannot_be_used() {
        let state = |schema| super::schema(Checked { schema, known: 7, newest: None }).state;
        assert_eq!([6, 7, 8].map(state), [State::Note, State::Ok, State::Broken]);
    }
}
