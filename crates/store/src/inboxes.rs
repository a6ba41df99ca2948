//! Inboxes: the channels of an account with their settings. Only website widgets exist yet. Who belongs to them is in
//! `inbox_members`.

use frontdesk_core::id::{AccountId, InboxId, UserId};
use frontdesk_core::inbox::{AskFor, LauncherIcon, WidgetPosition};
use frontdesk_core::time::Millis;

use crate::{StoreError, Tx, params, row, statements};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, name, website_token, website_url, greeting, color, created_at, enabled, widget_position, ",
            "launcher_icon, launcher_text, welcome_title, welcome_tagline, greeting_enabled, ask_for, show_team, locale, ",
            "allowed_domains, hmac_mandatory, hmac_version, seen_at, seen_host FROM inboxes ",
            $rest
        )
    };
}

statements! {
    /// One inbox of an account.
    FIND = select!("WHERE account_id = $1 AND id = $2");
    /// The inbox that a snippet names.
    FIND_BY_TOKEN = select!("WHERE website_token = $1 AND enabled");
    /// The inboxes that a member sees.
    LIST = select!("WHERE account_id = $1 AND ($2 OR id IN (SELECT inbox_id FROM inbox_members WHERE user_id = $3)) ORDER BY id");
    /// How many inboxes an account has.
    COUNT = "SELECT COUNT(*) AS n FROM inboxes WHERE account_id = $1";
    /// A new inbox.
    INSERT = "INSERT INTO inboxes (account_id, name, website_token, website_url, greeting, color, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    /// A new inbox has all members (BEHAVIOUR 2.8).
    ADD_MEMBERS = "INSERT INTO inbox_members (inbox_id, user_id) SELECT CAST($2 AS BIGINT), user_id FROM members WHERE account_id = $1";
    /// Other settings.
    UPDATE = "UPDATE inboxes SET name = $2, website_url = $3, greeting = $4, color = $5, enabled = $6, widget_position = $7, launcher_icon = $8, launcher_text = $9, welcome_title = $10, welcome_tagline = $11, greeting_enabled = $12, ask_for = $13, show_team = $14, locale = $15, allowed_domains = $16, hmac_mandatory = $17, hmac_version = $18 WHERE id = $1";
    /// Whether anybody ever wrote through it.
    HAS_CONVERSATIONS = "SELECT EXISTS (SELECT 1 FROM conversations WHERE inbox_id = $1) AS found";
    /// An inbox goes, with its members and browsers.
    DELETE = "DELETE FROM inboxes WHERE id = $1";
    /// A page showed the widget.
    SET_SEEN = "UPDATE inboxes SET seen_at = $2, seen_host = $3 WHERE id = $1";
    /// Who answers here.
    TEAM = "SELECT COALESCE(m.name, u.name) AS name, u.picture FROM inbox_members im JOIN inboxes i ON i.id = im.inbox_id JOIN members m ON m.account_id = i.account_id AND m.user_id = im.user_id JOIN users u ON u.id = m.user_id WHERE im.inbox_id = $1 AND m.access AND m.answers_chats AND m.availability <> 'offline' ORDER BY m.created_at, m.user_id LIMIT 5";
}

row! {
    /// A website widget.
    #[derive(Debug, Clone, PartialEq, Eq)]
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
        /// The first words to a visitor, said while `greeting_enabled`.
        pub greeting: String,
        /// The brand colour as #rrggbb.
        pub color: String,
        /// When it was made.
        pub created_at: Millis,
        /// Off: visitors get nothing.
        pub enabled: bool,
        /// The corner of the launcher.
        pub widget_position: WidgetPosition,
        /// What the launcher shows.
        pub launcher_icon: LauncherIcon,
        /// What the launcher says beside its icon; may be empty.
        pub launcher_text: String,
        /// The heading above the chat; may be empty.
        pub welcome_title: String,
        /// The line under it; may be empty.
        pub welcome_tagline: String,
        /// Whether the first words are said.
        pub greeting_enabled: bool,
        /// What a visitor is asked for with the first message.
        pub ask_for: AskFor,
        /// Whether visitors see who answers.
        pub show_team: bool,
        /// The language tag of the widget.
        pub locale: String,
        /// Where it may be shown, as `Domains::stored` writes it.
        pub allowed_domains: String,
        /// Whether only signed identities are taken.
        pub hmac_mandatory: bool,
        /// Which secret signs identities.
        pub hmac_version: i64,
        /// When a page last showed it.
        pub seen_at: Option<Millis>,
        /// On which host that page was.
        pub seen_host: Option<String>,
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

/// Finds the inbox that a snippet names; one that is switched off is found by nobody.
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

/// How many inboxes the account has, switched off ones included.
pub async fn count(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, StoreError> {
    tx.one(&COUNT, params![account]).await
}

/// Makes an inbox with all members in it.
pub async fn insert(tx: &mut Tx<'_>, account: AccountId, new: &NewInbox<'_>, now: Millis) -> Result<InboxId, StoreError> {
    let values = params![account, new.name, new.website_token, new.website_url, new.greeting, new.color, now];
    let id: InboxId = tx.one(&INSERT, values).await?;
    tx.run(&ADD_MEMBERS, params![account, id]).await?;
    Ok(id)
}

/// Stores the settings of `it`. Its token and what was seen of it stay.
pub async fn update(tx: &mut Tx<'_>, it: &Inbox) -> Result<(), StoreError> {
    let values = params![
        it.id,
        &it.name,
        &it.website_url,
        &it.greeting,
        &it.color,
        it.enabled,
        it.widget_position,
        it.launcher_icon,
        &it.launcher_text,
        &it.welcome_title,
        &it.welcome_tagline,
        it.greeting_enabled,
        it.ask_for,
        it.show_team,
        &it.locale,
        &it.allowed_domains,
        it.hmac_mandatory,
        it.hmac_version
    ];
    tx.run(&UPDATE, values).await.map(drop)
}

/// Whether any conversation came through it.
pub async fn has_conversations(tx: &mut Tx<'_>, id: InboxId) -> Result<bool, StoreError> {
    tx.one(&HAS_CONVERSATIONS, params![id]).await
}

/// Removes an inbox with its members and browsers. One with conversations would take them along: ask first.
pub async fn delete(tx: &mut Tx<'_>, id: InboxId) -> Result<(), StoreError> {
    tx.run(&DELETE, params![id]).await.map(drop)
}

/// A page on `host` showed the widget.
pub async fn set_seen(tx: &mut Tx<'_>, id: InboxId, host: &str, now: Millis) -> Result<(), StoreError> {
    tx.run(&SET_SEEN, params![id, now, host]).await.map(drop)
}

/// Names and pictures of up to five members who answer here and do not hide.
pub async fn team(tx: &mut Tx<'_>, id: InboxId) -> Result<Vec<(String, Option<String>)>, StoreError> {
    tx.all(&TEAM, params![id]).await
}
