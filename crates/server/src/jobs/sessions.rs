//! Forgets sessions that ended. They let nobody in from the moment they end; this only clears them away.

use frontdesk_core::time::Millis;
use frontdesk_store::{StoreError, Tx, chores};

use super::{Pass, REST};
use crate::app::App;

/// Sessions deleted in one transaction.
const BATCH: u64 = 500;
/// An ended session is kept this long: a clock that was ahead for a moment must not log everybody out for good.
const KEPT_MS: i64 = Millis::DAY;

pub(super) async fn run(app: &App) -> Result<Pass, StoreError> {
    let ended_by = app.now().plus(-KEPT_MS);
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let deleted = app.store.write(async move |tx: &mut Tx<'_>| chores::delete_sessions(tx, ended_by, limit).await).await?;
    Ok(if deleted == BATCH { Pass::More } else { REST })
}
