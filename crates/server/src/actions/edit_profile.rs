//! A person changes what is theirs: name, signature, settings, picture, password, API token. Colleagues hear of names and
//! pictures. Files and hashes are made before.

use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::id::AccountId;
use frontdesk_core::profile::check_settings;
use frontdesk_core::time::Millis;
use frontdesk_store::users::{self, ProfileChange, User};
use frontdesk_store::{AccountTx, StoreError, Tx, events};
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

impl Edit {
    /// Whether colleagues see a difference.
    pub(crate) fn is_seen(&self) -> bool {
        self.profile.name.is_some() || self.picture.is_some()
    }
}

/// Stores the changes. A password that was set anew meanwhile is not overwritten: whoever knew the old one is out.
pub(crate) async fn apply(tx: &mut Tx<'_>, user: &User, edit: &Edit) -> Result<(), Refusal> {
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

/// Tells the members of an account that this one looks different now.
pub(crate) async fn tell(tx: &mut AccountTx<'_, '_>, user: &User, now: Millis) -> Result<(), Refusal> {
    events::append(tx, &Event::MemberUpdated { user: user.id }, Some((SenderKind::User, user.id.0)), now).await?;
    Ok(())
}

/// The accounts that hear of a change: the first one in the same transaction, the others after it.
pub(crate) fn split(accounts: &[AccountId]) -> (Option<AccountId>, &[AccountId]) {
    accounts.split_first().map_or((None, &[]), |(first, rest)| (Some(*first), rest))
}
