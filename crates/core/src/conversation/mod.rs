//! A conversation's life: its status, who joins and owns it, which message is new. Texts of messages are in `text`.

mod joining;
mod message;
mod status;

pub use joining::{Activity, Joining, joining};
pub use message::{Accept, MessageKind, SenderKind, accept};
pub use status::{Incoming, REOPEN_WITHIN_MS, Status, StatusChange, incoming, set_status};
