//! The first account of an installation is made, once.

use frontdesk_core::time::Millis;
use frontdesk_store::users::User;
use frontdesk_store::{StoreError, Tx, installation, users};

use super::Refusal;
use super::create_account::{self, NewAccount};

/// Makes the first account and answers its owner; refused when there is an account, or another one is being made.
pub(crate) async fn set_up(tx: &mut Tx<'_>, new: &NewAccount, now: Millis) -> Result<User, Refusal> {
    if !installation::claim(tx, now).await? || installation::has_account(tx).await? {
        return Err(Refusal::SetUp);
    }
    let made = create_account::create(tx, new, now).await?;
    Ok(users::find(tx, made.user).await?.ok_or(StoreError::Missing)?)
}
