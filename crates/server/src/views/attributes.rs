//! Free-form attributes as objects, and the ones that have names in the API's description.

use frontdesk_store::attributes::Attributes;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// An object of anybody's own fields.
pub(crate) type Fields = Map<String, Value>;

/// The object that is stored.
pub(crate) fn fields(it: &Attributes) -> Fields {
    it.object()
}

/// What a visitor's page said when a conversation began. Conversations made over REST may carry other fields.
#[derive(ToSchema)]
#[schema(as = PageAttributes)]
#[expect(dead_code, reason = "only described: the fields are stored as they are shown")]
pub(crate) struct PageAttributes {
    browser: Option<String>,
    platform: Option<String>,
    page_url: Option<String>,
    page_title: Option<String>,
    referrer: Option<String>,
    language: Option<String>,
    /// As in "2026-11-21T18:35:49Z".
    initiated_at: Option<String>,
}
