//! Asking the server over REST, in process. Whatever is asked: the answer is never a 500, carries a request id, and its
//! errors are JSON (BEHAVIOUR 8).

use axum::body::{Body, Bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use tower::ServiceExt;

use crate::app::TestApp;
use crate::people::{Login, Member, Visitor};

/// A request in the making.
#[must_use]
pub(crate) struct Call<'a> {
    app: &'a TestApp,
    request: Builder,
    body: Body,
    asked: String,
}

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
    asked: String,
}

impl TestApp {
    /// Asks with any method.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call<'_> {
        let request = Request::builder().method(method).uri(path).header("host", "desk.test");
        Call { app: self, request, body: Body::empty(), asked: format!("{method} {path} on {}", self.engine) }
    }

    /// Reads.
    pub(crate) fn get(&self, path: &str) -> Call<'_> {
        self.call("GET", path)
    }

    /// Writes.
    pub(crate) fn post(&self, path: &str) -> Call<'_> {
        self.call("POST", path)
    }
}

impl Call<'_> {
    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Asks as a member, with their API token.
    pub(crate) fn by(self, member: &Member) -> Self {
        self.header("api_access_token", &member.token)
    }

    /// Asks as a visitor.
    pub(crate) fn from(self, visitor: &Visitor) -> Self {
        self.header("authorization", &format!("Bearer {}", visitor.token))
    }

    /// Asks as somebody who logged in, from a page of ours.
    pub(crate) fn logged_in(self, login: &Login) -> Self {
        self.header("cookie", &login.cookie).header("origin", "http://desk.test")
    }

    /// Sends JSON.
    pub(crate) fn json(self, body: &Value) -> Self {
        self.text("application/json", body.to_string())
    }

    /// Sends any body.
    pub(crate) fn text(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self.header("content-type", content_type)
    }

    /// Sends one file in a form.
    pub(crate) fn upload(self, field: &str, file: (&str, &[u8])) -> Self {
        self.text("multipart/form-data; boundary=b", form(&[], &[(field, file.0, file.1)]))
    }

    /// Waits for the answer.
    pub(crate) async fn send(self) -> Answer {
        let request = self.request.body(self.body).expect("the request can be written down");
        let answer = self.app.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the answer is complete");
        let answer = Answer { status: parts.status.as_u16(), headers: parts.headers, bytes, asked: self.asked };
        answer.check();
        answer
    }

    /// Sends and takes the JSON of a success.
    pub(crate) async fn ok(self) -> Value {
        self.send().await.ok()
    }
}

/// A form in parts: fields, then files as (field, name, bytes). Its boundary is `b`.
pub(crate) fn form(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (field, name, bytes) in files {
        body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    body
}

impl Answer {
    fn check(&self) {
        assert!(self.status != 500, "{}", self.told());
        assert!(self.header("x-request-id").is_some_and(|it| !it.is_empty()), "no request id: {}", self.told());
        if self.status >= 400 && !self.bytes.is_empty() {
            assert_eq!(self.header("content-type"), Some("application/json"), "{}", self.told());
            let error = self.json();
            assert!(error["error"].as_str().is_some_and(|it| !it.is_empty()), "{}", self.told());
        }
    }

    /// The whole story for the message of a failing test.
    pub(crate) fn told(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes);
        format!("{} -> {} {}", self.asked, self.status, text.chars().take(2_000).collect::<String>())
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.told()))
    }

    /// The JSON of a success.
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.told());
        self.json()
    }

    /// A success without a body.
    pub(crate) fn ok_empty(&self) {
        assert_eq!((self.status, self.bytes.len()), (200, 0), "{}", self.told());
    }

    /// A refusal with exactly this sentence and nothing else.
    pub(crate) fn refused(&self, status: u16, sentence: &str) {
        assert_eq!(self.status, status, "{}", self.told());
        assert_eq!(self.json(), serde_json::json!({ "error": sentence }), "{}", self.told());
    }

    /// A 422 for a file that is not there for whoever names it.
    pub(crate) fn no_attachment(&self) {
        let told = serde_json::json!({ "error": "Validation failed", "message": "Attachment not found", "attributes": ["attachments"] });
        assert_eq!((self.status, self.json()), (422, told), "{}", self.told());
    }

    /// A 422 that names the field in its attributes and in its sentence.
    pub(crate) fn invalid(&self, field: &str) {
        assert_eq!(self.status, 422, "{}", self.told());
        let error = self.json();
        assert_eq!(error["error"], "Validation failed", "{}", self.told());
        assert_eq!(error["attributes"], serde_json::json!([field]), "{}", self.told());
        let message = error["message"].as_str().unwrap_or_default().to_lowercase();
        assert!(message.starts_with(&field.replace('_', " ")), "{}", self.told());
    }
}
