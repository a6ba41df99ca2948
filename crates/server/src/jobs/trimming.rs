//! Trims the event log: what is older than a month, and read by everybody who must miss nothing, goes. Who comes back with an
//! older cursor is told to reload.

use frontdesk_core::event::Seq;
use frontdesk_core::id::AccountId;
use frontdesk_core::jobs::trim_to;
use frontdesk_core::time::Millis;
use frontdesk_store::{AccountTx, StoreError, Tx, chores};

use super::{Pass, REST};
use crate::app::App;

/// Events deleted in one transaction: it holds the account's row.
const BATCH: usize = 500;

pub(super) async fn run(app: &App) -> Result<Pass, StoreError> {
    let now = app.now();
    let accounts = app.store.read(async |tx: &mut Tx<'_>| chores::logged(tx).await).await?;
    let mut pass = REST;
    for account in accounts {
        // Looked at without a lock first: most of the time there is nothing to do.
        let plan = app.store.read(async move |tx: &mut Tx<'_>| plan(tx, account, now).await).await?;
        if plan.is_none() {
            continue;
        }
        let trim = async move |tx: &mut AccountTx<'_, '_>| match plan_in(tx, now).await? {
            Some(up_to) => chores::trim(tx, up_to).await,
            None => Ok(()),
        };
        app.store.write_in(account, trim).await?;
        pass = Pass::More;
    }
    Ok(pass)
}

async fn plan_in(tx: &mut AccountTx<'_, '_>, now: Millis) -> Result<Option<Seq>, StoreError> {
    let account = tx.account_id();
    plan(tx, account, now).await
}

async fn plan(tx: &mut Tx<'_>, account: AccountId, now: Millis) -> Result<Option<Seq>, StoreError> {
    let oldest = chores::oldest(tx, account, i64::try_from(BATCH).unwrap_or(i64::MAX)).await?;
    let read_up_to = chores::read_up_to(tx, account).await?;
    Ok(trim_to(&oldest, read_up_to, now))
}
