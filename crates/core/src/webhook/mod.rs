//! Webhooks: which happenings there are to ask for, which events of the log are which, when a delivery is tried again,
//! where it may go and whose turn it is. Sending is the server's.

mod address;
mod lanes;
mod retry;

pub use address::is_public;
pub use lanes::{Choice, Lane, Queue, choose};
pub use retry::{DUE_AHEAD_MS, next_try};

use crate::event::Event;
use crate::text::Invalid;

/// Most webhooks of one account.
pub const WEBHOOKS_MAX: i64 = 50;
/// Longest URL in characters.
pub const URL_CHARS_MAX: usize = 2_000;
/// Deliveries of one webhook that may wait; the log waits for more.
pub const WAITING_MAX: i64 = 10_000;

crate::words! {
    /// What a webhook can ask for, in Chatwoot's words.
    pub enum Happening {
        /// A conversation began.
        ConversationCreated = "conversation_created",
        /// Anything about a conversation changed, its status included.
        ConversationUpdated = "conversation_updated",
        /// A conversation was resolved, reopened, snoozed or held back.
        ConversationStatusChanged = "conversation_status_changed",
        /// Somebody wrote, private notes included.
        MessageCreated = "message_created",
        /// A message changed or was deleted.
        MessageUpdated = "message_updated",
        /// Somebody new is known.
        ContactCreated = "contact_created",
        /// What is known of somebody changed.
        ContactUpdated = "contact_updated",
        /// A visitor opened the widget. Accepted, as client libraries ask for it; it is not told yet.
        WebwidgetTriggered = "webwidget_triggered",
    }
    /// Where a delivery stands.
    pub enum DeliveryState {
        /// It waits for its first or its next try.
        Pending = "pending",
        /// The target took it.
        Delivered = "delivered",
        /// It was tried for a day.
        Failed = "failed",
    }
}

impl Happening {
    /// All of them: what a webhook that names none asks for.
    pub const ALL: [Happening; 8] = [
        Happening::ConversationCreated,
        Happening::ConversationUpdated,
        Happening::ConversationStatusChanged,
        Happening::MessageCreated,
        Happening::MessageUpdated,
        Happening::ContactCreated,
        Happening::ContactUpdated,
        Happening::WebwidgetTriggered,
    ];
}

/// What an event of the log is to webhooks: nothing, one happening, or two. `is_new` says that what it is about came into
/// being with this event, which the log does not tell of contacts.
#[must_use]
pub fn happenings(event: &Event, is_new: bool) -> &'static [Happening] {
    match event {
        // How far messages came is no change of a conversation to a program, and would be told several times a message.
        Event::ConversationUpdated { marks_only: true, .. }
        | Event::ConversationRead { .. }
        | Event::ConversationUnread { .. }
        | Event::ContactDeleted { into: None, .. }
        | Event::MemberAdded { .. }
        | Event::MemberUpdated { .. }
        | Event::LabelsChanged { .. }
        | Event::InboxUpdated { .. }
        | Event::InboxDeleted { .. }
        | Event::InboxMembersChanged { .. } => &[],
        Event::ConversationCreated { .. } => &[Happening::ConversationCreated],
        Event::ConversationUpdated { status_changed: true, .. } => &[Happening::ConversationStatusChanged, Happening::ConversationUpdated],
        Event::ConversationUpdated { .. } => &[Happening::ConversationUpdated],
        Event::MessageCreated { .. } => &[Happening::MessageCreated],
        Event::MessageUpdated { .. } => &[Happening::MessageUpdated],
        Event::ContactUpdated { .. } if is_new => &[Happening::ContactCreated],
        // Whoever a contact was merged into is known by more now.
        Event::ContactUpdated { .. } | Event::ContactDeleted { into: Some(_), .. } => &[Happening::ContactUpdated],
    }
}

/// The happenings that a client named, each once, in the order of [`Happening::ALL`]; naming none at all means all.
pub fn subscriptions(named: Option<&[String]>) -> Result<Vec<Happening>, Invalid> {
    let Some(named) = named else { return Ok(Happening::ALL.to_vec()) };
    let mut asked = Vec::new();
    for word in named {
        let happening = Happening::parse(word).ok_or_else(|| Invalid::new("subscriptions", "hold an unknown event"))?;
        asked.push(happening);
    }
    if asked.is_empty() {
        return Err(Invalid::new("subscriptions", "can't be blank"));
    }
    asked.sort_unstable();
    asked.dedup();
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ContactId, ConversationId, InboxId};

    #[test]
    fn a_change_of_status_is_told_to_those_who_ask_for_it_and_to_those_who_ask_for_any_change() {
        let updated = |status_changed| {
            let event = Event::ConversationUpdated {
                inbox: InboxId(1),
                conversation: ConversationId(1),
                for_contacts: false,
                status_changed,
                marks_only: false,
            };
            happenings(&event, false)
        };
        assert_eq!(updated(true), [Happening::ConversationStatusChanged, Happening::ConversationUpdated]);
        assert_eq!(updated(false), [Happening::ConversationUpdated]);
    }

    #[test]
    fn how_far_messages_came_is_not_told() {
        let (inbox, conversation) = (InboxId(1), ConversationId(1));
        let marks = Event::ConversationUpdated { inbox, conversation, for_contacts: true, status_changed: false, marks_only: true };
        assert_eq!(happenings(&marks, false), []);
    }

    #[test]
    fn a_contact_is_created_once() {
        let event = Event::ContactUpdated { contact: ContactId(1) };
        assert_eq!(happenings(&event, true), [Happening::ContactCreated]);
        assert_eq!(happenings(&event, false), [Happening::ContactUpdated]);
    }

    #[test]
    fn a_merge_changes_the_contact_who_stays() {
        let gone = |into| Event::ContactDeleted { contact: ContactId(1), into };
        assert_eq!(happenings(&gone(Some(ContactId(2))), false), [Happening::ContactUpdated]);
        assert!(happenings(&gone(None), false).is_empty());
    }

    #[test]
    fn words_are_known_or_refused() {
        let named = |words: &[&str]| subscriptions(Some(&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()));
        assert_eq!(subscriptions(None).unwrap().len(), 8);
        assert_eq!(
            named(&["message_created", "conversation_created", "message_created"]).unwrap(),
            [Happening::ConversationCreated, Happening::MessageCreated]
        );
        assert_eq!(named(&["message_created", "everything"]).unwrap_err().field, "subscriptions");
        assert!(named(&[]).unwrap_err().message.contains("blank"));
    }

    #[test]
    fn all_of_them_are_all_of_them() {
        for happening in Happening::ALL {
            assert_eq!(Happening::parse(happening.as_str()), Some(happening));
        }
    }
}
