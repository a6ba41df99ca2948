//! Free-form columns: a JSON object kept as text, and the titles of labels that a subselect gathers. What may stand in
//! them is decided in core and checked where it comes in.

use std::collections::BTreeMap;

use frontdesk_core::attributes::BYTES_MAX;
use serde_json::{Map, Value as Json};

use crate::{Cell, FromValue, Value};

/// A JSON object as its text: parsed only by whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes(String);

impl Default for Attributes {
    fn default() -> Attributes {
        Attributes("{}".to_owned())
    }
}

impl Attributes {
    /// The text of this object.
    #[must_use]
    pub fn new(object: &Map<String, Json>) -> Attributes {
        Attributes(Json::Object(object.clone()).to_string())
    }

    /// The object.
    #[must_use]
    pub fn object(&self) -> Map<String, Json> {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    /// The object after changes: what they name is replaced, and null takes it away.
    #[must_use]
    pub fn with(&self, changes: &Map<String, Json>) -> Attributes {
        if changes.is_empty() {
            return self.clone();
        }
        let mut object = self.object();
        object.extend(changes.clone());
        object.retain(|key, value| !(value.is_null() && changes.contains_key(key)));
        Attributes::new(&object)
    }

    /// The object with what another one has beyond it, field after field in the order of their names, as long as all of it
    /// is as large as attributes may be: a field that does not fit is left out.
    #[must_use]
    pub fn taking(&self, other: &Attributes) -> Attributes {
        let (mut all, mut bytes) = (self.object(), self.0.len());
        let others: BTreeMap<String, Json> = other.object().into_iter().filter(|it| !all.contains_key(&it.0)).collect();
        for (name, value) in others {
            let alone = Attributes::new(&Map::from_iter([(name.clone(), value.clone())]));
            // The same field without braces of its own, after a comma.
            let added = alone.0.len() - 2 + usize::from(!all.is_empty());
            if bytes + added <= BYTES_MAX {
                bytes += added;
                all.insert(name, value);
            }
        }
        Attributes::new(&all)
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromValue for Attributes {
    fn from_cell(cell: Cell<'_>) -> Option<Attributes> {
        match cell {
            Cell::Text(it) => Some(Attributes(it.to_owned())),
            _ => None,
        }
    }
}

impl<'v> From<&'v Attributes> for Value<'v> {
    fn from(it: &'v Attributes) -> Value<'v> {
        it.as_str().into()
    }
}

/// Titles of labels, sorted: one word each, which a subselect joins by spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Titles(pub Vec<String>);

impl FromValue for Titles {
    fn from_cell(cell: Cell<'_>) -> Option<Titles> {
        match cell {
            Cell::Null => Some(Titles::default()),
            Cell::Text(words) => {
                // Sorted here: the engines' orders differ outside ASCII.
                let mut titles: Vec<String> = words.split(' ').map(str::to_owned).collect();
                titles.sort_unstable();
                Some(Titles(titles))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &str) -> Map<String, Json> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn changes_replace_add_and_take_away_and_leave_the_rest() {
        let kept = Attributes::new(&object(r#"{"a":1,"b":{"c":2},"n":null}"#));
        let changed = kept.with(&object(r#"{"a":null,"b":3,"d":"new","gone":null}"#));
        assert_eq!(changed.object(), object(r#"{"b":3,"d":"new","n":null}"#));
        assert_eq!(kept.with(&Map::new()), kept);
    }

    #[test]
    fn of_two_the_first_wins_and_what_does_not_fit_is_left_out() {
        let base = Attributes::new(&object(r#"{"a":1,"n":null}"#));
        let other = Attributes::new(&object(r#"{"a":2,"n":3,"\"é":[{"x":4}]}"#));
        assert_eq!(base.taking(&other).object(), object(r#"{"a":1,"n":null,"\"é":[{"x":4}]}"#));
        assert_eq!(base.taking(&Attributes::default()), base);
        assert_eq!(Attributes::default().taking(&other), other);

        let field = |name: &str, bytes: usize| Map::from_iter([(name.to_owned(), Json::String("x".repeat(bytes)))]);
        // {"base":"…"} has eleven bytes beside its text, and what comes after a comma seven: ,"b":"…".
        let room = 100;
        let nearly_full = Attributes::new(&field("base", BYTES_MAX - 11 - room));
        let fits = nearly_full.taking(&Attributes::new(&field("b", room - 7)));
        assert_eq!((fits.as_str().len(), fits.object().len()), (BYTES_MAX, 2));
        assert_eq!(nearly_full.taking(&Attributes::new(&field("b", room - 6))), nearly_full);
        let mut several = field("b", room);
        several.extend(field("c", room - 7));
        assert_eq!(nearly_full.taking(&Attributes::new(&several)).object().keys().collect::<Vec<_>>(), ["base", "c"]);
    }
}
