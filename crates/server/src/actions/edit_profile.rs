//! A person changes what is theirs: name, signature, settings, picture, password, API token. Colleagues hear of names and
//! pictures. Files and hashes are made before.

use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::profile::check_settings;
use frontdesk_core::time::Millis;
use frontdesk_store::users::{self, ProfileChange, User};
use frontdesk_store::{StoreError, Tx, events, members};
use serde_json::{Map, Value};

use super::Refusal;

/// What somebody changes of themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edit {
    /// Name and signature.
    pub(crate) profile: ProfileChange,
    /// Settings to be replaced, or with null removed; others stay.
    pub(crate) ui_settings: Map<String, Value>,
    /// Another picture, or (inside) none.
    pub(crate) picture: Option<Option<String>>,
    /// Another password, as its hash.
    pub(crate) password_hash: Option<String>,
    /// The session that goes on when the password changes; all others end.
    pub(crate) kept_session: Option<String>,
}

/// Stores the changes and tells the colleagues in every account. A password that was set anew meanwhile is not overwritten:
/// whoever knew the old one is out.
pub(crate) async fn apply(tx: &mut Tx<'_>, user: &User, edit: &Edit, now: Millis) -> Result<(), Refusal> {
    if edit.profile.name.is_some() || edit.picture.is_some() {
        // First: whoever locks an account and a user locks the account first.
        let accounts = members::memberships(tx, user.id).await?.iter().map(|it| it.account_id).collect();
        let actor = Some((SenderKind::User, user.id.0));
        events::append_to_each(tx, &accounts, &Event::MemberUpdated { user: user.id }, (actor, now)).await?;
    }
    if let Some(hash) = &edit.password_hash {
        if !users::still_has_password(tx, user).await? {
            return Err(Refusal::Store(StoreError::Busy));
        }
        users::change_password(tx, user.id, hash, edit.kept_session.as_deref()).await?;
    }
    // Also without a change: it locks the row, so that what is read after it stays true.
    users::set_profile(tx, user, &edit.profile).await?;
    if !edit.ui_settings.is_empty() {
        set_settings(tx, user, &edit.ui_settings).await?;
    }
    if let Some(picture) = &edit.picture {
        users::set_picture(tx, user.id, picture.as_deref()).await?;
    }
    Ok(())
}

/// Two devices that change different settings at once do not undo each other.
async fn set_settings(tx: &mut Tx<'_>, user: &User, changes: &Map<String, Value>) -> Result<(), Refusal> {
    let kept = users::find(tx, user.id).await?.ok_or(Refusal::NotFound("User"))?.ui_settings;
    let all = kept.with(changes);
    check_settings(all.as_str().len())?;
    users::set_settings(tx, user.id, &all).await?;
    Ok(())
}
