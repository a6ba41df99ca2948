//! Writes of one account take turns before they take a connection. The row's lock would order them as well, but each
//! waiting for it would hold a connection, and one busy account would keep everybody else from the database.
//! Between processes the row's lock alone decides.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use frontdesk_core::id::AccountId;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Whose turn it is, on one thread.
#[derive(Debug, Default)]
pub(super) struct Turns {
    accounts: RefCell<HashMap<AccountId, Arc<Mutex<()>>>>,
}

/// An account's turn, until it is dropped.
pub(super) struct Turn<'t> {
    turns: &'t Turns,
    account: AccountId,
    held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for the account's turn, first come first served.
    pub(super) async fn wait(&self, account: AccountId) -> Turn<'_> {
        let queue = Arc::clone(self.accounts.borrow_mut().entry(account).or_default());
        Turn { turns: self, account, held: Some(queue.lock_owned().await) }
    }
}

impl Drop for Turn<'_> {
    /// The next one's turn begins; an account for which nobody waits is forgotten.
    fn drop(&mut self) {
        self.held.take();
        let mut accounts = self.turns.accounts.borrow_mut();
        if accounts.get(&self.account).is_some_and(|queue| Arc::strong_count(queue) == 1) {
            accounts.remove(&self.account);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountId, Turns};

    #[tokio::test]
    async fn turns_come_in_the_order_of_asking_and_are_forgotten_afterwards() {
        let (turns, order) = (Turns::default(), std::cell::RefCell::new(Vec::new()));
        let ask = async |number: i64| {
            let _turn = turns.wait(AccountId(1)).await;
            tokio::task::yield_now().await;
            order.borrow_mut().push(number);
        };
        futures_util::future::join4(ask(1), ask(2), ask(3), ask(4)).await;
        assert_eq!(*order.borrow(), [1, 2, 3, 4]);
        assert!(turns.accounts.borrow().is_empty());
    }

    #[tokio::test]
    async fn accounts_do_not_wait_for_each_other() {
        let turns = Turns::default();
        let (_one, _other) = (turns.wait(AccountId(1)).await, turns.wait(AccountId(2)).await);
    }
}
