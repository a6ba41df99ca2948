//! Follows one account's log: after each commit it reads what is new, renders it once for all members, moves the window
//! and wakes those concerned. It reads the log itself, so it never announces what is not committed.

use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use frontdesk_core::event::{Key, Seq};
use frontdesk_core::id::{AccountId, ContactId, InboxId};
use frontdesk_store::events::{self, Placed};
use frontdesk_store::{Store, StoreError, Tx, accounts, inboxes};
use tokio::time::timeout;

use super::hub::{Entry, Followed};
use super::render;

/// Events read from the log at once.
pub(super) const PAGE_EVENTS: i64 = 100;
/// A page of rendered events ends after the one that reaches this many bytes: one message may have a megabyte.
pub(super) const PAGE_BYTES_MAX: usize = 1_024 * 1_024;
/// How long to wait before reading the log again after the database failed.
const RETRY: Duration = Duration::from_millis(200);
/// How often the log is looked at without being told of a commit.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Starts to follow the log for as long as the account is followed.
pub(super) fn spawn(store: Store, followed: &Arc<Followed>) {
    let mut committed = followed.committed.subscribe();
    let followed = Arc::downgrade(followed);
    tokio::spawn(async move {
        // What was committed before this task saw the channel counts too.
        committed.mark_changed();
        loop {
            let target = match timeout(LOOK_EVERY, committed.changed()).await {
                Ok(Ok(())) => *committed.borrow_and_update(),
                // Nobody follows any more.
                Ok(Err(_)) => return,
                // Another process may have committed: the command line, another node.
                Err(_) => newest(&store, &followed).await,
            };
            catch_up(&store, &followed, target).await;
        }
    });
}

/// The newest place of the log, whoever wrote it.
async fn newest(store: &Store, followed: &Weak<Followed>) -> Seq {
    let Some(id) = followed.upgrade().map(|it| it.id) else { return Seq::default() };
    let account = store.read(async move |tx: &mut Tx<'_>| accounts::find(tx, id).await).await;
    match account {
        Ok(found) => found.map_or(Seq::default(), |it| it.event_seq),
        Err(error) => {
            tracing::warn!(account = id.0, %error, "the account cannot be read; trying again");
            Seq::default()
        }
    }
}

async fn catch_up(store: &Store, followed: &Weak<Followed>, target: Seq) {
    while let Some(followed) = followed.upgrade() {
        // The window was there before this task.
        let Some(latest) = followed.with_feed(|feed| feed.latest()).filter(|latest| *latest < target) else { return };
        match step(store, &followed, (latest, target)).await {
            Ok(()) => {}
            Err(error) => {
                tracing::warn!(account = followed.id.0, %error, "the event log cannot be read; trying again");
                drop(followed);
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

async fn step(store: &Store, followed: &Arc<Followed>, (latest, target): (Seq, Seq)) -> Result<(), StoreError> {
    let members = Key::Account(followed.id);
    let found = read(store, followed.id, latest, followed.has(members)).await?;
    followed.with_feed(|feed| {
        feed.extend(found.entries);
        // The target is committed: when the log holds no more pages before it, the rest was trimmed.
        feed.reach(found.more_after.unwrap_or(target));
    });
    followed.wake(members);
    for contact in found.ended {
        followed.ask_again(Key::Contact(contact));
    }
    for inbox in found.closed {
        followed.ask_again(Key::Visitors(inbox));
        followed.ask_again(Key::Launchers(inbox));
    }
    for contact in found.contacts {
        followed.wake(Key::Contact(contact));
    }
    Ok(())
}

/// What a step found.
struct Found {
    /// Rendered for the window. Without members who follow nothing is rendered: one who comes later reads the log.
    entries: Vec<Entry>,
    /// Who among the contacts hears of it.
    contacts: Vec<ContactId>,
    /// Whose connections must ask again who they are.
    ended: Vec<ContactId>,
    /// Inboxes that are switched off or gone.
    closed: Vec<InboxId>,
    /// The last place of a full page, after which there may be more.
    more_after: Option<Seq>,
}

async fn read(store: &Store, account: AccountId, after: Seq, for_members: bool) -> Result<Found, StoreError> {
    let read = async move |tx: &mut Tx<'_>| {
        let page = events::after(tx, account, after, PAGE_EVENTS).await?;
        let mut contacts = Vec::new();
        for placed in &page {
            if let Some(conversation) = placed.event.audience().contacts_in {
                contacts.extend(events::contacts_in(tx, conversation).await?);
            }
        }
        let mut closed = Vec::new();
        for inbox in page.iter().filter_map(|it| it.event.inbox_that_may_be_closed()) {
            // Other settings concern nobody who is connected, and these may be ten thousand.
            if inboxes::find(tx, account, inbox).await?.is_none_or(|it| !it.enabled) {
                closed.push(inbox);
            }
        }
        let ended = page.iter().flat_map(|it| it.event.ended_contacts()).collect();
        contacts.sort_unstable();
        contacts.dedup();
        let entries = if for_members { entries(tx, account, &page).await? } else { Vec::new() };
        let is_full = i64::try_from(page.len()).is_ok_and(|it| it == PAGE_EVENTS);
        let is_cut = for_members && entries.len() < page.len();
        let more_after = match entries.last() {
            Some(last) if is_cut => Some(last.seq),
            _ => page.last().filter(|_| is_full).map(|it| Seq(it.place)),
        };
        Ok::<_, StoreError>(Found { entries, contacts, ended, closed, more_after })
    };
    store.read(read).await
}

/// A page of the log for one member who is behind the window.
pub(super) async fn page(store: &Store, account: AccountId, after: Seq) -> Result<Vec<Entry>, StoreError> {
    let read = async move |tx: &mut Tx<'_>| {
        let page = events::after(tx, account, after, PAGE_EVENTS).await?;
        entries(tx, account, &page).await
    };
    store.read(read).await
}

async fn entries(tx: &mut Tx<'_>, account: AccountId, page: &[Placed]) -> Result<Vec<Entry>, StoreError> {
    let (mut entries, mut bytes) = (Vec::with_capacity(page.len()), 0);
    for placed in page {
        if bytes > PAGE_BYTES_MAX {
            break;
        }
        let frame = render::for_members(tx, account, placed).await?;
        bytes += frame.as_ref().map_or(0, String::len);
        let members = placed.event.audience().members;
        let changes_who_sees = placed.event.changes_who_sees();
        entries.push(Entry { seq: Seq(placed.place), members, changes_who_sees, frame: frame.map(Utf8Bytes::from) });
    }
    Ok(entries)
}
