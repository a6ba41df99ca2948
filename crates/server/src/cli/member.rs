//! `frontdesk member add`: a member who needs no invitation.

use clap::{Args, Subcommand};
use frontdesk_core::member::Role;
use frontdesk_core::text::{Email, Name};

use super::open;
use crate::config::DataOptions;
use crate::control::{self, AddMember, Request};
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
    let new = AddMember {
        account: add.account,
        name: Name::parse("name", &add.name)?.as_str().to_owned(),
        email: Email::parse(&add.email)?.as_str().to_owned(),
        role: add.role.as_str().to_owned(),
        password_hash: open::password_hash(password.as_ref())?,
        token_hash: secret::hash_token(&token),
    };
    let mut added = control::ask(&add.at.with_file()?, Request::AddMember(new)).await?;
    if add.json {
        added["api_access_token"] = token.into();
        return super::print(&format!("{added}\n"));
    }
    super::print(&format!("user {}\nAPI token (shown once): {token}\n", added["user_id"]))
}
