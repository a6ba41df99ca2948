//! The person's API token: shown once, when it is made.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{Tx, users};

use super::{accounts_of, show};
use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::Authenticated;
use crate::secret;
use crate::views::ProfileView;

/// Makes a new API token, the only one from then on: programs that use an older one are refused. This answer alone shows it.
#[utoipa::path(post, operation_id = "resetAccessToken", path = "/api/v1/profile/reset_access_token", tag = "profile", responses((status = 200, body = ProfileView), (status = 401, body = ErrorView)))]
pub(crate) async fn reset_access_token(State(app): State<App>, who: Authenticated) -> Result<Json<ProfileView>, ApiError> {
    let (token, id, now) = (secret::new_token()?, who.user.id, app.now());
    let hash = secret::hash_token(&token);
    app.store.write(async move |tx: &mut Tx<'_>| users::replace_tokens(tx, id, &hash, now).await).await?;
    app.hub.recheck(&accounts_of(&app, &who.user).await?);
    let mut view = show::view(&app, who.user).await?;
    view.access_token = Some(token);
    Ok(Json(view))
}
