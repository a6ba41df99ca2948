//! The person who asks, in the shape that existing client libraries expect of a profile.

use axum::Json;
use axum::extract::State;
use frontdesk_store::{Tx, accounts, members};

use super::error::{ApiError, ErrorView};
use super::extract::Authenticated;
use crate::app::App;
use crate::views::{ProfileAccountView, ProfileView};

/// Who asks, with their accounts.
#[utoipa::path(get, operation_id = "showProfile", path = "/api/v1/profile", tag = "profile", responses((status = 200, body = ProfileView), (status = 401, body = ErrorView)))]
pub(crate) async fn show(State(app): State<App>, who: Authenticated) -> Result<Json<ProfileView>, ApiError> {
    let id = who.user.id;
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
    let user = who.user;
    Ok(Json(ProfileView {
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
        avatar_url: String::new(),
        thumbnail: String::new(),
        accounts: found.iter().map(|(name, member)| ProfileAccountView::new(name, member)).collect(),
    }))
}

/// One account of the person who asks.
#[utoipa::path(get, operation_id = "showAccount", path = "/api/v1/accounts/{account_id}", tag = "accounts", params(("account_id" = i64, Path)), responses(
    (status = 200, body = crate::views::AccountView), (status = 401, body = ErrorView), (status = 404, body = ErrorView)
))]
pub(crate) async fn show_account(
    State(app): State<App>,
    within: super::extract::InAccount,
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
