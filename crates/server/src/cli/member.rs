//! `frontdesk member add`: a member who needs no invitation.

use clap::{Args, Subcommand};
use frontdesk_core::id::AccountId;
use frontdesk_core::member::Role;
use frontdesk_core::text::{Email, Name};
use frontdesk_store::{AccountTx, StoreError};

use super::open;
use crate::actions::Refusal;
use crate::actions::add_member::{self, NewMember};
use crate::clock::Clock;
use crate::config::DataOptions;
use crate::secret;

/// What can be done with members.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a member, accepted at once and without mail
    Add(Add),
}

/// A member and their account.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// Id of the account
    #[arg(long)]
    account: i64,
    /// The member's name
    #[arg(long)]
    name: String,
    /// The member's e-mail address, to log in with
    #[arg(long)]
    email: String,
    /// agent or administrator
    #[arg(long, default_value = "agent", value_parser = role)]
    role: Role,
    /// The member's password; "-" reads it from standard input
    #[arg(long)]
    password: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: DataOptions,
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "a role is agent or administrator".to_owned())
}

pub(super) async fn run(Command::Add(add): Command) -> anyhow::Result<()> {
    let password = open::password(add.password.as_deref())?;
    let token = secret::new_token()?;
    let new = NewMember {
        name: Name::parse("name", &add.name)?,
        email: Email::parse(&add.email)?,
        role: add.role,
        password_hash: open::password_hash(password.as_ref())?,
        token_hash: secret::hash_token(&token),
    };
    let store = open::store(&add.at.with_file()?, |_, _| {}).await?;
    let now = Clock::system().now();
    let added = async move |tx: &mut AccountTx<'_, '_>| add_member::add(tx, &new, now).await;
    let user = store.write_in(AccountId(add.account), added).await.map_err(|refusal| match refusal {
        Refusal::Store(StoreError::Missing) => anyhow::anyhow!("there is no account {}", add.account),
        other => other.into(),
    })?;
    store.close().await;
    if add.json {
        let ids = serde_json::json!({ "user_id": user, "api_access_token": token });
        return super::print(&format!("{ids}\n"));
    }
    super::print(&format!("user {user}\nAPI token (shown once): {token}\n"))
}
