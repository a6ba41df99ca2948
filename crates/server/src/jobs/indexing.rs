//! Keeps the index of words in step with the log: what a page of it told of is cut into words outside of any write, then the
//! index and the cursor move in one transaction. What was there before the index was follows when nothing newer waits.

use std::collections::BTreeSet;
use std::sync::Arc;

use frontdesk_core::event::{Event, Seq};
use frontdesk_core::id::{AccountId, ContactId, MessageId};
use frontdesk_store::search;
use frontdesk_store::{Store, StoreError, Tx, events};

use super::{Pass, REST};
use crate::app::App;

/// Events read at once for one account.
const PAGE_EVENTS: i64 = 200;
/// Older texts indexed at once: messages wait for the writer meanwhile.
const BACKLOG_TEXTS: i64 = 200;

pub(super) async fn run(app: &App) -> Result<Pass, StoreError> {
    let behind = app.store.read(async |tx: &mut Tx<'_>| search::behind(tx).await).await?;
    let mut pass = REST;
    for (account, from) in behind {
        let (thing, now) = (("index of account", account.0), app.now());
        if !app.setbacks.waits(thing, now) && app.setbacks.tried(thing, follow(app, account, from).await, now) == Some(true) {
            pass = Pass::More;
        }
    }
    if pass == REST && index_older(&app.store).await? {
        pass = Pass::More;
    }
    Ok(pass)
}

/// Indexes what the next page of an account's log tells of.
async fn follow(app: &App, account: AccountId, from: Seq) -> Result<bool, StoreError> {
    let read = async move |tx: &mut Tx<'_>| {
        let page = events::after(tx, account, from, PAGE_EVENTS).await?;
        let (mut messages, mut contacts) = (BTreeSet::new(), BTreeSet::new());
        for placed in &page {
            match concerned(&placed.event) {
                Some(Concerned::Message(id)) => _ = messages.insert(id),
                Some(Concerned::Contact(id)) => _ = contacts.insert(id),
                None => {}
            }
        }
        let mut entries = Vec::with_capacity(messages.len() + contacts.len());
        for id in messages {
            entries.extend(search::message(tx, id).await?);
        }
        for id in contacts {
            entries.extend(search::contact(tx, id).await?);
        }
        Ok::<_, StoreError>(page.last().map(|last| (Seq(last.place), entries)))
    };
    let Some((to, entries)) = app.store.read(read).await? else { return Ok(false) };
    let write = async move |tx: &mut Tx<'_>| {
        // Another node may have indexed the same page.
        if search::advance(tx, account, from, to).await? {
            search::index(tx, &entries).await?;
        }
        Ok(true)
    };
    app.store.write(write).await
}

/// Indexes the next part of what was there before the index was; false when there is nothing left.
pub(crate) async fn index_older(store: &Store) -> Result<bool, StoreError> {
    let found = store.read(async |tx: &mut Tx<'_>| search::backlog(tx, BACKLOG_TEXTS).await).await?;
    let Some(backlog) = found.map(Arc::new) else { return Ok(false) };
    let write = async move |tx: &mut Tx<'_>| {
        if search::shrink(tx, &backlog).await? {
            search::index(tx, &backlog.entries).await?;
        }
        Ok(true)
    };
    store.write(write).await
}

/// What of an event may be found by its words.
enum Concerned {
    Message(MessageId),
    Contact(ContactId),
}

fn concerned(event: &Event) -> Option<Concerned> {
    match event {
        Event::MessageCreated { message, .. } | Event::MessageUpdated { message, .. } => Some(Concerned::Message(*message)),
        Event::ContactUpdated { contact } => Some(Concerned::Contact(*contact)),
        // What is deleted has left the index with its row; whoever a contact was merged into is known by more now.
        Event::ContactDeleted { into, .. } => into.map(Concerned::Contact),
        Event::ConversationCreated { .. }
        | Event::ConversationUpdated { .. }
        | Event::ConversationRead { .. }
        | Event::ConversationUnread { .. }
        | Event::MemberAdded { .. }
        | Event::MemberUpdated { .. }
        | Event::LabelsChanged { .. }
        | Event::InboxUpdated { .. }
        | Event::InboxDeleted { .. }
        | Event::InboxMembersChanged { .. } => None,
    }
}
