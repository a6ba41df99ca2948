//! Request bodies as clients really send them: JSON flat or nested under its noun, urlencoded or multipart forms
//! (API.md). All become one JSON value, then a struct. Forms in parts are read in `multipart`.

use std::sync::OnceLock;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use frontdesk_core::text::title;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::error::ApiError;
use super::multipart::{self, Files, declared_length};
use super::uploads::Owner;
use crate::app::App;

/// Largest body: a message of 150,000 characters, each escaped as \uXXXX, twice over.
pub(crate) const BODY_BYTES_MAX: usize = 2_000_000;

/// How long a body may take in all, however steadily it drips.
const BODY_MAX: Duration = Duration::from_secs(30);
/// How deeply the names in a form may nest.
const NESTING_MAX: usize = frontdesk_core::attributes::DEPTH_MAX;

/// A request struct and the noun under which some clients nest its fields.
pub(crate) trait RequestBody: DeserializeOwned {
    /// As in `{"message":{...}}`.
    const NOUN: &'static str;
    /// A part of the noun whose fields some clients nest once more, as in `{"inbox":{"channel":{...}}}`.
    const PART: Option<&'static str> = None;
}

/// A body, whatever form it came in. No body at all reads as an empty object.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: RequestBody, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Body<T>, ApiError> {
        read(request, Files::Refused).await.map(Body)
    }
}

/// A body that may bring files for a message, in a form: they are stored for their owner, and the field `attachments` has
/// the secrets that name them. Who sends must be known before, and so this is no extractor.
pub(super) async fn with_files<T: RequestBody>(request: Request, app: &App, owner: &Owner) -> Result<T, ApiError> {
    read(request, Files::Kept(app, owner)).await
}

/// A body that may bring a person's picture, in a form. The picture is stored and its name told also when the form is refused:
/// it is the caller's to discard.
pub(super) async fn with_picture<T: RequestBody>(request: Request, app: &App) -> (Result<T, ApiError>, Option<String>) {
    let kept = OnceLock::new();
    let form = read(request, Files::Picture(app, &kept)).await;
    (form, kept.into_inner())
}

async fn read<T: RequestBody>(request: Request, files: Files<'_>) -> Result<T, ApiError> {
    let fields = match kind(request.headers())? {
        Kind::Multipart => multipart::read(request, files).await?,
        Kind::Form => form(&bytes(request).await?)?,
        Kind::Json => json(&bytes(request).await?)?,
    };
    let flat = T::PART.into_iter().fold(unnest(fields, T::NOUN), unnest);
    serde_path_to_error::deserialize(Value::Object(flat)).map_err(|error| {
        let path = error.path().to_string();
        let field = path.split(['.', '[']).next().filter(|it| !it.is_empty()).unwrap_or(T::NOUN);
        ApiError::invalid(field, format!("{} is invalid", title(field)))
    })
}

enum Kind {
    Json,
    Form,
    Multipart,
}

fn kind(headers: &HeaderMap) -> Result<Kind, ApiError> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(Kind::Json) };
    let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "" | "application/json" => Ok(Kind::Json),
        it if it.starts_with("application/") && it.ends_with("+json") => Ok(Kind::Json),
        "application/x-www-form-urlencoded" => Ok(Kind::Form),
        "multipart/form-data" => Ok(Kind::Multipart),
        _ => Err(ApiError::unsupported_type()),
    }
}

async fn bytes(request: Request) -> Result<Bytes, ApiError> {
    if declared_length(request.headers()).is_some_and(|length| length > BODY_BYTES_MAX as u64) {
        return Err(ApiError::too_large(BODY_BYTES_MAX));
    }
    let read = axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX);
    let read = tokio::time::timeout(BODY_MAX, read).await.map_err(|_| ApiError::too_slow())?;
    read.map_err(|error| {
        let mut chain = std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source());
        chain.find_map(reason).unwrap_or_else(|| ApiError::bad_request("The request broke off"))
    })
}

/// Why a body could not be read, if this error tells it.
fn reason(error: &(dyn std::error::Error + 'static)) -> Option<ApiError> {
    if error.is::<tower_http::timeout::TimeoutError>() {
        return Some(ApiError::too_slow());
    }
    error.to_string().contains("length limit exceeded").then(|| ApiError::too_large(BODY_BYTES_MAX))
}

fn json(bytes: &[u8]) -> Result<Map<String, Value>, ApiError> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) | Err(_) => Err(ApiError::invalid_json()),
    }
}

fn form(bytes: &[u8]) -> Result<Map<String, Value>, ApiError> {
    let broken = || ApiError::bad_request("The form cannot be read");
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).map_err(|_| broken())?;
    let mut fields = Map::new();
    for (key, value) in pairs {
        insert(&mut fields, &key, value);
    }
    Ok(fields)
}

/// Puts `a[b]=v` where `{"a":{"b":"v"}}` has it, and `a[b][]=v` where `{"a":{"b":["v"]}}` has it. What nests more deeply than
/// attributes may is kept under its literal key, where nobody looks.
pub(super) fn insert(fields: &mut Map<String, Value>, key: &str, value: String) {
    let value = Value::String(value);
    let inner = key.split_once('[').and_then(|(outer, rest)| Some((outer, rest.strip_suffix(']')?)));
    let path: Vec<&str> = inner.map_or(Vec::new(), |(_, inner)| inner.split("][").collect());
    match inner {
        Some((outer, _)) if path.len() <= NESTING_MAX => put(fields.entry(outer).or_insert(Value::Null), &path, value),
        _ => drop(fields.insert(key.to_owned(), value)),
    }
}

/// Puts a value where a path of names leads, each "" to the end of a list. What is there and of another kind gives way.
fn put(place: &mut Value, path: &[&str], value: Value) {
    match (path, place) {
        ([], place) => *place = value,
        (["", rest @ ..], Value::Array(items)) => {
            let mut item = Value::Null;
            put(&mut item, rest, value);
            items.push(item);
        }
        ([name, rest @ ..], Value::Object(object)) if !name.is_empty() => put(object.entry(*name).or_insert(Value::Null), rest, value),
        ([name, ..], place) => {
            *place = if name.is_empty() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
            put(place, path, value);
        }
    }
}

/// Lifts what is nested under the noun; a field given both ways counts as nested, and of lists both count.
fn unnest(mut fields: Map<String, Value>, noun: &str) -> Map<String, Value> {
    if let Some(Value::Object(nested)) = fields.get_mut(noun).map(Value::take) {
        fields.remove(noun);
        for (name, value) in nested {
            match (fields.get_mut(&name), value) {
                (Some(Value::Array(items)), Value::Array(more)) => items.extend(more),
                (_, value) => drop(fields.insert(name, value)),
            }
        }
    }
    fields
}

/// Reads what forms can only say as text: "false" for a boolean, "3" for a number.
pub(crate) mod lenient {
    use serde::de::{DeserializeOwned, Error};
    use serde::{Deserialize, Deserializer};
    use serde_json::Value;

    /// An object with fields; null is absent. Read by itself a struct would also take an array.
    pub(crate) fn object<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        match Value::deserialize(from)? {
            Value::Null => Ok(None),
            it @ Value::Object(_) => serde_json::from_value(it).map(Some).map_err(D::Error::custom),
            _ => Err(D::Error::custom("not an object")),
        }
    }

    /// A boolean, or its word; null and "" are absent.
    pub(crate) fn boolean<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
        match Value::deserialize(from)? {
            Value::Null => Ok(None),
            Value::Bool(it) => Ok(Some(it)),
            Value::String(word) => match word.as_str() {
                "" => Ok(None),
                "true" | "1" => Ok(Some(true)),
                "false" | "0" => Ok(Some(false)),
                _ => Err(D::Error::custom("not a boolean")),
            },
            _ => Err(D::Error::custom("not a boolean")),
        }
    }

    /// A list of texts, or one text alone; null is absent, and so is null in the list.
    pub(crate) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
        let text = |it: Value| match it {
            Value::String(it) => Ok(it),
            _ => Err(D::Error::custom("not a text")),
        };
        match Value::deserialize(from)? {
            Value::Null => Ok(None),
            Value::Array(items) => items.into_iter().filter(|it| !it.is_null()).map(text).collect::<Result<_, _>>().map(Some),
            // A form says an empty list as one empty text.
            Value::String(it) if it.is_empty() => Ok(Some(Vec::new())),
            it => Ok(Some(vec![text(it)?])),
        }
    }

    /// A list of objects; null is absent.
    pub(crate) fn objects<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<T>>, D::Error> {
        match Value::deserialize(from)? {
            Value::Null => Ok(None),
            it @ Value::Array(_) => serde_json::from_value(it).map(Some).map_err(D::Error::custom),
            _ => Err(D::Error::custom("not a list")),
        }
    }

    /// A whole number, or its digits; null and "" are absent.
    pub(crate) fn integer<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        match Value::deserialize(from)? {
            Value::Null => Ok(None),
            Value::Number(it) => it.as_i64().map(Some).ok_or_else(|| D::Error::custom("not a whole number")),
            Value::String(digits) if digits.is_empty() => Ok(None),
            Value::String(digits) => digits.parse().map(Some).map_err(D::Error::custom),
            _ => Err(D::Error::custom("not a whole number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn forms_nest_by_brackets() {
        let fields = form(b"message[content]=a+b&private=false&emails[]=x&emails[]=y").ok().unwrap();
        assert_eq!(Value::Object(fields), json!({"message": {"content": "a b"}, "private": "false", "emails": ["x", "y"]}));
        let fields = form(b"a[b][c]=1&a[b][d][]=2&a[b][d][]=3&a[e][][f]=4&a[b][c]=5").ok().unwrap();
        assert_eq!(Value::Object(fields), json!({"a": {"b": {"c": "5", "d": ["2", "3"]}, "e": [{"f": "4"}]}}));
        let fields = form(b"a=1&a[b]=2&c[d]=3&c[]=4&e[=5&f]=6").ok().unwrap();
        assert_eq!(Value::Object(fields), json!({"a": {"b": "2"}, "c": ["4"], "e[": "5", "f]": "6"}));
        let deep = format!("a{}=1", "[b]".repeat(NESTING_MAX + 1));
        assert_eq!(form(deep.as_bytes()).ok().unwrap().keys().next(), deep.strip_suffix("=1").map(str::to_owned).as_ref());
    }

    #[test]
    fn fields_may_be_nested_under_their_noun() {
        let Value::Object(fields) = json!({"message": {"content": "a"}, "private": true}) else { unreachable!() };
        assert_eq!(Value::Object(unnest(fields, "message")), json!({"content": "a", "private": true}));
        let Value::Object(flat) = json!({"message": "a text under the same name"}) else { unreachable!() };
        assert_eq!(unnest(flat, "conversation").len(), 1);
        let Value::Object(both) = json!({"files": ["a"], "message": {"files": ["b"]}}) else { unreachable!() };
        assert_eq!(Value::Object(unnest(both, "message")), json!({"files": ["a", "b"]}));
    }

    #[test]
    fn a_body_that_is_no_object_is_no_json_for_us() {
        assert!(json(b"[1]").is_err() && json(b"{").is_err() && json(b"\xff").is_err());
        assert_eq!(json(b"  ").ok().unwrap().len(), 0);
    }
}
