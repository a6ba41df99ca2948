//! A launcher's connection: it hears of its inbox's mode and of nothing else.

use frontdesk_store::{Tx, inboxes};

use super::line::{End, Line};
use super::wire::{Close, HelloLauncher, ServerFrame};
use crate::app::App;

/// Tells the mode of the inbox. Members answer as long as there are any, so it is online until presence exists.
pub(super) async fn greet(app: &App, line: &mut Line, wanted: &HelloLauncher) -> Result<(), End> {
    let website_token = wanted.website_token.clone();
    let find = async move |tx: &mut Tx<'_>| inboxes::find_by_token(tx, &website_token).await;
    app.store.read(find).await?.ok_or(Close::NotSignedIn)?;
    line.send(&ServerFrame::Mode { mode: "online" }).await
}
