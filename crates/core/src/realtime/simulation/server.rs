//! The server process: what it has read but not committed, its feed, its connections. All of it is gone after a restart.

use super::cast::{DEVICES, Device};
use super::delivery::Connection;
use super::durable::{Durable, Entry};
use super::plant::Plant;
use super::requests::perform;
use super::wire::{Answer, Request};
use crate::event::Seq;
use crate::realtime::Feed;
use crate::time::Millis;

#[derive(Debug)]
pub(super) struct Server {
    pub(super) db: Durable,
    /// Requests in the group that is committed next.
    pub(super) group: Vec<(usize, Request)>,
    pub(super) feed: Feed<Entry>,
    /// Commits that the feed was not told of yet.
    pub(super) late: Vec<Seq>,
    pub(super) connections: Vec<Option<Connection>>,
    /// Only with [`Plant::AnswersTooEarly`]: what is really on the disk.
    synced: Option<Durable>,
}

impl Server {
    pub(super) fn new(plant: Plant) -> Server {
        Server {
            db: Durable::new(plant),
            group: Vec::new(),
            feed: Feed::starting_after(Seq(0)),
            late: Vec::new(),
            connections: (0..DEVICES).map(|_| None).collect(),
            synced: None,
        }
    }

    /// Commits the group and gives the answers that go out after it.
    pub(super) fn commit(&mut self, devices: &[Device], now: Millis) -> Vec<(usize, Answer)> {
        if self.db.plant == Plant::AnswersTooEarly {
            self.synced = Some(self.db.clone());
        }
        let before = self.db.latest();
        let group = std::mem::take(&mut self.group);
        let mut answers = Vec::new();
        for (device, request) in group {
            answers.push((device, perform(&mut self.db, &devices[device].reader, request, now)));
        }
        self.late.extend((before.0 + 1..=self.db.latest().0).map(Seq));
        answers
    }

    /// The feed hears of a commit and reads the log, or, on another kind of bus, is given just that entry.
    pub(super) fn notify(&mut self, seq: Seq, alone: bool) {
        let news = self.db.after(self.feed.latest()).iter().filter(|it| !alone || it.seq == seq);
        self.feed.extend(news.cloned());
        if self.db.plant != Plant::WaitsForTheTrimmed {
            self.feed.reach(seq);
        }
    }

    /// The process ends and another begins.
    pub(super) fn restart(&mut self) {
        if let Some(synced) = self.synced.take() {
            self.db = synced;
        }
        self.group.clear();
        self.late.clear();
        self.connections.iter_mut().for_each(|it| *it = None);
        self.feed = Feed::starting_after(self.db.latest());
    }

    /// An older copy of the database takes the place of this one, under a new epoch.
    pub(super) fn restore(&mut self, backup: Durable) {
        let (epoch, last_conversation) = (self.db.epoch, self.db.last_conversation);
        let epoch = if backup.plant == Plant::KeepsEpoch { epoch } else { epoch + 1 };
        let last_conversation = if backup.plant == Plant::ReusesNumbers { backup.last_conversation } else { last_conversation };
        self.db = Durable { epoch, last_conversation, ..backup };
        self.synced = None;
        self.restart();
    }
}
