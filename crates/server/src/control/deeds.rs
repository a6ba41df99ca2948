//! The deeds behind the requests, each one transaction of an action that the rest of the program uses too. What is printed
//! about them is the commands' business.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use frontdesk_core::brand::BrandColor;
use frontdesk_core::id::AccountId;
use frontdesk_core::member::Role;
use frontdesk_core::text::{Email, Name};
use frontdesk_core::website::WebsiteUrl;
use frontdesk_store::{AccountTx, StoreError, Tx, members, search, users};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Desk, Request};
use crate::actions::Refusal;
use crate::actions::add_member::{self, NewMember};
use crate::actions::create_account::{self, COLOR, NewAccount};
use crate::jobs;

/// How long one step of indexing everything again may take: then the progress is told.
const SEARCH_STEP: Duration = Duration::from_secs(2);

/// An account and its owner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CreateAccount {
    pub(crate) name: String,
    pub(crate) owner_name: String,
    pub(crate) owner_email: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) seats: Option<i64>,
    pub(crate) token_hash: String,
    pub(crate) website_token: String,
}

/// A member and their account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AddMember {
    pub(crate) account: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    /// A word of [`Role`].
    pub(crate) role: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) token_hash: String,
}

/// A person and their new password.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SetPassword {
    pub(crate) email: String,
    pub(crate) password_hash: String,
}

impl Desk {
    /// Does what is asked; an error is a sentence for people, and nothing was done then.
    pub(super) async fn perform(&self, request: Request) -> anyhow::Result<Value> {
        match request {
            Request::Who => Ok(Value::Null),
            Request::CreateAccount(it) => self.create_account(it).await,
            Request::AddMember(it) => self.add_member(it).await,
            Request::SetPassword(it) => self.set_password(it).await,
            Request::CopyDatabase { to } => self.copy_database(to).await,
            Request::RebuildSearch => self.rebuild_search().await,
            Request::ContinueSearch => self.continue_search().await,
        }
    }

    async fn create_account(&self, it: CreateAccount) -> anyhow::Result<Value> {
        let new = NewAccount {
            name: Name::parse("name", &it.name)?,
            owner_name: Name::parse("owner_name", &it.owner_name)?,
            owner_email: Email::parse(&it.owner_email)?,
            password_hash: it.password_hash,
            seats: it.seats,
            token_hash: it.token_hash,
            website_token: it.website_token,
            website_url: WebsiteUrl::default(),
            color: BrandColor::parse(COLOR)?,
        };
        let now = self.clock.now();
        let made = self.store.write(async move |tx: &mut Tx<'_>| create_account::create(tx, &new, now).await).await?;
        Ok(json!({ "account_id": made.account, "user_id": made.user, "inbox_id": made.inbox }))
    }

    async fn add_member(&self, it: AddMember) -> anyhow::Result<Value> {
        let new = NewMember {
            name: Name::parse("name", &it.name)?,
            email: Email::parse(&it.email)?,
            role: Role::parse(&it.role).ok_or_else(|| anyhow::anyhow!("a role is agent or administrator"))?,
            password_hash: it.password_hash,
            token_hash: it.token_hash,
        };
        let now = self.clock.now();
        let added = async move |tx: &mut AccountTx<'_, '_>| add_member::add(tx, &new, now).await;
        let user = self.store.write_in(AccountId(it.account), added).await.map_err(|refusal| match refusal {
            Refusal::Store(StoreError::Missing) => anyhow::anyhow!("there is no account {}", it.account),
            other => other.into(),
        })?;
        Ok(json!({ "user_id": user }))
    }

    async fn set_password(&self, it: SetPassword) -> anyhow::Result<Value> {
        let (email, hash) = (Email::parse(&it.email)?, it.password_hash);
        let change = async move |tx: &mut Tx<'_>| {
            let user = users::find_by_email(tx, email.as_str()).await?.ok_or(Refusal::NotFound("User"))?;
            users::set_password(tx, user.id, &hash).await?;
            Ok::<_, Refusal>(members::memberships(tx, user.id).await?)
        };
        let memberships = self.store.write(change).await?;
        if let Some(hub) = &self.hub {
            // Sockets of the sessions that are over now.
            hub.recheck(&memberships.iter().map(|it| it.account_id).collect::<Vec<_>>());
        }
        Ok(Value::Null)
    }

    async fn copy_database(&self, to: PathBuf) -> anyhow::Result<Value> {
        self.store.copy_to(&to).await?;
        Ok(Value::Null)
    }

    async fn rebuild_search(&self) -> anyhow::Result<Value> {
        self.store.write(async |tx: &mut Tx<'_>| search::rebuild(tx).await).await?;
        self.search_left().await
    }

    /// The server's own job may be at it, too: each part is indexed by whoever takes it first.
    async fn continue_search(&self) -> anyhow::Result<Value> {
        let begun = Instant::now();
        while begun.elapsed() < SEARCH_STEP && jobs::index_older(&self.store).await? {}
        self.search_left().await
    }

    async fn search_left(&self) -> anyhow::Result<Value> {
        let left: i64 = self.store.read(async |tx: &mut Tx<'_>| search::left(tx).await).await?;
        Ok(json!({ "left": left }))
    }
}
