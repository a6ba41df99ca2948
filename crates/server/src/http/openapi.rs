//! The API's description, made from the code of its routes: `/openapi.json`, and the types that the web is checked with.

use axum::Json;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::realtime::wire;

#[derive(OpenApi)]
#[openapi(
    info(title = "Frontdesk", description = "Self-hosted live chat. Agents' routes have the shapes of Chatwoot's API; /widget/v1 is the visitors' side. The frames of GET /realtime are described by the schemas ClientFrame and ServerFrame (docs/REALTIME.md)."),
    components(schemas(wire::ClientFrame, wire::ServerFrame, wire::MemberEvent, wire::VisitorEvent)),
    security(("api_access_token" = []), ("bearer" = []), ("session" = [])),
    modifiers(&Schemes)
)]
struct Base;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let key = |name: &str| SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new(name)));
        components.add_security_scheme("api_access_token", key("api_access_token"));
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("frontdesk_session"))));
        components.add_security_scheme("visitor", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// The document without paths; the router adds those of its routes.
pub(crate) fn base() -> Document {
    Base::openapi()
}

/// The whole document.
pub(crate) fn document() -> Document {
    super::described().split_for_parts().1
}

/// The document as `frontdesk openapi` prints it and the repository keeps it.
pub(crate) fn text() -> anyhow::Result<String> {
    Ok(document().to_pretty_json()? + "\n")
}

/// `GET /openapi.json`
pub(crate) async fn show() -> Json<Document> {
    Json(document())
}
