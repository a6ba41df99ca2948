//! Server, clients and what lies between them; each action is one step. The actions of people are here, those of the
//! network and the machine in `network`.

use super::action::Action;
use super::cast::{CONTACTS, DEVICES, Device, Reader, devices};
use super::check::{self, Kept, Typed, Writing};
use super::client::{Client, Waiting};
use super::durable::{Conversation, Durable};
use super::plant::Plant;
use super::server::Server;
use super::wire::{Answer, Draft, Echo, Frame, Request, Target};
use crate::id::ConversationId;
use crate::time::Millis;

/// What a run met, to show that the rare paths are walked.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Met {
    pub(super) stored: usize,
    pub(super) repeats: usize,
    pub(super) reloads: usize,
    pub(super) reloads_on_the_way: usize,
    pub(super) log_pages: usize,
    pub(super) restores: usize,
    pub(super) gone: usize,
    pub(super) refused: usize,
    pub(super) moved_on: usize,
}

#[derive(Debug)]
pub(super) struct World {
    pub(super) devices: Vec<Device>,
    pub(super) server: Server,
    pub(super) clients: Vec<Client>,
    pub(super) requests: Vec<(usize, Request)>,
    pub(super) answers: Vec<(usize, Answer)>,
    pub(super) now: Millis,
    pub(super) backup: Option<Durable>,
    pub(super) typed: Typed,
    pub(super) met: Met,
    /// The last number put on each line.
    pub(super) told: [i64; DEVICES],
    /// Only when somebody wants to read it.
    pub(super) story: Option<Vec<String>>,
    last_echo: Echo,
}

impl World {
    pub(super) fn new(plant: Plant) -> World {
        World {
            devices: devices(),
            server: Server::new(plant),
            clients: (0..DEVICES).map(|_| Client::new(plant)).collect(),
            requests: Vec::new(),
            answers: Vec::new(),
            now: Millis(1_000 * Millis::DAY),
            backup: None,
            typed: Typed::default(),
            met: Met::default(),
            told: [0; DEVICES],
            story: None,
            last_echo: 0,
        }
    }

    pub(super) fn tell(&mut self, line: impl FnOnce(&World) -> String) {
        if self.story.is_some() {
            let line = line(self);
            self.story.iter_mut().for_each(|story| story.push(line.clone()));
        }
    }

    pub(super) fn name(&self, device: usize) -> &'static str {
        self.devices[device].name
    }

    pub(super) fn step(&mut self, action: Action) -> Kept {
        self.now = self.now.plus(Millis::SECOND);
        match action {
            Action::Type { device, pick, note } => self.type_message(device, pick, note),
            Action::SetStatus { device, pick, wanted } => {
                if let Some(conversation) = self.shown(device, pick) {
                    self.tell(|it| format!("{} sets conversation {conversation} to {wanted}", it.name(device)));
                    self.requests.push((device, Request::SetStatus { conversation, wanted }));
                }
            }
            Action::Join { device, pick } => {
                if let Some(conversation) = self.shown(device, pick) {
                    self.tell(|it| format!("{} presses Join in conversation {conversation}", it.name(device)));
                    self.requests.push((device, Request::Join { conversation }));
                }
            }
            Action::MarkRead { device, pick } => self.mark_read(device, pick),
            Action::Typing { device, pick, note } => return self.typing(device, pick, note),
            Action::Flood { pick, events } => self.flood(pick, events),
            Action::PassDays { days } => {
                self.now = self.now.plus(days * Millis::DAY);
                self.tell(|_| format!("{days} days pass"));
            }
            other => return self.step_of_network(other),
        }
        Ok(())
    }

    /// A conversation on this device's screen: of the contact that `pick` names, or of the next one who has any there.
    fn shown(&self, device: usize, pick: usize) -> Option<ConversationId> {
        let of = self.clients[device].state.conversations.keys().map(|id| (self.distance_to_contact(*id, pick), *id)).collect::<Vec<_>>();
        let nearest = of.iter().map(|(distance, _)| *distance).min()?;
        let ids = of.into_iter().filter(|(distance, _)| *distance == nearest).map(|(_, id)| id).collect::<Vec<_>>();
        ids.iter().rev().nth(pick / CONTACTS % ids.len()).copied()
    }

    fn distance_to_contact(&self, id: ConversationId, pick: usize) -> usize {
        let contact = self.server.db.conversations.get(&id).and_then(|it| usize::try_from(it.contact.0).ok());
        contact.map_or(CONTACTS, |contact| (contact + CONTACTS - pick % CONTACTS) % CONTACTS)
    }

    fn type_message(&mut self, device: usize, pick: usize, note: bool) {
        let echo = self.last_echo + 1;
        let is_contact = matches!(self.devices[device].reader, Reader::Contact { .. });
        let target = if is_contact { Some(self.clients[device].contact_target(echo)) } else { self.shown(device, pick).map(Target::In) };
        let Some(target) = target else { return };
        self.last_echo = echo;
        let private = note && !is_contact;
        let draft = Draft { echo, target, body: format!("{} {echo}", if private { "note" } else { "message" }), private };
        self.tell(|it| match target {
            Target::New(_) => format!("{} types {:?} to begin a conversation", it.name(device), draft.body),
            Target::In(id) => format!("{} types {:?} in conversation {id}", it.name(device), draft.body),
        });
        let contact = match target {
            Target::In(id) => self.server.db.conversations.get(&id).map(|it| it.contact),
            Target::New(_) => None,
        };
        self.typed.drafts.insert(echo, Writing { device, draft: draft.clone(), contact });
        self.clients[device].outbox.push(Waiting { draft, sending: false });
    }

    fn mark_read(&mut self, device: usize, pick: usize) {
        let Some(conversation) = self.shown(device, pick) else { return };
        // The server cuts a count that is too high; what matters here is that several devices say different ones.
        let count = i64::try_from(1 + pick % 8).unwrap_or(1);
        self.tell(|it| format!("{} has read {count} messages of conversation {conversation}", it.name(device)));
        self.requests.push((device, Request::MarkRead { conversation, count }));
    }

    fn typing(&mut self, device: usize, pick: usize, note: bool) -> Kept {
        let Some(conversation) = self.shown(device, pick) else { return Ok(()) };
        let private = note && matches!(self.devices[device].reader, Reader::Member(_));
        self.tell(|it| format!("{} is typing in conversation {conversation}", it.name(device)));
        for reader in 0..DEVICES {
            let to = &self.devices[reader].reader;
            let may = self.server.db.find_for(to, conversation).is_some() && !(private && matches!(to, Reader::Contact { .. }));
            if let Some(connection) = self.server.connections[reader].as_mut().filter(|_| may) {
                connection.wire.push_back(Frame::Typing { conversation, private });
                self.look_at_last(reader)?;
            }
        }
        Ok(())
    }

    fn flood(&mut self, pick: usize, events: usize) {
        let of = self.server.db.conversations.values().map(|it: &Conversation| (it.id, it.inbox)).collect::<Vec<_>>();
        let Some((conversation, inbox)) = pick.checked_rem(of.len()).map(|index| of[index]) else { return };
        for _ in 0..events {
            self.server.db.append(crate::event::Event::ConversationUpdated {
                inbox,
                conversation,
                for_contacts: true,
                status_changed: false,
                marks_only: false,
            });
        }
        self.server.late.push(self.server.db.latest());
        self.tell(|_| format!("conversation {conversation} changes {events} times"));
    }

    /// Checks the frame that was just put on a line.
    pub(super) fn look_at_last(&mut self, device: usize) -> Kept {
        let frame = self.server.connections[device].as_ref().and_then(|it| it.wire.back());
        frame.map_or(Ok(()), |it| check::frame(&self.server.db, &self.devices[device], &mut self.told[device], it))
    }

    /// Checks a client after it took something in, and notes what it settled.
    pub(super) fn look_at_client(&mut self, device: usize) -> Kept {
        let client = &mut self.clients[device];
        self.typed.settled.extend(client.settled.drain(..));
        self.met.refused += client.refused.len();
        self.typed.refused.extend(client.refused.drain(..));
        check::contact_state(&self.server.db, &self.devices[device], &client.state)?;
        check::shown_once(&self.devices[device], client)
    }
}
