//! A launcher's connection: it hears of its inbox's mode and of nothing else.

use frontdesk_core::inbox::domain::Domains;
use frontdesk_store::{Tx, inboxes};

use super::line::{End, Line};
use super::wire::{Close, HelloLauncher, ServerFrame};
use crate::app::App;
use crate::sightings;

/// Tells the mode of the inbox, and notes where the page is. Members answer as long as there are any, so it is online until
/// presence exists. On a website that is not allowed the launcher hides (DESIGN 7). `origin` is of pages that are not ours.
pub(super) async fn greet(app: &App, line: &mut Line, wanted: &HelloLauncher, origin: Option<&str>) -> Result<(), End> {
    let website_token = wanted.website_token.clone();
    let find = async move |tx: &mut Tx<'_>| inboxes::find_by_token(tx, &website_token).await;
    let inbox = app.store.read(find).await?.ok_or(Close::NotSignedIn)?;
    if origin.is_some_and(|it| !Domains::from_stored(&inbox.allowed_domains).allow(it)) {
        line.send(&ServerFrame::Mode { mode: "hidden" }).await?;
        return Err(Close::NotAllowedHere.into());
    }
    line.send(&ServerFrame::Mode { mode: "online" }).await?;
    if let Some(origin) = origin {
        sightings::note(app, &inbox, origin).await;
    }
    Ok(())
}
