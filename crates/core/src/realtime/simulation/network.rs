//! The steps of network and machine: what is sent, lost, doubled, late, cut, restarted, restored. People's are in `world`.

use super::action::Action;
use super::cast::DEVICES;
use super::check::{self, Kept};
use super::wire::{Answer, Frame, Request};
use super::world::World;
use crate::event::Seq;

/// Added to a device, picks what has been under way longest.
pub(super) const OLDEST: usize = DEVICES;

impl World {
    pub(super) fn step_of_network(&mut self, action: Action) -> Kept {
        match action {
            Action::GoWell { device } => return self.go_well(device),
            Action::Send { device } => {
                if let Some(request) = self.clients[device].next_request() {
                    self.tell(|it| format!("{} {}", it.name(device), asked(&request)));
                    self.requests.push((device, request));
                }
            }
            Action::Arrive { pick, again } => self.arrive(pick, again),
            Action::LoseRequest { pick } => {
                if let Some((device, request)) = take(&mut self.requests, pick) {
                    self.tell(|it| format!("the network loses a request: {} {}", it.name(device), asked(&request)));
                }
            }
            Action::Commit => self.commit(),
            Action::Answer { pick } => return self.answer(pick),
            Action::LoseAnswer { pick } => {
                if let Some((device, answer)) = take(&mut self.answers, pick) {
                    self.tell(|it| format!("the network loses an answer to {}: {}", it.name(device), answered(&answer)));
                }
            }
            Action::TimeOut { device } => {
                if self.clients[device].time_out() {
                    self.tell(|it| format!("{} waited too long for an answer", it.name(device)));
                }
            }
            Action::Connect { device } => return self.connect(device),
            Action::Pull { device } => return self.pull(device).map(drop),
            Action::Read { device } => return self.read(device).map(drop),
            Action::Cut { device } => {
                if self.clients[device].online {
                    self.disconnect(device);
                    self.tell(|it| format!("the line of {} is cut", it.name(device)));
                }
            }
            Action::LoadPage { device } => {
                self.disconnect(device);
                self.clients[device].load_page();
                self.tell(|it| format!("{} loads the page again", it.name(device)));
            }
            other => self.step_of_machine(other),
        }
        Ok(())
    }

    /// Told in one line, however much of it there was to do.
    fn go_well(&mut self, device: usize) -> Kept {
        let before = self.story.as_mut().map(std::mem::take);
        let went = self.go_through(device);
        if let Some(mut story) = before {
            let name = self.name(device);
            let parts = self.story.take().unwrap_or_default().join("; ").replace(name, "it");
            if !parts.is_empty() {
                story.push(format!("for a moment all goes well for {name}: {parts}"));
            }
            self.story = Some(story);
        }
        went
    }

    fn go_through(&mut self, device: usize) -> Kept {
        self.connect(device)?;
        for _ in 0..2 {
            self.pull(device)?;
            while self.read(device)? {}
            self.step_of_network(Action::Send { device })?;
            while self.requests.iter().any(|(of, _)| *of == device) {
                self.arrive(OLDEST + device, false);
            }
            self.commit();
            while self.answers.iter().any(|(to, _)| *to == device) {
                self.answer(OLDEST + device)?;
            }
        }
        Ok(())
    }

    fn step_of_machine(&mut self, action: Action) {
        match action {
            Action::Notify { pick, again, alone } => self.notify(pick, again, alone),
            Action::Restart => {
                self.server.restart();
                self.drop_lines();
                self.tell(|_| "the server restarts".to_owned());
            }
            Action::Backup => {
                self.backup = Some(self.server.db.clone());
                self.tell(|_| "a backup is made".to_owned());
            }
            Action::Restore => self.restore(),
            Action::Trim { keep } => {
                let to = (self.server.db.latest().0 - keep).max(self.server.db.trimmed_to.0);
                self.server.db.trimmed_to = Seq(to);
                self.tell(|_| format!("the log is trimmed up to event {to}"));
            }
            _ => {}
        }
    }

    fn arrive(&mut self, pick: usize, again: bool) {
        let Some((device, request)) = take(&mut self.requests, pick) else { return };
        if again {
            self.requests.push((device, request.clone()));
        }
        let copies = if again { " (and a second copy is on its way)" } else { "" };
        self.tell(|it| format!("the server gets a request: {} {}{copies}", it.name(device), asked(&request)));
        self.server.group.push((device, request));
    }

    fn commit(&mut self) {
        if self.server.group.is_empty() {
            return;
        }
        let stored = self.server.db.messages.len();
        let conversations = self.server.db.last_conversation;
        let began = self.server.group.iter().filter(|(_, it)| begins(it)).count();
        let sends = self.server.group.iter().filter(|(_, it)| matches!(it, Request::Send(_))).count();
        let answers = self.server.commit(&self.devices, self.now);
        let stored = self.server.db.messages.values().skip(stored).filter(|it| it.echo.is_some()).count();
        let conversations = usize::try_from(self.server.db.last_conversation - conversations).unwrap_or(0);
        self.met.stored += stored;
        self.met.repeats += sends.saturating_sub(stored);
        self.met.moved_on += conversations.saturating_sub(began);
        self.answers.extend(answers);
        self.tell(|it| format!("the server commits; the log ends at event {}", it.server.db.latest().0));
    }

    fn answer(&mut self, pick: usize) -> Kept {
        let Some((device, answer)) = take(&mut self.answers, pick) else { return Ok(()) };
        self.tell(|it| format!("{} gets an answer: {}", it.name(device), answered(&answer)));
        let (history, before) = (self.clients[device].history(), self.clients[device].state.newest_places());
        self.clients[device].receive_answer(answer);
        if history.is_some() && history == self.clients[device].history() {
            check::never_back(&self.devices[device], &before, &self.clients[device].state.newest_places())?;
        }
        self.look_at_client(device)
    }

    fn connect(&mut self, device: usize) -> Kept {
        if self.clients[device].online {
            return Ok(());
        }
        self.clients[device].online = true;
        let said = self.clients[device].cursor;
        let reload = self.server.hello(device, &self.devices[device].reader, said);
        self.met.reloads += usize::from(reload);
        self.tell(|it| {
            let answer = if reload { "must reload" } else { "resumes" };
            format!("{} connects with cursor {:?} and {answer}", it.name(device), said.map(|it| it.1))
        });
        self.look_at_last(device)
    }

    /// Gives the number of frames put on the line.
    pub(super) fn pull(&mut self, device: usize) -> Result<usize, check::Broken> {
        let pulled = self.server.pull(device, &self.devices[device].reader);
        self.met.log_pages += usize::from(pulled.read_log);
        self.met.reloads_on_the_way += usize::from(pulled.reload);
        if let Some(connection) = &self.server.connections[device] {
            for frame in connection.wire.iter().skip(connection.wire.len() - pulled.frames) {
                check::frame(&self.server.db, &self.devices[device], &mut self.told[device], frame)?;
            }
        }
        if pulled.frames > 0 {
            let (frames, from) = (pulled.frames, if pulled.read_log { "the log" } else { "memory" });
            self.tell(|it| format!("the server writes {frames} frames from {from} to {}", it.name(device)));
        }
        Ok(pulled.frames)
    }

    /// Whether there was a frame to read.
    pub(super) fn read(&mut self, device: usize) -> Result<bool, check::Broken> {
        let Some(frame) = self.server.connections[device].as_mut().and_then(|it| it.wire.pop_front()) else { return Ok(false) };
        self.tell(|it| format!("{} reads: {}", it.name(device), told(&frame)));
        self.clients[device].receive(frame);
        self.look_at_client(device)?;
        Ok(true)
    }

    fn notify(&mut self, pick: usize, again: bool, alone: bool) {
        let Some(index) = pick.checked_rem(self.server.late.len()) else { return };
        let seq = if again { self.server.late[index] } else { self.server.late.remove(index) };
        self.server.notify(seq, alone);
        let how = if alone { "is given" } else { "hears of" };
        self.tell(|_| format!("the feed {how} event {}", seq.0));
    }

    fn disconnect(&mut self, device: usize) {
        self.server.connections[device] = None;
        self.clients[device].cut();
    }

    fn drop_lines(&mut self) {
        self.requests.clear();
        self.answers.clear();
        self.clients.iter_mut().for_each(super::client::Client::cut);
    }

    fn restore(&mut self) {
        let Some(backup) = self.backup.clone() else { return };
        self.server.restore(backup);
        self.drop_lines();
        let kept = self.server.db.messages.values().filter_map(|it| it.echo).collect::<std::collections::BTreeSet<_>>();
        let lost = self.typed.settled.difference(&kept).copied().collect::<Vec<_>>();
        self.met.gone += lost.len();
        self.typed.gone.extend(lost);
        self.met.restores += 1;
        self.tell(|it| format!("the backup is restored; the log ends at event {}", it.server.db.latest().0));
    }
}

/// Something of the device that `pick` names, or of the next one that has any; so that `pick` still means the same
/// when other devices do less.
fn take<T>(list: &mut Vec<(usize, T)>, pick: usize) -> Option<(usize, T)> {
    let distance = |device: usize| (device + DEVICES - pick % DEVICES) % DEVICES;
    let nearest = list.iter().map(|(device, _)| distance(*device)).min()?;
    let mut of_device = list.iter().enumerate().filter(|(_, (device, _))| distance(*device) == nearest).map(|(index, _)| index);
    let takes_newest = (pick / DEVICES).is_multiple_of(3);
    let index = if takes_newest { of_device.next_back() } else { of_device.next() }?;
    Some(list.remove(index))
}

fn begins(request: &Request) -> bool {
    matches!(request, Request::Send(draft) if matches!(draft.target, super::wire::Target::New(_)))
}

fn asked(request: &Request) -> String {
    match request {
        Request::Send(draft) => format!("sends {:?}", draft.body),
        Request::Fetch { .. } => "asks for everything".to_owned(),
        Request::SetStatus { conversation, wanted } => format!("sets conversation {conversation} to {wanted}"),
        Request::Join { conversation } => format!("joins conversation {conversation}"),
        Request::MarkRead { conversation, count } => format!("has read {count} messages of conversation {conversation}"),
    }
}

fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Stored { message, .. } => format!("{:?} is stored in conversation {}", message.content, message.conversation),
        Answer::Refused { echo } => format!("message {echo} is refused"),
        Answer::Snapshot { state, .. } => {
            format!("{} conversations, {} messages", state.conversations.len(), state.messages.len())
        }
        Answer::Done => "done".to_owned(),
    }
}

fn told(frame: &Frame) -> String {
    match frame {
        Frame::Resumed { cursor } => format!("resumed after {cursor}"),
        Frame::Reload { cursor, .. } => format!("reload, more follows after {cursor}"),
        Frame::Event { seq, .. } => format!("event {seq}"),
        Frame::Cursor { seq } => format!("nothing for you up to {seq}"),
        Frame::Typing { conversation, .. } => format!("typing in conversation {conversation}"),
    }
}
