//! `/docs`: the API's description as a page that people read, rendered from the same document as `/openapi.json`. It needs no
//! script; the browser's own search finds everything on it.

mod example;
mod fields;
mod html;

use std::fmt::Write;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::assets::{self, Framing};
use super::error::ApiError;
use super::{openapi, packed};
use crate::app::App;
use html::escape;

/// What the groups are called and in which order they stand; a tag that is missing here stands at the end under its own name.
const GROUPS: &[(&str, &str)] = &[
    ("session", "Session"),
    ("profile", "Profile"),
    ("accounts", "Accounts"),
    ("agents", "Agents"),
    ("inboxes", "Inboxes"),
    ("contacts", "Contacts"),
    ("conversations", "Conversations"),
    ("messages", "Messages"),
    ("labels", "Labels"),
    ("search", "Search"),
    ("webhooks", "Webhooks"),
    ("widget", "Visitors"),
    ("installation", "Installation"),
];

/// The order in which methods stand on one path.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One operation of the document.
struct Operation<'a> {
    method: &'static str,
    path: &'a str,
    described: &'a Value,
}

impl Operation<'_> {
    fn tag(&self) -> &str {
        self.described["tags"][0].as_str().unwrap_or("other")
    }

    fn id(&self) -> &str {
        self.described["operationId"].as_str().unwrap_or_default()
    }
}

/// `GET /docs`
pub(crate) async fn page(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    Ok(packed::answer(&headers, assets::page_headers(Framing::Nobody), rendered(&app)?.to_owned()))
}

/// The page, rendered once in the life of the server: whoever asks again costs no more than its bytes.
fn rendered(app: &App) -> Result<&str, ApiError> {
    if let Some(page) = app.docs.get() {
        return Ok(page);
    }
    let document = serde_json::to_value(openapi::document()).map_err(|error| ApiError::broken(&error))?;
    Ok(app.docs.get_or_init(|| render(&document, &app.base_url)))
}

/// `GET /docs.css`
pub(crate) async fn style() -> Response {
    let kept = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (kept, include_str!("docs.css")).into_response()
}

/// The whole page.
fn render(document: &Value, base_url: &str) -> String {
    let operations = operations(document);
    let groups = groups(&operations);
    let mut page = String::from(html::HEAD);
    page.push_str("<nav aria-label=\"Contents\"><a class=\"brand\" href=\"#top\">Frontdesk API</a>");
    for (tag, title, in_group) in &groups {
        put(&mut page, format_args!("<h2><a href=\"#{}\">{}</a></h2><ul>", escape(tag), escape(title)));
        for it in in_group {
            put(&mut page, format_args!("<li><a href=\"#{}\">{}</a></li>", escape(it.id()), escape(brief(it))));
        }
        page.push_str("</ul>");
    }
    page.push_str("<h2><a href=\"#shapes\">Shapes</a></h2></nav><main id=\"top\">");
    page.push_str(&html::introduction(base_url));
    for (tag, title, in_group) in &groups {
        put(&mut page, format_args!("<section><h2 id=\"{}\">{}</h2>", escape(tag), escape(title)));
        for it in in_group {
            page.push_str(&article(it, document, base_url));
        }
        page.push_str("</section>");
    }
    page.push_str(&shapes(document));
    page.push_str("</main></body></html>\n");
    page
}

fn put(text: &mut String, more: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _infallible = text.write_fmt(more);
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let mut all = Vec::new();
    for (path, methods) in paths {
        for method in METHODS.into_iter().filter(|method| methods[method].is_object()) {
            all.push(Operation { method, path, described: &methods[method] });
        }
    }
    all
}

/// The operations by group: those of the table in its order, then the rest.
fn groups<'a>(operations: &'a [Operation<'a>]) -> Vec<(String, String, Vec<&'a Operation<'a>>)> {
    let mut tags: Vec<(String, String)> = GROUPS.iter().map(|(tag, title)| ((*tag).to_owned(), (*title).to_owned())).collect();
    for it in operations {
        if tags.iter().all(|(tag, _)| tag != it.tag()) {
            tags.push((it.tag().to_owned(), frontdesk_core::text::title(it.tag())));
        }
    }
    let members = |tag: &str| operations.iter().filter(|it| it.tag() == tag).collect::<Vec<_>>();
    tags.into_iter()
        .map(|(tag, title)| (members(&tag), tag, title))
        .filter(|it| !it.0.is_empty())
        .map(|(all, tag, title)| (tag, title, all))
        .collect()
}

fn summary<'a>(it: &'a Operation<'_>) -> &'a str {
    it.described["summary"].as_str().unwrap_or(it.path).trim_end_matches('.')
}

/// The beginning of the summary, for the contents: its first sentence, or what stands before a colon or semicolon.
fn brief<'a>(it: &'a Operation<'_>) -> &'a str {
    let whole = summary(it);
    [". ", "; ", ": "].iter().filter_map(|mark| whole.split_once(mark)).map(|parts| parts.0).min_by_key(|it| it.len()).unwrap_or(whole)
}

/// One operation: what it does, what it takes, what it answers, and how to ask.
fn article(it: &Operation<'_>, document: &Value, base_url: &str) -> String {
    let mut text = format!(
        "<article id=\"{id}\"><h3><a href=\"#{id}\">{summary}</a></h3><p class=\"route\"><b class=\"{method}\">{shown}</b> <code>{path}</code></p>",
        id = escape(it.id()),
        summary = escape(summary(it)),
        method = it.method,
        shown = it.method.to_uppercase(),
        path = escape(it.path),
    );
    if let Some(description) = it.described["description"].as_str() {
        put(&mut text, format_args!("<p>{}</p>", escape(description)));
    }
    text.push_str(&fields::parameters(&it.described["parameters"]));
    let body = &it.described["requestBody"]["content"]["application/json"]["schema"];
    if body.is_object() {
        text.push_str("<h4>Body</h4>");
        text.push_str(&fields::table(document, body));
    }
    text.push_str(&fields::answers(&it.described["responses"]));
    put(
        &mut text,
        format_args!(
            "<details><summary>Example</summary><pre tabindex=\"0\">{}</pre></details>",
            escape(&example::curl(it, document, base_url))
        ),
    );
    text.push_str("</article>");
    text
}

/// Every shape that an operation names.
fn shapes(document: &Value) -> String {
    let mut text = String::from("<section><h2 id=\"shapes\">Shapes</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        put(&mut text, format_args!("<article id=\"shape-{0}\" class=\"shape\"><h3><a href=\"#shape-{0}\">{0}</a></h3>", escape(name)));
        if let Some(description) = schema["description"].as_str() {
            put(&mut text, format_args!("<p>{}</p>", escape(description)));
        }
        text.push_str(&fields::table(document, schema));
        text.push_str("</article>");
    }
    text + "</section>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_every_shape_has_a_place_and_every_link_leads_to_one() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        let page = render(&document, "https://desk.example");
        let all = operations(&document);
        assert!(all.len() > 25);
        let mut ids = std::collections::BTreeSet::new();
        for it in &all {
            assert!(page.contains(&format!("<article id=\"{}\">", it.id())), "{} {}", it.method, it.path);
            assert!(ids.insert(it.id().to_owned()), "{} is the name of two operations", it.id());
        }
        for link in page.split("href=\"#").skip(1) {
            let target = link.split('"').next().unwrap();
            assert!(page.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
        }
    }

    #[test]
    fn the_page_needs_no_script_and_no_style_of_its_own() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        let page = render(&document, "https://desk.example/<script>");
        assert!(!page.contains("<script") && !page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="));
    }
}
