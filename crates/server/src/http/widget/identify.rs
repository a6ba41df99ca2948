//! A website tells who its visitor is, and signs it. What becomes of the browser then is `actions::identify`'s.

use std::fmt::Write;

use axum::Json;
use axum::extract::State;
use frontdesk_core::Invalid;
use frontdesk_core::identity::{Signature, Untrusted, Worth, worth};
use frontdesk_core::text::{ClientKey, Email, Name};
use frontdesk_store::AccountTx;
use frontdesk_store::inboxes::Inbox;
use serde::Deserialize;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use super::visitor::InInbox;
use crate::actions::identify::{self, Browser, Identity, Said};
use crate::app::App;
use crate::http::attributes::attributes;
use crate::http::body::{Body, RequestBody, lenient};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::Peer;
use crate::key::{SecretKey, sign};
use crate::secret;
use crate::views::{Fields, IdentifiedView, VisitorContactView, identity_secret};

/// Who the visitor is, as the website knows them. What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Identify {
    /// The website's own key for this person, 1 to 64 characters.
    identifier: Option<String>,
    /// HMAC-SHA256 of the identifier with the inbox's secret, in hex. Without it everything here is a claim.
    identifier_hash: Option<String>,
    name: Option<String>,
    /// Proved only where the signed identifier is this address.
    email: Option<String>,
    phone_number: Option<String>,
    /// Fields to be added or replaced; null takes one away.
    #[serde(default, deserialize_with = "lenient::object")]
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    custom_attributes: Option<Fields>,
}

impl RequestBody for Identify {
    const NOUN: &'static str = "contact";
}

/// What a signature is, compared in constant time.
fn signature(key: &SecretKey, inbox: &Inbox, identifier: &str, hash: Option<&str>) -> Signature {
    let Some(hash) = hash else { return Signature::Missing };
    let digest = sign(identity_secret(key, inbox).as_bytes(), identifier.as_bytes());
    let hex = digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    });
    if bool::from(hex.as_bytes().ct_eq(hash.to_ascii_lowercase().as_bytes())) { Signature::Right } else { Signature::Wrong }
}

fn identity(form: &Identify, key: &SecretKey, inbox: &Inbox) -> Result<Identity, ApiError> {
    let given = |field: &Option<String>| field.clone().filter(|it| !it.trim().is_empty());
    let hash = given(&form.identifier_hash);
    let Some(identifier) = given(&form.identifier) else {
        return if hash.is_some() { Err(ApiError::missing("identifier")) } else { Ok(Identity::Untold) };
    };
    let parsed = ClientKey::parse("identifier", &identifier)?;
    match worth(signature(key, inbox, &identifier, hash.as_deref()), inbox.hmac_mandatory) {
        Ok(Worth::Proved) => Ok(Identity::Proved(parsed)),
        Ok(Worth::Claimed) => Ok(Identity::Claimed(parsed)),
        Err(Untrusted::Missing(invalid)) => Err(invalid.into()),
        Err(Untrusted::Wrong) => Err(Invalid::new("identifier_hash", "is not the identifier signed with this inbox's secret").into()),
    }
}

fn check(form: Identify, key: &SecretKey, inbox: &Inbox) -> Result<Said, ApiError> {
    let identity = identity(&form, key, inbox)?;
    let given = |field: Option<String>| field.filter(|it| !it.trim().is_empty());
    let custom_attributes = form.custom_attributes.unwrap_or_default();
    attributes("custom_attributes", &custom_attributes)?;
    Ok(Said {
        identity,
        name: given(form.name).map(|it| Name::parse("name", &it)).transpose()?,
        email: given(form.email).map(|it| Email::parse(&it)).transpose()?,
        phone_number: given(form.phone_number).map(|it| ClientKey::parse("phone_number", it.trim())).transpose()?,
        custom_attributes,
    })
}

/// Tells who the visitor is. With a right `identifier_hash` the browser is that person's from now on, with everything they wrote on
/// other devices; without one it is a claim, which identifies nobody.
#[utoipa::path(post, operation_id = "identifyVisitor", path = "/widget/v1/{website_token}/identify", tag = "widget", params(("website_token" = String, Path)), request_body = Identify, responses(
    (status = 200, body = IdentifiedView), (status = 401, body = ErrorView), (status = 404, body = ErrorView), (status = 422, body = ErrorView), (status = 429, body = ErrorView)
), security(("visitor" = [])))]
pub(crate) async fn identify(
    State(app): State<App>,
    Peer(address): Peer,
    within: InInbox,
    Body(form): Body<Identify>,
) -> Result<Json<IdentifiedView>, ApiError> {
    // A browser that nobody knew is stored from now on, as with its first message.
    let counted = if within.visitor.is_some() { app.limits.count_message(address) } else { app.limits.count_beginning(address) };
    counted.map_err(ApiError::too_many)?;
    let said = check(form, &app.key, &within.inbox)?;
    let browser = Browser { token_hash: within.token_hash, source_id: secret::new_uuid()? };
    let (inbox, account, now) = (within.inbox.clone(), within.inbox.account_id, app.now());
    let take = async move |tx: &mut AccountTx<'_, '_>| identify::identify(tx, (&inbox, &browser), &said, now).await;
    let visitor = app.store.write_in(account, take).await?;
    let contact = VisitorContactView::new(&visitor);
    Ok(Json(IdentifiedView { contact, hmac_verified: visitor.hmac_verified }))
}
