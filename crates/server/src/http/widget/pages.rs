//! What browsers load of the widget: the launcher, the chat for its frame, and the same chat as a page of its own. Each is
//! a built file with the inbox's settings written into it, so that nothing more is asked before a visitor can type.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use frontdesk_core::brand::BrandColor;
use frontdesk_core::inbox::Locale;
use frontdesk_core::inbox::domain::Domains;
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::{StoreError, Tx, inboxes};
use serde_json::json;

use super::launcher_words::words_for;
use crate::app::App;
use crate::http::assets::{self, Framing};
use crate::http::error::ApiError;
use crate::http::extract::Params;
use crate::http::packed;
use crate::sightings;
use crate::views::picture_url;

/// Stands in the built launcher as a string literal, whose place an object literal takes. The minifier chooses the quotes.
const LAUNCHER_SLOT: &str = "__FRONTDESK_CONFIG__";
/// What the launcher does when nothing is said: to say it would only make it longer.
const LAUNCHER_USUAL: [(&str, &str); 3] = [("position", "right"), ("icon", "chat"), ("text", "")];
/// Stands in the built page where its settings go.
const PAGE_SLOT: &str = r#"{"frontdesk":"config"}"#;

/// Who answers: names with pictures.
type Team = Vec<(String, Option<String>)>;

async fn find(app: &App, website_token: String) -> Result<(Inbox, Team), ApiError> {
    let find = async move |tx: &mut Tx<'_>| {
        let Some(inbox) = inboxes::find_by_token(tx, &website_token).await? else { return Ok(None) };
        let team = inboxes::team(tx, inbox.id).await?;
        Ok::<_, StoreError>(Some((inbox, team)))
    };
    app.store.read(find).await?.ok_or_else(|| ApiError::noun_not_found("Inbox"))
}

/// What is readable on the inbox's colour; colours are checked before they are stored.
fn ink(inbox: &Inbox) -> &'static str {
    BrandColor::parse(&inbox.color).map_or("#fff", |color| color.ink())
}

/// JSON that may stand inside a script element: it cannot end the element.
fn inline(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Puts the settings where the slot stands, its quotes included.
fn fill_slot(built: &str, settings: &str) -> Option<String> {
    let (before, after) = built.split_once(LAUNCHER_SLOT)?;
    let before = before.strip_suffix(['"', '\'', '`'])?;
    let after = after.strip_prefix(['"', '\'', '`'])?;
    Some(format!("{before}{settings}{after}"))
}

/// The launcher of an inbox: `/widget/{website_token}.js`.
pub(crate) async fn launcher(State(app): State<App>, params: Params, headers: HeaderMap) -> Result<Response, ApiError> {
    let website_token = params.text("file").strip_suffix(".js").ok_or_else(ApiError::not_found)?;
    let (inbox, _) = find(&app, website_token.to_owned()).await?;
    if let Some(page) = headers.get(header::REFERER).and_then(|it| it.to_str().ok()) {
        sightings::note(&app, &inbox, page).await;
    }
    let mut settings = json!({
        "name": inbox.name, "color": inbox.color, "ink": ink(&inbox), "mode": "online", "base": &*app.base_url,
        "token": inbox.website_token, "position": inbox.widget_position, "icon": inbox.launcher_icon, "text": inbox.launcher_text,
        "words": words_for(&inbox.locale, &headers),
    });
    if let Some(all) = settings.as_object_mut() {
        all.retain(|name, value| !LAUNCHER_USUAL.contains(&(name, value.as_str().unwrap_or_default())));
    }
    let built = assets::text("launcher.js")?;
    let script = fill_slot(&built, &inline(&settings)).ok_or_else(|| ApiError::broken(&"the built launcher has no slot"))?;
    let tag = format!("\"{}\"", crate::secret::hash_token(&script));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let kept = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "max-age=0, must-revalidate".to_owned()),
        (header::ETAG, tag),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    let mut answer = packed::answer(&headers, kept, script);
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(answer)
}

/// The chat inside the launcher's frame: `/widget/{website_token}/frame`.
pub(crate) async fn frame(State(app): State<App>, params: Params, headers: HeaderMap) -> Result<Response, ApiError> {
    chat(&app, params.text("website_token"), &headers, true).await
}

/// The chat as a page of its own: `/chat/{website_token}`.
pub(crate) async fn page(State(app): State<App>, params: Params, headers: HeaderMap) -> Result<Response, ApiError> {
    match chat(&app, params.text("website_token"), &headers, false).await {
        Err(error) if error.is_not_found() => Ok(assets::page("frame/index.html", Framing::Nobody, StatusCode::NOT_FOUND)?),
        other => other,
    }
}

async fn chat(app: &App, website_token: &str, headers: &HeaderMap, embedded: bool) -> Result<Response, ApiError> {
    let (inbox, team) = find(app, website_token.to_owned()).await?;
    let ancestors = Domains::from_stored(&inbox.allowed_domains).frame_ancestors();
    let framing = if embedded { Framing::By(&ancestors) } else { Framing::Nobody };
    Ok(packed::answer(headers, assets::page_headers(framing), chat_page(&inbox, team, embedded)?))
}

/// The chat as it would be with these settings, for the dashboard's own preview. Nobody else may frame it.
pub(crate) fn preview(inbox: &Inbox, team: Team) -> Result<Response, ApiError> {
    Ok((assets::page_headers(Framing::By("'self'")), chat_page(inbox, team, true)?).into_response())
}

/// The built chat with an inbox's settings in it.
fn chat_page(inbox: &Inbox, team: Team, embedded: bool) -> Result<String, ApiError> {
    let person = |(name, picture): (String, Option<String>)| json!({ "name": name, "avatar_url": picture_url(picture.as_deref()) });
    let team: Vec<_> = team.into_iter().filter(|_| inbox.show_team).map(person).collect();
    let greeting = if inbox.greeting_enabled { inbox.greeting.as_str() } else { "" };
    let settings = json!({
        "token": inbox.website_token, "name": inbox.name, "color": inbox.color, "ink": ink(inbox), "title": inbox.welcome_title,
        "tagline": inbox.welcome_tagline, "greeting": greeting, "ask": inbox.ask_for, "lang": inbox.locale,
        "dir": Locale::direction(&inbox.locale), "showTeam": inbox.show_team, "mode": "online", "embedded": embedded, "team": team,
    });
    Ok(assets::text("frame/index.html")?.replacen(PAGE_SLOT, &inline(&settings), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_take_the_place_of_the_slot_whatever_its_quotes() {
        for quote in ['"', '\'', '`'] {
            let built = format!("var u={quote}{LAUNCHER_SLOT}{quote};");
            assert_eq!(fill_slot(&built, "{}").as_deref(), Some("var u={};"));
        }
        assert_eq!(fill_slot("var u=1;", "{}"), None);
    }

    #[test]
    fn no_setting_can_end_the_script_element() {
        assert_eq!(inline(&json!("</script>")), "\"\\u003c/script>\"");
    }
}
