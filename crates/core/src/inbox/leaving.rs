//! What becomes of a conversation whose owner no longer sees its inbox (BEHAVIOUR 2.6 and 6.3). Who sees it is looked up by
//! whoever asks.

use crate::conversation::Told;
use crate::id::UserId;
use crate::time::Millis;

/// A member who takes part in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub user: UserId,
    /// What they are called here.
    pub name: String,
    /// Since when.
    pub joined_at: Millis,
    /// Has access to the account and sees the inbox. Being offline is no obstacle.
    pub can_answer: bool,
}

/// Who owns the conversation after `leaving`: the one who joined longest ago of those who can answer, or nobody.
fn next_owner(participants: &[Participant], leaving: UserId) -> Option<&Participant> {
    let others = participants.iter().filter(|it| it.can_answer && it.user != leaving);
    others.min_by_key(|it| (it.joined_at, it.user))
}

/// Who shall own a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping<'a> {
    /// Who owns it so far, or nobody.
    Stays,
    /// This member, or nobody, in place of an owner who can no longer answer it.
    PassesTo(Option<&'a Participant>),
}

/// Decides when people left the inbox, and when a conversation opens: it never points to somebody who cannot answer it
/// (BEHAVIOUR 6.3). While it was resolved its owner may have lost access to the account or the inbox. However many leave
/// together, it passes once, to somebody who stays.
#[must_use]
pub fn settled_owner(owner: Option<(UserId, bool)>, participants: &[Participant]) -> Keeping<'_> {
    match owner {
        Some((owner, false)) => Keeping::PassesTo(next_owner(participants, owner)),
        None | Some((_, true)) => Keeping::Stays,
    }
}

/// What the thread tells of it; contacts read nothing, as who owns is the team's own business.
#[must_use]
pub fn passed_on(leaving: &str, to: Option<&str>) -> Told {
    let for_members = format!("{leaving} left the inbox, {} owns the conversation now", to.unwrap_or("nobody"));
    Told { for_members, for_contacts: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn participant(id: i64, joined_at: i64, can_answer: bool) -> Participant {
        Participant { user: UserId(id), name: format!("M{id}"), joined_at: Millis(joined_at), can_answer }
    }

    #[test]
    fn the_longest_joined_who_can_answer_takes_over() {
        let people = [participant(1, 10, true), participant(2, 30, true), participant(3, 20, true), participant(4, 15, false)];
        assert_eq!(next_owner(&people, UserId(1)).map(|it| it.user), Some(UserId(3)));
    }

    #[test]
    fn without_anybody_who_can_answer_nobody_owns_it() {
        assert_eq!(next_owner(&[participant(1, 10, true), participant(2, 20, false)], UserId(1)), None);
        assert_eq!(next_owner(&[], UserId(1)), None);
    }

    #[test]
    fn it_stays_with_an_owner_who_can_answer_and_passes_on_otherwise() {
        let people = [participant(1, 10, false), participant(2, 30, true), participant(3, 20, true)];
        let (maya, tom) = (UserId(1), UserId(2));
        assert_eq!(settled_owner(None, &people), Keeping::Stays, "nobody is no obstacle");
        assert_eq!(settled_owner(Some((tom, true)), &people), Keeping::Stays);
        assert_eq!(settled_owner(Some((maya, false)), &people), Keeping::PassesTo(Some(&people[2])));
        assert_eq!(settled_owner(Some((maya, false)), &people[..1]), Keeping::PassesTo(None));
    }

    #[test]
    fn the_thread_tells_who_owns_it_now() {
        assert_eq!(passed_on("Maya", Some("Tom")).for_members, "Maya left the inbox, Tom owns the conversation now");
        assert_eq!(passed_on("Maya", None).for_members, "Maya left the inbox, nobody owns the conversation now");
        assert_eq!(passed_on("Maya", Some("Tom")).for_contacts, None);
    }
}
