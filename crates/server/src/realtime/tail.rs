//! Follows one account's log: after each commit it reads what is new, renders it once for all members, moves the window
//! and wakes those concerned. It reads the log itself, so it never announces what is not committed.

use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use frontdesk_core::event::{Key, Seq};
use frontdesk_core::id::{AccountId, ContactId};
use frontdesk_core::realtime::Feed;
use frontdesk_store::events::{self, Placed};
use frontdesk_store::{Store, StoreError, Tx};

use super::hub::{Entry, Followed};
use super::render;

/// Events read from the log at once.
pub(super) const PAGE_EVENTS: i64 = 100;
/// How long to wait before reading the log again after the database failed.
const RETRY: Duration = Duration::from_millis(200);

/// Starts to follow the log for as long as the account is followed.
pub(super) fn spawn(store: Store, followed: &Arc<Followed>) {
    let mut committed = followed.committed.subscribe();
    let followed = Arc::downgrade(followed);
    tokio::spawn(async move {
        // What was committed before this task saw the channel counts too.
        committed.mark_changed();
        while committed.changed().await.is_ok() {
            let target = *committed.borrow_and_update();
            catch_up(&store, &followed, target).await;
        }
    });
}

async fn catch_up(store: &Store, followed: &Weak<Followed>, target: Seq) {
    while let Some(followed) = followed.upgrade() {
        // The window was there before this task.
        let Some(latest) = followed.with_feed(|feed| feed.latest()).filter(|latest| *latest < target) else { return };
        match step(store, &followed, latest).await {
            Ok(()) => {}
            Err(error) => {
                tracing::warn!(account = followed.id.0, %error, "the event log cannot be read; trying again");
                drop(followed);
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

async fn step(store: &Store, followed: &Arc<Followed>, latest: Seq) -> Result<(), StoreError> {
    let members = Key::Account(followed.id);
    let (news, contacts) = read(store, followed.id, latest, followed.has(members)).await?;
    followed.with_feed(|feed| match news {
        News::Entries(entries) => feed.extend(entries),
        News::UpTo(seq) => *feed = Feed::starting_after(seq),
    });
    followed.wake(members);
    for contact in contacts {
        followed.wake(Key::Contact(contact));
    }
    Ok(())
}

/// What a step found.
enum News {
    /// Rendered events for the window.
    Entries(Vec<Entry>),
    /// No member follows, so nothing was rendered: the window starts anew after this place, and a member who comes
    /// later reads the log.
    UpTo(Seq),
}

/// Reads a page of the log, and who among the contacts hears of it.
async fn read(store: &Store, account: AccountId, after: Seq, for_members: bool) -> Result<(News, Vec<ContactId>), StoreError> {
    let read = async move |tx: &mut Tx<'_>| {
        let page = events::after(tx, account, after, PAGE_EVENTS).await?;
        let mut contacts = Vec::new();
        for placed in &page {
            if let Some(conversation) = placed.event.audience().contacts_in {
                contacts.extend(events::contacts_in(tx, conversation).await?);
            }
        }
        contacts.sort_unstable();
        contacts.dedup();
        let last = page.last().map_or(after, |it| Seq(it.place));
        let news = if for_members { News::Entries(entries(tx, account, &page).await?) } else { News::UpTo(last) };
        Ok::<_, StoreError>((news, contacts))
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
    let mut entries = Vec::with_capacity(page.len());
    for placed in page {
        let frame = render::for_members(tx, account, placed).await?;
        let members = placed.event.audience().members;
        entries.push(Entry { seq: Seq(placed.place), members, frame: frame.map(Utf8Bytes::from) });
    }
    Ok(entries)
}
