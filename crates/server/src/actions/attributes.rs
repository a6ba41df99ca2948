//! Changing free-form attributes, which contacts have and visitors send: one rule for both. How large they may be is core's.

use frontdesk_core::Invalid;
use frontdesk_core::attributes::check;
use frontdesk_store::attributes::Attributes;
use serde_json::{Map, Value};

/// The attributes after changes, if they may be kept under `field`. How deep the changes nest was checked when they came.
pub(super) fn with(field: &'static str, kept: &Attributes, changes: &Map<String, Value>) -> Result<Attributes, Invalid> {
    let all = kept.with(changes);
    if !changes.is_empty() {
        check(field, all.as_str().len(), 0)?;
    }
    Ok(all)
}
