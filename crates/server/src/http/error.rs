//! The only place that knows both what went wrong and how HTTP says so (BEHAVIOUR 8). Details go to the log, once, here.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use frontdesk_core::Invalid;
use frontdesk_core::attachment::FILE_BYTES_MAX;
use frontdesk_core::text::title;
use frontdesk_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::Refusal;
use crate::gate::Crowded;

/// The body of every error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ErrorView {
    /// What happened, in a fixed sentence.
    #[schema(example = "Resource could not be found")]
    pub(crate) error: String,
    /// With 422: which rule was broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Content can't be blank")]
    pub(crate) message: Option<String>,
    /// With 422: the fields that broke it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attributes: Option<Vec<String>>,
}

/// An error on its way out.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    body: ErrorView,
    /// Seconds after which it is worth trying again.
    retry_after: Option<u64>,
}

/// Seconds after which an overloaded server may be asked again.
const RETRY_SECONDS: u64 = 1;
/// Seconds after which some of the files that wait may have been sent.
const FILES_RETRY_SECONDS: u64 = 60;
/// Seconds after which a full disk may have room again.
const STORAGE_RETRY_SECONDS: u64 = 30;

impl ApiError {
    fn plain(status: StatusCode, sentence: impl Into<String>) -> ApiError {
        let body = ErrorView { error: sentence.into(), message: None, attributes: None };
        ApiError { status, body, retry_after: None }
    }

    fn again_after(mut self, seconds: u64) -> ApiError {
        self.retry_after = Some(seconds);
        self
    }

    /// No credentials came.
    pub(crate) fn not_signed_in() -> ApiError {
        ApiError::plain(StatusCode::UNAUTHORIZED, "You need to sign in or sign up before continuing.")
    }

    /// Credentials came, and they are wrong.
    pub(crate) fn wrong_token() -> ApiError {
        ApiError::plain(StatusCode::UNAUTHORIZED, "Invalid Access Token")
    }

    /// The address or the password is wrong; which of them is not told.
    pub(crate) fn wrong_login() -> ApiError {
        ApiError::plain(StatusCode::UNAUTHORIZED, "Invalid login credentials. Please try again.")
    }

    /// The role, or the page that the request came from, does not allow it.
    pub(crate) fn access_denied() -> ApiError {
        ApiError::plain(StatusCode::FORBIDDEN, "Access denied")
    }

    /// There is no such path or thing.
    pub(crate) fn not_found() -> ApiError {
        ApiError::plain(StatusCode::NOT_FOUND, "Resource could not be found")
    }

    /// There is no such thing of this kind, as in "Conversation".
    pub(crate) fn noun_not_found(noun: &str) -> ApiError {
        ApiError::plain(StatusCode::NOT_FOUND, format!("{noun} not found"))
    }

    /// The path exists for other methods.
    pub(crate) fn method_not_allowed() -> ApiError {
        ApiError::plain(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
    }

    /// The body cannot be parsed.
    pub(crate) fn invalid_json() -> ApiError {
        ApiError::plain(StatusCode::BAD_REQUEST, "Invalid JSON")
    }

    /// The request as such makes no sense: a body that breaks off, a broken form.
    pub(crate) fn bad_request(sentence: &str) -> ApiError {
        ApiError::plain(StatusCode::BAD_REQUEST, sentence)
    }

    /// The body took too long to come.
    pub(crate) fn too_slow() -> ApiError {
        ApiError::plain(StatusCode::REQUEST_TIMEOUT, "The request took too long")
    }

    /// The body is larger than its limit.
    pub(crate) fn too_large(bytes_max: usize) -> ApiError {
        ApiError::plain(StatusCode::PAYLOAD_TOO_LARGE, format!("The request is larger than {bytes_max} bytes"))
    }

    /// The file is larger than files may be.
    pub(crate) fn file_too_large() -> ApiError {
        let megabytes = FILE_BYTES_MAX / 1_024 / 1_024;
        ApiError::plain(StatusCode::PAYLOAD_TOO_LARGE, format!("The file is larger than {megabytes} MB"))
    }

    /// The file cannot be stored or read now; nothing of it was stored.
    pub(crate) fn storage(cause: &dyn std::fmt::Display) -> ApiError {
        tracing::error!(%cause, "a file cannot be stored or read");
        let sentence = "The file cannot be stored or read now. Try again in a moment";
        ApiError::plain(StatusCode::SERVICE_UNAVAILABLE, sentence).again_after(STORAGE_RETRY_SECONDS)
    }

    /// The part of the file that is asked for is not in it.
    pub(crate) fn range_not_satisfiable() -> ApiError {
        ApiError::plain(StatusCode::RANGE_NOT_SATISFIABLE, "The range is outside the file")
    }

    /// The body is of a kind that is not read here.
    pub(crate) fn unsupported_type() -> ApiError {
        ApiError::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send JSON or a form")
    }

    /// Too many tries; again after `seconds`.
    pub(crate) fn too_many(seconds: u64) -> ApiError {
        let sentence = format!("Too many attempts. Try again in {seconds} seconds");
        ApiError::plain(StatusCode::TOO_MANY_REQUESTS, sentence).again_after(seconds)
    }

    /// The installation has an account already.
    pub(crate) fn set_up() -> ApiError {
        ApiError::plain(StatusCode::CONFLICT, "This installation is set up already")
    }

    /// The server cannot do it now; nothing was done.
    pub(crate) fn busy() -> ApiError {
        let sentence = "The server is busy. Try again in a moment";
        ApiError::plain(StatusCode::SERVICE_UNAVAILABLE, sentence).again_after(RETRY_SECONDS)
    }

    /// There is no room on the disk; nothing was done.
    pub(crate) fn full() -> ApiError {
        tracing::error!("the disk is full: nothing new can be stored until somebody makes room");
        let sentence = "The server has no room left. Try again later";
        ApiError::plain(StatusCode::SERVICE_UNAVAILABLE, sentence).again_after(STORAGE_RETRY_SECONDS)
    }

    /// A fault of ours: logged with its cause, answered without it.
    pub(crate) fn broken(cause: &dyn std::fmt::Display) -> ApiError {
        tracing::error!(%cause, "a request failed");
        ApiError::plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong")
    }

    /// Whether it says that something does not exist: pages say so in HTML.
    pub(crate) fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    /// A field breaks a rule.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> ApiError {
        let body =
            ErrorView { error: "Validation failed".to_owned(), message: Some(message.into()), attributes: Some(vec![field.to_owned()]) };
        ApiError { status: StatusCode::UNPROCESSABLE_ENTITY, body, retry_after: None }
    }

    /// A field that must be there is not.
    pub(crate) fn missing(field: &str) -> ApiError {
        ApiError::invalid(field, format!("{} can't be blank", title(field)))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let retry_after = self.retry_after.map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
        (self.status, retry_after, Json(self.body)).into_response()
    }
}

impl From<Invalid> for ApiError {
    fn from(it: Invalid) -> ApiError {
        ApiError::invalid(it.field, it.message)
    }
}

impl From<StoreError> for ApiError {
    fn from(it: StoreError) -> ApiError {
        match it {
            StoreError::Missing => ApiError::not_found(),
            StoreError::Duplicate(index) => {
                // An index is named "table_field".
                let field = index.split_once('_').map_or(index, |it| it.1);
                ApiError::invalid(field, format!("{} has already been taken", title(field)))
            }
            StoreError::Busy => ApiError::busy(),
            StoreError::Full => ApiError::full(),
            StoreError::NewerDatabase { .. } | StoreError::Broken(_) => ApiError::broken(&it),
        }
    }
}

impl From<Crowded> for ApiError {
    fn from(it: Crowded) -> ApiError {
        match it {
            Crowded::Account => {
                let sentence = "Too many searches at once. Try again in a moment";
                ApiError::plain(StatusCode::TOO_MANY_REQUESTS, sentence).again_after(RETRY_SECONDS)
            }
            Crowded::Server => ApiError::busy(),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(it: Refusal) -> ApiError {
        match it {
            Refusal::NotFound(noun) => ApiError::noun_not_found(noun),
            Refusal::Invalid(invalid) => invalid.into(),
            Refusal::SetUp => ApiError::set_up(),
            Refusal::TooManyFilesWait => ApiError::plain(StatusCode::TOO_MANY_REQUESTS, it.to_string()).again_after(FILES_RETRY_SECONDS),
            Refusal::Denied => ApiError::access_denied(),
            Refusal::SeatsTaken => ApiError::plain(StatusCode::PAYMENT_REQUIRED, it.to_string()),
            Refusal::Store(error) => error.into(),
        }
    }
}

impl From<anyhow::Error> for ApiError {
    fn from(it: anyhow::Error) -> ApiError {
        ApiError::broken(&format_args!("{it:#}"))
    }
}
