//! Who asks, and for what: credentials and path ids, turned into types before a handler runs. What they may do is asked
//! by looking things up in their scope, not here.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams};
use axum::http::Method;
use axum::http::request::Parts;
use frontdesk_core::address::client;
use frontdesk_core::id::{AccountId, ConversationNumber};
use frontdesk_core::permission::{Action, may};
use frontdesk_store::members::Member;
use frontdesk_store::users::User;

use super::error::ApiError;
use crate::actions::ActingMember;
use crate::app::App;
use crate::auth::{self, Proof};

/// Where proxies write who connected to them.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The ids in the path, by the names that the route gives them.
#[derive(Debug)]
pub(crate) struct Params(HashMap<String, String>);

impl Params {
    /// The number under `name`. What is no number names nothing, so it is as unknown as a number that nobody has.
    pub(crate) fn id(&self, name: &str, noun: &str) -> Result<i64, ApiError> {
        let text = self.0.get(name).ok_or_else(ApiError::not_found)?;
        text.parse().ok().filter(|id| *id > 0).ok_or_else(|| ApiError::noun_not_found(noun))
    }

    /// The conversation's number.
    pub(crate) fn conversation(&self) -> Result<ConversationNumber, ApiError> {
        self.id("conversation_id", "Conversation").map(ConversationNumber)
    }

    /// The text under `name`.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Params, ApiError> {
        // Fails for a path that is no UTF-8: such a thing has no name here.
        let raw = RawPathParams::from_request_parts(parts, state).await.map_err(|_| ApiError::not_found())?;
        Ok(Params(raw.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
    }
}

/// A user who proved who they are.
#[derive(Debug, Clone)]
pub(crate) struct Authenticated {
    pub(crate) user: User,
    pub(crate) proof: Proof,
}

impl FromRequestParts<App> for Authenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Authenticated, ApiError> {
        let proof = prove(parts, app)?;
        let user = auth::find_user(app, &proof).await?.ok_or_else(|| nobody(parts, app, &proof))?;
        Ok(Authenticated { user, proof })
    }
}

/// The credentials that came, if they may be used for this request.
fn prove(parts: &Parts, app: &App) -> Result<Proof, ApiError> {
    let proof = auth::proof(&parts.headers, app).ok_or_else(ApiError::not_signed_in)?;
    if matches!(proof, Proof::Session(_)) && !is_read(&parts.method) && !auth::is_own_origin(&parts.headers, app) {
        return Err(ApiError::access_denied());
    }
    Ok(proof)
}

/// What somebody gets whose credentials are nobody's.
fn nobody(parts: &Parts, app: &App, proof: &Proof) -> ApiError {
    match proof {
        Proof::Session(_) => ApiError::not_signed_in(),
        Proof::Token(_) => wrong_token(parts, app),
    }
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A member of the account in the path, with access to it.
#[derive(Debug, Clone)]
pub(crate) struct InAccount {
    pub(crate) member: Member,
}

impl InAccount {
    /// Refuses what the member's role does not allow.
    pub(crate) fn must(&self, action: Action) -> Result<(), ApiError> {
        if may(self.member.role, action) { Ok(()) } else { Err(ApiError::access_denied()) }
    }

    /// The same member as somebody who acts.
    pub(crate) fn acting(&self) -> ActingMember {
        ActingMember::from(&self.member)
    }
}

impl FromRequestParts<App> for InAccount {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<InAccount, ApiError> {
        let proof = prove(parts, app)?;
        let params = Params::from_request_parts(parts, app).await?;
        // An id that is no number is no account's; whoever asks learns first whether they are known themselves.
        let account = params.0.get("account_id").and_then(|it| it.parse().ok()).map_or(AccountId(0), AccountId);
        let found = auth::find_member(app, &proof, account).await?;
        let (_, member) = found.ok_or_else(|| nobody(parts, app, &proof))?;
        // Suspended members and strangers get the same answer: the account does not exist for them.
        let member = member.filter(|it| it.access).ok_or_else(ApiError::not_found)?;
        Ok(InAccount { member })
    }
}

/// The network address that a request came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Peer {
    fn of(parts: &Parts, app: &App) -> Peer {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a connection (a router called in a test) everybody comes from here.
        let peer = connected.map_or(Ipv4Addr::LOCALHOST.into(), |it| it.0.ip());
        let forwarded = parts.headers.get_all(FORWARDED_FOR).iter().filter_map(|it| it.to_str().ok());
        Peer(client(peer, forwarded, &app.limits.trusted_proxies))
    }
}

impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Peer, Infallible> {
        Ok(Peer::of(parts, app))
    }
}

/// What somebody gets whose token nobody has: told at first, made to wait when it goes on.
pub(super) fn wrong_token(parts: &Parts, app: &App) -> ApiError {
    match app.limits.count_wrong_token(Peer::of(parts, app).0) {
        Ok(()) => ApiError::wrong_token(),
        Err(seconds) => ApiError::too_many(seconds),
    }
}
