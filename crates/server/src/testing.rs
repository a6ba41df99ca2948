//! Doors for the tests in `tests/it`: people are made as the command line makes them. Not for use by anything else.

use frontdesk_core::id::{AccountId, InboxId, UserId};
use frontdesk_core::member::Role;
use frontdesk_core::text::{Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_core::website::WebsiteUrl;
use frontdesk_store::inboxes::NewInbox;
use frontdesk_store::{AccountTx, Store, StoreError, Tx, inboxes};
use tokio::sync::OwnedSemaphorePermit;

use crate::actions::add_member::{self, NewMember};
use crate::actions::create_account::{self, COLOR, GREETING, NewAccount};
use crate::{App, jobs, secret};
use frontdesk_core::brand::BrandColor;

/// An account as `frontdesk account create` tells of it.
#[derive(Debug)]
pub struct MadeAccount {
    /// The account.
    pub account: AccountId,
    /// Its owner.
    pub user: UserId,
    /// Its first inbox.
    pub inbox: InboxId,
    /// The owner's API token.
    pub api_access_token: String,
    /// Names the inbox in the snippet.
    pub website_token: String,
}

/// Makes an account with its owner and a first inbox.
pub async fn create_account(
    store: &Store,
    name: &str,
    (owner, email): (&str, &str),
    password: Option<&str>,
    now: Millis,
) -> anyhow::Result<MadeAccount> {
    let (api_access_token, website_token) = (secret::new_token()?, secret::new_public_token()?);
    let new = NewAccount {
        name: Name::parse("name", name)?,
        owner_name: Name::parse("owner_name", owner)?,
        owner_email: Email::parse(email)?,
        password_hash: password.map(secret::hash_password).transpose()?,
        seats: None,
        token_hash: secret::hash_token(&api_access_token),
        website_token: website_token.clone(),
        website_url: WebsiteUrl::default(),
        color: BrandColor::parse(COLOR)?,
    };
    let made = store.write(async move |tx: &mut Tx<'_>| create_account::create(tx, &new, now).await).await?;
    Ok(MadeAccount { account: made.account, user: made.user, inbox: made.inbox, api_access_token, website_token })
}

/// Adds a member and tells their id and API token.
pub async fn add_member(
    store: &Store,
    account: AccountId,
    (name, email): (&str, &str),
    role: Role,
    password: Option<&str>,
    now: Millis,
) -> anyhow::Result<(UserId, String)> {
    let token = secret::new_token()?;
    let new = NewMember {
        name: Name::parse("name", name)?,
        email: Email::parse(email)?,
        role,
        password_hash: password.map(secret::hash_password).transpose()?,
        token_hash: secret::hash_token(&token),
    };
    let add = async move |tx: &mut AccountTx<'_, '_>| add_member::add(tx, &new, now).await;
    Ok((store.write_in(account, add).await?, token))
}

/// Does everything that background jobs would do at this moment of the clock.
pub async fn run_jobs(app: &App) -> Result<(), StoreError> {
    jobs::run_due(app).await
}

/// Runs the background jobs as `serve` does while a story is told, then stops everything that runs on this app.
pub async fn with_jobs<T>(app: &App, story: impl Future<Output = T>) -> T {
    let running = jobs::start(app);
    let told = story.await;
    app.hub.stop();
    running.finish(std::time::Duration::from_secs(10)).await;
    told
}

/// Makes a further inbox, with all members in it, and tells its id and website token.
pub async fn add_inbox(store: &Store, account: AccountId, name: &str, now: Millis) -> anyhow::Result<(InboxId, String)> {
    let (name, website_token) = (name.to_owned(), secret::new_public_token()?);
    let token = website_token.clone();
    let add = async move |tx: &mut AccountTx<'_, '_>| {
        let new = NewInbox { name: &name, website_token: &token, website_url: "", greeting: GREETING, color: COLOR };
        inboxes::insert(tx, account, &new, now).await
    };
    Ok((store.write_in(account, add).await?, website_token))
}

/// As many searches of an account under way as there may be, until this is dropped.
pub fn crowd_searches(app: &App, account: AccountId) -> Vec<OwnedSemaphorePermit> {
    app.gate.crowd(account)
}
