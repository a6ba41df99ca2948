//! Free-form attributes on their way in: an object of bounded size and depth, kept as it came.

use frontdesk_core::attributes::check;
use frontdesk_store::attributes::Attributes;
use serde_json::Value;

use super::error::ApiError;
use crate::views::Fields;

/// The attributes under `field`, if they may be kept.
pub(crate) fn attributes(field: &'static str, fields: &Fields) -> Result<Attributes, ApiError> {
    let attributes = Attributes::new(fields);
    let depth = fields.values().map(depth).max().unwrap_or(0) + 1;
    check(field, attributes.as_str().len(), depth)?;
    Ok(attributes)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(depth).max().unwrap_or(0) + 1,
        Value::Object(fields) => fields.values().map(depth).max().unwrap_or(0) + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_core::attributes::{BYTES_MAX, DEPTH_MAX};
    use serde_json::json;

    fn passes(value: Value) -> bool {
        let Value::Object(fields) = value else { return false };
        attributes("custom_attributes", &fields).is_ok()
    }

    #[test]
    fn size_and_depth_are_bounded() {
        assert!(passes(json!({})) && passes(json!({ "plan": "gold", "seats": [1, { "a": null }] })));
        assert!(!passes(json!({ "a": "x".repeat(BYTES_MAX) })));
        let nested = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        assert!(passes(json!({ "a": nested(DEPTH_MAX - 1) })));
        assert!(!passes(json!({ "a": nested(DEPTH_MAX) })));
    }
}
