//! Who belongs to an inbox. A member who no longer does loses its conversations at once, and what they owned passes on.

use std::collections::BTreeSet;

use frontdesk_core::Invalid;
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::id::{InboxId, UserId};
use frontdesk_core::inbox::{Keeping, next_owner, owner_on_opening, passed_on};
use frontdesk_core::time::Millis;
use frontdesk_store::conversations::Conversation;
use frontdesk_store::events::Actor;
use frontdesk_store::members::Member;
use frontdesk_store::{AccountTx, StoreError, conversations, events, inbox_members, inboxes, members};

use super::converse::{announce_update, tell_that};
use super::{ActingMember, Refusal};

/// Conversations passed on between two questions for more of them.
const PAGE_CONVERSATIONS: i64 = 200;

/// What is wanted of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// These too.
    Added,
    /// These and nobody else.
    Exactly,
    /// These no longer.
    Removed,
}

/// Changes who belongs to the inbox and answers who does then; what is so already stays so, without an event.
pub(crate) async fn change(
    tx: &mut AccountTx<'_, '_>,
    acting: &ActingMember,
    inbox: InboxId,
    (wanted, users): (Wanted, &BTreeSet<UserId>),
    now: Millis,
) -> Result<Vec<Member>, Refusal> {
    let account = tx.account_id();
    inboxes::find(tx, account, inbox).await?.ok_or(Refusal::NotFound("Inbox"))?;
    for user in users {
        if members::find(tx, account, *user).await?.is_none() {
            return Err(Invalid::new("user_ids", "must be members of this account").into());
        }
    }
    let before = inbox_members::list(tx, account, inbox).await?;
    let removed = before.iter().filter(|it| match wanted {
        Wanted::Added => false,
        Wanted::Exactly => !users.contains(&it.user_id),
        Wanted::Removed => users.contains(&it.user_id),
    });
    let actor = Some((SenderKind::User, acting.user.0));
    let mut changed = false;
    if wanted != Wanted::Removed {
        for user in users {
            changed |= inbox_members::add(tx, inbox, *user).await?;
        }
    }
    for member in removed {
        changed |= inbox_members::remove(tx, inbox, member.user_id).await?;
        // An administrator sees every inbox, so nothing is lost to them.
        if !inbox_members::who_see(tx, account, inbox).await?.contains(&member.user_id) {
            take_leave(tx, inbox, member, actor, now).await?;
        }
    }
    if changed {
        events::append(tx, &Event::InboxMembersChanged { inbox }, actor, now).await?;
    }
    Ok(inbox_members::list(tx, account, inbox).await?)
}

/// What the member owned goes to who joined longest ago, or to nobody; each thread tells it (BEHAVIOUR 2.6 and 6.3).
async fn take_leave(tx: &mut AccountTx<'_, '_>, inbox: InboxId, member: &Member, actor: Actor, now: Millis) -> Result<(), StoreError> {
    loop {
        let owned = inbox_members::owned(tx, inbox, member.user_id, PAGE_CONVERSATIONS).await?;
        if owned.is_empty() {
            break;
        }
        for id in owned {
            let mut conversation = inbox_members::conversation(tx, id).await?;
            let people = inbox_members::participants(tx, id).await?;
            let next = next_owner(&people, member.user_id);
            conversations::set_owner(tx, &mut conversation, next.map(|it| it.user), now).await?;
            let told = passed_on(&member.name, next.map(|it| it.name.as_str()));
            tell_that(tx, &mut conversation, &told, (actor, &member.name), now).await?;
            announce_update(tx, &conversation, true, (actor, now)).await?;
        }
    }
    inbox_members::leave(tx, inbox, member.user_id).await
}

/// A conversation that opens belongs to somebody who can answer it, or to nobody: whoever can no longer takes no part in it,
/// and what they owned passes on as when they left (BEHAVIOUR 6.3).
pub(super) async fn settle_opened(
    tx: &mut AccountTx<'_, '_>,
    conversation: &mut Conversation,
    (actor, name): (Actor, &str),
    now: Millis,
) -> Result<(), StoreError> {
    let (account, inbox) = (conversation.account_id, conversation.inbox_id);
    let owner = match conversation.owner_id {
        Some(user) => Some((user, members::has_access(tx, account, user, inbox).await?)),
        None => None,
    };
    let people = inbox_members::participants(tx, conversation.id).await?;
    let gone: BTreeSet<UserId> = people.iter().filter(|it| !it.can_answer).map(|it| it.user).collect();
    for user in &gone {
        inbox_members::leave(tx, inbox, *user).await?;
    }
    let passes = match (owner, owner_on_opening(owner, &people)) {
        (Some((owner, _)), Keeping::PassesTo(next)) => Some((owner, next)),
        _ => None,
    };
    if let Some((owner, next)) = passes {
        conversations::set_owner(tx, conversation, next.map(|it| it.user), now).await?;
        let owner = members::find(tx, account, owner).await?;
        let told = passed_on(owner.as_ref().map_or("The owner", |it| &it.name), next.map(|it| it.name.as_str()));
        tell_that(tx, conversation, &told, (actor, name), now).await?;
    }
    if passes.is_some() || !gone.is_empty() {
        announce_update(tx, conversation, true, (actor, now)).await?;
    }
    Ok(())
}
