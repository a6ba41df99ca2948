//! The person who asks, in the shape that existing client libraries expect of a profile.

use axum::Json;
use axum::extract::State;
use frontdesk_store::users::User;
use frontdesk_store::{Tx, accounts, members};

use crate::app::App;
use crate::http::error::{ApiError, ErrorView};
use crate::http::extract::Authenticated;
use crate::views::{ProfileAccountView, ProfileView, picture_url};

/// Who asks, with their accounts.
#[utoipa::path(get, operation_id = "showProfile", path = "/api/v1/profile", tag = "profile", responses((status = 200, body = ProfileView), (status = 401, body = ErrorView)))]
pub(crate) async fn show(State(app): State<App>, who: Authenticated) -> Result<Json<ProfileView>, ApiError> {
    view(&app, who.user).await.map(Json)
}

/// A person as they see themselves.
pub(super) async fn view(app: &App, user: User) -> Result<ProfileView, ApiError> {
    let id = user.id;
    let find = async move |tx: &mut Tx<'_>| {
        let mut found = Vec::new();
        for membership in members::memberships(tx, id).await? {
            if let Some(member) = members::find(tx, membership.account_id, id).await? {
                found.push((membership.account_name, member));
            }
        }
        Ok::<_, frontdesk_store::StoreError>(found)
    };
    let found = app.store.read(find).await?;
    let ui_settings = user.ui_settings.object();
    let picture = picture_url(user.picture.as_deref());
    Ok(ProfileView {
        id: user.id.0,
        account_id: found.first().map(|(_, member)| member.account_id.0),
        name: user.name.clone(),
        available_name: user.name.clone(),
        display_name: user.name,
        uid: user.email.clone(),
        email: user.email,
        provider: "email",
        role: found.first().map(|(_, member)| member.role),
        confirmed: true,
        avatar_url: picture.clone(),
        thumbnail: picture,
        message_signature: user.signature,
        ui_settings,
        access_token: None,
        accounts: found.iter().map(|(name, member)| ProfileAccountView::new(name, member)).collect(),
    })
}

/// One account of the person who asks.
#[utoipa::path(get, operation_id = "showAccount", path = "/api/v1/accounts/{account_id}", tag = "accounts", params(("account_id" = i64, Path)), responses(
    (status = 200, body = crate::views::AccountView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn show_account(
    State(app): State<App>,
    within: crate::http::extract::InAccount,
) -> Result<Json<crate::views::AccountView>, ApiError> {
    let id = within.member.account_id;
    let account = app.store.read(async move |tx: &mut Tx<'_>| accounts::find(tx, id).await).await?.ok_or_else(ApiError::not_found)?;
    Ok(Json(crate::views::AccountView {
        id: account.id.0,
        name: account.name,
        locale: "en",
        status: "active",
        created_at: account.created_at.as_seconds(),
    }))
}
