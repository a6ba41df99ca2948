//! A transaction that holds its account's row: writes of one account happen one after another, on both engines.
//! What is written is the nouns' business.

use std::ops::{Deref, DerefMut};

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;

use super::tx::Tx;
use crate::{StoreError, params, statements};

statements! {
    /// Locks the account's row. It takes one event number at once: most writes append one event, and are spared a
    /// second statement.
    LOCK = "UPDATE accounts SET event_seq = event_seq + 1 WHERE id = $1 RETURNING event_seq";
    /// Stores the last event number, when not exactly one was taken.
    STORE_SEQ = "UPDATE accounts SET event_seq = $2 WHERE id = $1";
}

/// A [`Tx`] whose account is locked until the end. Take event numbers from [`next_seq`](AccountTx::next_seq) only; the
/// column `accounts.event_seq` is not to be read inside (ask [`seq`](AccountTx::seq)).
#[derive(Debug)]
pub struct AccountTx<'t, 'c> {
    tx: &'t mut Tx<'c>,
    account: AccountId,
    /// The number that the row holds since it was locked.
    locked: Seq,
    /// The last number handed out.
    last: Seq,
}

impl<'t, 'c> AccountTx<'t, 'c> {
    /// Locks the account's row; `Missing` when there is no such account.
    pub(crate) async fn lock(tx: &'t mut Tx<'c>, account: AccountId) -> Result<AccountTx<'t, 'c>, StoreError> {
        let locked: Seq = tx.one(&LOCK, params![account]).await?;
        Ok(AccountTx { tx, account, locked, last: Seq(locked.0 - 1) })
    }

    /// Stores the last number and has it announced, if any was handed out.
    pub(crate) async fn finish(self) -> Result<(), StoreError> {
        if self.last != self.locked {
            self.tx.run(&STORE_SEQ, params![self.account, self.last]).await?;
        }
        if self.last >= self.locked {
            self.tx.announce(self.account, self.last);
        }
        Ok(())
    }

    /// The account that is locked.
    pub fn account_id(&self) -> AccountId {
        self.account
    }

    /// Hands out the next event number. Every number must be used: the log has no gaps.
    pub fn next_seq(&mut self) -> Seq {
        self.last = Seq(self.last.0 + 1);
        self.last
    }

    /// The account's newest event number, counting those handed out here.
    pub fn seq(&self) -> Seq {
        self.last
    }
}

impl<'c> Deref for AccountTx<'_, 'c> {
    type Target = Tx<'c>;

    fn deref(&self) -> &Tx<'c> {
        self.tx
    }
}

impl<'c> DerefMut for AccountTx<'_, 'c> {
    fn deref_mut(&mut self) -> &mut Tx<'c> {
        self.tx
    }
}
