//! An example call for each operation, made of its description: what a reader can paste and change.

use serde_json::{Map, Value, json};

use super::Operation;

/// Deeper values are left empty.
const DEPTH_MAX: usize = 3;

/// The call as a line of shell.
pub(super) fn curl(it: &Operation<'_>, document: &Value, base_url: &str) -> String {
    let path = it.path.replace("{website_token}", "$WEBSITE_TOKEN").replace("{conversation_uuid}", "$UUID");
    let path = numbered(&path);
    let mut lines = vec![if it.method == "get" { "curl".to_owned() } else { format!("curl -X {}", it.method.to_uppercase()) }];
    let is_open = it.path == "/api" || ["/health", "/ready", "/api/setup", "/metrics"].contains(&it.path);
    if it.path.starts_with("/widget/") {
        lines.push("-H \"Authorization: Bearer $VISITOR_SECRET\"".to_owned());
    } else if !(is_open || it.path == "/api/v1/session" && it.method == "post") {
        lines.push("-H \"api_access_token: $TOKEN\"".to_owned());
    }
    let schema = &it.described["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_object() {
        lines.push("-H \"Content-Type: application/json\"".to_owned());
        // Nothing of a quotation mark can stand in these made-up values.
        lines.push(format!("-d '{}'", value(document, schema, "", 0)));
    }
    lines.push(format!("\"{base_url}{path}\""));
    lines.join(" \\\n  ")
}

/// Ids in the path as numbers.
fn numbered(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// A made-up value of a schema: required fields, or the first few when none is.
fn value(document: &Value, schema: &Value, name: &str, depth: usize) -> Value {
    if depth > DEPTH_MAX {
        return Value::Null;
    }
    if let Some(referred) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        return value(document, &document["components"]["schemas"][referred], name, depth + 1);
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[several].get(0) {
            return value(document, first, name, depth);
        }
    }
    if let Some(example) = schema.get("example").or_else(|| schema["enum"].get(0)) {
        return example.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "integer" | "number" => json!(1),
        "boolean" => json!(false),
        "array" => json!([value(document, &schema["items"], name, depth + 1)]),
        "string" => json!(word(name)),
        _ => fields(document, schema, depth),
    }
}

fn fields(document: &Value, schema: &Value, depth: usize) -> Value {
    /// So many of the optional fields are shown where none is required.
    const SHOWN: usize = 3;
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let shown = properties.filter(|(name, _)| required.is_empty() || required.contains(&name.as_str())).take(if required.is_empty() {
        SHOWN
    } else {
        usize::MAX
    });
    Value::Object(shown.map(|(name, property)| (name.clone(), value(document, property, name, depth + 1))).collect::<Map<_, _>>())
}

/// A text that could stand in a field of this name.
fn word(name: &str) -> &'static str {
    match name {
        "content" => "Hello",
        "email" => "ann@example.com",
        "name" => "Ann",
        "status" => "open",
        "url" => "https://example.com/hook",
        "subscriptions" => "message_created",
        "password" => "correct horse battery",
        "phone_number" => "+4712345678",
        "title" | "labels" => "vip",
        "color" => "#2f5fdd",
        _ => "…",
    }
}
