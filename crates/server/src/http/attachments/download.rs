//! A stored file as an answer: whole or in ranges, kept by the reader's own browser only, and never run by it. Who may
//! read was asked before.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use frontdesk_core::attachment::is_shown_in_place;
use frontdesk_store::attachments::Attachment;

use super::range::{Asked, asked};
use crate::app::App;
use crate::files::Shelf;
use crate::http::error::ApiError;
use crate::views::in_path;

/// A file that somebody may read.
#[derive(Debug)]
pub(in crate::http) struct Found {
    uuid: String,
    name: String,
    content_type: String,
    length: u64,
    tag: String,
}

impl From<Attachment> for Found {
    fn from(it: Attachment) -> Found {
        Found {
            uuid: it.uuid,
            name: it.file_name,
            content_type: it.content_type,
            length: u64::try_from(it.byte_size).unwrap_or_default(),
            tag: format!("\"{}\"", it.sha256),
        }
    }
}

const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Answers with the file, or with what the request asks for of it.
pub(in crate::http) async fn answer(app: &App, it: &Found, (method, headers): (&Method, &HeaderMap)) -> Result<Response, ApiError> {
    let text = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok());
    if text(header::IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == it.tag)) {
        return Ok((StatusCode::NOT_MODIFIED, kept(it)).into_response());
    }
    // A range of another file than the one that the reader has begun with would not fit to it.
    let range = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|tag| tag == it.tag));
    let (status, range) = match asked(range, it.length) {
        Asked::Whole => (StatusCode::OK, 0..it.length),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Outside => {
            let size = [(header::CONTENT_RANGE, format!("bytes */{}", it.length))];
            return Ok((size, ApiError::range_not_satisfiable()).into_response());
        }
    };
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        let stored = app.files.read((Shelf::Attachments, &it.uuid), Some(range.clone())).await;
        let stream = stored.map_err(|error| ApiError::storage(&error))?;
        Body::from_stream(stream.ok_or_else(|| ApiError::storage(&"a file of a message is not in the store"))?)
    };
    let in_place = text(FETCH_DEST) == Some("image") && is_shown_in_place(&it.content_type);
    let mut answer = (status, kept(it), guarded(it, in_place), body).into_response();
    let into = answer.headers_mut();
    into.insert(header::CONTENT_LENGTH, (range.end - range.start).into());
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {}-{}/{}", range.start, range.end - 1, it.length);
        into.insert(header::CONTENT_RANGE, HeaderValue::from_str(&part).map_err(|error| ApiError::broken(&error))?);
    }
    Ok(answer)
}

/// A file never changes, and is for this reader only.
fn kept(it: &Found) -> [(HeaderName, String); 3] {
    [
        (header::ETAG, it.tag.clone()),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ]
}

/// Nothing in a file runs, whatever a browser takes it for, and no other website shows it.
fn guarded(it: &Found, in_place: bool) -> [(HeaderName, String); 5] {
    [
        (header::CONTENT_TYPE, it.content_type.clone()),
        (header::CONTENT_DISPOSITION, disposition(&it.name, in_place)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (RESOURCE_POLICY, "same-origin".to_owned()),
    ]
}

/// The name in the two forms that browsers read (RFC 6266).
fn disposition(name: &str, in_place: bool) -> String {
    let plain: String = name.chars().map(|it| if it.is_ascii_graphic() && !"\"\\%".contains(it) || it == ' ' { it } else { '_' }).collect();
    let kind = if in_place { "inline" } else { "attachment" };
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", in_path(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(
            disposition("a\"; x=\"März 5%.pdf", false),
            "attachment; filename=\"a_; x=_M_rz 5_.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%22M%C3%A4rz%205%25.pdf"
        );
        assert_eq!(disposition("cat.png", true), "inline; filename=\"cat.png\"; filename*=UTF-8''cat.png");
    }
}
