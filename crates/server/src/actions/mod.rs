//! What people do: each action is one function that runs inside one transaction, asks core what the rules say, stores the
//! outcome and appends the events. HTTP calls these; neither requests nor answers are known here, and nothing reads a clock.

pub(crate) mod add_member;
pub(crate) mod assign;
mod attributes;
pub(crate) mod change_inbox;
pub(crate) mod converse;
pub(crate) mod create_account;
pub(crate) mod delete_message;
pub(crate) mod edit_contact;
pub(crate) mod edit_conversation;
pub(crate) mod edit_labels;
pub(crate) mod edit_profile;
pub(crate) mod hide_deleted;
pub(crate) mod identify;
pub(crate) mod inbox_members;
pub(crate) mod mark_delivered;
pub(crate) mod mark_read;
pub(crate) mod send_as_contact;
pub(crate) mod send_as_member;
pub(crate) mod set_status;
pub(crate) mod set_up;
pub(crate) mod upload;

use frontdesk_core::Invalid;
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::id::{AccountId, UserId};
use frontdesk_core::member::{Availability, Role};
use frontdesk_store::StoreError;
use frontdesk_store::conversations::Scope;
use frontdesk_store::members::Member;

/// Why an action did not happen; nothing of it is stored then.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// There is no such thing for whoever asks. The word names it, as in "Conversation".
    #[error("{0} not found")]
    NotFound(&'static str),
    /// A field breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The role does not allow it.
    #[error("Access denied")]
    Denied,
    /// Every seat is taken (BEHAVIOUR 2.7).
    #[error("Account limit exceeded. Please purchase more licenses")]
    SeatsTaken,
    /// The installation has an account already.
    #[error("This installation is set up already")]
    SetUp,
    /// So many bytes wait for their messages already that no more may come.
    #[error("Too many files are waiting to be sent. Send them, or try again later")]
    TooManyFilesWait,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<&Member> for ActingMember {
    fn from(it: &Member) -> ActingMember {
        ActingMember {
            account: it.account_id,
            user: it.user_id,
            role: it.role,
            availability: it.availability,
            name: it.name.clone(),
            picture: it.picture.clone(),
        }
    }
}

/// A member who acts.
#[derive(Debug, Clone)]
pub(crate) struct ActingMember {
    /// In which account.
    pub(crate) account: AccountId,
    /// Who.
    pub(crate) user: UserId,
    /// As what.
    pub(crate) role: Role,
    /// What they chose to be.
    pub(crate) availability: Availability,
    /// The name that stays with what they write.
    pub(crate) name: String,
    /// The name of their picture.
    pub(crate) picture: Option<String>,
}

impl ActingMember {
    /// The same member as the log knows who acts.
    pub(crate) fn actor(&self) -> (SenderKind, i64) {
        (SenderKind::User, self.user.0)
    }

    /// Which conversations exist for this member.
    pub(crate) fn scope(&self) -> Scope {
        Scope { account: self.account, user: self.user, sees_all: self.role == Role::Administrator }
    }
}
