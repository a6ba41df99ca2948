//! Who plays: one administrator, an agent of each inbox, three contacts, and the devices they use. Nobody's state is here.

use crate::id::{ContactId, InboxId, UserId};
use crate::member::{Role, Viewer};

pub(super) const INBOX_A: InboxId = InboxId(1);
pub(super) const INBOX_B: InboxId = InboxId(2);

/// Whose eyes: the same log looks different to each.
#[derive(Debug, Clone)]
pub(super) enum Reader {
    Member(Viewer),
    Contact { contact: ContactId, inbox: InboxId },
}

/// One browser of one person.
#[derive(Debug, Clone)]
pub(super) struct Device {
    pub(super) name: &'static str,
    pub(super) reader: Reader,
}

pub(super) const MEMBER_DEVICES: usize = 4;
pub(super) const CONTACTS: usize = 3;
pub(super) const DEVICES: usize = 10;

pub(super) fn devices() -> Vec<Device> {
    let member = |name, user, role, inbox: InboxId| Device {
        name,
        reader: Reader::Member(Viewer { user: UserId(user), role, inboxes: [inbox].into() }),
    };
    let contact = |name, contact, inbox| Device { name, reader: Reader::Contact { contact: ContactId(contact), inbox } };
    vec![
        // The administrator belongs to one inbox and sees both.
        member("Priya's laptop (administrator)", 1, Role::Administrator, INBOX_A),
        member("Priya's phone (administrator)", 1, Role::Administrator, INBOX_A),
        member("Maya (agent of A)", 2, Role::Agent, INBOX_A),
        member("Ben (agent of B)", 3, Role::Agent, INBOX_B),
        contact("Ann's laptop (contact in A)", 1, INBOX_A),
        contact("Ann's phone (contact in A)", 1, INBOX_A),
        contact("Cyd's laptop (contact in A)", 2, INBOX_A),
        contact("Cyd's phone (contact in A)", 2, INBOX_A),
        contact("Dee's laptop (contact in B)", 3, INBOX_B),
        contact("Dee's phone (contact in B)", 3, INBOX_B),
    ]
}

pub(super) fn user_name(user: UserId) -> &'static str {
    match user.0 {
        1 => "Priya",
        2 => "Maya",
        _ => "Ben",
    }
}
