//! Opens conversations whose snooze is over, through the same steps as people take.

use frontdesk_store::{AccountTx, StoreError, Tx, chores};

use super::Pass;
use crate::actions::set_status;
use crate::app::App;

/// Conversations woken in one pass.
const BATCH: i64 = 100;

pub(super) async fn run(app: &App) -> Result<Pass, StoreError> {
    let now = app.now();
    let find = async move |tx: &mut Tx<'_>| {
        let due = chores::due_snoozes(tx, now, BATCH).await?;
        Ok::<_, StoreError>((due, chores::next_snooze(tx).await?))
    };
    let (due, next) = app.store.read(find).await?;
    if due.is_empty() {
        return Ok(Pass::Until(next));
    }
    for (account, conversation) in due {
        // It is looked at again inside: a member or another node may have been quicker.
        app.store.write_in(account, async move |tx: &mut AccountTx<'_, '_>| set_status::wake(tx, conversation, now).await).await?;
    }
    Ok(Pass::More)
}
