//! Who may do what: the one table of BEHAVIOUR 2.3 that REST, sockets and the dashboard ask. Which conversations exist for
//! a member is not here but in `member::Viewer`.

use crate::member::Role;

/// Something that not every role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Make, change and delete inboxes, their widget's looks and who belongs to them.
    ManageInboxes,
    /// Make, change and delete webhooks, see their deliveries and send them again.
    ManageWebhooks,
    /// Make and change labels.
    EditLabels,
    /// Delete a label, from everything that carries it.
    DeleteLabels,
    /// Change, merge and delete contacts.
    EditContacts,
    /// Delete a message that somebody else wrote.
    DeleteOthersMessages,
    /// Delete a whole conversation, or a contact with all they wrote.
    DeleteHistory,
}

/// Whether a member of this role may do it.
#[must_use]
pub fn may(role: Role, action: Action) -> bool {
    match action {
        Action::EditLabels | Action::EditContacts => true,
        Action::ManageInboxes | Action::ManageWebhooks | Action::DeleteLabels | Action::DeleteOthersMessages | Action::DeleteHistory => {
            role == Role::Administrator
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_works_with_people_and_an_administrator_also_changes_the_place() {
        for (action, agent) in [
            (Action::ManageInboxes, false),
            (Action::ManageWebhooks, false),
            (Action::EditLabels, true),
            (Action::DeleteLabels, false),
            (Action::EditContacts, true),
            (Action::DeleteOthersMessages, false),
            (Action::DeleteHistory, false),
        ] {
            assert_eq!(may(Role::Agent, action), agent, "{action:?}");
            assert!(may(Role::Administrator, action), "{action:?}");
        }
    }
}
