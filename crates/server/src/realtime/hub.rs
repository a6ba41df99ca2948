//! Who follows which account, and who is to be woken: the meeting place of commits and sockets. It holds no news itself
//! beyond a window over each followed account's log; a socket that is woken pulls.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, OnceLock, PoisonError};

use axum::extract::ws::Utf8Bytes;
use frontdesk_core::event::{Key, Members, Seq};
use frontdesk_core::id::AccountId;
use frontdesk_core::realtime::{Feed, Position, Pull};
use frontdesk_store::{Store, StoreError, Tx, accounts};
use tokio::sync::{OnceCell, watch};

use super::mailbox::Mailbox;
use super::tail;

/// An event rendered once for all members who may see it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) seq: Seq,
    pub(crate) members: Members,
    /// From here on members may see other things than before.
    pub(crate) changes_who_sees: bool,
    /// `None` when what it was about is gone.
    pub(crate) frame: Option<Utf8Bytes>,
}

impl Position for Entry {
    fn seq(&self) -> Seq {
        self.seq
    }

    fn bytes(&self) -> usize {
        self.frame.as_ref().map_or(0, |it| it.len())
    }
}

/// Shared by all sockets of this process.
#[derive(Debug, Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    accounts: Mutex<HashMap<AccountId, Arc<Followed>>>,
    store: OnceLock<Store>,
    stopping: watch::Sender<bool>,
    /// How many commits there were, for those who follow every account.
    commits: watch::Sender<u64>,
    sockets: AtomicUsize,
}

/// Sockets that a fresh server takes back in a millisecond without making anybody wait.
const RETURNS_PER_MS: usize = 1;
/// The shortest and the longest time over which sockets come back.
const RETURN_WITHIN_MS: std::ops::RangeInclusive<usize> = 250..=10_000;

/// A socket that is counted until this is dropped.
#[derive(Debug)]
pub(crate) struct Counted {
    hub: Hub,
    kind: &'static str,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.hub.inner.sockets.fetch_sub(1, Ordering::Relaxed);
        metrics::gauge!("frontdesk_sockets", "kind" => self.kind).decrement(1);
    }
}

/// An account that at least one socket follows.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) id: AccountId,
    /// The newest place that a commit told of.
    pub(super) committed: watch::Sender<Seq>,
    feed: OnceCell<Mutex<Feed<Entry>>>,
    tail: Once,
    mailboxes: Mutex<HashMap<Key, Vec<Arc<Mailbox>>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is valid between any two statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for Hub {
    fn default() -> Hub {
        let (stopping, _) = watch::channel(false);
        let (commits, _) = watch::channel(0);
        let inner = Inner { accounts: Mutex::default(), store: OnceLock::new(), stopping, commits, sockets: AtomicUsize::new(0) };
        Hub { inner: Arc::new(inner) }
    }
}

impl Hub {
    /// A commit moved an account's log to this place. Called from the store's threads: quick, and never waits.
    pub fn committed(&self, account: AccountId, seq: Seq) {
        self.nudge();
        let followed = lock(&self.inner.accounts).get(&account).cloned();
        if let Some(followed) = followed {
            followed.committed.send_if_modified(|latest| {
                let newer = seq > *latest;
                *latest = (*latest).max(seq);
                newer
            });
        }
    }

    /// Has those who follow every account look, although no event was announced.
    pub(crate) fn nudge(&self) {
        self.inner.commits.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Gives the hub the store whose commits it is told of; the first one counts.
    pub(crate) fn attach(&self, store: Store) {
        self.inner.store.set(store).ok();
    }

    /// Tells every socket that the server stops, now and in the future.
    pub fn stop(&self) {
        self.inner.stopping.send_replace(true);
    }

    /// Counts a socket; `kind` says whose.
    pub(crate) fn count_socket(&self, kind: &'static str) -> Counted {
        self.inner.sockets.fetch_add(1, Ordering::Relaxed);
        metrics::gauge!("frontdesk_sockets", "kind" => kind).increment(1);
        Counted { hub: self.clone(), kind }
    }

    /// Over how many milliseconds the sockets of this server should come back after its end.
    pub(crate) fn return_within_ms(&self) -> usize {
        let sockets = self.inner.sockets.load(Ordering::Relaxed);
        (sockets / RETURNS_PER_MS).clamp(*RETURN_WITHIN_MS.start(), *RETURN_WITHIN_MS.end())
    }

    /// Turns true when the server stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.inner.stopping.subscribe()
    }

    /// Changes with every commit of this process that announced an event, in any account, and when somebody nudges.
    pub(crate) fn commits(&self) -> watch::Receiver<u64> {
        self.inner.commits.subscribe()
    }

    /// Follows an account: from now on `mailbox` is woken for `keys`. Pull once after this, as what was committed
    /// before is not told again.
    pub(crate) async fn follow(&self, account: AccountId, keys: &[Key], mailbox: &Arc<Mailbox>) -> Result<Following, StoreError> {
        let followed = {
            let mut accounts = lock(&self.inner.accounts);
            Arc::clone(accounts.entry(account).or_insert_with(|| Arc::new(Followed::new(account))))
        };
        let following = Following { hub: self.clone(), followed, keys: keys.to_vec(), mailbox: Arc::clone(mailbox) };
        following.followed.register(keys, mailbox);
        let store = self.store()?;
        let followed = &following.followed;
        followed.feed.get_or_try_init(|| start(&store, followed.id)).await?;
        followed.tail.call_once(|| tail::spawn(store, followed));
        Ok(following)
    }

    /// The store, once the server is built.
    pub(crate) fn store(&self) -> Result<Store, StoreError> {
        self.inner.store.get().cloned().ok_or(StoreError::Busy)
    }

    /// Sockets of members of these accounts ask again who they belong to: a session ended, or an access.
    pub(crate) fn recheck(&self, accounts: &[AccountId]) {
        for account in accounts {
            self.each_under(*account, Key::Account(*account), Mailbox::ask_again);
        }
    }

    /// Wakes nobody's log, but puts ephemeral news into the boxes under a key.
    pub(super) fn each_under(&self, account: AccountId, key: Key, act: impl Fn(&Mailbox)) {
        let followed = lock(&self.inner.accounts).get(&account).cloned();
        if let Some(followed) = followed {
            lock(&followed.mailboxes).get(&key).into_iter().flatten().for_each(|it| act(it));
        }
    }
}

/// The window starts at the log's end; what is committed from here on is told to the account's tail.
async fn start(store: &Store, id: AccountId) -> Result<Mutex<Feed<Entry>>, StoreError> {
    let account = store.read(async move |tx: &mut Tx<'_>| accounts::find(tx, id).await).await?.ok_or(StoreError::Missing)?;
    Ok(Mutex::new(Feed::starting_after(account.event_seq)))
}

impl Followed {
    fn new(id: AccountId) -> Followed {
        let (committed, _) = watch::channel(Seq(0));
        Followed { id, committed, feed: OnceCell::new(), tail: Once::new(), mailboxes: Mutex::default() }
    }

    fn register(&self, keys: &[Key], mailbox: &Arc<Mailbox>) {
        let mut boxes = lock(&self.mailboxes);
        for key in keys {
            boxes.entry(*key).or_default().push(Arc::clone(mailbox));
        }
    }

    fn unregister(&self, keys: &[Key], mailbox: &Arc<Mailbox>) {
        let mut boxes = lock(&self.mailboxes);
        for key in keys {
            if let Some(under_key) = boxes.get_mut(key) {
                under_key.retain(|it| !Arc::ptr_eq(it, mailbox));
                if under_key.is_empty() {
                    boxes.remove(key);
                }
            }
        }
    }

    /// Whether anybody listens under a key.
    pub(super) fn has(&self, key: Key) -> bool {
        lock(&self.mailboxes).contains_key(&key)
    }

    /// Wakes whoever listens under a key.
    pub(super) fn wake(&self, key: Key) {
        lock(&self.mailboxes).get(&key).into_iter().flatten().for_each(|it| it.wake());
    }

    /// Has whoever listens under a key ask again who they are.
    pub(super) fn ask_again(&self, key: Key) {
        lock(&self.mailboxes).get(&key).into_iter().flatten().for_each(|it| it.ask_again());
    }

    /// Works on the window, once it has started.
    pub(super) fn with_feed<T>(&self, work: impl FnOnce(&mut Feed<Entry>) -> T) -> Option<T> {
        self.feed.get().map(|feed| work(&mut lock(feed)))
    }
}

/// One socket's place among the followers of an account; leaving is dropping it.
#[derive(Debug)]
pub(crate) struct Following {
    hub: Hub,
    followed: Arc<Followed>,
    keys: Vec<Key>,
    mailbox: Arc<Mailbox>,
}

impl Following {
    /// The next events after a cursor, from the window if it reaches back.
    pub(crate) fn pull(&self, after: Seq, entries_max: usize) -> Pull<Entry> {
        self.followed.with_feed(|feed| feed.pull(after, entries_max)).unwrap_or(Pull::ReadLog)
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.followed.unregister(&self.keys, &self.mailbox);
        let mut accounts = lock(&self.hub.inner.accounts);
        // The map's and this one: nobody else follows, so window and tail may go.
        if Arc::strong_count(&self.followed) == 2 {
            accounts.remove(&self.followed.id);
        }
    }
}
