//! A conversation's life: its status, who joins and owns it, which message is new. Texts of messages are in `text`.

mod assigning;
mod joining;
mod marks;
mod message;
mod status;
pub mod transcript;

pub use assigning::{Assigning, Candidate, Priority, assigned, assigning};
pub use joining::{Activity, Joining, Told, joining};
pub use marks::{Marks, MessageStatus, shows_itself};
pub use message::{Accept, Content, DELETED, MessageKind, SenderKind, accept};
pub use status::{Incoming, REOPEN_WITHIN_MS, Status, StatusChange, incoming, set_status};
