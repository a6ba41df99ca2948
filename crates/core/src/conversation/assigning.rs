//! Handing a conversation to a member, taking it, and giving it back to nobody (BEHAVIOUR 6.3). Who has access is looked
//! up by whoever asks.

use super::joining::Told;
use crate::id::UserId;
use crate::text::Invalid;

crate::words! {
    /// How much a conversation matters to the team; contacts never learn of it.
    pub enum Priority {
        /// Can wait.
        Low = "low",
        /// As usual.
        Medium = "medium",
        /// Before others.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
}

/// The member who shall own a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub user: UserId,
    /// Has access to the account and sees the inbox: being offline is no obstacle.
    pub has_access: bool,
    /// Takes part already.
    pub is_participant: bool,
}

/// What assigning means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigning {
    /// It is so already: no change, no event.
    Unchanged,
    /// This member owns it from now on, and joins where `joins` says so.
    To {
        /// The new owner.
        user: UserId,
        /// Was not in the conversation before.
        joins: bool,
    },
    /// Nobody owns it from now on; who takes part stays.
    ToNobody,
}

/// Decides for an owner so far and a wanted one; `None` is nobody. Refuses whoever has no access.
pub fn assigning(owner: Option<UserId>, wanted: Option<Candidate>) -> Result<Assigning, Invalid> {
    match wanted {
        Some(it) if !it.has_access => Err(Invalid::new("assignee_id", "has no access to this conversation")),
        None if owner.is_none() => Ok(Assigning::Unchanged),
        None => Ok(Assigning::ToNobody),
        Some(it) if owner == Some(it.user) && it.is_participant => Ok(Assigning::Unchanged),
        Some(it) => Ok(Assigning::To { user: it.user, joins: !it.is_participant }),
    }
}

/// What the thread tells of it. `who` assigned, `to` is the new owner's name, or nobody's; contacts read of a joining only.
#[must_use]
pub fn assigned(who: &str, to: Option<&str>, is_self: bool, joins: bool) -> Told {
    let for_members = match to {
        Some(_) if is_self => format!("{who} took the conversation"),
        Some(name) => format!("{who} handed the conversation to {name}"),
        None => format!("{who} unassigned the conversation"),
    };
    Told { for_members, for_contacts: to.filter(|_| joins).map(|name| format!("{name} joined")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAYA: UserId = UserId(1);

    fn candidate(has_access: bool, is_participant: bool) -> Candidate {
        Candidate { user: MAYA, has_access, is_participant }
    }

    #[test]
    fn assigning_joins_whoever_was_not_in_it() {
        assert_eq!(assigning(None, Some(candidate(true, false))), Ok(Assigning::To { user: MAYA, joins: true }));
        assert_eq!(assigning(Some(UserId(2)), Some(candidate(true, true))), Ok(Assigning::To { user: MAYA, joins: false }));
    }

    #[test]
    fn what_is_so_already_changes_nothing() {
        assert_eq!(assigning(Some(MAYA), Some(candidate(true, true))), Ok(Assigning::Unchanged));
        assert_eq!(assigning(None, None), Ok(Assigning::Unchanged));
        assert_eq!(assigning(Some(MAYA), None), Ok(Assigning::ToNobody));
    }

    #[test]
    fn nobody_without_access_ever_owns_a_conversation() {
        assert_eq!(assigning(None, Some(candidate(false, true))).unwrap_err().field, "assignee_id");
        assert!(assigning(Some(MAYA), Some(candidate(false, true))).is_err(), "also not the owner so far");
    }

    #[test]
    fn contacts_read_who_joined_and_nothing_of_who_owns() {
        let told = |to, is_self, joins| assigned("Maya", to, is_self, joins);
        assert_eq!(told(Some("Tom"), false, true).for_members, "Maya handed the conversation to Tom");
        assert_eq!(told(Some("Tom"), false, true).for_contacts.as_deref(), Some("Tom joined"));
        assert_eq!(told(Some("Tom"), false, false).for_contacts, None);
        assert_eq!(told(Some("Maya"), true, false), Told { for_members: "Maya took the conversation".into(), for_contacts: None });
        assert_eq!(told(None, false, false), Told { for_members: "Maya unassigned the conversation".into(), for_contacts: None });
    }
}
