//! Inboxes: the channels of an account. Only website widgets exist yet.

use frontdesk_core::id::{AccountId, InboxId, UserId};
use frontdesk_core::time::Millis;

use crate::{StoreError, Tx, params, row, statements};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, account_id, name, website_token, website_url, greeting, color, created_at FROM inboxes ", $rest)
    };
}

statements! {
    /// One inbox of an account.
    FIND = select!("WHERE account_id = $1 AND id = $2");
    /// The inbox that a snippet names.
    FIND_BY_TOKEN = select!("WHERE website_token = $1");
    /// The inboxes that a member sees.
    LIST = select!("WHERE account_id = $1 AND ($2 OR id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $3)) ORDER BY id");
    /// A new inbox.
    INSERT = "INSERT INTO inboxes (account_id, name, website_token, website_url, greeting, color, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    /// A new inbox has all members (BEHAVIOUR 2.8).
    ADD_MEMBERS = "INSERT INTO inbox_members (inbox_id, user_id) SELECT CAST($2 AS BIGINT), user_id FROM members WHERE account_id = $1";
    /// Who answers here.
    TEAM = "SELECT COALESCE(m.name, u.name) AS name, u.picture FROM inbox_members im JOIN inboxes i ON i.id = im.inbox_id JOIN members m ON m.account_id = i.account_id AND m.user_id = im.user_id JOIN users u ON u.id = m.user_id WHERE im.inbox_id = $1 AND m.access AND m.answers_chats AND m.availability <> 'offline' ORDER BY m.created_at, m.user_id LIMIT 5";
}

row! {
    /// A website widget.
    #[derive(Debug, Clone)]
    pub struct Inbox {
        /// Its id.
        pub id: InboxId,
        /// The account it belongs to.
        pub account_id: AccountId,
        /// What visitors read in its header.
        pub name: String,
        /// Names the inbox in the snippet; public.
        pub website_token: String,
        /// Where the widget is meant to be; may be empty.
        pub website_url: String,
        /// The first words to a visitor.
        pub greeting: String,
        /// The brand colour as #rrggbb.
        pub color: String,
        /// When it was made.
        pub created_at: Millis,
    }
}

/// What an inbox is made of.
#[derive(Debug)]
pub struct NewInbox<'a> {
    /// What visitors read in its header.
    pub name: &'a str,
    /// Names the inbox in the snippet.
    pub website_token: &'a str,
    /// Where the widget is meant to be; may be empty.
    pub website_url: &'a str,
    /// The first words to a visitor.
    pub greeting: &'a str,
    /// The brand colour as #rrggbb.
    pub color: &'a str,
}

/// Finds an inbox of this account.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, id: InboxId) -> Result<Option<Inbox>, StoreError> {
    tx.first(&FIND, params![account, id]).await
}

/// Finds the inbox that a snippet names.
pub async fn find_by_token(tx: &mut Tx<'_>, website_token: &str) -> Result<Option<Inbox>, StoreError> {
    // PostgreSQL refuses to compare with a NUL, which no token has.
    if website_token.contains('\0') {
        return Ok(None);
    }
    tx.first(&FIND_BY_TOKEN, params![website_token]).await
}

/// The inboxes that a member sees: all with `sees_all`, otherwise those they belong to.
pub async fn list(tx: &mut Tx<'_>, account: AccountId, sees_all: bool, user: UserId) -> Result<Vec<Inbox>, StoreError> {
    tx.all(&LIST, params![account, sees_all, user]).await
}

/// Makes an inbox with all members in it.
pub async fn insert(tx: &mut Tx<'_>, account: AccountId, new: &NewInbox<'_>, now: Millis) -> Result<InboxId, StoreError> {
    let values = params![account, new.name, new.website_token, new.website_url, new.greeting, new.color, now];
    let id: InboxId = tx.one(&INSERT, values).await?;
    tx.run(&ADD_MEMBERS, params![account, id]).await?;
    Ok(id)
}

/// Names and pictures of up to five members who answer here and do not hide.
pub async fn team(tx: &mut Tx<'_>, id: InboxId) -> Result<Vec<(String, Option<String>)>, StoreError> {
    tx.all(&TEAM, params![id]).await
}
