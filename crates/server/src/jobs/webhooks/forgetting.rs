//! Forgets deliveries that are over and old: what they carry is people's words.

use frontdesk_core::time::Millis;
use frontdesk_store::{StoreError, Tx, deliveries};

use super::super::{Pass, REST};
use crate::app::App;

/// Deliveries deleted in one transaction.
const BATCH: u64 = 500;
/// How long they are shown.
const KEPT_MS: i64 = 14 * Millis::DAY;

pub(in crate::jobs) async fn run(app: &App) -> Result<Pass, StoreError> {
    let made_before = app.now().plus(-KEPT_MS);
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let forgotten = app.store.write(async move |tx: &mut Tx<'_>| deliveries::forget(tx, made_before, limit).await).await?;
    Ok(if forgotten == BATCH { Pass::More } else { REST })
}
