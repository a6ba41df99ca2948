//! A member resolves, reopens, snoozes or holds back a conversation.

use frontdesk_core::conversation::{Activity, SenderKind, Status, StatusChange, set_status};
use frontdesk_core::id::{ConversationId, ConversationNumber};
use frontdesk_core::time::Millis;
use frontdesk_store::conversations::{self, Conversation};
use frontdesk_store::{AccountTx, StoreError};

use super::converse::{Doer, announce_status, tell};
use super::inbox_members::settle;
use super::{ActingMember, Refusal};

/// The status a member wants; `None` toggles between open and resolved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) status: Option<Status>,
    pub(crate) snoozed_until: Option<Millis>,
}

/// Changes the status; what is so already stays so, without an event.
pub(crate) async fn change(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    wanted: Wanted,
    now: Millis,
) -> Result<Conversation, Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let status = wanted.status.unwrap_or(match conversation.status {
        Status::Open => Status::Resolved,
        Status::Resolved | Status::Pending | Status::Snoozed => Status::Open,
    });
    let Some(change) = set_status(conversation.status, status, wanted.snoozed_until, now)? else { return Ok(conversation) };
    let was = conversation.status;
    conversations::set_status(tx, &mut conversation, change, now).await?;
    let activity = match change.status {
        Status::Open if was == Status::Resolved => Activity::Reopened,
        Status::Open => Activity::Returned,
        Status::Resolved => Activity::Resolved,
        Status::Snoozed => Activity::Snoozed,
        Status::Pending => Activity::Pended,
    };
    let actor = Some((SenderKind::User, member.user.0));
    tell(tx, &mut conversation, activity, &Doer { actor, name: &member.name, name_for_contacts: &member.name }, now).await?;
    let for_contacts = was.is_open_to_contacts() != change.status.is_open_to_contacts();
    announce_status(tx, &conversation, for_contacts, (actor, now)).await?;
    if change.status == Status::Open {
        settle(tx, &mut conversation, (actor, &member.name), now).await?;
    }
    Ok(conversation)
}

/// Opens a conversation whose snooze is over; answers false, and changes nothing, when it is not or no longer snoozed until
/// then. Nobody did it, so it has no actor.
pub(crate) async fn wake(tx: &mut AccountTx<'_, '_>, id: ConversationId, now: Millis) -> Result<bool, StoreError> {
    let Some(mut conversation) = conversations::find(tx, id).await? else { return Ok(false) };
    let is_over = conversation.snoozed_until.is_some_and(|until| until <= now);
    if conversation.account_id != tx.account_id() || conversation.status != Status::Snoozed || !is_over {
        return Ok(false);
    }
    let change = StatusChange { status: Status::Open, resolved_at: None, snoozed_until: None };
    conversations::set_status(tx, &mut conversation, change, now).await?;
    tell(tx, &mut conversation, Activity::Woke, &Doer { actor: None, name: "", name_for_contacts: "" }, now).await?;
    announce_status(tx, &conversation, false, (None, now)).await?;
    settle(tx, &mut conversation, (None, ""), now).await?;
    Ok(true)
}
