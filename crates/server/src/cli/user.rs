//! `frontdesk user password`: the way back in for somebody without mail.

use clap::{Args, Subcommand};
use frontdesk_core::text::{Email, Password};
use frontdesk_store::{Tx, users};

use super::open;
use crate::actions::Refusal;
use crate::config::DataOptions;
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
    let store = open::store(&set.at.with_file()?, |_, _| {}).await?;
    let change = async move |tx: &mut Tx<'_>| {
        let user = users::find_by_email(tx, email.as_str()).await?.ok_or(Refusal::NotFound("User"))?;
        Ok::<_, Refusal>(users::set_password(tx, user.id, &hash).await?)
    };
    store.write(change).await?;
    store.close().await;
    if given.is_some() { super::print("password set\n") } else { super::print(&format!("password set: {made}\n")) }
}
