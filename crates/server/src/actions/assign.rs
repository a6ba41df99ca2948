//! A member hands a conversation to a member, takes it, or gives it back to nobody.

use frontdesk_core::conversation::{Assigning, Candidate, SenderKind, assigned, assigning};
use frontdesk_core::id::{ConversationNumber, UserId};
use frontdesk_core::time::Millis;
use frontdesk_store::conversations::{self, Conversation};
use frontdesk_store::members::Member;
use frontdesk_store::{AccountTx, members};

use super::converse::{announce_update, tell_that};
use super::{ActingMember, Refusal};

/// Gives the conversation to this member, who joins by it, or to nobody. What is so already stays so, without an event.
pub(crate) async fn assign(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    wanted: Option<UserId>,
    now: Millis,
) -> Result<(Conversation, Option<Member>), Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let assignee = match wanted {
        None => None,
        // Somebody who is no member has no access either; they are told apart by nobody.
        Some(user) => Some((candidate(tx, &conversation, user).await?, members::find(tx, member.account, user).await?)),
    };
    let decided = assigning(conversation.owner_id, assignee.as_ref().map(|it| it.0))?;
    let assignee = assignee.and_then(|it| it.1);
    let (owner, joins) = match decided {
        Assigning::Unchanged => return Ok((conversation, assignee)),
        Assigning::To { user, joins } => (Some(user), joins),
        Assigning::ToNobody => (None, false),
    };
    if let Some(user) = owner.filter(|_| joins) {
        conversations::add_member(tx, conversation.id, user, now).await?;
    }
    conversations::set_owner(tx, &mut conversation, owner, now).await?;
    let actor = Some((SenderKind::User, member.user.0));
    let told = assigned(&member.name, assignee.as_ref().map(|it| it.name.as_str()), owner == Some(member.user), joins);
    tell_that(tx, &mut conversation, &told, (actor, &member.name), now).await?;
    announce_update(tx, &conversation, joins, (actor, now)).await?;
    Ok((conversation, assignee))
}

async fn candidate(tx: &mut AccountTx<'_, '_>, conversation: &Conversation, user: UserId) -> Result<Candidate, Refusal> {
    let has_access = members::has_access(tx, conversation.account_id, user, conversation.inbox_id).await?;
    let is_participant = conversations::is_participant(tx, conversation.id, user).await?;
    Ok(Candidate { user, has_access, is_participant })
}
