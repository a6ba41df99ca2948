//! The event log's vocabulary: what happened and who may hear of it. How events are stored or sent is not here.
//! Payloads carry ids only: the text of a message stands once, in its own row.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ContactId, ConversationId, InboxId, MessageId, UserId};
use crate::member::Viewer;

/// Position in one account's event log: 1, 2, 3, ... without gaps, in commit order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub i64);

/// Something that happened in an account, as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the ids of what they are named after")]
pub enum Event {
    /// A conversation began; its first message is an event of its own.
    ConversationCreated { inbox: InboxId, conversation: ConversationId },
    /// A message was added. `for_contacts` is false for private notes and for what only concerns the team.
    MessageCreated { inbox: InboxId, conversation: ConversationId, message: MessageId, for_contacts: bool },
    /// A message is another one now: its text is gone. `for_contacts` as when it was added.
    MessageUpdated { inbox: InboxId, conversation: ConversationId, message: MessageId, for_contacts: bool },
    /// Status, owner or people of a conversation changed. `for_contacts` is false for what only concerns the team;
    /// `status_changed` tells those who ask for changes of status alone, `marks_only` those whom it does not concern how far
    /// messages came.
    ConversationUpdated {
        inbox: InboxId,
        conversation: ConversationId,
        for_contacts: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        status_changed: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        marks_only: bool,
    },
    /// A member read a conversation up to its `read_count`th message from contacts.
    ConversationRead { inbox: InboxId, conversation: ConversationId, user: UserId, read_count: i64 },
    /// A member wants to come back to a conversation: they have read up to this count only.
    ConversationUnread { inbox: InboxId, conversation: ConversationId, user: UserId, read_count: i64 },
    /// A contact's name or address changed, or the contact is new.
    ContactUpdated { contact: ContactId },
    /// A contact is no more: deleted with all they wrote, or merged into another.
    ContactDeleted { contact: ContactId, into: Option<ContactId> },
    /// Somebody became a member.
    MemberAdded { user: UserId },
    /// A member's name or picture changed.
    MemberUpdated { user: UserId },
    /// Labels were made, changed or deleted. Where a title is no more, `was` says it and `becomes` what stands in its place,
    /// if anything: whoever knows conversations and contacts by their labels can follow.
    LabelsChanged { was: Option<String>, becomes: Option<String> },
    /// An inbox is new, or its settings changed.
    InboxUpdated { inbox: InboxId },
    /// An inbox is gone; it had no conversations.
    InboxDeleted { inbox: InboxId },
    /// Other members belong to an inbox: who sees its conversations is to be asked anew.
    InboxMembersChanged { inbox: InboxId },
}

/// Which members an event is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Members {
    /// Every member of the account.
    All,
    /// Those who see the inbox.
    OfInbox(InboxId),
    /// One person, on all their devices.
    One(UserId),
}

/// Who may hear of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// The members' side.
    pub members: Members,
    /// The contacts who take part in this conversation hear of it too.
    pub contacts_in: Option<ConversationId>,
}

/// What a socket listens to: it is woken by its own keys only, so that 10,000 visitors do not wake for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Members of an account.
    Account(AccountId),
    /// One contact, on all their devices.
    Contact(ContactId),
    /// The visitors of an inbox, who hear together only that it was closed.
    Visitors(InboxId),
    /// The launchers of an inbox, which hear of its mode only: nothing, until it is closed.
    Launchers(InboxId),
}

impl Event {
    /// The word under which the event is stored and sent.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Event::ConversationCreated { .. } => "conversation_created",
            Event::MessageCreated { .. } => "message_created",
            Event::MessageUpdated { .. } => "message_updated",
            Event::ConversationUpdated { .. } => "conversation_updated",
            Event::ConversationRead { .. } => "conversation_read",
            Event::ConversationUnread { .. } => "conversation_unread",
            Event::ContactUpdated { .. } => "contact_updated",
            Event::ContactDeleted { .. } => "contact_deleted",
            Event::MemberAdded { .. } => "member_added",
            Event::MemberUpdated { .. } => "member_updated",
            Event::LabelsChanged { .. } => "labels_changed",
            Event::InboxUpdated { .. } => "inbox_updated",
            Event::InboxDeleted { .. } => "inbox_deleted",
            Event::InboxMembersChanged { .. } => "inbox_members_changed",
        }
    }

    /// Who may hear of it: the one place that decides (BEHAVIOUR 6.8 and 6.11).
    #[must_use]
    pub fn audience(&self) -> Audience {
        let (members, contacts_in) = match *self {
            // The first message tells contacts that the conversation exists.
            Event::ConversationCreated { inbox, .. } | Event::InboxUpdated { inbox } => (Members::OfInbox(inbox), None),
            Event::MessageCreated { inbox, conversation, for_contacts, .. }
            | Event::MessageUpdated { inbox, conversation, for_contacts, .. }
            | Event::ConversationUpdated { inbox, conversation, for_contacts, .. } => {
                (Members::OfInbox(inbox), for_contacts.then_some(conversation))
            }
            Event::ConversationRead { user, .. } | Event::ConversationUnread { user, .. } => (Members::One(user), None),
            Event::ContactUpdated { .. }
            | Event::ContactDeleted { .. }
            | Event::MemberAdded { .. }
            | Event::MemberUpdated { .. }
            | Event::LabelsChanged { .. }
            // Whoever is no longer a member has to hear it, too.
            | Event::InboxDeleted { .. }
            | Event::InboxMembersChanged { .. } => (Members::All, None),
        };
        Audience { members, contacts_in }
    }

    /// The conversation it is about, if any.
    #[must_use]
    pub fn conversation(&self) -> Option<ConversationId> {
        match *self {
            Event::ConversationCreated { conversation, .. }
            | Event::MessageCreated { conversation, .. }
            | Event::MessageUpdated { conversation, .. }
            | Event::ConversationUpdated { conversation, .. }
            | Event::ConversationRead { conversation, .. }
            | Event::ConversationUnread { conversation, .. } => Some(conversation),
            Event::ContactUpdated { .. }
            | Event::ContactDeleted { .. }
            | Event::MemberAdded { .. }
            | Event::MemberUpdated { .. }
            | Event::LabelsChanged { .. }
            | Event::InboxUpdated { .. }
            | Event::InboxDeleted { .. }
            | Event::InboxMembersChanged { .. } => None,
        }
    }

    /// The inbox whose visitors and launchers may have to leave, if it was switched off or is gone.
    #[must_use]
    pub fn inbox_that_may_be_closed(&self) -> Option<InboxId> {
        match *self {
            Event::InboxUpdated { inbox } | Event::InboxDeleted { inbox } => Some(inbox),
            Event::ConversationCreated { .. }
            | Event::MessageCreated { .. }
            | Event::MessageUpdated { .. }
            | Event::ConversationUpdated { .. }
            | Event::ConversationRead { .. }
            | Event::ConversationUnread { .. }
            | Event::ContactUpdated { .. }
            | Event::ContactDeleted { .. }
            | Event::MemberAdded { .. }
            | Event::MemberUpdated { .. }
            | Event::LabelsChanged { .. }
            | Event::InboxMembersChanged { .. } => None,
        }
    }

    /// The contacts whose connections must ask again who they are: what they followed may be no more.
    #[must_use]
    pub fn ended_contacts(&self) -> Vec<ContactId> {
        match *self {
            Event::ContactDeleted { contact, into } => std::iter::once(contact).chain(into).collect(),
            // One of their browsers may be another's now.
            Event::ContactUpdated { contact } => vec![contact],
            Event::ConversationCreated { .. }
            | Event::MessageCreated { .. }
            | Event::MessageUpdated { .. }
            | Event::ConversationUpdated { .. }
            | Event::ConversationRead { .. }
            | Event::ConversationUnread { .. }
            | Event::MemberAdded { .. }
            | Event::MemberUpdated { .. }
            | Event::LabelsChanged { .. }
            | Event::InboxUpdated { .. }
            | Event::InboxDeleted { .. }
            | Event::InboxMembersChanged { .. } => Vec::new(),
        }
    }

    /// Whether members may see other things from here on than before: they are asked for again before they hear more.
    #[must_use]
    pub fn changes_who_sees(&self) -> bool {
        matches!(self, Event::InboxMembersChanged { .. })
    }

    /// The message it is about, if any.
    #[must_use]
    pub fn message(&self) -> Option<MessageId> {
        match *self {
            Event::MessageCreated { message, .. } | Event::MessageUpdated { message, .. } => Some(message),
            Event::ConversationCreated { .. }
            | Event::ConversationUpdated { .. }
            | Event::ConversationRead { .. }
            | Event::ConversationUnread { .. }
            | Event::ContactUpdated { .. }
            | Event::ContactDeleted { .. }
            | Event::MemberAdded { .. }
            | Event::MemberUpdated { .. }
            | Event::LabelsChanged { .. }
            | Event::InboxUpdated { .. }
            | Event::InboxDeleted { .. }
            | Event::InboxMembersChanged { .. } => None,
        }
    }
}

impl Members {
    /// Whether this member hears of it now; asked again at every delivery, as access may change between two events.
    #[must_use]
    pub fn include(self, viewer: &Viewer) -> bool {
        match self {
            Members::All => true,
            Members::OfInbox(inbox) => viewer.sees_inbox(inbox),
            Members::One(user) => viewer.user == user,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::member::Role;

    const INBOX: InboxId = InboxId(3);
    const CONVERSATION: ConversationId = ConversationId(9);

    #[test]
    fn a_private_note_never_reaches_contacts() {
        let note = Event::MessageCreated { inbox: INBOX, conversation: CONVERSATION, message: MessageId(1), for_contacts: false };
        assert_eq!(note.audience().contacts_in, None);
    }

    #[test]
    fn what_a_member_read_is_told_to_that_member_only() {
        let read = Event::ConversationRead { inbox: INBOX, conversation: CONVERSATION, user: UserId(1), read_count: 2 };
        let viewer = |id| Viewer { user: UserId(id), role: Role::Administrator, inboxes: [INBOX].into() };
        assert!(read.audience().members.include(&viewer(1)));
        assert!(!read.audience().members.include(&viewer(2)));
        assert_eq!(read.audience().contacts_in, None);
    }

    #[test]
    fn an_agent_hears_of_own_inboxes_only() {
        let event = Event::ConversationUpdated {
            inbox: INBOX,
            conversation: CONVERSATION,
            for_contacts: true,
            status_changed: false,
            marks_only: false,
        };
        let agent = |inbox| Viewer { user: UserId(1), role: Role::Agent, inboxes: [inbox].into() };
        assert!(event.audience().members.include(&agent(INBOX)));
        assert!(!event.audience().members.include(&agent(InboxId(4))));
    }

    #[test]
    fn the_stored_kind_is_the_tag_of_the_payload() {
        for event in [
            Event::ConversationCreated { inbox: INBOX, conversation: CONVERSATION },
            Event::MessageCreated { inbox: INBOX, conversation: CONVERSATION, message: MessageId(1), for_contacts: true },
            Event::ConversationUpdated {
                inbox: INBOX,
                conversation: CONVERSATION,
                for_contacts: true,
                status_changed: false,
                marks_only: false,
            },
            Event::ConversationUpdated {
                inbox: INBOX,
                conversation: CONVERSATION,
                for_contacts: true,
                status_changed: true,
                marks_only: false,
            },
            Event::ConversationRead { inbox: INBOX, conversation: CONVERSATION, user: UserId(1), read_count: 2 },
            Event::MessageUpdated { inbox: INBOX, conversation: CONVERSATION, message: MessageId(1), for_contacts: true },
            Event::ConversationUnread { inbox: INBOX, conversation: CONVERSATION, user: UserId(1), read_count: 1 },
            Event::ContactUpdated { contact: ContactId(1) },
            Event::ContactDeleted { contact: ContactId(1), into: Some(ContactId(2)) },
            Event::MemberAdded { user: UserId(1) },
            Event::MemberUpdated { user: UserId(1) },
            Event::LabelsChanged { was: Some("vip".into()), becomes: None },
            Event::InboxUpdated { inbox: INBOX },
            Event::InboxDeleted { inbox: INBOX },
            Event::InboxMembersChanged { inbox: INBOX },
        ] {
            let json = serde_json::to_value(&event).unwrap();
            assert_eq!(json["kind"], event.kind());
            assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
        }
    }
}
