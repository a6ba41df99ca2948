//! Filters of API clients: conditions over named fields, in Chatwoot's words. What a field holds is given by whoever asks;
//! how many things are looked through is not known here.

use crate::text::Invalid;

crate::words! {
    /// How a condition compares.
    pub enum Operator {
        /// One of the values.
        Equal = "equal_to",
        /// None of the values.
        NotEqual = "not_equal_to",
        /// One of the values stands in it.
        Contains = "contains",
        /// None of the values stands in it.
        ContainsNot = "does_not_contain",
        /// There is something.
        Present = "is_present",
        /// There is nothing.
        NotPresent = "is_not_present",
        /// More than the value: numbers and times.
        Greater = "is_greater_than",
        /// Less than the value: numbers and times.
        Less = "is_less_than",
    }
    /// How a condition is joined to the next one; as in SQL, AND binds more tightly.
    pub enum Joint {
        /// Both.
        And = "and" | "AND",
        /// Either.
        Or = "or" | "OR",
    }
}

/// Most conditions of one filter.
pub const CONDITIONS_MAX: usize = 20;

/// What a field of a thing holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Words, any number of them; a text is one. Compared without regard to case.
    Words(Vec<String>),
    /// A number or an instant.
    Number(Option<i64>),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field's name.
    pub key: String,
    /// How it is compared.
    pub operator: Operator,
    /// With what; in lower case.
    pub values: Vec<String>,
    /// How the next condition is joined.
    pub joint: Joint,
}

/// Refuses a filter that nobody could answer: without conditions, with too many, on other fields than `keys`, or with values
/// that can never be those of the field; `numbers` are the keys of numbers and instants.
pub fn check(conditions: &[Condition], keys: &[&str], numbers: &[&str]) -> Result<(), Invalid> {
    if conditions.is_empty() {
        return Err(Invalid::new("payload", "can't be blank"));
    }
    if conditions.len() > CONDITIONS_MAX {
        return Err(Invalid::new("payload", format_args!("has too many conditions (maximum is {CONDITIONS_MAX})")));
    }
    let is_known = |key: &str| keys.contains(&key) || (key.starts_with("custom_attributes.") && keys.contains(&"custom_attributes.*"));
    if let Some(other) = conditions.iter().find(|it| !is_known(&it.key)) {
        let reason = format_args!("is not supported: {}. Supported are {}", other.key.escape_debug(), keys.join(", "));
        return Err(Invalid::new("attribute_key", reason));
    }
    let bare = |it: &Condition| it.values.is_empty() && !matches!(it.operator, Operator::Present | Operator::NotPresent);
    if conditions.iter().any(bare) {
        return Err(Invalid::new("values", "can't be blank"));
    }
    for it in conditions {
        let is_number = numbers.contains(&it.key.as_str());
        if is_number && it.values.iter().any(|value| value.trim().parse::<i64>().is_err()) {
            return Err(Invalid::new("values", format_args!("of {} must be whole numbers; times are unix seconds", it.key)));
        }
        if !is_number && matches!(it.operator, Operator::Greater | Operator::Less) {
            return Err(Invalid::new("filter_operator", format_args!("is not for {}", it.key.escape_debug())));
        }
    }
    Ok(())
}

/// Whether a thing passes; `held` tells what its fields hold.
pub fn passes(conditions: &[Condition], held: impl Fn(&str) -> Held) -> bool {
    // Groups joined by OR; within each, conditions joined by AND.
    conditions.chunk_by(|before, _| before.joint == Joint::And).any(|group| group.iter().all(|it| holds(it, &held(&it.key))))
}

fn holds(condition: &Condition, held: &Held) -> bool {
    let (values, operator) = (&condition.values, condition.operator);
    match held {
        Held::Words(words) => {
            let words: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
            let is_one = || values.iter().any(|value| words.contains(value));
            let is_in = || values.iter().any(|value| words.iter().any(|word| word.contains(value.as_str())));
            match operator {
                Operator::Equal => is_one(),
                Operator::NotEqual => !is_one(),
                Operator::Contains => is_in(),
                Operator::ContainsNot => !is_in(),
                Operator::Present => !words.is_empty(),
                Operator::NotPresent => words.is_empty(),
                Operator::Greater | Operator::Less => false,
            }
        }
        Held::Number(number) => {
            let wanted = values.iter().filter_map(|it| it.trim().parse::<i64>().ok());
            let compare = |test: fn(&i64, &i64) -> bool| number.is_some_and(|it| wanted.clone().any(|value| test(&it, &value)));
            match operator {
                Operator::Equal | Operator::Contains => compare(i64::eq),
                Operator::NotEqual | Operator::ContainsNot => !compare(i64::eq),
                Operator::Present => number.is_some(),
                Operator::NotPresent => number.is_none(),
                Operator::Greater => compare(i64::gt),
                Operator::Less => compare(i64::lt),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(key: &str, operator: Operator, values: &[&str], joint: Joint) -> Condition {
        Condition { key: key.into(), operator, values: values.iter().map(|it| (*it).to_owned()).collect(), joint }
    }

    fn thing(key: &str) -> Held {
        match key {
            "status" => Held::Words(vec!["Open".into()]),
            "labels" => Held::Words(vec!["vip".into(), "bug".into()]),
            "assignee_id" => Held::Number(None),
            _ => Held::Number(Some(7)),
        }
    }

    fn one(key: &str, operator: Operator, values: &[&str]) -> bool {
        passes(&[condition(key, operator, values, Joint::And)], thing)
    }

    #[test]
    fn words_and_numbers_are_compared() {
        assert!(one("status", Operator::Equal, &["resolved", "open"]));
        assert!(one("status", Operator::Contains, &["pe"]) && !one("status", Operator::ContainsNot, &["pe"]));
        assert!(one("labels", Operator::NotEqual, &["gold"]) && one("labels", Operator::Present, &[]));
        assert!(one("assignee_id", Operator::NotPresent, &[]) && !one("assignee_id", Operator::Equal, &["0"]));
        assert!(one("id", Operator::Greater, &["6"]) && one("id", Operator::Less, &["8"]) && !one("id", Operator::Equal, &["x"]));
    }

    #[test]
    fn and_binds_more_tightly_than_or() {
        let (yes, no) = (["open"], ["resolved"]);
        let story = |first: &[&str], joint, second: &[&str], other, third: &[&str]| {
            passes(
                &[
                    condition("status", Operator::Equal, first, joint),
                    condition("status", Operator::Equal, second, other),
                    condition("status", Operator::Equal, third, Joint::And),
                ],
                thing,
            )
        };
        assert!(story(&yes, Joint::Or, &no, Joint::And, &no));
        assert!(!story(&no, Joint::Or, &yes, Joint::And, &no));
        assert!(story(&no, Joint::And, &no, Joint::Or, &yes));
        assert!(!story(&yes, Joint::And, &no, Joint::Or, &no));
    }

    #[test]
    fn what_cannot_be_asked_is_named() {
        let asked = [condition("city", Operator::Equal, &["oslo"], Joint::And)];
        let refused = check(&asked, &["status", "labels"], &[]).unwrap_err();
        assert_eq!(refused.message, "Attribute key is not supported: city. Supported are status, labels");
        assert_eq!(check(&[], &["status"], &[]).unwrap_err().field, "payload");
        assert_eq!(check(&[condition("status", Operator::Equal, &[], Joint::And)], &["status"], &[]).unwrap_err().field, "values");
        assert!(check(&[condition("custom_attributes.plan", Operator::Present, &[], Joint::And)], &["custom_attributes.*"], &[]).is_ok());
    }

    #[test]
    fn values_that_can_never_be_there_are_refused() {
        let refused =
            |key, operator, values| check(&[condition(key, operator, values, Joint::And)], &["created_at", "name"], &["created_at"]);
        assert_eq!(refused("created_at", Operator::Greater, &["2020-01-01"]).unwrap_err().field, "values");
        assert_eq!(refused("created_at", Operator::Equal, &["7", "x"]).unwrap_err().field, "values");
        assert_eq!(refused("name", Operator::Greater, &["7"]).unwrap_err().field, "filter_operator");
        assert!(refused("created_at", Operator::Greater, &["1577836800"]).is_ok());
        assert!(refused("created_at", Operator::NotPresent, &[]).is_ok());
        assert!(refused("name", Operator::Contains, &["7"]).is_ok());
    }
}
