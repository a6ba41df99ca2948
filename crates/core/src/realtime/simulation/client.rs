//! A client by the contract: an outbox that loses and doubles nothing, and a state that follows the events.

use super::plant::Plant;
use super::state::State;
use super::wire::{Answer, ConversationView, Draft, Echo, Epoch, Frame, MessageView, News, Request, Target};
use crate::id::ConversationId;

#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) draft: Draft,
    pub(super) sending: bool,
}

/// A fetch after `reload`. State and cursor are taken over together, when the answer is here.
#[derive(Debug)]
struct Sync {
    attempt: u64,
    epoch: Epoch,
    cursor: i64,
    asked: bool,
    /// Events that came while fetching; the snapshot may be older than they are.
    frames: Vec<Frame>,
    /// Answers that came while fetching: the snapshot may be older than they are, too.
    stored: Vec<(ConversationView, MessageView)>,
}

#[derive(Debug)]
pub(super) struct Client {
    pub(super) online: bool,
    pub(super) state: State,
    pub(super) cursor: Option<(Epoch, i64)>,
    pub(super) outbox: Vec<Waiting>,
    /// Settled since the world last looked.
    pub(super) settled: Vec<Echo>,
    pub(super) refused: Vec<Echo>,
    sync: Option<Sync>,
    attempts: u64,
    plant: Plant,
}

impl Client {
    pub(super) fn new(plant: Plant) -> Client {
        Client {
            online: false,
            state: State::default(),
            cursor: None,
            outbox: Vec::new(),
            settled: Vec::new(),
            refused: Vec::new(),
            sync: None,
            attempts: 0,
            plant,
        }
    }

    /// Whether state and cursor belong to each other and nothing is under way.
    pub(super) fn is_settled(&self) -> bool {
        self.online && self.sync.is_none() && self.outbox.is_empty()
    }

    /// The history that the state is from, once it was fetched.
    pub(super) fn history(&self) -> Option<Epoch> {
        self.cursor.map(|(epoch, _)| epoch)
    }

    /// Where a contact's next message goes: what is on the screen, or the conversation that is just being begun.
    pub(super) fn contact_target(&self, echo: Echo) -> Target {
        let beginning = || self.outbox.iter().map(|it| it.draft.target).rfind(|it| matches!(it, Target::New(_)));
        self.state.newest().map(Target::In).or_else(beginning).unwrap_or(Target::New(echo))
    }

    /// The next thing to ask the server for, if any: the snapshot first, then the first message whose queue is free.
    pub(super) fn next_request(&mut self) -> Option<Request> {
        if let Some(sync) = self.sync.as_mut().filter(|it| !it.asked) {
            sync.asked = true;
            return Some(Request::Fetch { attempt: sync.attempt });
        }
        let busy = |target: Target| self.outbox.iter().any(|it| it.sending && it.draft.target == target);
        let ahead = self.plant == Plant::SendsAhead;
        let next = self.outbox.iter().position(|it| !it.sending && (ahead || !busy(it.draft.target)))?;
        let waiting = self.outbox.get_mut(next)?;
        waiting.sending = true;
        Some(Request::Send(waiting.draft.clone()))
    }

    /// No answer came in time. The request may still arrive, so it is repeated under the same key.
    pub(super) fn time_out(&mut self) -> bool {
        let mut any = false;
        for waiting in &mut self.outbox {
            any |= std::mem::take(&mut waiting.sending);
        }
        if let Some(sync) = self.sync.as_mut().filter(|it| it.asked) {
            self.attempts += 1;
            (sync.attempt, sync.asked, any) = (self.attempts, false, true);
        }
        any
    }

    /// The line broke. What was not taken over is as if it had never come.
    pub(super) fn cut(&mut self) {
        self.online = false;
        self.sync = None;
    }

    /// The page is loaded again: only the outbox was kept.
    pub(super) fn load_page(&mut self) {
        self.cut();
        self.time_out();
        self.state = State::default();
        self.cursor = None;
    }

    pub(super) fn receive(&mut self, frame: Frame) {
        match (frame, &mut self.sync) {
            (Frame::Reload { epoch, cursor }, _) => {
                self.attempts += 1;
                self.sync = Some(Sync { attempt: self.attempts, epoch, cursor, asked: false, frames: Vec::new(), stored: Vec::new() });
                if self.plant == Plant::CursorBeforeSnapshot {
                    self.cursor = Some((epoch, cursor));
                }
            }
            (frame, Some(sync)) if self.plant != Plant::AppliesWhileFetching => sync.frames.push(frame),
            (frame, _) => self.apply(frame),
        }
    }

    fn apply(&mut self, frame: Frame) {
        let seq = match frame {
            Frame::Event { seq, news } => {
                let echo = match &news {
                    News::Message(_, message) => message.echo.map(|echo| (echo, message.conversation)),
                    _ => None,
                };
                self.state.apply(news);
                if let Some((echo, conversation)) = echo {
                    self.settle(echo, conversation);
                }
                seq
            }
            Frame::Cursor { seq } => seq,
            Frame::Resumed { .. } | Frame::Reload { .. } | Frame::Typing { .. } => return,
        };
        if let Some((_, cursor)) = &mut self.cursor {
            *cursor = seq.max(*cursor);
        }
    }

    pub(super) fn receive_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Stored { echo, conversation, message } => {
                self.settle(echo, message.conversation);
                if let Some(sync) = &mut self.sync {
                    sync.stored.push((conversation.clone(), message.clone()));
                }
                self.show_stored(conversation, message);
            }
            Answer::Refused { echo } => {
                self.outbox.retain(|it| it.draft.echo != echo);
                self.refused.push(echo);
            }
            Answer::Snapshot { attempt, state } => self.take_over(attempt, state),
            Answer::Done => {}
        }
    }

    fn take_over(&mut self, attempt: u64, state: State) {
        let Some(sync) = self.sync.take_if(|it| it.attempt == attempt) else { return };
        self.state = state;
        self.cursor = Some((sync.epoch, sync.cursor));
        let own = |message: &MessageView| message.echo.map(|echo| (echo, message.conversation));
        for (echo, conversation) in self.state.messages.values().filter_map(own).collect::<Vec<_>>() {
            self.settle(echo, conversation);
        }
        if self.plant != Plant::ForgetsAnswersOnReload {
            sync.stored.into_iter().for_each(|(conversation, message)| self.show_stored(conversation, message));
        }
        sync.frames.into_iter().for_each(|frame| self.apply(frame));
    }

    /// The answer may be older than events that came before it, so it moves no conversation that is known. An unknown one
    /// is shown at once: what is typed next belongs there, behind what has moved there.
    fn show_stored(&mut self, conversation: ConversationView, message: MessageView) {
        self.state.put(message);
        if self.plant == Plant::AnswerOverwrites {
            self.state.conversations.insert(conversation.id, conversation);
        } else if self.plant != Plant::StaysOnTheOldOne {
            self.state.conversations.entry(conversation.id).or_insert(conversation);
        }
    }

    /// The message is stored: it leaves the outbox, and what was queued behind it follows it to where it went.
    fn settle(&mut self, echo: Echo, conversation: ConversationId) {
        let Some(index) = self.outbox.iter().position(|it| it.draft.echo == echo) else { return };
        let target = self.outbox.remove(index).draft.target;
        self.settled.push(echo);
        for behind in self.outbox.iter_mut().filter(|it| it.draft.target == target) {
            behind.draft.target = Target::In(conversation);
        }
    }
}
