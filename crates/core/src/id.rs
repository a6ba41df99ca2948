//! Identifiers as types of their own, so that one noun's id is never taken for another's.
//! How ids are handed out is the database's business, not this file's.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )* };
}

ids! {
    /// A business or site with its own members, inboxes and conversations.
    AccountId;
    /// A person who can log in; the agent's id in the REST API.
    UserId;
    /// A channel of an account, such as a website widget.
    InboxId;
    /// Someone outside the business.
    ContactId;
    /// One browser of a contact in one inbox.
    ContactInboxId;
    /// One thread of messages, unique on the installation. Agents see its [`ConversationNumber`], contacts its uuid.
    ConversationId;
    /// A conversation's number within its account, 1, 2, 3, ...: the `id` of the REST API.
    ConversationNumber;
    /// One label of an account.
    LabelId;
    /// One message, unique on the installation.
    MessageId;
    /// Where an account has told of what happens.
    WebhookId;
    /// One happening on its way to a webhook.
    DeliveryId;
    /// One file that was uploaded for a message. Members see it; contacts see its uuid.
    AttachmentId;
}
