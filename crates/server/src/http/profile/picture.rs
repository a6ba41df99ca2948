//! Pictures of people: kept under names that nobody guesses, and shown to everybody who has the name, as visitors see them
//! too. Only what is a picture by its bytes is kept.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::extract::multipart::Field;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use frontdesk_core::profile::{PICTURE_BYTES_MAX, picture_ending, picture_type};

use super::change;
use crate::actions::edit_profile::Edit;
use crate::app::App;
use crate::files::{NotKept, Shelf};
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::{Authenticated, Params};
use crate::http::multipart::broken_part;
use crate::secret;
use crate::views::ProfileView;

/// Keeps the picture of a part and tells its name. Until somebody has it, it is nobody's, and swept after a day.
pub(in crate::http) async fn keep(app: &App, part: Field<'_>) -> Result<String, ApiError> {
    let invalid = |reason: &str| ApiError::invalid("avatar", format!("Avatar {reason}"));
    // Looked at whole before it is named: it is small.
    let coming = secret::new_uuid()?;
    let kept = app.files.keep((Shelf::Pictures, &coming), part, (PICTURE_BYTES_MAX, None)).await.map_err(|error| match error {
        NotKept::TooLarge => invalid("must not be larger than 1 MB"),
        NotKept::Empty => invalid("must not be empty"),
        NotKept::Broken(error) => broken_part(&error),
        NotKept::Storage(error) => ApiError::storage(&error),
    })?;
    let named = if let Some(ending) = picture_ending(&kept.content_type) {
        format!("{coming}.{ending}")
    } else {
        app.files.delete((Shelf::Pictures, &coming)).await.map_err(|error| ApiError::storage(&error))?;
        return Err(invalid("must be a PNG, JPEG or WebP picture"));
    };
    app.files.rename(Shelf::Pictures, &coming, &named).await.map_err(|error| ApiError::storage(&error))?;
    Ok(named)
}

/// Removes the picture.
#[utoipa::path(delete, operation_id = "deleteAvatar", path = "/api/v1/profile/avatar", tag = "profile", responses((status = 200, body = ProfileView), (status = 401, body = ErrorView)))]
pub(crate) async fn delete_avatar(State(app): State<App>, who: Authenticated) -> Result<Json<ProfileView>, ApiError> {
    change(&app, &who, Edit { picture: Some(None), ..Edit::default() }).await.map(Json)
}

/// A picture: `/pictures/{name}`. It never changes; another picture has another name.
pub(in crate::http) async fn picture(State(app): State<App>, params: Params) -> Result<Response, ApiError> {
    let name = params.text("name");
    let content_type = picture_type(name).ok_or_else(ApiError::not_found)?;
    let found = app.files.read((Shelf::Pictures, name), None).await.map_err(|error| ApiError::storage(&error))?;
    let body = Body::from_stream(found.ok_or_else(ApiError::not_found)?);
    let kept = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    ];
    Ok((StatusCode::OK, kept, body).into_response())
}
