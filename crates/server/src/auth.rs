//! Who somebody is: credentials in headers and frames, and the people behind them. What they may do is not decided here.

use axum::http::{HeaderMap, header};
use frontdesk_core::id::AccountId;
use frontdesk_core::member::Viewer;
use frontdesk_core::time::Millis;
use frontdesk_store::contacts::Visitor;
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::members::Member;
use frontdesk_store::users::User;
use frontdesk_store::{StoreError, Tx, contacts, inboxes, members, users};

use crate::app::App;
use crate::secret::hash_token;

/// How somebody proves who they are; holds the hash of the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The cookie of an interactive log-in.
    Session(String),
    /// An API token.
    Token(String),
}

const COOKIE: &str = "frontdesk_session";
const SECURE_COOKIE: &str = "__Host-frontdesk_session";

/// The session cookie's name. Over https its prefix binds it to this host, so no other name counts there: a neighbouring
/// host could have set it.
pub(crate) fn cookie_name(base_url: &str) -> &'static str {
    if base_url.starts_with("https://") { SECURE_COOKIE } else { COOKIE }
}

/// Reads the credentials of a request: a token wins over a cookie, as whoever sends a token means it.
pub(crate) fn proof(headers: &HeaderMap, app: &App) -> Option<Proof> {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).map(str::trim).filter(|it| !it.is_empty());
    let token = text("api_access_token").or_else(|| text("api-access-token")).or_else(|| bearer(headers));
    match token {
        Some(token) => Some(Proof::Token(hash_token(token))),
        None => session(headers, app),
    }
}

/// The token of an `Authorization: Bearer` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|it| !it.is_empty())
}

/// The session that the cookie names.
pub(crate) fn session(headers: &HeaderMap, app: &App) -> Option<Proof> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut cookies = values.flat_map(|it| cookie::Cookie::split_parse(it.to_owned())).filter_map(Result::ok);
    let found = cookies.find(|it| it.name() == cookie_name(&app.base_url))?;
    Some(Proof::Session(hash_token(found.value())))
}

/// Whether the page that sends this request is ours: its Origin is the base URL, or the request's own host (DESIGN 7).
pub(crate) fn is_own_origin(headers: &HeaderMap, app: &App) -> bool {
    let Some(origin) = headers.get(header::ORIGIN).and_then(|it| it.to_str().ok()) else { return false };
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    // This server speaks http itself; behind a proxy that adds TLS the base URL says so.
    origin == &*app.base_url || (!host.is_empty() && origin.strip_prefix("http://") == Some(host))
}

/// The user behind a proof, while it holds.
pub(crate) async fn find_user(app: &App, proof: &Proof) -> Result<Option<User>, StoreError> {
    let (proof, now) = (proof.clone(), app.now());
    app.store.read(async move |tx: &mut Tx<'_>| user_behind(tx, &proof, now).await).await
}

/// The user behind a proof with their place in an account, which may be none, in one look at the database.
pub(crate) async fn find_member(app: &App, proof: &Proof, account: AccountId) -> Result<Option<(User, Option<Member>)>, StoreError> {
    let (proof, now) = (proof.clone(), app.now());
    let find = async move |tx: &mut Tx<'_>| {
        let Some(user) = user_behind(tx, &proof, now).await? else { return Ok(None) };
        let member = members::find(tx, account, user.id).await?;
        Ok(Some((user, member)))
    };
    app.store.read(find).await
}

async fn user_behind(tx: &mut Tx<'_>, proof: &Proof, now: Millis) -> Result<Option<User>, StoreError> {
    match proof {
        Proof::Session(hash) => users::find_by_session(tx, hash, now).await,
        Proof::Token(hash) => users::find_by_token(tx, hash).await,
    }
}

/// The inbox that a website token names, and the visitor in it who holds a secret, if one has written.
pub(crate) async fn find_visitor(app: &App, website_token: &str, token_hash: &str) -> Result<Option<(Inbox, Option<Visitor>)>, StoreError> {
    let (website_token, token_hash) = (website_token.to_owned(), token_hash.to_owned());
    let find = async move |tx: &mut Tx<'_>| {
        let Some(inbox) = inboxes::find_by_token(tx, &website_token).await? else { return Ok(None) };
        let visitor = contacts::find_visitor(tx, inbox.id, &token_hash).await?;
        Ok(Some((inbox, visitor)))
    };
    app.store.read(find).await
}

/// A member's eyes on the account.
pub(crate) async fn viewer(tx: &mut Tx<'_>, member: &Member) -> Result<Viewer, StoreError> {
    let inboxes = members::inboxes(tx, member.account_id, member.user_id).await?;
    Ok(Viewer { user: member.user_id, role: member.role, inboxes: inboxes.into_iter().collect() })
}
