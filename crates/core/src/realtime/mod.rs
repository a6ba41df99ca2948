//! The pure half of realtime: where a connection stands in the log, and the window that most of them read from.
//! Sockets, wake-ups and the database are the server's.

mod feed;
mod resume;
#[cfg(test)]
mod simulation;

pub use feed::{Feed, Position, Pull, WINDOW_BYTES_MAX, WINDOW_ENTRIES_MAX};
pub use resume::{LogState, REPLAY_EVENTS_MAX, Resume, resume};
