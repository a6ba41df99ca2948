//! What commands share: opening the database with errors for people, reading passwords.

use std::io::{BufRead, IsTerminal, Read};

use anyhow::{Context, bail};
use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use frontdesk_core::text::Password;
use frontdesk_store::{Location, Store, StoreError};

use crate::config::DataOptions;
use crate::data;
use crate::key::{self, SecretKey};
use crate::secret;

/// Most that is read of a line: far more than the longest password.
const LINE_BYTES_MAX: u64 = 10_000;

/// Opens the database that the options name.
pub(crate) async fn store(options: &DataOptions, on_commit: impl Fn(AccountId, Seq) + Send + Sync + 'static) -> anyhow::Result<Store> {
    let location = options.location();
    if let Location::Sqlite(_) = &location {
        data::open(&options.directory())?;
    }
    Store::open(&location, on_commit).await.map_err(|error| match (&error, &location) {
        (StoreError::Busy, Location::Postgres(_)) => anyhow::anyhow!("the PostgreSQL database cannot be reached"),
        _ => anyhow::Error::new(error).context("the database cannot be opened"),
    })
}

/// The installation's key: of the environment, or of the data directory, where it is made at the first start.
pub(super) fn secret_key(options: &DataOptions) -> anyhow::Result<SecretKey> {
    let directory = options.directory();
    data::open(&directory)?;
    SecretKey::load(&directory, std::env::var(key::VARIABLE).ok().as_deref())
}

/// A password as given: "-" reads one line of standard input, where other users of the machine do not see it.
pub(super) fn password(given: Option<&str>) -> anyhow::Result<Option<Password>> {
    let text = match given {
        None => return Ok(None),
        Some("-") => read_line()?,
        Some(text) => text.to_owned(),
    };
    if text.is_empty() {
        bail!("the password is empty");
    }
    Ok(Some(Password::parse(&text)?))
}

/// One line of standard input, without its end; asks for it where somebody types.
#[expect(clippy::print_stderr, reason = "a question to whoever sits at the terminal")]
fn read_line() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprint!("Password: ");
    }
    let mut line = String::new();
    input.lock().take(LINE_BYTES_MAX).read_line(&mut line).context("standard input cannot be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The hash of a password, if there is one.
pub(super) fn password_hash(password: Option<&Password>) -> anyhow::Result<Option<String>> {
    password.map(|it| secret::hash_password(it.as_str())).transpose()
}
