//! The one line that an owner pastes into a website. What it loads is in `http::widget`.

/// The snippet for an inbox, loaded from `base_url` (without a slash at its end).
pub(crate) fn script(base_url: &str, website_token: &str) -> String {
    format!(r#"<script async src="{base_url}/widget/{website_token}.js"></script>"#)
}
