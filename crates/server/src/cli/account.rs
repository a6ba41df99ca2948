//! `frontdesk account create`: a new account with its owner and a first inbox.

use clap::{Args, Subcommand};
use frontdesk_core::text::{Email, Name};

use super::open;
use crate::config::DataOptions;
use crate::control::{self, CreateAccount, Request};
use crate::secret;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account with its owner and a first inbox
    Create(Create),
}

/// An account and its owner.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Name of the business or site
    #[arg(long)]
    name: String,
    /// The owner's name
    #[arg(long)]
    owner_name: String,
    /// The owner's e-mail address, to log in with
    #[arg(long)]
    owner_email: String,
    /// The owner's password; "-" reads it from standard input
    #[arg(long)]
    owner_password: Option<String>,
    /// Most members and invitations [default: no limit]
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
    seats: Option<i64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: DataOptions,
}

pub(super) async fn run(Command::Create(create): Command) -> anyhow::Result<()> {
    let password = open::password(create.owner_password.as_deref())?;
    let (token, website_token) = (secret::new_token()?, secret::new_public_token()?);
    let email = Email::parse(&create.owner_email)?;
    let new = CreateAccount {
        name: Name::parse("name", &create.name)?.as_str().to_owned(),
        owner_name: Name::parse("owner_name", &create.owner_name)?.as_str().to_owned(),
        owner_email: email.as_str().to_owned(),
        password_hash: open::password_hash(password.as_ref())?,
        seats: create.seats,
        token_hash: secret::hash_token(&token),
        website_token: website_token.clone(),
    };
    let mut made = control::ask(&create.at.with_file()?, Request::CreateAccount(new)).await?;
    if create.json {
        made["api_access_token"] = token.into();
        made["website_token"] = website_token.into();
        return super::print(&format!("{made}\n"));
    }
    let hint = if password.is_some() {
        String::new()
    } else {
        format!("\nset the owner's password: frontdesk user password --email {}", email.as_str())
    };
    super::print(&format!(
        "account {}, owner {}, inbox {}\nAPI token (shown once): {token}\nwebsite token: {website_token}{hint}\n",
        made["account_id"], made["user_id"], made["inbox_id"]
    ))
}
