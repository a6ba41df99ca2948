//! The page's frame and its words before the first operation. Nothing here knows the document.

/// Text as it may stand in HTML, also between quotation marks.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Everything before the navigation.
pub(super) const HEAD: &str = concat!(
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    "<meta name=\"color-scheme\" content=\"light dark\"><title>Frontdesk API</title><link rel=\"stylesheet\" href=\"/docs.css\"></head><body>",
    "<a class=\"skip\" href=\"#top\">To the contents</a>"
);

/// What a developer needs before the first call.
pub(super) fn introduction(base_url: &str) -> String {
    let base_url = escape(base_url);
    format!(
        "<h1>Frontdesk API</h1>\
         <p>JSON over HTTP, in the shape of Chatwoot's API, so that its client libraries work by changing the host to <code>{base_url}</code>. \
         The same description for programs: <a href=\"/openapi.json\">openapi.json</a>.</p>\
         <h2>Before the first call</h2>\
         <dl>\
         <dt>Who asks</dt><dd>Send your token as <code>api_access_token</code>, or as <code>Authorization: Bearer</code>. It is shown once, when it is made: \
         in your profile, or by <code>frontdesk member add</code>. Visitors' routes take the browser's own secret as <code>Bearer</code>.</dd>\
         <dt>Bodies</dt><dd>JSON, flat or nested under its noun, or a form. Fields that are not known are passed over; values that are not known are 422.</dd>\
         <dt>Ids and times</dt><dd>Whole numbers. A conversation's id counts within its account. Times are unix seconds unless a field's name ends in \
         <code>_ms</code>.</dd>\
         <dt>Errors</dt><dd><code>{{\"error\": \"…\"}}</code>; 422 also says <code>message</code> and <code>attributes</code>. \
         <code>X-Request-Id</code> names the request in the server's log. 429 and 503 say in <code>Retry-After</code> when to come back.</dd>\
         <dt>Sending once</dt><dd>Give a message an <code>echo_id</code> of your own: the same one again answers the first copy.</dd>\
         <dt>What happens</dt><dd>Follow it over a <a href=\"#webhooks\">webhook</a>, or over the WebSocket <code>GET /realtime</code>.</dd>\
         </dl>"
    )
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("<a href=\"x\">'&'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
    }
}
