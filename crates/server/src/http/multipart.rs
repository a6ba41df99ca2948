//! Forms in parts, with files in them: texts become fields, files are stored while they come and become their names.
//! Which requests may bring files, and whose they are then, says the caller.

use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use frontdesk_core::attachment::{FILE_BYTES_MAX, FILES_PER_MESSAGE_MAX};
use frontdesk_core::text::title;
use futures_util::Stream;
use serde_json::{Map, Value};

use super::body::{BODY_BYTES_MAX, insert};
use super::error::ApiError;
use super::profile;
use super::uploads::{self, Owner};
use crate::app::App;

/// The field of a message's files.
const FILES: &str = "attachments";
/// The field of a person's picture.
const PICTURE: &str = "avatar";
/// Parts of one form: far more than any form of ours has fields.
const PARTS_MAX: usize = 200;

/// What becomes of files in a form.
#[derive(Clone, Copy)]
pub(super) enum Files<'a> {
    /// They are refused.
    Refused,
    /// They are stored for this person, as the message's.
    Kept(&'a App, &'a Owner),
    /// The one that is called `avatar` is stored as somebody's picture, and its name is told here. It is no field, or
    /// somebody could name a picture that is another's.
    Picture(&'a App, &'a OnceLock<String>),
}

/// Reads a form. Its texts are `BODY_BYTES_MAX` bytes at most, its files each what a file may be.
pub(super) async fn read(mut request: Request, files: Files<'_>) -> Result<Map<String, Value>, ApiError> {
    if let Files::Kept(..) = files {
        allow_files(&mut request, FILES_PER_MESSAGE_MAX as u64)?;
    }
    let mut parts = parts(request).await?;
    let (mut fields, mut length, mut count) = (Map::new(), 0, 0);
    while let Some(part) = parts.next_field().await.map_err(|error| broken_part(&error))? {
        let key = part.name().unwrap_or_default().to_owned();
        count += 1;
        if count > PARTS_MAX {
            return Err(ApiError::bad_request("The form has too many parts"));
        }
        if part.file_name().is_some() {
            match files {
                Files::Picture(app, kept) if words(&key).any(|it| it == PICTURE) && kept.get().is_none() => {
                    let name = profile::keep_picture(app, part).await?;
                    kept.get_or_init(|| name);
                }
                Files::Kept(app, owner) if words(&key).any(|it| it == FILES) => {
                    let blob_id = keep(part, (app, owner), &fields).await?;
                    insert(&mut fields, &format!("{FILES}[]"), blob_id);
                }
                _ => return Err(refused(&key)),
            }
            continue;
        }
        let value = text(part, BODY_BYTES_MAX - length).await?;
        length += value.len();
        insert(&mut fields, &key, value);
    }
    Ok(fields)
}

/// A text of at most so many bytes.
async fn text(mut part: Field<'_>, bytes_max: usize) -> Result<String, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken_part(&error))? {
        if bytes.len() + chunk.len() > bytes_max {
            return Err(ApiError::too_large(BODY_BYTES_MAX));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| ApiError::bad_request("The form cannot be read"))
}

/// Stores a message's file and gives the secret that names it.
async fn keep(part: Field<'_>, (app, owner): (&App, &Owner), fields: &Map<String, Value>) -> Result<String, ApiError> {
    let known = fields.get(FILES).and_then(Value::as_array).map_or(0, Vec::len);
    if known >= FILES_PER_MESSAGE_MAX {
        let message = format!("{} are too many (maximum is {FILES_PER_MESSAGE_MAX} files)", title(FILES));
        return Err(ApiError::invalid(FILES, message));
    }
    Ok(uploads::keep_part(app, owner, part).await?.blob_id)
}

/// The words of a field's name: `attachments[]`, `attachments`, `attachments[0]` and `message[attachments][]` are all sent
/// by somebody.
fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(['[', ']'])
}

fn refused(key: &str) -> ApiError {
    let field = key.split('[').next().unwrap_or_default();
    ApiError::invalid(field, format!("{} must not be a file", title(field)))
}

/// Lets a form be as large as so many files and their texts; refuses at once what says that it is larger.
pub(super) fn allow_files(request: &mut Request, files: u64) -> Result<(), ApiError> {
    let bytes_max = files * FILE_BYTES_MAX + BODY_BYTES_MAX as u64;
    if declared_length(request.headers()).is_some_and(|length| length > bytes_max) {
        return Err(ApiError::file_too_large());
    }
    DefaultBodyLimit::max(usize::try_from(bytes_max).unwrap_or(usize::MAX)).apply(request);
    Ok(())
}

/// How long the body says that it is.
pub(super) fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Hands the chunks of a body out one by one. The reader of forms takes all that it can get before it gives anything on, so
/// that a fast sender would have a whole file in memory.
struct OneByOne {
    body: BodyDataStream,
    handed_out: bool,
}

impl Stream for OneByOne {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.handed_out) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let polled = Pin::new(&mut self.body).poll_next(context);
        self.handed_out = matches!(polled, Poll::Ready(Some(_)));
        polled
    }
}

/// The parts of a form.
pub(super) async fn parts(request: Request) -> Result<Multipart, ApiError> {
    let request = request.map(|body| Body::from_stream(OneByOne { body: body.into_data_stream(), handed_out: false }));
    Multipart::from_request(request, &()).await.map_err(|_| ApiError::bad_request("The form cannot be read"))
}

/// Why a part could not be read.
pub(super) fn broken_part(error: &MultipartError) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::too_large(BODY_BYTES_MAX),
        _ => ApiError::bad_request("The form cannot be read"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_file_is_not_gathered_in_memory_however_fast_it_comes() {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let chunks = std::iter::once("--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n".to_owned());
        let chunks = chunks.chain((0..1_000).map(|_| "x".repeat(1_000))).inspect(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        let body = Body::from_stream(futures_util::stream::iter(chunks.map(Ok::<_, std::io::Error>)));
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=b").body(body).unwrap();
        let mut parts = parts(request).await.ok().unwrap();
        let mut file = parts.next_field().await.unwrap().unwrap();
        let mut length = 0;
        while length < 100_000 {
            length += file.chunk().await.unwrap().unwrap().len();
            assert!(taken.load(Ordering::Relaxed) * 1_000 <= length + 5_000, "read on by itself after {length}");
        }
    }
}
