//! Users and the secrets that prove who they are: password hashes, API tokens, sessions. Hashing is the server's.

use frontdesk_core::id::UserId;
use frontdesk_core::time::Millis;

use crate::attributes::Attributes;
use crate::{StoreError, Tx, params, row, statements};

statements! {
    /// The user with an address.
    FIND_BY_EMAIL = "SELECT u.id, u.email, u.name, u.password_hash, u.picture, u.signature, u.ui_settings, u.created_at FROM users u WHERE u.email = $1";
    /// One user.
    FIND = "SELECT u.id, u.email, u.name, u.password_hash, u.picture, u.signature, u.ui_settings, u.created_at FROM users u WHERE u.id = $1";
    /// A new user.
    INSERT = "INSERT INTO users (email, name, password_hash, created_at) VALUES ($1, $2, $3, $4) RETURNING id";
    /// Another password.
    SET_PASSWORD = "UPDATE users SET password_hash = $2 WHERE id = $1";
    /// Holds the user's row if the password is still this one.
    HOLD_PASSWORD = "UPDATE users SET password_hash = password_hash WHERE id = $1 AND password_hash = $2";
    /// What the person set for themselves; what is absent stays.
    SET_PROFILE = "UPDATE users SET name = COALESCE(CAST($2 AS TEXT), name), signature = COALESCE(CAST($3 AS TEXT), signature) WHERE id = $1";
    /// Other settings of the dashboard.
    SET_SETTINGS = "UPDATE users SET ui_settings = $2 WHERE id = $1";
    /// Memberships that carried the person's own name follow it.
    FOLLOW_NAME = "UPDATE members SET name = NULL WHERE user_id = $1 AND name = $2";
    /// Another picture, or none.
    SET_PICTURE = "UPDATE users SET picture = CAST($2 AS TEXT) WHERE id = $1";
    /// Whether a stored picture is anybody's.
    HAS_PICTURE = "SELECT COUNT(*) AS n FROM users WHERE picture = $1";
    /// Ends a user's API tokens.
    DELETE_TOKENS = "DELETE FROM api_tokens WHERE user_id = $1";
    /// Ends all sessions of a user but one.
    DELETE_OTHER_SESSIONS = "DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2";
    /// A further API token.
    INSERT_TOKEN = "INSERT INTO api_tokens (token_hash, user_id, created_at) VALUES ($1, $2, $3)";
    /// Who holds an API token.
    FIND_BY_TOKEN = "SELECT u.id, u.email, u.name, u.password_hash, u.picture, u.signature, u.ui_settings, u.created_at FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE t.token_hash = $1";
    /// A new session.
    INSERT_SESSION = "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    /// Whose session it is, while it lives.
    FIND_BY_SESSION = "SELECT u.id, u.email, u.name, u.password_hash, u.picture, u.signature, u.ui_settings, u.created_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2";
    /// Ends one session.
    DELETE_SESSION = "DELETE FROM sessions WHERE token_hash = $1";
    /// Ends all sessions of a user.
    DELETE_SESSIONS = "DELETE FROM sessions WHERE user_id = $1";
}

row! {
    /// A person who can log in.
    #[derive(Clone)]
    pub struct User {
        /// The agent's id in the REST API.
        pub id: UserId,
        /// Trimmed and lower-cased.
        pub email: String,
        /// The person's own name.
        pub name: String,
        /// In PHC format; absent until a password is set.
        pub password_hash: Option<String>,
        /// The name of their picture under `/pictures/`.
        pub picture: Option<String>,
        /// Markdown that is put under what they write; may be empty.
        pub signature: String,
        /// How their dashboard behaves.
        pub ui_settings: Attributes,
        /// When the user was made.
        pub created_at: Millis,
    }
}

// Not derived: the password hash must not reach a log.
impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Finds the user with this address, which must be in its one form.
pub async fn find_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<User>, StoreError> {
    tx.first(&FIND_BY_EMAIL, params![email]).await
}

/// Finds one user.
pub async fn find(tx: &mut Tx<'_>, id: UserId) -> Result<Option<User>, StoreError> {
    tx.first(&FIND, params![id]).await
}

/// Makes a user; `Duplicate` when the address has one already.
pub async fn insert(tx: &mut Tx<'_>, email: &str, name: &str, password_hash: Option<&str>, now: Millis) -> Result<UserId, StoreError> {
    tx.one(&INSERT, params![email, name, password_hash, now]).await
}

/// Sets the password and ends every session of the user: whoever knew the old one is out.
pub async fn set_password(tx: &mut Tx<'_>, id: UserId, password_hash: &str) -> Result<(), StoreError> {
    tx.run(&SET_PASSWORD, params![id, password_hash]).await?;
    tx.run(&DELETE_SESSIONS, params![id]).await?;
    Ok(())
}

/// Another password by the person themselves: every session ends but the one that asks, if it is one.
pub async fn change_password(tx: &mut Tx<'_>, id: UserId, password_hash: &str, kept_session: Option<&str>) -> Result<(), StoreError> {
    tx.run(&SET_PASSWORD, params![id, password_hash]).await?;
    tx.run(&DELETE_OTHER_SESSIONS, params![id, kept_session.unwrap_or_default()]).await?;
    Ok(())
}

/// What a person changes of themselves; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// Their own name.
    pub name: Option<String>,
    /// What is put under what they write.
    pub signature: Option<String>,
}

/// Stores what a person set for themselves. `user` is as it was; memberships under the old own name get the new one.
pub async fn set_profile(tx: &mut Tx<'_>, user: &User, change: &ProfileChange) -> Result<(), StoreError> {
    tx.run(&SET_PROFILE, params![user.id, &change.name, &change.signature]).await?;
    if change.name.is_some() {
        tx.run(&FOLLOW_NAME, params![user.id, &user.name]).await?;
    }
    Ok(())
}

/// Stores the settings of a person's dashboard.
pub async fn set_settings(tx: &mut Tx<'_>, id: UserId, settings: &Attributes) -> Result<(), StoreError> {
    tx.run(&SET_SETTINGS, params![id, settings]).await?;
    Ok(())
}

/// Gives the person another picture, or none.
pub async fn set_picture(tx: &mut Tx<'_>, id: UserId, picture: Option<&str>) -> Result<(), StoreError> {
    tx.run(&SET_PICTURE, params![id, picture]).await?;
    Ok(())
}

/// Whether a stored picture is anybody's.
pub async fn has_picture(tx: &mut Tx<'_>, picture: &str) -> Result<bool, StoreError> {
    let n: i64 = tx.one(&HAS_PICTURE, params![picture]).await?;
    Ok(n > 0)
}

/// Gives the user one API token in place of all older ones.
pub async fn replace_tokens(tx: &mut Tx<'_>, id: UserId, token_hash: &str, now: Millis) -> Result<(), StoreError> {
    tx.run(&DELETE_TOKENS, params![id]).await?;
    insert_token(tx, id, token_hash, now).await
}

/// Whether the user's password is still the one that `user` was read with; until the transaction ends nobody sets another.
pub async fn still_has_password(tx: &mut Tx<'_>, user: &User) -> Result<bool, StoreError> {
    Ok(tx.run(&HOLD_PASSWORD, params![user.id, &user.password_hash]).await? > 0)
}

/// Gives the user an API token, known by its hash only.
pub async fn insert_token(tx: &mut Tx<'_>, id: UserId, token_hash: &str, now: Millis) -> Result<(), StoreError> {
    tx.run(&INSERT_TOKEN, params![token_hash, id, now]).await?;
    Ok(())
}

/// Finds who holds an API token.
pub async fn find_by_token(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<User>, StoreError> {
    tx.first(&FIND_BY_TOKEN, params![token_hash]).await
}

/// Begins a session. Those that are over stay for a day, which a clock that was ahead may need; a job forgets them.
pub async fn insert_session(tx: &mut Tx<'_>, id: UserId, token_hash: &str, now: Millis, expires_at: Millis) -> Result<(), StoreError> {
    tx.run(&INSERT_SESSION, params![token_hash, id, now, expires_at]).await?;
    Ok(())
}

/// Finds whose living session it is.
pub async fn find_by_session(tx: &mut Tx<'_>, token_hash: &str, now: Millis) -> Result<Option<User>, StoreError> {
    tx.first(&FIND_BY_SESSION, params![token_hash, now]).await
}

/// Ends one session.
pub async fn delete_session(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.run(&DELETE_SESSION, params![token_hash]).await?;
    Ok(())
}
