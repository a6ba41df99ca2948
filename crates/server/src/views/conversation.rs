//! Conversations as members see them. The contacts' shape is in `visitor`.

use frontdesk_core::conversation::{Priority, Status};
use frontdesk_core::time::Millis;
use frontdesk_store::conversation_lists::Listed;
use frontdesk_store::conversations::Conversation;
use serde::Serialize;
use utoipa::ToSchema;

use super::attributes::{Fields, PageAttributes, fields};
use super::{AgentView, Empty, MessageView, SenderView};

/// Who is in a conversation and how it came.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ConversationMeta {
    sender: SenderView,
    /// The owner; absent while nobody owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<AgentView>,
    channel: &'static str,
    /// Whether the website signed who the contact is.
    hmac_verified: bool,
}

/// A member who takes part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ParticipantView {
    /// The user's id.
    id: i64,
    name: String,
}

/// A conversation as everybody in the account sees it, without what differs from member to member.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ConversationLive {
    /// The number in the account.
    id: i64,
    uuid: String,
    account_id: i64,
    inbox_id: i64,
    #[schema(value_type = String, example = "open")]
    status: Status,
    /// Unix seconds, as all times here.
    created_at: i64,
    updated_at: i64,
    timestamp: i64,
    last_activity_at: i64,
    first_reply_created_at: i64,
    /// 0 while nobody waits.
    waiting_since: i64,
    /// When the contact who began it last read further; 0 for never.
    contact_last_seen_at: i64,
    snoozed_until: Option<i64>,
    /// Messages from contacts so far; unread is this less the member's own `read_count`.
    incoming_count: i64,
    /// Public messages from members so far: the newest of them is number `outgoing_count`.
    outgoing_count: i64,
    /// How many of those reached a device of the contact who began it.
    contact_delivered_count: i64,
    /// How many of those that contact has seen.
    contact_read_count: i64,
    /// How many of the messages from contacts reached a device of a member.
    delivered_count: i64,
    /// How many of them a member has seen, as far as contacts may know.
    seen_count: i64,
    /// The members who take part, in the order of joining.
    agents: Vec<ParticipantView>,
    can_reply: bool,
    muted: bool,
    #[schema(value_type = Option<String>, example = "high")]
    priority: Option<Priority>,
    /// Titles, sorted.
    labels: Vec<String>,
    #[schema(value_type = PageAttributes)]
    additional_attributes: Fields,
    #[schema(value_type = BTreeMap<String, Value>)]
    custom_attributes: Fields,
    /// The newest message that is not an activity, if there is one.
    messages: Vec<MessageView>,
    last_non_activity_message: Option<MessageView>,
    meta: ConversationMeta,
}

/// A conversation as one member sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ConversationView {
    #[serde(flatten)]
    live: ConversationLive,
    /// Messages from contacts that this member has not read.
    unread_count: i64,
    /// Messages from contacts that this member has read.
    read_count: i64,
    /// When any member last read further; 0 for never. Events do not tell it: what a member reads is told to that member.
    agent_last_seen_at: i64,
    /// When the owner last read further; 0 for never. Events do not tell it either.
    assignee_last_seen_at: i64,
}

impl From<&Listed> for ConversationLive {
    fn from(it: &Listed) -> ConversationLive {
        let conversation = &it.conversation;
        let seconds = |at: Option<Millis>| at.map_or(0, Millis::as_seconds);
        let last = it.last_message.as_ref().map(|message| MessageView::new(message, it.into()));
        ConversationLive {
            id: conversation.number.0,
            uuid: conversation.uuid.clone(),
            account_id: conversation.account_id.0,
            inbox_id: conversation.inbox_id.0,
            status: conversation.status,
            created_at: conversation.created_at.as_seconds(),
            updated_at: conversation.updated_at.as_seconds(),
            timestamp: conversation.last_activity_at.as_seconds(),
            last_activity_at: conversation.last_activity_at.as_seconds(),
            first_reply_created_at: seconds(conversation.first_reply_at),
            waiting_since: seconds(conversation.waiting_since),
            contact_last_seen_at: seconds(it.contact_seen_at),
            snoozed_until: conversation.snoozed_until.map(Millis::as_seconds),
            incoming_count: conversation.incoming_count,
            outgoing_count: conversation.outgoing_count,
            contact_delivered_count: it.contact_delivered_count,
            contact_read_count: it.contact_read_count,
            delivered_count: conversation.delivered_count,
            seen_count: conversation.seen_count,
            agents: it.members().map(|(user, name)| ParticipantView { id: user.0, name: name.to_owned() }).collect(),
            can_reply: true,
            muted: false,
            priority: conversation.priority,
            labels: conversation.labels.0.clone(),
            additional_attributes: fields(&conversation.additional_attributes),
            custom_attributes: fields(&conversation.custom_attributes),
            messages: last.iter().cloned().collect(),
            last_non_activity_message: last,
            meta: ConversationMeta {
                sender: (&it.contact).into(),
                assignee: it.owner.as_ref().map(AgentView::from),
                channel: "Channel::WebWidget",
                hmac_verified: conversation.hmac_verified,
            },
        }
    }
}

impl From<&Listed> for ConversationView {
    fn from(it: &Listed) -> ConversationView {
        ConversationView {
            live: it.into(),
            unread_count: (it.conversation.incoming_count - it.read_count).max(0),
            read_count: it.read_count,
            agent_last_seen_at: it.members_seen_at.map_or(0, Millis::as_seconds),
            assignee_last_seen_at: it.owner_seen_at.map_or(0, Millis::as_seconds),
        }
    }
}

/// How many conversations of the chosen status there are.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "these are the names in Chatwoot's API")]
pub(crate) struct ConversationListMeta {
    pub(crate) mine_count: i64,
    pub(crate) assigned_count: i64,
    pub(crate) unassigned_count: i64,
    pub(crate) all_count: i64,
}

/// A contact's conversations, newest activity first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactConversationsView {
    pub(crate) payload: Vec<ConversationView>,
}

/// How many conversations there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationListMetaView {
    pub(crate) meta: ConversationListMeta,
}

/// A page of conversations with the counts of all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationListData {
    pub(crate) meta: ConversationListMeta,
    pub(crate) payload: Vec<ConversationView>,
}

/// A page of conversations.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationListView {
    pub(crate) data: ConversationListData,
}

/// What became of a status.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToggledStatusPayload {
    pub(crate) success: bool,
    #[schema(value_type = String)]
    pub(crate) current_status: Status,
    /// The conversation's number.
    pub(crate) conversation_id: i64,
}

/// The answer to changing a status.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToggledStatusView {
    pub(crate) meta: Empty,
    pub(crate) payload: ToggledStatusPayload,
}

/// What integrations keep with a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomAttributesView {
    #[schema(value_type = BTreeMap<String, Value>)]
    custom_attributes: Fields,
}

impl From<&Conversation> for CustomAttributesView {
    fn from(it: &Conversation) -> CustomAttributesView {
        CustomAttributesView { custom_attributes: fields(&it.custom_attributes) }
    }
}
