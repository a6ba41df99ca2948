//! The person who asks: what they see and change of themselves. What colleagues see of them is in `agents`.

mod picture;
mod show;
mod token;
mod update;

pub(crate) use picture::{__path_delete_avatar, delete_avatar};
pub(super) use picture::{keep as keep_picture, picture};
pub(crate) use show::{__path_show, __path_show_account, show, show_account};
pub(crate) use token::{__path_reset_access_token, reset_access_token};
pub(crate) use update::{__path_replace, __path_update, replace, update};

use frontdesk_core::id::AccountId;
use frontdesk_store::users::User;
use frontdesk_store::{Tx, members, users};

use super::error::ApiError;
use super::extract::Authenticated;
use crate::actions::Refusal;
use crate::actions::edit_profile::{self, Edit};
use crate::app::App;
use crate::files::Shelf;
use crate::views::ProfileView;

/// The accounts that a person may open.
async fn accounts_of(app: &App, user: &User) -> Result<Vec<AccountId>, ApiError> {
    let id = user.id;
    let found = app.store.read(async move |tx: &mut Tx<'_>| members::memberships(tx, id).await).await?;
    Ok(found.iter().map(|it| it.account_id).collect())
}

/// Removes a picture that nobody has.
async fn discard(app: &App, name: &str) {
    if let Err(error) = app.files.delete((Shelf::Pictures, name)).await {
        tracing::warn!(%error, "a picture cannot be removed yet; it is swept later");
    }
}

/// Stores a change, tells those who see it, ends what must end, and shows the outcome.
async fn change(app: &App, who: &Authenticated, edit: Edit) -> Result<ProfileView, ApiError> {
    let (user, now) = (who.user.clone(), app.now());
    let (ends_sessions, replaces_picture) = (edit.password_hash.is_some(), edit.picture.is_some());
    app.store.write(async move |tx: &mut Tx<'_>| edit_profile::apply(tx, &user, &edit, now).await).await?;
    if ends_sessions {
        app.hub.recheck(&accounts_of(app, &who.user).await?);
    }
    if let Some(old) = who.user.picture.as_deref().filter(|_| replaces_picture) {
        discard(app, old).await;
    }
    let id = who.user.id;
    let found = app.store.read(async move |tx: &mut Tx<'_>| users::find(tx, id).await).await?;
    show::view(app, found.ok_or(Refusal::NotFound("User"))?).await
}
