//! Shapes of JSON, written as JSON: what an answer must look like, with its exact fields and their types.
//!
//! A leaf is a word or several (`"int|null"`): int, text, bool, null, object (of any fields), empty ({}). `"=x"` is the text x itself; any other
//! JSON stands for itself. `[shape]` is an array of one or more of that shape, `[shape, "or none"]` also an empty one, `[]`
//! only an empty one. A field whose name ends with `?` may be absent. A field that the shape does not name must not be there.

use serde_json::{Map, Value};

/// Checks a value, and tells where it differs.
pub(crate) fn assert_shape(value: &Value, shape: &Value) {
    if let Err(difference) = fits(value, shape, "") {
        panic!("{difference}\nin {value:#}");
    }
}

fn fits(value: &Value, shape: &Value, at: &str) -> Result<(), String> {
    match (shape, value) {
        (Value::Object(fields), Value::Object(found)) => object(found, fields, at),
        (Value::Array(shapes), Value::Array(items)) => match shapes.first() {
            None if items.is_empty() => Ok(()),
            Some(each) if !items.is_empty() || shapes.len() == 2 => {
                items.iter().enumerate().try_for_each(|(n, item)| fits(item, each, &format!("{at}[{n}]")))
            }
            _ => Err(format!("{at} has {} items", items.len())),
        },
        (Value::String(words), value) if words.split('|').any(|word| is(value, word)) => Ok(()),
        (shape, value) if !shape.is_string() && shape == value => Ok(()),
        _ => Err(format!("{at} is {value}, not {shape}")),
    }
}

fn object(found: &Map<String, Value>, fields: &Map<String, Value>, at: &str) -> Result<(), String> {
    for (name, shape) in fields {
        let (name, optional) = name.strip_suffix('?').map_or((name.as_str(), false), |name| (name, true));
        match found.get(name) {
            Some(value) => fits(value, shape, &format!("{at}.{name}"))?,
            None if optional => {}
            None => return Err(format!("{at}.{name} is missing")),
        }
    }
    let known = |name: &String| fields.contains_key(name) || fields.contains_key(&format!("{name}?"));
    match found.keys().find(|name| !known(name)) {
        Some(name) => Err(format!("{at}.{name} is in no shape")),
        None => Ok(()),
    }
}

fn is(value: &Value, word: &str) -> bool {
    match word {
        "int" => value.is_i64(),
        "text" => value.is_string(),
        "bool" => value.is_boolean(),
        "null" => value.is_null(),
        "object" => value.is_object(),
        "empty" => value.as_object().is_some_and(Map::is_empty),
        word => word.strip_prefix('=').is_some_and(|text| value == text),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;
    use serde_json::json;

    #[test]
    fn a_shape_notices_what_differs() {
        let list = json!([{ "n": "int" }]);
        let shape = json!({ "id": "int", "name": "text|null", "kind": "=user", "more?": "bool", "list": list, "rest": ["int", "or none"] });
        let good = json!({ "id": 1, "name": null, "kind": "user", "list": [{ "n": 1 }, { "n": 2 }], "rest": [] });
        assert_eq!(fits(&good, &shape, ""), Ok(()));
        for (change, value) in [
            ("id", json!(1.5)),
            ("name", json!(3)),
            ("kind", json!("contact")),
            ("more", json!(1)),
            ("list", json!([])),
            ("list", json!([{ "n": 1 }, { "n": "2" }])),
            ("extra", json!(1)),
            ("rest", json!(["x"])),
        ] {
            let mut bad = good.clone();
            bad[change] = value;
            assert!(fits(&bad, &shape, "").is_err(), "{bad}");
        }
        assert!(fits(&json!({ "id": 1 }), &shape, "").is_err());
    }
}
