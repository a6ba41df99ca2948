//! Where widgets are seen: tells an owner that the snippet is in place. Noted rarely, whatever visitors do; when it is worth
//! noting is a rule of core.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use frontdesk_core::id::InboxId;
use frontdesk_core::inbox::domain::{Domains, host_of};
use frontdesk_core::inbox::seen_again;
use frontdesk_core::time::Millis;
use frontdesk_store::AccountTx;
use frontdesk_store::inboxes::Inbox;

use crate::actions::change_inbox::note_seen;
use crate::app::App;

/// One inbox is written at most this often by this process, however many pages open at once.
const TRIED_EVERY_MS: i64 = Millis::MINUTE;

/// When a sight of each inbox was last written; one entry for each inbox that was seen since the start.
#[derive(Debug, Default)]
pub(crate) struct Sightings(Mutex<HashMap<InboxId, Millis>>);

impl Sightings {
    /// Whether it is this caller's turn to write.
    fn claim(&self, id: InboxId, now: Millis) -> bool {
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = tried.get(&id).is_some_and(|at| (0..TRIED_EVERY_MS).contains(&now.since(*at)));
        if !is_recent {
            tried.insert(id, now);
        }
        !is_recent
    }
}

/// A page at this address (an Origin will do) shows the widget. Pages where it is not allowed, and our own, do not count.
pub(crate) async fn note(app: &App, inbox: &Inbox, address: &str) {
    let Some(host) = host_of(address) else { return };
    let now = app.now();
    let is_ours = host_of(&app.base_url).as_ref() == Some(&host);
    let is_news = seen_again(inbox.seen_at.zip(inbox.seen_host.as_deref()), &host, now);
    if is_ours || !is_news || !Domains::from_stored(&inbox.allowed_domains).allow(address) || !app.sightings.claim(inbox.id, now) {
        return;
    }
    let id = inbox.id;
    let write = async move |tx: &mut AccountTx<'_, '_>| note_seen(tx, id, &host, now).await;
    if let Err(error) = app.store.write_in(inbox.account_id, write).await {
        // The visitor's page is not to wait or fail for it; the next page is as good.
        tracing::warn!(%error, inbox = id.0, "a sight of the widget could not be noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_pages_at_once_one_writes() {
        let sightings = Sightings::default();
        let start = Millis(1_000_000);
        assert!(sightings.claim(InboxId(1), start));
        assert!(!sightings.claim(InboxId(1), start.plus(TRIED_EVERY_MS - 1)));
        assert!(sightings.claim(InboxId(2), start));
        assert!(sightings.claim(InboxId(1), start.plus(TRIED_EVERY_MS)));
        assert!(sightings.claim(InboxId(1), start.plus(-1)));
    }
}
