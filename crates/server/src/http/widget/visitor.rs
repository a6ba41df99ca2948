//! Which inbox a visitor came through, and which browser it is.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use frontdesk_core::inbox::domain::Domains;
use frontdesk_store::contacts::Visitor;
use frontdesk_store::inboxes::Inbox;

use crate::app::App;
use crate::auth;
use crate::http::error::ApiError;
use crate::http::extract::{Params, wrong_token};
use crate::secret;

/// A browser with its secret, in the inbox that the path names. It need not have written yet.
#[derive(Debug)]
pub(crate) struct InInbox {
    pub(crate) inbox: Inbox,
    pub(crate) token_hash: String,
    /// Known once the browser has written.
    pub(crate) visitor: Option<Visitor>,
}

impl InInbox {
    /// The visitor who must have written before.
    pub(crate) fn known(self) -> Result<(Inbox, Visitor), ApiError> {
        let visitor = self.visitor.ok_or_else(ApiError::wrong_token)?;
        Ok((self.inbox, visitor))
    }
}

impl FromRequestParts<App> for InInbox {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<InInbox, ApiError> {
        let params = Params::from_request_parts(parts, app).await?;
        let token = auth::bearer(&parts.headers).ok_or_else(ApiError::not_signed_in)?;
        if !secret::is_token(token) {
            return Err(wrong_token(parts, app));
        }
        let token_hash = secret::hash_token(token);
        let found = auth::find_visitor(app, params.text("website_token"), &token_hash).await?;
        let (inbox, visitor) = found.ok_or_else(|| ApiError::noun_not_found("Inbox"))?;
        // The chat's own frame is a page of ours; any other page that calls is on a website, which may not be allowed.
        let origin = parts.headers.get(header::ORIGIN).and_then(|it| it.to_str().ok());
        let is_allowed = |it: &str| Domains::from_stored(&inbox.allowed_domains).allow(it);
        if origin.is_some_and(|it| !auth::is_own_origin(&parts.headers, app) && !is_allowed(it)) {
            return Err(ApiError::access_denied());
        }
        Ok(InInbox { inbox, token_hash, visitor })
    }
}
