//! Lets long reads in few at a time: searches, and filters that walk through an account. Of one account there are never so
//! many at once that nobody else's has a place. What is read is not known here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk_core::id::AccountId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Reads at once: each may keep a thread and a core busy for a moment.
const AT_ONCE: usize = 4;
/// Of one account, so that a place is left for the others.
const ACCOUNT_AT_ONCE: usize = 3;
/// Reads that may be inside or wait for their turn.
const INSIDE_MAX: usize = 64;
/// Of one account.
const ACCOUNT_INSIDE_MAX: usize = 32;
/// Accounts remembered before those with nothing inside are forgotten.
const ACCOUNTS_MAX: usize = 1_000;

/// Nothing was read, as too many are inside already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crowded {
    /// Of this account.
    Account,
    /// Of all together.
    Server,
}

/// Places for a number of reads, inside and at once.
#[derive(Debug, Clone)]
struct Room {
    inside: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
}

impl Room {
    fn new(inside: usize, at_once: usize) -> Room {
        Room { inside: Arc::new(Semaphore::new(inside)), at_once: Arc::new(Semaphore::new(at_once)) }
    }

    fn is_used(&self) -> bool {
        // Whoever is inside or about to be holds the semaphores.
        Arc::strong_count(&self.inside) + Arc::strong_count(&self.at_once) > 2
    }
}

/// The one door of long reads.
#[derive(Debug)]
pub(crate) struct Gate {
    all: Room,
    accounts: Mutex<HashMap<AccountId, Room>>,
}

/// The right to read; the next one comes in when it is dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    _held: [OwnedSemaphorePermit; 4],
}

impl Default for Gate {
    fn default() -> Gate {
        Gate { all: Room::new(INSIDE_MAX, AT_ONCE), accounts: Mutex::default() }
    }
}

impl Gate {
    /// Waits for a turn, in the order of coming.
    pub(crate) async fn enter(&self, account: AccountId) -> Result<Pass, Crowded> {
        let own = self.room(account);
        let in_account = own.inside.try_acquire_owned().map_err(|_| Crowded::Account)?;
        let in_all = Arc::clone(&self.all.inside).try_acquire_owned().map_err(|_| Crowded::Server)?;
        // None is ever closed, so waiting does not fail.
        let of_account = own.at_once.acquire_owned().await.map_err(|_| Crowded::Account)?;
        let of_all = Arc::clone(&self.all.at_once).acquire_owned().await.map_err(|_| Crowded::Server)?;
        Ok(Pass { _held: [in_account, in_all, of_account, of_all] })
    }

    fn room(&self, account: AccountId) -> Room {
        // A map of rooms is valid between any two statements.
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= ACCOUNTS_MAX {
            accounts.retain(|_, room| room.is_used());
        }
        accounts.entry(account).or_insert_with(|| Room::new(ACCOUNT_INSIDE_MAX, ACCOUNT_AT_ONCE)).clone()
    }

    /// All places inside that an account has left, for a test of what happens then.
    pub(crate) fn crowd(&self, account: AccountId) -> Vec<OwnedSemaphorePermit> {
        let room = self.room(account);
        std::iter::from_fn(|| Arc::clone(&room.inside).try_acquire_owned().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const BUSY: AccountId = AccountId(1);
    const OTHER: AccountId = AccountId(2);

    #[test]
    fn one_account_leaves_a_place_for_the_others_and_queues_only_so_many() {
        let gate = Gate::default();
        let mut passes: Vec<Pass> = (0..ACCOUNT_AT_ONCE).map(|_| gate.enter(BUSY).now_or_never().unwrap().unwrap()).collect();
        let mut waiting: Vec<_> = (ACCOUNT_AT_ONCE..ACCOUNT_INSIDE_MAX).map(|_| Box::pin(gate.enter(BUSY))).collect();
        assert!(waiting.iter_mut().all(|it| it.now_or_never().is_none()));
        assert_eq!(gate.enter(BUSY).now_or_never().map(Result::err), Some(Some(Crowded::Account)));
        let others = gate.enter(OTHER).now_or_never().unwrap().unwrap();
        assert!(gate.enter(OTHER).now_or_never().is_none(), "four at once");
        drop(others);
        passes.pop();
        assert!(waiting.iter_mut().any(|it| it.now_or_never().is_some()), "the next one's turn has come");
    }

    #[test]
    fn all_together_queue_only_so_many() {
        let gate = Gate::default();
        let mut inside: Vec<_> = (0..INSIDE_MAX).map(|at| Box::pin(gate.enter(AccountId(i64::try_from(at).unwrap() / 8)))).collect();
        let entered: Vec<_> = inside.iter_mut().filter_map(FutureExt::now_or_never).collect();
        assert!(entered.len() == AT_ONCE && entered.iter().all(Result::is_ok));
        assert_eq!(gate.enter(AccountId(99)).now_or_never().map(Result::err), Some(Some(Crowded::Server)));
    }

    #[test]
    fn accounts_with_nothing_inside_are_forgotten() {
        let gate = Gate::default();
        let pass = gate.enter(BUSY).now_or_never().unwrap().unwrap();
        for account in 10..3 * i64::try_from(ACCOUNTS_MAX).unwrap() {
            drop(gate.enter(AccountId(account)).now_or_never().unwrap().unwrap());
        }
        let accounts = gate.accounts.lock().unwrap();
        assert!(accounts.len() <= ACCOUNTS_MAX && accounts.contains_key(&BUSY));
        drop(pass);
    }
}
