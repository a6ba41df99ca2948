//! What somebody who types into a search field asks for: words that must all be there, "phrases", and a last word that may be
//! still in the making. Nothing that can be typed is an error, and nothing typed is an operator.

use super::words::words;

/// More of what was typed is not read, in characters.
const QUERY_CHARS_MAX: usize = 200;
/// Terms that are asked for; more are not.
const TERMS_MAX: usize = 8;
/// A last word of fewer characters is asked for as it is: too much begins with it.
const PREFIX_CHARS_MIN: usize = 2;

/// One thing that must be in the text: a word, or several in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// At least one, folded.
    pub words: Vec<String>,
    /// The last word may go on.
    pub is_prefix: bool,
}

/// A question to the index, with at least one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// All of them must be there.
    pub terms: Vec<Term>,
    /// What was typed, when it was nothing but a number, as in "#1042".
    pub number: Option<i64>,
}

impl Query {
    /// Reads what was typed; `None` when there is no word in it.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Query> {
        let typed: String = typed.chars().take(QUERY_CHARS_MAX).collect();
        let mut terms = Vec::new();
        // Every second part stands between quotation marks; a mark without a partner opens a phrase that ends with the text.
        for (index, part) in typed.split(['"', '“', '”', '„']).enumerate() {
            if index % 2 == 1 {
                let phrase: Vec<String> = words(part).map(|it| it.folded).collect();
                push(&mut terms, phrase);
            } else {
                plain(&mut terms, part);
            }
        }
        let goes_on = typed.chars().last().is_some_and(char::is_alphanumeric);
        let many = terms.len() > TERMS_MAX;
        terms.truncate(TERMS_MAX);
        if let Some(last) = terms.last_mut().filter(|_| goes_on && !many) {
            last.is_prefix = last.words.last().is_some_and(|it| it.chars().count() >= PREFIX_CHARS_MIN);
        }
        let number = typed.trim().trim_start_matches('#').parse().ok().filter(|it| *it > 0);
        (!terms.is_empty()).then_some(Query { terms, number })
    }

    /// Whether a word of a text is one of those that were asked for.
    #[must_use]
    pub fn asks_for(&self, folded: &str) -> bool {
        self.terms.iter().any(|term| {
            let begins = |last: &String| term.is_prefix && folded.starts_with(last.as_str());
            term.words.iter().any(|it| it == folded) || term.words.last().is_some_and(begins)
        })
    }
}

/// Words outside quotation marks: each is a term, and a run of single characters is one.
fn plain(terms: &mut Vec<Term>, text: &str) {
    let mut run = Vec::new();
    let mut end = 0;
    for word in words(text) {
        if word.is_single && (run.is_empty() || word.at.start == end) {
            run.push(word.folded);
        } else if word.is_single {
            push(terms, std::mem::replace(&mut run, vec![word.folded]));
        } else {
            push(terms, std::mem::take(&mut run));
            push(terms, vec![word.folded]);
        }
        end = word.at.end;
    }
    push(terms, run);
}

fn push(terms: &mut Vec<Term>, mut words: Vec<String>) {
    words.truncate(TERMS_MAX);
    if !words.is_empty() {
        terms.push(Term { words, is_prefix: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(typed: &str) -> String {
        let Some(query) = Query::parse(typed) else { return String::new() };
        let term = |it: &Term| it.words.join("+") + if it.is_prefix { "*" } else { "" };
        query.terms.iter().map(term).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_must_all_be_there_and_the_last_may_be_in_the_making() {
        assert_eq!(told("Refund order"), "refund order*");
        assert_eq!(told("refund order "), "refund order");
        assert_eq!(told("r"), "r");
        assert_eq!(told("ann@example.com"), "ann example com*");
    }

    #[test]
    fn quotation_marks_make_phrases() {
        assert_eq!(told("\"late delivery\" refund "), "late+delivery refund");
        assert_eq!(told("refund \"late deliv"), "refund late+deliv*");
        assert_eq!(told("“late delivery”"), "late+delivery");
        assert_eq!(told("\"\" \" \""), "");
    }

    #[test]
    fn a_run_of_single_characters_is_a_phrase() {
        assert_eq!(told("退款 order"), "退+款 order*");
        assert_eq!(told("退款"), "退+款");
        assert_eq!(told("退 款"), "退 款");
    }

    #[test]
    fn nothing_typed_is_an_operator_or_an_error() {
        assert_eq!(told("a OR b* NOT (c) -d + e:f ^g {h}"), "a or b not c d e f");
        assert_eq!(told("' & | ! <-> :*"), "");
        assert_eq!(told(""), "");
        assert_eq!(told("\0\u{ffff}🎉"), "");
        for typed in ["x".repeat(100_000), "x ".repeat(1_000), "\"".repeat(1_000), "退".repeat(1_000)] {
            let terms = Query::parse(&typed).map_or(0, |it| it.terms.iter().map(|term| term.words.len()).sum::<usize>());
            assert!(terms <= TERMS_MAX * TERMS_MAX);
        }
    }

    #[test]
    fn a_number_may_be_a_conversations() {
        let number = |typed| Query::parse(typed).and_then(|it| it.number);
        assert_eq!((number("#1042"), number(" 7 ")), (Some(1_042), Some(7)));
        assert_eq!((number("7 apples"), number("0"), number("99999999999999999999")), (None, None, None));
    }

    #[test]
    fn a_query_knows_its_words_in_a_text() {
        let query = Query::parse("late refun").unwrap();
        assert!(query.asks_for("late") && query.asks_for("refunded") && !query.asks_for("later") && !query.asks_for("ref"));
    }
}
