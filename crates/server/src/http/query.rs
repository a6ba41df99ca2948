//! What stands after the question mark: words and numbers that are read one by one, each with a clear error.

use std::collections::HashMap;
use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use frontdesk_core::text::title;

use super::error::ApiError;

/// The query's fields; of a field given twice the last counts, but for lists.
#[derive(Debug)]
pub(crate) struct Query(HashMap<String, String>, Vec<(String, String)>);

impl Query {
    /// The text of a field; empty counts as absent.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// A field that is one of a set of words.
    pub(crate) fn word<T>(&self, field: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
        let Some(text) = self.text(field) else { return Ok(None) };
        parse(text).map(Some).ok_or_else(|| ApiError::invalid(field, format!("{} is invalid", title(field))))
    }

    /// Every value of a list: `labels[]=a&labels[]=b`, or `labels=a,b`; `None` when the field is absent or says nothing.
    pub(crate) fn texts(&self, field: &str) -> Option<Vec<String>> {
        let is_it = |name: &str| name == field || name.strip_suffix("[]") == Some(field);
        let given = self.1.iter().filter(|(name, _)| is_it(name)).flat_map(|(_, value)| value.split(','));
        let all: Vec<String> = given.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
        (!all.is_empty()).then_some(all)
    }

    /// A field that is a whole number, 1 or more.
    pub(crate) fn number(&self, field: &str) -> Result<Option<i64>, ApiError> {
        self.word(field, |text| text.parse().ok().filter(|it| *it >= 1))
    }

    /// An id, or 0 for before all.
    pub(crate) fn place(&self, field: &str) -> Result<Option<i64>, ApiError> {
        self.word(field, |text| text.parse().ok().filter(|it| *it >= 0))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let all = serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap_or_default();
        Ok(Query(all.iter().cloned().collect(), all))
    }
}
