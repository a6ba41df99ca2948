//! A member's connection: one cursor per account, events filtered by what this member sees now.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use frontdesk_core::event::{Key, Seq};
use frontdesk_core::id::AccountId;
use frontdesk_core::member::Viewer;
use frontdesk_core::realtime::{LogState, Pull, Resume, resume};
use frontdesk_store::members::Member;
use frontdesk_store::{StoreError, Tx, accounts, members};

use super::hub::{Entry, Following};
use super::line::{End, Line};
use super::mailbox::{Mailbox, TypistId};
use super::tail;
use super::wire::{Close, Hello, ServerFrame, Standing};
use crate::app::App;
use crate::auth::{self, Proof};
use crate::secret::hash_token;

/// Events taken from the window at once.
const BATCH_ENTRIES: usize = 64;
/// The client is told of a cursor that moved over events it may not see, after this many of them.
const SILENT_EVENTS_MAX: i64 = 200;

/// One of the member's accounts.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) member: Member,
    pub(super) viewer: Viewer,
    following: Following,
    pub(super) cursor: Seq,
    /// The last place that the client knows of.
    told: Seq,
}

/// A member who is connected.
#[derive(Debug)]
pub(super) struct Seat {
    proof: Proof,
    pub(super) places: Vec<Place>,
}

impl Seat {
    /// Checks the credentials and tells for each account whether the client resumes or reloads.
    pub(super) async fn take(
        app: &App,
        line: &mut Line,
        (hello, cookie): (Hello, Option<Proof>),
        mailbox: &Arc<Mailbox>,
    ) -> Result<Seat, End> {
        let token = hello.api_access_token.as_deref().map(|it| Proof::Token(hash_token(it)));
        let proof = token.or(cookie).ok_or(Close::NotSignedIn)?;
        let mut seat = Seat { places: Vec::new(), proof };
        for (member, viewer) in seat.find(app).await?.ok_or(Close::NotSignedIn)? {
            let account = member.account_id;
            let following = app.hub.follow(account, &[Key::Account(account)], mailbox).await?;
            let cursor = stand(app, line, account, &hello).await?;
            seat.places.push(Place { member, viewer, following, cursor, told: cursor });
        }
        // What was committed between hello and following is told now.
        seat.deliver(app, line, mailbox).await?;
        Ok(seat)
    }

    /// The member's places as they are now; `None` when the credentials no longer hold.
    async fn find(&self, app: &App) -> Result<Option<Vec<(Member, Viewer)>>, StoreError> {
        let Some(user) = auth::find_user(app, &self.proof).await? else { return Ok(None) };
        let find = async move |tx: &mut Tx<'_>| {
            let mut found = Vec::new();
            for membership in members::memberships(tx, user.id).await? {
                if let Some(member) = members::find(tx, membership.account_id, user.id).await? {
                    let viewer = auth::viewer(tx, &member).await?;
                    found.push((member, viewer));
                }
            }
            Ok(Some(found))
        };
        app.store.read(find).await
    }

    /// Asks again who this is and what they see; ends the connection when the set of accounts changed.
    pub(super) async fn recheck(&mut self, app: &App) -> Result<(), End> {
        let found = self.find(app).await?.ok_or(Close::SessionEnded)?;
        let same = found.iter().map(|it| it.0.account_id).eq(self.places.iter().map(|it| it.member.account_id));
        if !same {
            // The client comes back and is told of its accounts anew.
            return Err(Close::AccountsChanged.into());
        }
        for (place, (member, viewer)) in self.places.iter_mut().zip(found) {
            (place.member, place.viewer) = (member, viewer);
        }
        Ok(())
    }

    /// Sends everything that is new, at the speed at which the client reads.
    pub(super) async fn deliver(&mut self, app: &App, line: &mut Line, mailbox: &Mailbox) -> Result<(), End> {
        for place in &mut self.places {
            place.deliver(app, line).await?;
        }
        for typing in mailbox.take_typing() {
            let account = typing.frame.account_id;
            let place = self.places.iter().find(|it| Some(it.member.account_id.0) == account);
            let hears = place.is_some_and(|it| it.viewer.sees_inbox(typing.inbox) && typing.who != TypistId::User(it.viewer.user));
            if hears {
                line.send(&ServerFrame::Typing(typing.frame)).await?;
            }
        }
        Ok(())
    }
}

async fn stand(app: &App, line: &mut Line, account: AccountId, hello: &Hello) -> Result<Seq, End> {
    let find = async move |tx: &mut Tx<'_>| accounts::find(tx, account).await;
    let log = app.store.read(find).await?.ok_or(StoreError::Missing)?;
    let state = LogState { epoch: &app.epoch, latest: log.event_seq, trimmed_to: log.trimmed_seq };
    let cursor = hello.cursors.get(&account.to_string()).copied().map(Seq);
    let standing = |cursor: Seq| Standing { account_id: Some(account.0), epoch: app.epoch.to_string(), cursor: cursor.0 };
    let (cursor, frame) = match resume(hello.epoch.as_deref(), cursor, state) {
        Resume::Resumed(cursor) => (cursor, ServerFrame::Resumed(standing(cursor))),
        Resume::Reload(latest) => (latest, ServerFrame::Reload(standing(latest))),
    };
    line.send(&frame).await?;
    Ok(cursor)
}

impl Place {
    async fn deliver(&mut self, app: &App, line: &mut Line) -> Result<(), End> {
        loop {
            let entries = match self.following.pull(self.cursor, BATCH_ENTRIES) {
                Pull::UpToDate => return Ok(()),
                Pull::Entries(entries) => entries,
                Pull::ReadLog => tail::page(&app.store, self.member.account_id, self.cursor).await?,
            };
            let follows = entries.first().is_some_and(|it| it.seq.0 == self.cursor.0 + 1);
            let Some(last) = entries.last().map(|it| it.seq).filter(|_| follows) else {
                // The log was trimmed under a slow reader: it comes back and is told to reload.
                return Err(Close::TooSlow.into());
            };
            if entries.iter().any(|it| it.changes_who_sees) {
                self.look_again(app).await?;
            }
            let (frames, told) = self.visible(entries);
            line.send_all(frames).await?;
            self.cursor = last;
            self.told = told.unwrap_or(self.told);
            if self.cursor.0 - self.told.0 > SILENT_EVENTS_MAX {
                line.send(&ServerFrame::Cursor { account_id: self.member.account_id.0, seq: self.cursor.0 }).await?;
                self.told = self.cursor;
            }
        }
    }

    /// What the member sees now. What changed it is committed, so nothing that follows it is told by an older view.
    async fn look_again(&mut self, app: &App) -> Result<(), End> {
        let (account, user) = (self.member.account_id, self.viewer.user);
        let find = async move |tx: &mut Tx<'_>| {
            let Some(member) = members::find(tx, account, user).await? else { return Ok(None) };
            let viewer = auth::viewer(tx, &member).await?;
            Ok::<_, StoreError>(Some((member, viewer)))
        };
        let found = app.store.read(find).await?.filter(|it| it.0.access);
        (self.member, self.viewer) = found.ok_or(Close::AccountsChanged)?;
        Ok(())
    }

    fn visible(&self, entries: Vec<Entry>) -> (Vec<Utf8Bytes>, Option<Seq>) {
        let seen = entries.into_iter().filter(|it| it.members.include(&self.viewer));
        let (mut frames, mut told) = (Vec::new(), None);
        for (seq, frame) in seen.filter_map(|it| Some((it.seq, it.frame?))) {
            frames.push(frame);
            told = Some(seq);
        }
        (frames, told)
    }
}
