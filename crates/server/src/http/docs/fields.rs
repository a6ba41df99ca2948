//! Tables of what an operation takes and answers. Shapes are linked, not repeated.

use serde_json::Value;

use super::html::escape;

/// The name of the shape that a schema refers to.
fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The kind of a value in words, with links to shapes.
fn kind(schema: &Value) -> String {
    if let Some(name) = referred(schema) {
        return format!("<a href=\"#shape-{0}\">{0}</a>", escape(name));
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[several].as_array() {
            return parts.iter().map(kind).collect::<Vec<_>>().join(if several == "allOf" { " and " } else { " or " });
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(|it| format!("<code>{}</code>", escape(it.as_str().unwrap_or("null")))).collect::<Vec<_>>().join(", ");
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => vec!["any"],
    };
    let named = types.into_iter().map(|it| match it {
        "array" => format!("list of {}", kind(&schema["items"])),
        other => escape(other),
    });
    named.collect::<Vec<_>>().join(" or ")
}

/// The fields of a shape, those of the shapes that it is made of included.
pub(super) fn table(document: &Value, schema: &Value) -> String {
    if let Some(name) = referred(schema) {
        return table(document, &document["components"]["schemas"][name]);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().map(|part| table(document, part)).collect();
    }
    if let Some(parts) = schema["oneOf"].as_array() {
        return parts.iter().map(|part| table(document, part)).collect::<Vec<_>>().join("<p class=\"or\">or</p>");
    }
    let Some(properties) = schema["properties"].as_object() else { return format!("<p>{}</p>", kind(schema)) };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let rows = properties.iter().map(|(name, property)| {
        let mark = if required.contains(&name.as_str()) { "" } else { " <i>optional</i>" };
        row(name, mark, &kind(property), property["description"].as_str().unwrap_or_default())
    });
    wrap(&rows.collect::<String>())
}

/// What stands in the path and after the question mark.
pub(super) fn parameters(listed: &Value) -> String {
    let rows = listed.as_array().into_iter().flatten().map(|it| {
        let mark = match (it["in"].as_str(), it["required"].as_bool()) {
            (Some("path"), _) => " <i>in the path</i>",
            (_, Some(true)) => "",
            _ => " <i>optional</i>",
        };
        let name = it["name"].as_str().unwrap_or_default();
        row(name, mark, &kind(&it["schema"]), it["description"].as_str().unwrap_or_default())
    });
    let rows: String = rows.collect();
    if rows.is_empty() { rows } else { format!("<h4>Parameters</h4>{}", wrap(&rows)) }
}

/// The statuses and the shapes that come with them.
pub(super) fn answers(listed: &Value) -> String {
    let rows = listed.as_object().into_iter().flatten().map(|(status, it)| {
        let schema = &it["content"]["application/json"]["schema"];
        let shape = if schema.is_object() { kind(schema) } else { "no body".to_owned() };
        row(status, "", &shape, it["description"].as_str().unwrap_or_default())
    });
    format!("<h4>Answers</h4>{}", wrap(&rows.collect::<String>()))
}

fn wrap(rows: &str) -> String {
    format!("<div class=\"table\" tabindex=\"0\"><table><tbody>{rows}</tbody></table></div>")
}

fn row(name: &str, mark: &str, kind: &str, description: &str) -> String {
    format!("<tr><th scope=\"row\"><code>{}</code>{mark}</th><td>{kind}</td><td>{}</td></tr>", escape(name), escape(description))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_kind_is_told_in_words() {
        assert_eq!(kind(&json!({ "type": ["integer", "null"] })), "integer or null");
        assert_eq!(kind(&json!({ "type": "array", "items": { "type": "string" } })), "list of string");
        assert_eq!(kind(&json!({ "$ref": "#/components/schemas/X" })), "<a href=\"#shape-X\">X</a>");
        assert!(kind(&json!({ "enum": ["<a>"] })).contains("&lt;a&gt;"));
    }
}
