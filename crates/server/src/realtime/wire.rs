//! The frames of the socket, as JSON texts (docs/REALTIME.md). The web's types are generated from these.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::views::{
    AgentView, ConversationLive, InboxLive, LabelView, MessageView, SenderView, VisitorConversationView, VisitorMessageView,
};

/// The version of these frames.
pub(crate) const VERSION: u32 = 1;
/// Longest frame from a client in bytes; messages travel over HTTP.
pub(crate) const FRAME_BYTES_MAX: usize = 16 * 1_024;

/// Why a socket ends. Codes below 4500 mean: come back; from 4500 on: do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Close {
    /// The server restarts: come back after a random part of this time, so that not everybody comes at once.
    Restarting { within_ms: usize },
    /// The accounts of whoever is connected changed: come back and be told anew.
    AccountsChanged,
    /// The client reads too slowly.
    TooSlow,
    /// No hello came in time.
    NoHello,
    /// A frame that means nothing, or too many of them.
    Protocol,
    /// The credentials are missing or wrong.
    NotSignedIn,
    /// A frame was larger than [`FRAME_BYTES_MAX`].
    FrameTooLarge,
    /// The session ended, or the access.
    SessionEnded,
    /// The website is none of those that the inbox may be shown on.
    NotAllowedHere,
    /// A fault of the server; trying again may help.
    Broken,
}

impl Close {
    /// The code and reason that the client gets.
    pub(crate) fn parts(self) -> (u16, Cow<'static, str>) {
        let (code, reason) = match self {
            Close::Restarting { within_ms } => return (4001, format!("retry within {within_ms} ms").into()),
            Close::TooSlow => (4002, "too slow"),
            Close::NoHello => (4003, "no hello in time"),
            Close::AccountsChanged => (4004, "your accounts changed"),
            Close::Broken => (4005, "try again"),
            Close::Protocol => (4500, "protocol error"),
            Close::NotSignedIn => (4501, "not signed in"),
            Close::FrameTooLarge => (4502, "frame too large"),
            Close::SessionEnded => (4503, "session ended"),
            Close::NotAllowedHere => (4504, "not allowed on this website"),
        };
        (code, reason.into())
    }
}

/// What a client sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ClientFrame {
    /// The first frame, within five seconds.
    Hello(Hello),
    /// The person types, or stopped; at most every three seconds.
    Typing(ClientTyping),
    /// This device has everything up to a place; told a moment after events came.
    Received(ClientReceived),
    /// Asks for an answer of the same name: does the line live?
    Check,
}

/// Who connects, and what they have already. Exactly one kind of credentials: the cookie of the upgrade, a token, a
/// visitor or a launcher.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Hello {
    pub(crate) v: u32,
    /// The history that the cursors belong to.
    pub(crate) epoch: Option<String>,
    /// Members: the last seq had, by account.
    #[serde(default)]
    pub(crate) cursors: BTreeMap<String, i64>,
    /// Visitors: the last number had.
    pub(crate) cursor: Option<i64>,
    pub(crate) api_access_token: Option<String>,
    pub(crate) visitor: Option<HelloVisitor>,
    pub(crate) launcher: Option<HelloLauncher>,
}

/// A visitor's credentials.
#[derive(Deserialize, ToSchema)]
pub(crate) struct HelloVisitor {
    pub(crate) website_token: String,
    pub(crate) token: String,
}

// Not derived: the token must not reach a log.
impl std::fmt::Debug for HelloVisitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HelloVisitor").field("website_token", &self.website_token).finish_non_exhaustive()
    }
}

/// A launcher follows the mode of its inbox.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct HelloLauncher {
    pub(crate) website_token: String,
}

/// A conversation as each side names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ConversationRef {
    /// The number in the account: members.
    Number(i64),
    /// The uuid: visitors.
    Uuid(String),
}

/// Somebody types.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ClientTyping {
    /// Members only.
    pub(crate) account_id: Option<i64>,
    pub(crate) conversation_id: ConversationRef,
    pub(crate) on: bool,
    /// Members only: a private note, of which contacts learn nothing.
    #[serde(default)]
    pub(crate) private: bool,
}

/// What a device has: everything up to the place.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ClientReceived {
    /// Members only: the account's id.
    pub(crate) account: Option<i64>,
    /// A seq of the account's log, or a number of the visitor's own view.
    pub(crate) place: i64,
}

/// What the server sends. Frames with an `account_id` go to members, those without one to visitors.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ServerFrame {
    /// Everything after the cursor follows.
    Resumed(Standing),
    /// Fetch everything again; what comes after the cursor follows.
    Reload(Standing),
    /// Something happened in an account.
    Event { account_id: i64, seq: i64, event: MemberEvent },
    /// Nothing that this member may see, up to here.
    Cursor { account_id: i64, seq: i64 },
    /// Somebody types; forget it after six seconds.
    Typing(ServerTyping),
    /// The widget mode of the launcher's inbox.
    Mode { mode: &'static str },
    /// The answer to a check.
    Check,
}

/// Something that a contact may see happened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum VisitorFrame {
    /// 1, 2, 3, ... for this contact.
    Event { seq: i64, event: VisitorEvent },
}

/// Where a connection stands in a log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Standing {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account_id: Option<i64>,
    pub(crate) epoch: String,
    pub(crate) cursor: i64,
}

/// Who types.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Typist {
    /// To members "contact" or "user", to visitors "agent" or "contact".
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// To members only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<i64>,
    pub(crate) name: String,
}

/// Somebody types, or stopped.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ServerTyping {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account_id: Option<i64>,
    pub(crate) conversation_id: ConversationRef,
    pub(crate) who: Typist,
    pub(crate) on: bool,
}

/// An event as members hear of it, with the state as it is when it is told. Kinds that a client does not know are to be
/// passed over.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum MemberEvent {
    ConversationCreated {
        at: i64,
        conversation: Box<ConversationLive>,
    },
    MessageCreated {
        at: i64,
        conversation: Box<ConversationLive>,
        message: Box<MessageView>,
    },
    /// The message is another one now: its text was deleted.
    MessageUpdated {
        at: i64,
        conversation: Box<ConversationLive>,
        message: Box<MessageView>,
    },
    ConversationUpdated {
        at: i64,
        conversation: Box<ConversationLive>,
    },
    /// Only to the member who read, on all their devices.
    ConversationRead {
        at: i64,
        conversation_id: i64,
        read_count: i64,
    },
    /// Only to the member who wants to come back to it, on all their devices. The one event by which `read_count` shrinks.
    ConversationUnread {
        at: i64,
        conversation_id: i64,
        read_count: i64,
    },
    ContactUpdated {
        at: i64,
        contact: Box<SenderView>,
    },
    /// The contact is no more, and neither is what they wrote; or all of it belongs to another contact now.
    ContactDeleted {
        at: i64,
        contact_id: i64,
        merged_into: Option<Box<SenderView>>,
    },
    MemberAdded {
        at: i64,
        agent: Box<AgentView>,
    },
    MemberUpdated {
        at: i64,
        agent: Box<AgentView>,
    },
    /// All labels of the account. Where a title is no more, `was` names it and `becomes` what stands in its place on
    /// conversations and contacts, if anything.
    LabelsChanged {
        at: i64,
        labels: Vec<LabelView>,
        was: Option<String>,
        becomes: Option<String>,
    },
    /// To those who see it; new ones too.
    InboxUpdated {
        at: i64,
        inbox: Box<InboxLive>,
    },
    InboxDeleted {
        at: i64,
        inbox_id: i64,
    },
    /// To everybody: `user_ids` see the inbox now (its members and all administrators), others no longer.
    InboxMembersChanged {
        at: i64,
        inbox_id: i64,
        user_ids: Vec<i64>,
    },
}

/// An event as a contact hears of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum VisitorEvent {
    MessageCreated {
        at: i64,
        conversation: VisitorConversationView,
        message: VisitorMessageView,
    },
    /// The message is another one now: its text was deleted.
    MessageUpdated {
        at: i64,
        conversation: VisitorConversationView,
        message: VisitorMessageView,
    },
    ConversationUpdated {
        at: i64,
        conversation: VisitorConversationView,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_below_4500_bring_the_client_back() {
        for (close, comes_back) in [
            (Close::Restarting { within_ms: 250 }, true),
            (Close::AccountsChanged, true),
            (Close::TooSlow, true),
            (Close::NoHello, true),
            (Close::Broken, true),
            (Close::Protocol, false),
            (Close::NotSignedIn, false),
            (Close::FrameTooLarge, false),
            (Close::SessionEnded, false),
            (Close::NotAllowedHere, false),
        ] {
            assert_eq!(close.parts().0 < 4500, comes_back, "{close:?}");
        }
    }

    #[test]
    fn a_hello_reads_each_kind_of_credentials() {
        let visitor = r#"{"type":"hello","v":1,"visitor":{"website_token":"w","token":"t"},"epoch":null,"cursor":3}"#;
        let Ok(ClientFrame::Hello(hello)) = serde_json::from_str(visitor) else { panic!("not read") };
        assert_eq!((hello.cursor, hello.visitor.is_some()), (Some(3), true));
        let member = r#"{"type":"hello","v":1,"epoch":"e","cursors":{"1":42}}"#;
        let Ok(ClientFrame::Hello(hello)) = serde_json::from_str(member) else { panic!("not read") };
        assert_eq!(hello.cursors["1"], 42);
    }
}
