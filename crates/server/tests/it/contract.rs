//! `openapi.json` as the referee: which routes there are, and whether an answer is what they promise. Knows as much of
//! JSON Schema as the generated document uses, and refuses what it does not know.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::app::TestApp;

/// The description that the server serves.
pub(crate) struct Contract {
    document: Value,
}

impl Contract {
    /// Reads it from the server.
    pub(crate) async fn of(app: &TestApp) -> Contract {
        Contract { document: app.get("/openapi.json").ok().await }
    }

    /// Every route as "METHOD /path/{parameter}".
    pub(crate) fn routes(&self) -> BTreeSet<String> {
        let paths = self.document["paths"].as_object().expect("there are paths");
        let methods = |(path, methods): (&String, &Value)| {
            let methods = methods.as_object().expect("a path has methods").keys();
            methods.map(|method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
        };
        paths.iter().flat_map(methods).collect()
    }

    /// Whether a route promises such an answer, and this one keeps the promise.
    pub(crate) fn check(&self, route: &str, status: u16, body: &[u8]) -> Result<(), String> {
        let (method, path) = route.split_once(' ').expect("a route is a method and a path");
        let promised = &self.document["paths"][path][method.to_lowercase()]["responses"][status.to_string()];
        if promised.is_null() {
            return Err(format!("{status} is not promised"));
        }
        let other_content = promised["content"].as_object().is_some_and(|it| !it.contains_key("application/json"));
        if other_content {
            return if body.is_empty() { Err("no body where one is promised".into()) } else { Ok(()) };
        }
        let schema = &promised["content"]["application/json"]["schema"];
        if schema.is_null() {
            return if body.is_empty() { Ok(()) } else { Err("a body where none is promised".into()) };
        }
        let value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        self.fits(&value, schema, "")
    }

    fn fits(&self, value: &Value, schema: &Value, at: &str) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or_default();
            return self.fits(value, &self.document["components"]["schemas"][name], at);
        }
        if let Some(all) = schema["allOf"].as_array() {
            return all.iter().try_for_each(|it| self.fits(value, it, at));
        }
        if let Some(one) = schema["oneOf"].as_array() {
            let tried: Vec<_> = one.iter().map(|it| self.fits(value, it, at)).collect();
            return if tried.iter().any(Result::is_ok) { Ok(()) } else { Err(format!("{at}: none of {tried:?}")) };
        }
        let types = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            other => return Err(format!("{at}: the schema's type is {other}")),
        };
        match value {
            Value::Null if types.contains(&"null") => Ok(()),
            Value::Bool(_) if types.contains(&"boolean") => Ok(()),
            Value::String(_) if types.contains(&"string") => Ok(()),
            Value::Number(it) if types.contains(&"integer") && it.is_i64() => Ok(()),
            Value::Array(items) if types.contains(&"array") => {
                items.iter().enumerate().try_for_each(|(n, it)| self.fits(it, &schema["items"], &format!("{at}[{n}]")))
            }
            Value::Object(fields) if types.contains(&"object") => self.object(fields, schema, at),
            other => Err(format!("{at} is {other}, not {types:?}")),
        }
    }

    fn object(&self, fields: &Map<String, Value>, schema: &Value, at: &str) -> Result<(), String> {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                return Err(format!("{at}.{name} is missing"));
            }
        }
        // What is not described here may be described by another part of an allOf.
        let described = fields.iter().filter(|(name, _)| !schema["properties"][name.as_str()].is_null());
        described.into_iter().try_for_each(|(name, it)| self.fits(it, &schema["properties"][name.as_str()], &format!("{at}.{name}")))
    }
}
