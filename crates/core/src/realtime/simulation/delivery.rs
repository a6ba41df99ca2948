//! One connection's way through the log: hello, pull, filter, frames. The pure halves are `resume` and `Feed`.

use std::collections::VecDeque;

use super::cast::Reader;
use super::durable::{Durable, Entry};
use super::plant::Plant;
use super::server::Server;
use super::wire::{Epoch, Frame, News};
use crate::event::{Event, Seq};
use crate::realtime::{LogState, Pull, Resume, resume};

/// Entries that a connection takes at once.
const BATCH_ENTRIES: usize = 16;
/// Frames under way to a reader that does not read; further ones wait in the log.
const WIRE_FRAMES_MAX: usize = 24;

#[derive(Debug)]
pub(super) struct Connection {
    /// Where it stands in the account's log.
    place: Seq,
    /// A contact's last number; a member's last place.
    told: i64,
    pub(super) wire: VecDeque<Frame>,
}

/// What happened in a pull, for the statistics.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Pulled {
    pub(super) frames: usize,
    pub(super) read_log: bool,
    pub(super) reload: bool,
}

impl Server {
    /// The client's first frame. Says whether it must reload.
    pub(super) fn hello(&mut self, device: usize, reader: &Reader, said: Option<(Epoch, i64)>) -> bool {
        let mut connection = Connection { place: Seq(0), told: 0, wire: VecDeque::new() };
        let reload = greet(&self.db, reader, said, &mut connection, true);
        self.connections[device] = Some(connection);
        reload
    }

    /// Moves one connection on by a batch, as far as its wire has room.
    pub(super) fn pull(&mut self, device: usize, reader: &Reader) -> Pulled {
        let mut done = Pulled::default();
        let Some(connection) = self.connections[device].as_mut().filter(|it| it.wire.len() < WIRE_FRAMES_MAX) else { return done };
        let before = connection.wire.len();
        match self.feed.pull(connection.place, BATCH_ENTRIES) {
            Pull::UpToDate => {}
            Pull::Entries(entries) => {
                deliver(&self.db, reader, connection, &entries.iter().collect::<Vec<_>>(), true);
            }
            Pull::ReadLog => {
                done.read_log = true;
                done.reload = read_log(&self.db, reader, connection);
            }
        }
        done.frames = connection.wire.len() - before;
        done
    }
}

/// Whoever fell out of the window is asked for again, as at a hello: the log may have been trimmed, or be too long.
fn read_log(db: &Durable, reader: &Reader, connection: &mut Connection) -> bool {
    let stands = Some((db.epoch, connection.told));
    if db.plant != Plant::ReadsPastTheTrim && greet(db, reader, stands, connection, false) {
        return true;
    }
    let after = db.after(connection.place);
    let page: Vec<&Entry> = match reader {
        Reader::Member(_) => after.iter().take(BATCH_ENTRIES).collect(),
        Reader::Contact { contact, .. } => {
            after.iter().filter(|it| it.contact.is_some_and(|(who, _)| who == *contact)).take(BATCH_ENTRIES).collect()
        }
    };
    let whole = page.len() < BATCH_ENTRIES;
    deliver(db, reader, connection, &page, db.plant != Plant::FiltersTheWindowOnly);
    if whole {
        connection.place = db.latest();
    }
    false
}

/// Decides between resumed and reload, and tells it: reload always, resumed only to a hello.
fn greet(db: &Durable, reader: &Reader, said: Option<(Epoch, i64)>, connection: &mut Connection, is_hello: bool) -> bool {
    let epoch = db.epoch.to_string();
    let (latest, trimmed_to) = match reader {
        Reader::Member(_) => (db.latest(), db.trimmed_to),
        Reader::Contact { contact, .. } => (Seq(db.numbers_count(*contact)), Seq(db.trimmed_numbers(*contact))),
    };
    let said_epoch = said.map(|(epoch, _)| epoch.to_string());
    let log = LogState { epoch: &epoch, latest, trimmed_to };
    match resume(said_epoch.as_deref(), said.map(|(_, cursor)| Seq(cursor)), log) {
        Resume::Resumed(cursor) => {
            if is_hello {
                connection.told = cursor.0;
                connection.place = place_of(db, reader, cursor);
                connection.wire.push_back(Frame::Resumed { cursor: cursor.0 });
            }
            false
        }
        Resume::Reload(cursor) => {
            connection.told = cursor.0;
            connection.place = db.latest();
            connection.wire.push_back(Frame::Reload { epoch: db.epoch, cursor: cursor.0 });
            true
        }
    }
}

/// The place of the account's log behind which a reader's next entry stands.
fn place_of(db: &Durable, reader: &Reader, cursor: Seq) -> Seq {
    let Reader::Contact { contact, .. } = reader else { return cursor };
    let heard = usize::try_from(cursor.0 - 1).ok().and_then(|index| db.numbers.get(contact)?.get(index));
    heard.copied().unwrap_or(Seq(0))
}

fn deliver(db: &Durable, reader: &Reader, connection: &mut Connection, entries: &[&Entry], filtered: bool) {
    for entry in entries {
        connection.place = entry.seq;
        let seq = match reader {
            Reader::Member(viewer) if !filtered || entry.event.audience().members.include(viewer) => entry.seq.0,
            Reader::Contact { contact, .. } => match entry.contact {
                // A restarted reader may meet an entry of which it was told before.
                Some((who, number)) if who == *contact && number > connection.told => number,
                _ => continue,
            },
            Reader::Member(_) => continue,
        };
        connection.told = seq;
        let seq = if db.plant == Plant::TellsLogNumbers { entry.seq.0 } else { seq };
        connection.wire.push_back(Frame::Event { seq, news: news(db, reader, &entry.event) });
    }
    if matches!(reader, Reader::Member(_)) && connection.told < connection.place.0 {
        connection.told = connection.place.0;
        connection.wire.push_back(Frame::Cursor { seq: connection.told });
    }
}

/// The event with the state as it is now.
fn news(db: &Durable, reader: &Reader, event: &Event) -> News {
    if let Event::ConversationRead { conversation, read_count, .. } = *event {
        return News::Read { conversation, count: read_count };
    }
    let Some(conversation) = event.conversation().and_then(|id| db.conversations.get(&id)) else { return News::Other };
    let view = conversation.view(reader);
    match event.message().and_then(|id| db.messages.get(&id)).and_then(|it| db.message_view(reader, it)) {
        Some(message) => News::Message(view, message),
        None => News::Conversation(view),
    }
}
