//! Who belongs to an inbox. A member who no longer does loses its conversations at once, and what they owned passes on.

use std::collections::BTreeSet;

use frontdesk_core::Invalid;
use frontdesk_core::conversation::SenderKind;
use frontdesk_core::event::Event;
use frontdesk_core::id::{ConversationId, InboxId, UserId};
use frontdesk_core::inbox::{Keeping, passed_on, settled_owner};
use frontdesk_core::time::Millis;
use frontdesk_store::conversations::Conversation;
use frontdesk_store::events::Actor;
use frontdesk_store::members::Member;
use frontdesk_store::{AccountTx, StoreError, conversations, events, inbox_members, inboxes, members};

use super::converse::{announce_update, tell_that};
use super::{ActingMember, Refusal};

/// Conversations settled between two questions for more of them.
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
    let removed = before.iter().map(|it| it.user_id).filter(|it| match wanted {
        Wanted::Added => false,
        Wanted::Exactly => !users.contains(it),
        Wanted::Removed => users.contains(it),
    });
    let removed: Vec<UserId> = removed.collect();
    let mut changed = false;
    if wanted != Wanted::Removed {
        for user in users {
            changed |= inbox_members::add(tx, inbox, *user).await?;
        }
    }
    for user in &removed {
        changed |= inbox_members::remove(tx, inbox, *user).await?;
    }
    // When all of them are gone, so that what one leaves behind does not pass to the next. An administrator sees every inbox,
    // so nothing is lost to them.
    let seen_by = inbox_members::who_see(tx, account, inbox).await?;
    let actor = Some((SenderKind::User, acting.user.0));
    for user in removed.into_iter().filter(|it| !seen_by.contains(it)) {
        take_leave(tx, inbox, user, (actor, &acting.name), now).await?;
    }
    if changed {
        events::append(tx, &Event::InboxMembersChanged { inbox }, actor, now).await?;
    }
    Ok(inbox_members::list(tx, account, inbox).await?)
}

/// Settles each conversation that the member owned or took part in; those that are resolved stay as they were.
async fn take_leave(tx: &mut AccountTx<'_, '_>, inbox: InboxId, user: UserId, doer: (Actor, &str), now: Millis) -> Result<(), StoreError> {
    let mut after = ConversationId(0);
    loop {
        let page = inbox_members::concerned(tx, inbox, user, (after, PAGE_CONVERSATIONS)).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = *last;
        for id in page {
            let mut conversation = inbox_members::conversation(tx, id).await?;
            settle(tx, &mut conversation, doer, now).await?;
        }
    }
}

/// A conversation that opens, or whose people left its inbox, belongs to somebody who can answer it, or to nobody: whoever can
/// no longer takes no part in it, and what they owned goes to who joined longest ago; the thread tells it (BEHAVIOUR 2.6
/// and 6.3).
pub(super) async fn settle(
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
        inbox_members::leave(tx, conversation.id, *user).await?;
    }
    let passes = match (owner, settled_owner(owner, &people)) {
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
