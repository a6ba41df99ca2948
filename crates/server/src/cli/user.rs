//! `frontdesk user password`: the way back in for somebody without mail.

use clap::{Args, Subcommand};
use frontdesk_core::text::{Email, Password};

use super::open;
use crate::config::DataOptions;
use crate::control::{self, Request};
use crate::secret;

/// What can be done with users.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Set a password; whoever was logged in is logged out
    Password(SetPassword),
}

/// A person and their new password.
#[derive(Debug, Args)]
pub(super) struct SetPassword {
    /// The person's e-mail address
    #[arg(long)]
    email: String,
    /// The new password; "-" reads it from standard input [default: a random one, which is printed]
    #[arg(long)]
    password: Option<String>,
    #[command(flatten)]
    at: DataOptions,
}

pub(super) async fn run(Command::Password(set): Command) -> anyhow::Result<()> {
    let email = Email::parse(&set.email)?;
    let given = open::password(set.password.as_deref())?;
    let made = secret::new_public_token()?;
    let password = match &given {
        Some(password) => password.clone(),
        None => Password::parse(&made)?,
    };
    let hash = secret::hash_password(password.as_str())?;
    let change = control::SetPassword { email: email.as_str().to_owned(), password_hash: hash };
    control::ask(&set.at.with_file()?, Request::SetPassword(change)).await?;
    if given.is_some() { super::print("password set\n") } else { super::print(&format!("password set: {made}\n")) }
}
