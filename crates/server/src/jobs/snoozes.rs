//! Opens conversations whose snooze is over, through the same steps as people take.

use frontdesk_core::time::Millis;
use frontdesk_store::{AccountTx, StoreError, Tx, chores};

use super::Pass;
use crate::actions::set_status;
use crate::app::App;

/// Conversations woken in one pass.
const BATCH: i64 = 100;
/// How soon those that could not be woken are looked at again.
const AGAIN_MS: i64 = Millis::SECOND;
/// What they are called among the things that failed.
const KIND: &str = "snoozed conversation";

pub(super) async fn run(app: &App) -> Result<Pass, StoreError> {
    let now = app.now();
    // Those that fail stay due: they must not fill the batch.
    let limit = BATCH.saturating_add(i64::try_from(app.setbacks.count(KIND)).unwrap_or(i64::MAX));
    let find = async move |tx: &mut Tx<'_>| {
        let due = chores::due_snoozes(tx, now, limit).await?;
        Ok::<_, StoreError>((due, chores::next_snooze(tx).await?))
    };
    let (due, next) = app.store.read(find).await?;
    if due.is_empty() {
        return Ok(Pass::Until(next));
    }
    let mut pass = Pass::Until(Some(now.plus(AGAIN_MS)));
    for (account, conversation) in due {
        let thing = (KIND, conversation.0);
        if app.setbacks.waits(thing, now) {
            continue;
        }
        // It is looked at again inside: a member or another node may have been quicker.
        let woken =
            app.store.write_in(account, async move |tx: &mut AccountTx<'_, '_>| set_status::wake(tx, conversation, now).await).await;
        if app.setbacks.tried(thing, woken, now).is_some() {
            pass = Pass::More;
        }
    }
    Ok(pass)
}
