//! A launcher's connection: it hears of its inbox's mode and of nothing else.

use std::sync::Arc;

use frontdesk_core::event::Key;
use frontdesk_core::inbox::domain::Domains;
use frontdesk_store::inboxes::Inbox;
use frontdesk_store::{Tx, inboxes};

use super::hub::Following;
use super::line::{End, Line};
use super::mailbox::Mailbox;
use super::wire::{Close, HelloLauncher, ServerFrame};
use crate::app::App;
use crate::sightings;

/// A launcher that is connected.
#[derive(Debug)]
pub(super) struct Seat {
    website_token: String,
    _following: Following,
}

impl Seat {
    /// Tells the mode of the inbox, and notes where the page is. Members answer as long as there are any, so it is online
    /// until presence exists. On a website that is not allowed the launcher hides (DESIGN 7). `origin` is of pages that are
    /// not ours.
    pub(super) async fn take(
        app: &App,
        line: &mut Line,
        (wanted, origin): (HelloLauncher, Option<String>),
        mailbox: &Arc<Mailbox>,
    ) -> Result<Seat, End> {
        let website_token = wanted.website_token;
        let inbox = find(app, &website_token).await?.ok_or(Close::NotSignedIn)?;
        if origin.as_ref().is_some_and(|it| !Domains::from_stored(&inbox.allowed_domains).allow(it)) {
            line.send(&ServerFrame::Mode { mode: "hidden" }).await?;
            return Err(Close::NotAllowedHere.into());
        }
        let following = app.hub.follow(inbox.account_id, &[Key::Launchers(inbox.id)], mailbox).await?;
        let seat = Seat { website_token, _following: following };
        // Asked again: what was committed before following is not told again.
        seat.recheck(app, line).await?;
        line.send(&ServerFrame::Mode { mode: "online" }).await?;
        if let Some(origin) = origin {
            sightings::note(app, &inbox, &origin).await;
        }
        Ok(seat)
    }

    /// Asks again whether there is anything to launch: it hides and ends when the inbox was switched off or is gone.
    pub(super) async fn recheck(&self, app: &App, line: &mut Line) -> Result<(), End> {
        if find(app, &self.website_token).await?.is_some() {
            return Ok(());
        }
        line.send(&ServerFrame::Mode { mode: "hidden" }).await?;
        Err(Close::SessionEnded.into())
    }
}

/// The inbox, while it is switched on.
async fn find(app: &App, website_token: &str) -> Result<Option<Inbox>, End> {
    let website_token = website_token.to_owned();
    let find = async move |tx: &mut Tx<'_>| inboxes::find_by_token(tx, &website_token).await;
    Ok(app.store.read(find).await?)
}
