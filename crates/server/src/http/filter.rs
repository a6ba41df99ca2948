//! The body of a filter as client libraries send it: a list of conditions. What the fields are is each noun's own business.

use frontdesk_core::filter::{Condition, Joint, Operator, check};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::body::{RequestBody, lenient};
use super::error::ApiError;

/// Things looked at in one transaction: a walk through many lets others in between.
pub(crate) const BATCH: i64 = 500;

/// Conditions, each joined to the next.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FilterForm {
    #[serde(default, deserialize_with = "lenient::objects")]
    payload: Option<Vec<ConditionForm>>,
}

/// One condition.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ConditionForm {
    attribute_key: Option<String>,
    /// `equal_to`, `not_equal_to`, contains, `does_not_contain`, `is_present`, `is_not_present`, `is_greater_than` or `is_less_than`.
    filter_operator: Option<String>,
    #[schema(value_type = Option<Vec<String>>)]
    values: Option<Value>,
    /// AND (default) or OR, to the next condition.
    query_operator: Option<String>,
}

impl RequestBody for FilterForm {
    const NOUN: &'static str = "filter";
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(it) => Some(it.trim().to_lowercase()),
        Value::Number(it) => Some(it.to_string()),
        Value::Bool(it) => Some(it.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn condition(form: ConditionForm) -> Result<Condition, ApiError> {
    let word = |field: &str, given: Option<String>| given.ok_or_else(|| ApiError::missing(field));
    let operator = Operator::parse(&word("filter_operator", form.filter_operator)?)
        .ok_or_else(|| ApiError::invalid("filter_operator", "Filter operator is invalid"))?;
    let joint = match form.query_operator.as_deref() {
        None | Some("") => Joint::And,
        Some(word) => Joint::parse(word).ok_or_else(|| ApiError::invalid("query_operator", "Query operator is invalid"))?,
    };
    let values = match form.values {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().filter_map(text).collect(),
        Some(one) => text(&one).into_iter().collect(),
    };
    Ok(Condition { key: word("attribute_key", form.attribute_key)?, operator, values, joint })
}

impl FilterForm {
    /// The conditions, all on fields among `keys`, of which `numbers` hold numbers.
    pub(crate) fn conditions(self, keys: &[&str], numbers: &[&str]) -> Result<Vec<Condition>, ApiError> {
        let all = self.payload.unwrap_or_default().into_iter().map(condition).collect::<Result<Vec<_>, _>>()?;
        check(&all, keys, numbers)?;
        Ok(all)
    }
}
