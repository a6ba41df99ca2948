//! `frontdesk account create`: a new account with its owner and a first inbox.

use clap::{Args, Subcommand};
use frontdesk_core::brand::BrandColor;
use frontdesk_core::text::{Email, Name};
use frontdesk_store::Tx;

use super::open;
use crate::actions::create_account::{self, COLOR, NewAccount};
use crate::clock::Clock;
use crate::config::DataOptions;
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
    let new = NewAccount {
        name: Name::parse("name", &create.name)?,
        owner_name: Name::parse("owner_name", &create.owner_name)?,
        owner_email: Email::parse(&create.owner_email)?,
        password_hash: open::password_hash(password.as_ref())?,
        seats: create.seats,
        token_hash: secret::hash_token(&token),
        website_token: website_token.clone(),
        color: BrandColor::parse(COLOR)?,
    };
    let store = open::store(&create.at.with_file()?, |_, _| {}).await?;
    let (now, email) = (Clock::system().now(), new.owner_email.clone());
    let made = store.write(async move |tx: &mut Tx<'_>| create_account::create(tx, &new, now).await).await?;
    store.close().await;
    if create.json {
        let ids = serde_json::json!({
            "account_id": made.account, "user_id": made.user, "inbox_id": made.inbox,
            "api_access_token": token, "website_token": website_token,
        });
        return super::print(&format!("{ids}\n"));
    }
    let hint = if password.is_some() {
        String::new()
    } else {
        format!("\nset the owner's password: frontdesk user password --email {}", email.as_str())
    };
    super::print(&format!(
        "account {}, owner {}, inbox {}\nAPI token (shown once): {token}\nwebsite token: {website_token}{hint}\n",
        made.account, made.user, made.inbox
    ))
}
