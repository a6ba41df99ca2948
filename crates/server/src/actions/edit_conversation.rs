//! What members and integrations write on a conversation's cover: priority and attributes. Its status and owner have
//! actions of their own.

use frontdesk_core::conversation::{Priority, SenderKind};
use frontdesk_core::id::ConversationNumber;
use frontdesk_core::time::Millis;
use frontdesk_store::AccountTx;
use frontdesk_store::attributes::Attributes;
use frontdesk_store::conversations::{self, Conversation};
use serde_json::{Map, Value};

use super::converse::announce_update;
use super::{ActingMember, Refusal, attributes};

/// What shall be different; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edit {
    /// Another priority, or none.
    pub(crate) priority: Option<Option<Priority>>,
    /// Other attributes of integrations.
    pub(crate) custom_attributes: Option<AttributesEdit>,
}

/// How attributes become others.
#[derive(Debug, Clone)]
pub(crate) enum AttributesEdit {
    /// All of them, in place of those before.
    Whole(Attributes),
    /// Some of them: what is named is replaced, and null takes it away.
    Named(Map<String, Value>),
}

impl AttributesEdit {
    fn apply(&self, before: &Attributes) -> Result<Attributes, Refusal> {
        match self {
            AttributesEdit::Whole(all) => Ok(all.clone()),
            AttributesEdit::Named(changes) => Ok(attributes::with("custom_attributes", before, changes)?),
        }
    }
}

/// Changes what is different; nothing different is no event. Contacts hear nothing: it is the team's own business.
pub(crate) async fn edit(
    tx: &mut AccountTx<'_, '_>,
    member: &ActingMember,
    number: ConversationNumber,
    edit: &Edit,
    now: Millis,
) -> Result<Conversation, Refusal> {
    let found = conversations::find_for(tx, member.scope(), number).await?;
    let mut conversation = found.ok_or(Refusal::NotFound("Conversation"))?;
    let mut changed = false;
    if let Some(priority) = edit.priority.filter(|it| *it != conversation.priority) {
        conversations::set_priority(tx, &mut conversation, priority, now).await?;
        changed = true;
    }
    let attributes = edit.custom_attributes.as_ref().map(|it| it.apply(&conversation.custom_attributes)).transpose()?;
    if let Some(all) = attributes.filter(|it| *it != conversation.custom_attributes) {
        conversations::set_custom_attributes(tx, &mut conversation, all, now).await?;
        changed = true;
    }
    if changed {
        announce_update(tx, &conversation, false, (Some((SenderKind::User, member.user.0)), now)).await?;
    }
    Ok(conversation)
}
