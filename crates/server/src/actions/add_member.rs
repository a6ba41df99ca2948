//! The operator adds a member who needs no invitation. Inviting by mail is another action.

use frontdesk_core::Invalid;
use frontdesk_core::event::Event;
use frontdesk_core::id::UserId;
use frontdesk_core::member::Role;
use frontdesk_core::text::{Email, Name};
use frontdesk_core::time::Millis;
use frontdesk_store::{AccountTx, StoreError, events, members, users};

use super::Refusal;

/// Who is added, as what.
#[derive(Debug, Clone)]
pub(crate) struct NewMember {
    pub(crate) name: Name,
    pub(crate) email: Email,
    pub(crate) role: Role,
    /// In PHC format; ignored when the address has a user already.
    pub(crate) password_hash: Option<String>,
    pub(crate) token_hash: String,
}

/// Adds the member to the account and to all its inboxes. Somebody who has a user keeps their own name and password;
/// the membership carries the given name.
pub(crate) async fn add(tx: &mut AccountTx<'_, '_>, new: &NewMember, now: Millis) -> Result<UserId, Refusal> {
    let account = tx.account_id();
    let user = match users::find_by_email(tx, new.email.as_str()).await? {
        Some(user) if members::find(tx, account, user.id).await?.is_some() => {
            return Err(Invalid::new("email", "has already been taken").into());
        }
        Some(user) => user.id,
        None => users::insert(tx, new.email.as_str(), new.name.as_str(), new.password_hash.as_deref(), now).await?,
    };
    let seats = members::seats(tx, account).await?;
    if seats.limit.is_some_and(|limit| seats.used >= limit) {
        return Err(Refusal::SeatsTaken);
    }
    users::insert_token(tx, user, &new.token_hash, now).await?;
    let inserted = members::insert(tx, account, user, new.role, Some(new.name.as_str()), now).await;
    if let Err(StoreError::Duplicate(_)) = inserted {
        return Err(Invalid::new("email", "has already been taken").into());
    }
    inserted?;
    events::append(tx, &Event::MemberAdded { user }, None, now).await?;
    Ok(user)
}
