//! An account begins: with its owner as administrator and a first website inbox, so that chatting can start at once.

use frontdesk_core::brand::BrandColor;
use frontdesk_core::id::{AccountId, InboxId, UserId};
use frontdesk_core::member::Role;
use frontdesk_core::text::{Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_core::website::WebsiteUrl;
use frontdesk_store::inboxes::{self, NewInbox};
use frontdesk_store::{Tx, accounts, installation, members, users};

use super::Refusal;

/// What a new inbox says until somebody writes something better.
pub(crate) const GREETING: &str = "Hello! What can we do for you?";
/// The accent of the dashboard, until the owner chooses a colour.
pub(crate) const COLOR: &str = "#2f5fdd";

/// What an account begins with.
#[derive(Debug, Clone)]
pub(crate) struct NewAccount {
    pub(crate) name: Name,
    pub(crate) owner_name: Name,
    pub(crate) owner_email: Email,
    /// In PHC format; without one the owner sets a password by `frontdesk user password`.
    pub(crate) password_hash: Option<String>,
    /// No limit when absent.
    pub(crate) seats: Option<i64>,
    pub(crate) token_hash: String,
    pub(crate) website_token: String,
    pub(crate) website_url: WebsiteUrl,
    pub(crate) color: BrandColor,
}

/// The ids of what was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CreatedAccount {
    pub(crate) account: AccountId,
    pub(crate) user: UserId,
    pub(crate) inbox: InboxId,
}

/// Makes account, administrator and inbox. An owner who has a user already keeps name and password.
pub(crate) async fn create(tx: &mut Tx<'_>, new: &NewAccount, now: Millis) -> Result<CreatedAccount, Refusal> {
    // Whoever sets the installation up at this moment waits, and finds it done.
    installation::claim(tx, now).await?;
    let account = accounts::insert(tx, new.name.as_str(), new.seats, now).await?;
    let user = match users::find_by_email(tx, new.owner_email.as_str()).await? {
        Some(user) => user.id,
        None => users::insert(tx, new.owner_email.as_str(), new.owner_name.as_str(), new.password_hash.as_deref(), now).await?,
    };
    users::insert_token(tx, user, &new.token_hash, now).await?;
    members::insert(tx, account, user, Role::Administrator, None, now).await?;
    let inbox = NewInbox {
        name: new.name.as_str(),
        website_token: &new.website_token,
        website_url: new.website_url.as_str(),
        greeting: GREETING,
        color: new.color.as_str(),
    };
    let inbox = inboxes::insert(tx, account, &inbox, now).await?;
    Ok(CreatedAccount { account, user, inbox })
}
