//! Whether a returning connection can be given exactly what it missed (DESIGN section 2). Reading the log is not here.

use crate::event::Seq;

/// A connection further behind than this is better served by reloading.
pub const REPLAY_EVENTS_MAX: i64 = 5_000;

/// What the log holds when a connection says hello.
#[derive(Debug, Clone, Copy)]
pub struct LogState<'a> {
    /// Names this history; another one after a restore.
    pub epoch: &'a str,
    /// The newest place; 0 for an empty log.
    pub latest: Seq,
    /// Everything up to here was trimmed; 0 when nothing was.
    pub trimmed_to: Seq,
}

/// The answer to a hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resume {
    /// Everything after this cursor follows.
    Resumed(Seq),
    /// Fetch everything again; what comes after this place follows.
    Reload(Seq),
}

/// Compares what the client says it has with the log. A cursor from the future means a lost history, so it reloads too.
#[must_use]
pub fn resume(client_epoch: Option<&str>, client_cursor: Option<Seq>, log: LogState<'_>) -> Resume {
    match client_cursor {
        Some(cursor)
            if client_epoch == Some(log.epoch)
                && (log.trimmed_to..=log.latest).contains(&cursor)
                && log.latest.0.saturating_sub(cursor.0) <= REPLAY_EVENTS_MAX =>
        {
            Resume::Resumed(cursor)
        }
        _ => Resume::Reload(log.latest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: LogState<'static> = LogState { epoch: "e1", latest: Seq(9_000), trimmed_to: Seq(100) };

    #[test]
    fn within_reach_it_resumes_where_it_was() {
        assert_eq!(resume(Some("e1"), Some(Seq(9_000)), LOG), Resume::Resumed(Seq(9_000)));
        assert_eq!(resume(Some("e1"), Some(Seq(4_000)), LOG), Resume::Resumed(Seq(4_000)));
    }

    #[test]
    fn new_lost_trimmed_far_or_foreign_cursors_reload() {
        let reload = Resume::Reload(Seq(9_000));
        assert_eq!(resume(None, None, LOG), reload);
        assert_eq!(resume(Some("e1"), None, LOG), reload);
        assert_eq!(resume(Some("e0"), Some(Seq(9_000)), LOG), reload);
        assert_eq!(resume(Some("e1"), Some(Seq(9_001)), LOG), reload);
        assert_eq!(resume(Some("e1"), Some(Seq(3_999)), LOG), reload);
        assert_eq!(resume(Some("e1"), Some(Seq(99)), LogState { latest: Seq(200), ..LOG }), Resume::Reload(Seq(200)));
        assert_eq!(resume(Some("e1"), Some(Seq(-1)), LogState { trimmed_to: Seq(0), latest: Seq(3), ..LOG }), Resume::Reload(Seq(3)));
    }
}
