//! The database: rows, the event log, and what each reader may fetch of them. Decisions are in `requests`.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::Reader;
use super::plant::Plant;
use super::state::State;
use super::wire::{ConversationView, Echo, Epoch, From, MessageView};
use crate::conversation::Status;
use crate::event::{Event, Seq};
use crate::id::{ContactId, ConversationId, InboxId, MessageId, UserId};
use crate::realtime::Position;
use crate::time::Millis;

/// A place of the log, with the number under which one contact hears of it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) seq: Seq,
    pub(super) event: Event,
    pub(super) contact: Option<(ContactId, i64)>,
}

impl Position for Entry {
    fn seq(&self) -> Seq {
        self.seq
    }

    fn bytes(&self) -> usize {
        1
    }
}

#[derive(Debug, Clone)]
pub(super) struct Conversation {
    pub(super) id: ConversationId,
    pub(super) inbox: InboxId,
    pub(super) contact: ContactId,
    pub(super) start_key: Option<Echo>,
    pub(super) status: Status,
    pub(super) resolved_at: Option<Millis>,
    pub(super) owner: Option<UserId>,
    pub(super) joined: BTreeSet<UserId>,
    pub(super) message_count: i64,
    pub(super) contact_message_count: i64,
    pub(super) incoming_count: i64,
    pub(super) outgoing_count: i64,
    pub(super) contact_read_count: i64,
    pub(super) last_message: Option<MessageId>,
}

impl Conversation {
    /// As this reader may see it.
    pub(super) fn view(&self, reader: &Reader) -> ConversationView {
        let for_members = matches!(reader, Reader::Member(_));
        // Putting aside is the team's own business: to contacts it stays open.
        let status = if for_members || self.status == Status::Resolved { self.status } else { Status::Open };
        ConversationView {
            id: self.id,
            status,
            owner: self.owner.filter(|_| for_members),
            joined: self.joined.clone(),
            incoming_count: if for_members { self.incoming_count } else { 0 },
            last_message: self.last_message.filter(|_| for_members),
            contact_read_count: if for_members { self.contact_read_count } else { 0 },
            unread_count: if for_members { 0 } else { self.outgoing_count - self.contact_read_count },
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    Contact(ContactId),
    User(UserId),
    System,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) id: MessageId,
    pub(super) conversation: ConversationId,
    pub(super) position: i64,
    pub(super) contact_position: Option<i64>,
    pub(super) private: bool,
    pub(super) sender: Sender,
    pub(super) body: String,
    pub(super) contact_body: Option<String>,
    pub(super) echo: Option<Echo>,
}

/// Everything that survives a crash. The log is kept whole; `trimmed_to` says what may still be read.
#[derive(Debug, Clone)]
pub(super) struct Durable {
    pub(super) epoch: Epoch,
    pub(super) log: Vec<Entry>,
    pub(super) trimmed_to: Seq,
    pub(super) conversations: BTreeMap<ConversationId, Conversation>,
    /// The last id given; a restore must not hand it out again, as old pages still write to it.
    pub(super) last_conversation: i64,
    pub(super) messages: BTreeMap<MessageId, Message>,
    /// The places of the log that each contact may see; the number is the index + 1.
    pub(super) numbers: BTreeMap<ContactId, Vec<Seq>>,
    pub(super) reads: BTreeMap<(ConversationId, UserId), i64>,
    pub(super) plant: Plant,
}

impl Durable {
    pub(super) fn new(plant: Plant) -> Durable {
        Durable {
            epoch: 1,
            log: Vec::new(),
            trimmed_to: Seq(0),
            conversations: BTreeMap::new(),
            last_conversation: 0,
            messages: BTreeMap::new(),
            numbers: BTreeMap::new(),
            reads: BTreeMap::new(),
            plant,
        }
    }

    pub(super) fn latest(&self) -> Seq {
        self.log.last().map_or(Seq(0), |it| it.seq)
    }

    /// What was not trimmed, after a place.
    pub(super) fn after(&self, seq: Seq) -> &[Entry] {
        let from = usize::try_from(seq.max(self.trimmed_to).0).unwrap_or(0);
        self.log.get(from..).unwrap_or_default()
    }

    pub(super) fn append(&mut self, event: Event) {
        let seq = Seq(self.latest().0 + 1);
        let contact = event.audience().contacts_in.map(|conversation| self.conversation(conversation).contact);
        let contact = contact.map(|contact| {
            let numbers = self.numbers.entry(contact).or_default();
            numbers.push(seq);
            (contact, count(numbers))
        });
        self.log.push(Entry { seq, event, contact });
    }

    /// How many of a contact's numbers can no longer be read.
    pub(super) fn trimmed_numbers(&self, contact: ContactId) -> i64 {
        self.numbers.get(&contact).map_or(0, |it| i64::try_from(it.partition_point(|seq| *seq <= self.trimmed_to)).expect("small"))
    }

    pub(super) fn numbers_count(&self, contact: ContactId) -> i64 {
        self.numbers.get(&contact).map_or(0, |it| count(it))
    }

    pub(super) fn conversation(&self, id: ConversationId) -> &Conversation {
        self.conversations.get(&id).expect("ids in rows point to rows")
    }

    pub(super) fn conversation_mut(&mut self, id: ConversationId) -> &mut Conversation {
        self.conversations.get_mut(&id).expect("ids in rows point to rows")
    }

    /// Authorises by what is loaded: what a reader may not see does not exist.
    pub(super) fn find_for(&self, reader: &Reader, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(&id).filter(|it| match reader {
            Reader::Member(viewer) => viewer.sees_inbox(it.inbox),
            Reader::Contact { contact, .. } => it.contact == *contact,
        })
    }

    /// `None` when it does not exist for this reader.
    pub(super) fn message_view(&self, reader: &Reader, it: &Message) -> Option<MessageView> {
        let (place, content, mine) = match reader {
            Reader::Member(_) => (it.position, &it.body, false),
            Reader::Contact { contact, .. } => {
                let sentence = it.contact_body.as_ref().filter(|_| self.plant != Plant::TellsTeamSentences);
                (it.contact_position?, sentence.unwrap_or(&it.body), it.sender == Sender::Contact(*contact))
            }
        };
        let from = match it.sender {
            Sender::Contact(_) if mine => From::Me,
            Sender::Contact(_) => From::Contact,
            Sender::User(_) => From::Agent,
            Sender::System => From::Event,
        };
        let echo = it.echo.filter(|_| mine || matches!(reader, Reader::Member(_)));
        Some(MessageView { conversation: it.conversation, place, from, private: it.private, content: content.clone(), echo })
    }

    /// What a fetch gives: members all they see, contacts their newest conversation.
    pub(super) fn snapshot(&self, reader: &Reader) -> State {
        let mut all = State::default();
        for it in self.conversations.values().filter(|it| self.find_for(reader, it.id).is_some()) {
            all.conversations.insert(it.id, it.view(reader));
        }
        let seen = self.messages.values().filter(|it| self.find_for(reader, it.conversation).is_some());
        seen.filter_map(|it| self.message_view(reader, it)).for_each(|it| all.put(it));
        let Reader::Member(viewer) = reader else {
            let newest = all.newest();
            return all.pages_of(|id| Some(id) == newest);
        };
        all.reads = self.reads.iter().filter(|((_, user), _)| *user == viewer.user).map(|((id, _), read)| (*id, *read)).collect();
        all.pages_of(|_| true)
    }
}

fn count<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).expect("small")
}
