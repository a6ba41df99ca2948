//! A visitor's connection: it pulls from the contact's own numbered view of the log, which holds nothing else.

use std::sync::Arc;

use frontdesk_core::event::{Key, Seq};
use frontdesk_core::realtime::{LogState, Resume, resume};
use frontdesk_store::contacts::Visitor;
use frontdesk_store::{StoreError, Tx, contacts, conversations, events, inboxes};

use super::hub::Following;
use super::line::{End, Line};
use super::mailbox::{Mailbox, Typing, TypistId};
use super::wire::{Close, Hello, ServerFrame, Standing};
use super::{render, tail};
use crate::app::App;
use crate::views::Reader;
use crate::{auth, secret};

/// A visitor who is connected.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) visitor: Visitor,
    website_token: String,
    _following: Following,
    pub(super) cursor: i64,
}

impl Seat {
    /// Checks the visitor's secret and tells whether the client resumes or reloads.
    pub(super) async fn take(app: &App, line: &mut Line, hello: Hello, mailbox: &Arc<Mailbox>) -> Result<Seat, End> {
        let wanted = hello.visitor.ok_or(Close::Protocol)?;
        let token_hash = secret::hash_token(&wanted.token);
        let find = async || auth::find_visitor(app, &wanted.website_token, &token_hash).await;
        let visitor = find().await?.and_then(|it| it.1).ok_or(Close::NotSignedIn)?;
        let following =
            app.hub.follow(visitor.account_id, &[Key::Contact(visitor.contact_id), Key::Visitors(visitor.inbox_id)], mailbox).await?;
        // Read again: what was committed before following is not told again.
        let visitor = find().await?.and_then(|it| it.1).ok_or(Close::NotSignedIn)?;
        let contact = visitor.contact_id;
        let trimmed_to = app.store.read(async move |tx: &mut Tx<'_>| events::trimmed_for_contact(tx, contact).await).await?;
        let log = LogState { epoch: &app.epoch, latest: Seq(visitor.event_number), trimmed_to: Seq(trimmed_to) };
        let standing = |cursor: Seq| Standing { account_id: None, epoch: app.epoch.to_string(), cursor: cursor.0 };
        let (cursor, frame) = match resume(hello.epoch.as_deref(), hello.cursor.map(Seq), log) {
            Resume::Resumed(cursor) => (cursor, ServerFrame::Resumed(standing(cursor))),
            Resume::Reload(latest) => (latest, ServerFrame::Reload(standing(latest))),
        };
        line.send(&frame).await?;
        let mut seat = Seat { visitor, website_token: wanted.website_token, _following: following, cursor: cursor.0 };
        seat.deliver(app, line, mailbox).await?;
        Ok(seat)
    }

    /// Asks again whose browser this is: it ends when the contact was deleted or the inbox was switched off, and comes back to
    /// fetch everything again when the contact was merged with another, or the browser passed to another.
    pub(super) async fn recheck(&mut self, app: &App) -> Result<(), End> {
        let (channel, contact) = (self.visitor.contact_inbox_id, self.visitor.contact_id);
        let (account, inbox) = (self.visitor.account_id, self.visitor.inbox_id);
        let read = async move |tx: &mut Tx<'_>| {
            let owner = contacts::owner_of_channel(tx, channel).await?;
            let is_open = inboxes::find(tx, account, inbox).await?.is_some_and(|it| it.enabled);
            Ok::<_, StoreError>((is_open, owner, events::trimmed_for_contact(tx, contact).await?))
        };
        match app.store.read(read).await? {
            (false, ..) => Err(Close::SessionEnded.into()),
            (true, None, _) => Err(Close::NotSignedIn.into()),
            (true, Some(owner), trimmed_to) if owner != contact || trimmed_to > self.cursor => Err(Close::AccountsChanged.into()),
            _ => Ok(()),
        }
    }

    /// Sends everything that is new, at the speed at which the client reads.
    pub(super) async fn deliver(&mut self, app: &App, line: &mut Line, mailbox: &Mailbox) -> Result<(), End> {
        loop {
            let (texts, places) = self.page(app).await?;
            let Some((first, last)) = places else { break };
            if first != self.cursor + 1 {
                // The log was trimmed under a slow reader: it comes back and is told to reload.
                return Err(Close::TooSlow.into());
            }
            line.send_all(texts.into_iter().map(Into::into)).await?;
            self.cursor = last;
        }
        for typing in mailbox.take_typing() {
            if typing.who != TypistId::Contact(self.visitor.contact_id) && self.reads(app, &typing).await? {
                line.send(&ServerFrame::Typing(typing.frame)).await?;
            }
        }
        Ok(())
    }

    /// Whether this browser may know of the conversation that somebody types in. Only a contact with several browsers is
    /// looked up for.
    async fn reads(&self, app: &App, typing: &Typing) -> Result<bool, StoreError> {
        let browser = self.visitor.contact_inbox_id;
        if typing.begun_in == browser {
            return Ok(true);
        }
        let conversation = typing.conversation;
        let find = async move |tx: &mut Tx<'_>| conversations::read_by_browser(tx, browser, conversation).await;
        Ok(app.store.read(find).await?.is_some())
    }

    async fn page(&self, app: &App) -> Result<(Vec<String>, Option<(i64, i64)>), StoreError> {
        let (contact, browser) = (self.visitor.contact_id, self.visitor.contact_inbox_id);
        let (after, website_token) = (self.cursor, self.website_token.clone());
        let read = async move |tx: &mut Tx<'_>| {
            let page = events::after_for_contact(tx, contact, after, tail::PAGE_EVENTS).await?;
            let reader = Reader { contact, website_token: &website_token };
            let (mut texts, mut bytes, mut last) = (Vec::with_capacity(page.len()), 0, None);
            for placed in &page {
                let text = render::for_browser(tx, browser, reader, placed).await?;
                bytes += text.as_ref().map_or(0, String::len);
                texts.extend(text);
                last = Some(placed.place);
                if bytes > tail::PAGE_BYTES_MAX {
                    break;
                }
            }
            Ok((texts, page.first().map(|it| it.place).zip(last)))
        };
        app.store.read(read).await
    }
}
