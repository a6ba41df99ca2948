//! What each request does to the database, decided by the project's own rules. When it runs and who hears is the server's.

use super::cast::{Reader, user_name};
use super::durable::{Conversation, Durable, Message, Sender};
use super::plant::Plant;
use super::wire::{Answer, Draft, Request, Target};
use crate::conversation::{Accept, Activity, Content, Incoming, Joining, MessageKind, Status, accept, incoming, joining, set_status};
use crate::event::Event;
use crate::id::{ContactId, ConversationId, InboxId, MessageId, UserId};
use crate::time::Millis;

/// One transaction.
pub(super) fn perform(db: &mut Durable, reader: &Reader, request: Request, now: Millis) -> Answer {
    match request {
        Request::Send(draft) => send(db, reader, &draft, now),
        Request::Fetch { attempt } => Answer::Snapshot { attempt, state: db.snapshot(reader) },
        Request::SetStatus { conversation, wanted } => {
            if let Some((user, id)) = seen_by_member(db, reader, conversation) {
                change_status(db, user, id, wanted, now);
            }
            Answer::Done
        }
        Request::Join { conversation } => {
            if let Some((user, id)) = seen_by_member(db, reader, conversation) {
                join(db, user, id, false);
            }
            Answer::Done
        }
        Request::MarkRead { conversation, count } => {
            mark_read(db, reader, conversation, count);
            Answer::Done
        }
    }
}

fn seen_by_member(db: &Durable, reader: &Reader, id: ConversationId) -> Option<(UserId, ConversationId)> {
    let Reader::Member(viewer) = reader else { return None };
    db.find_for(reader, id).map(|it| (viewer.user, it.id))
}

fn send(db: &mut Durable, reader: &Reader, draft: &Draft, now: Millis) -> Answer {
    let sent = match (reader, draft.target) {
        (Reader::Contact { contact, inbox }, target) => send_as_contact(db, *contact, *inbox, target, draft, now),
        (Reader::Member(viewer), Target::In(id)) if db.find_for(reader, id).is_some() => send_as_member(db, viewer.user, id, draft),
        (Reader::Member(_), _) => None,
    };
    let Some(message) = sent.and_then(|id| db.messages.get(&id)) else { return Answer::Refused { echo: draft.echo } };
    let conversation = db.conversation(message.conversation).view(reader);
    match db.message_view(reader, message) {
        Some(message) => Answer::Stored { echo: draft.echo, conversation, message },
        None => Answer::Refused { echo: draft.echo },
    }
}

/// The message that answers this send, or `None` when it is refused.
fn send_as_contact(db: &mut Durable, contact: ContactId, inbox: InboxId, target: Target, draft: &Draft, now: Millis) -> Option<MessageId> {
    let named = match target {
        Target::In(id) => Some(db.conversations.get(&id).filter(|it| it.contact == contact)?.id),
        Target::New(key) => db.conversations.values().find(|it| it.contact == contact && it.start_key == Some(key)).map(|it| it.id),
    };
    // A message to a conversation resolved long ago went into another one, so a repeat is looked for in all of the contact's.
    let within = named.filter(|_| db.plant == Plant::ForgetsWhereItWent);
    let first = first_copy(db, Sender::Contact(contact), within, draft);
    let stored = first.map(|it| Content::text(&it.body, it.private));
    match accept(stored.as_ref(), &Content::text(&draft.body, draft.private)) {
        Accept::Same => return first.map(|it| it.id),
        Accept::Conflict => return None,
        Accept::New => {}
    }
    let (Target::In(_), Some(named)) = (target, named) else {
        let Target::New(key) = target else { return None };
        let id = named.unwrap_or_else(|| start(db, contact, inbox, Some(key)));
        return Some(store(db, id, Sender::Contact(contact), draft));
    };
    let id = place_for(db, named, now);
    if db.conversation(id).status != Status::Open && incoming_now(db, id, now) == Incoming::Reopen {
        let it = db.conversation_mut(id);
        (it.status, it.resolved_at) = (Status::Open, None);
        tell(db, id, Activity::ReopenedByContact, "The contact");
        updated(db, id);
    }
    Some(store(db, id, Sender::Contact(contact), draft))
}

fn incoming_now(db: &Durable, id: ConversationId, now: Millis) -> Incoming {
    let it = db.conversation(id);
    incoming(it.status, it.resolved_at, now)
}

/// The named conversation, or the one that took its place: two devices that write to an old one begin one new, not two.
fn place_for(db: &mut Durable, named: ConversationId, now: Millis) -> ConversationId {
    if incoming_now(db, named, now) != Incoming::StartNew {
        return named;
    }
    let (contact, inbox) = (db.conversation(named).contact, db.conversation(named).inbox);
    let newest = db.conversations.values().rfind(|it| it.contact == contact && it.inbox == inbox).map_or(named, |it| it.id);
    if incoming_now(db, newest, now) == Incoming::StartNew { start(db, contact, inbox, None) } else { newest }
}

fn first_copy<'a>(db: &'a Durable, sender: Sender, within: Option<ConversationId>, draft: &Draft) -> Option<&'a Message> {
    if db.plant == Plant::StoresRepeats {
        return None;
    }
    let repeat = |it: &&Message| it.sender == sender && it.echo == Some(draft.echo) && within.is_none_or(|id| it.conversation == id);
    db.messages.values().find(repeat)
}

fn send_as_member(db: &mut Durable, user: UserId, id: ConversationId, draft: &Draft) -> Option<MessageId> {
    let first = first_copy(db, Sender::User(user), Some(id), draft);
    let stored = first.map(|it| Content::text(&it.body, it.private));
    match accept(stored.as_ref(), &Content::text(&draft.body, draft.private)) {
        Accept::Same => first.map(|it| it.id),
        Accept::Conflict => None,
        Accept::New => {
            join(db, user, id, draft.private);
            Some(store(db, id, Sender::User(user), draft))
        }
    }
}

fn start(db: &mut Durable, contact: ContactId, inbox: InboxId, start_key: Option<i64>) -> ConversationId {
    db.last_conversation += 1;
    let id = ConversationId(db.last_conversation);
    let conversation = Conversation {
        id,
        inbox,
        contact,
        start_key,
        status: Status::Open,
        resolved_at: None,
        owner: None,
        joined: [].into(),
        message_count: 0,
        contact_message_count: 0,
        incoming_count: 0,
        outgoing_count: 0,
        contact_read_count: 0,
        last_message: None,
    };
    db.conversations.insert(id, conversation);
    db.append(Event::ConversationCreated { inbox, conversation: id });
    id
}

fn store(db: &mut Durable, id: ConversationId, sender: Sender, draft: &Draft) -> MessageId {
    let kind = if matches!(sender, Sender::User(_)) { MessageKind::Outgoing } else { MessageKind::Incoming };
    let for_contacts = !draft.private || db.plant == Plant::LeaksNotes;
    let text = Text { body: draft.body.clone(), contact_body: None, private: draft.private, for_contacts };
    add(db, id, sender, kind, text, Some(draft.echo))
}

struct Text {
    body: String,
    contact_body: Option<String>,
    private: bool,
    for_contacts: bool,
}

fn add(db: &mut Durable, id: ConversationId, sender: Sender, kind: MessageKind, text: Text, echo: Option<i64>) -> MessageId {
    let message = MessageId(db.messages.last_key_value().map_or(0, |(last, _)| last.0) + 1);
    let it = db.conversation_mut(id);
    it.message_count += 1;
    it.contact_message_count += i64::from(text.for_contacts);
    it.incoming_count += i64::from(kind == MessageKind::Incoming);
    it.outgoing_count += i64::from(kind == MessageKind::Outgoing && !text.private);
    it.last_message = if kind == MessageKind::Activity { it.last_message } else { Some(message) };
    let inbox = it.inbox;
    let row = Message {
        id: message,
        conversation: id,
        position: it.message_count,
        contact_position: text.for_contacts.then_some(it.contact_message_count),
        private: text.private,
        sender,
        body: text.body,
        contact_body: text.contact_body,
        echo,
    };
    db.messages.insert(message, row);
    db.append(Event::MessageCreated { inbox, conversation: id, message, for_contacts: text.for_contacts });
    message
}

fn tell(db: &mut Durable, id: ConversationId, activity: Activity, who: &str) {
    let contact_body = activity.sentence_for_contacts(who);
    let for_contacts = contact_body.is_some();
    let text = Text { body: activity.sentence(who), contact_body, private: false, for_contacts };
    add(db, id, Sender::System, MessageKind::Activity, text, None);
}

fn updated(db: &mut Durable, id: ConversationId) {
    let inbox = db.conversation(id).inbox;
    db.append(Event::ConversationUpdated { inbox, conversation: id, for_contacts: true, status_changed: true, marks_only: false });
}

fn join(db: &mut Durable, user: UserId, id: ConversationId, writes_note: bool) {
    let it = db.conversation_mut(id);
    let activity = match joining(it.joined.contains(&user), it.owner.is_some(), writes_note) {
        Joining::Stays => return,
        Joining::Joins => Activity::Joined,
        Joining::JoinsAndOwns => {
            it.owner = Some(user);
            Activity::JoinedAndOwns
        }
    };
    it.joined.insert(user);
    tell(db, id, activity, user_name(user));
    updated(db, id);
}

fn change_status(db: &mut Durable, user: UserId, id: ConversationId, wanted: Status, now: Millis) {
    let until = (wanted == Status::Snoozed).then(|| now.plus(Millis::HOUR));
    // A refusal is the caller's 422 and changes nothing; the rule's own tests are beside it.
    let Ok(Some(change)) = set_status(db.conversation(id).status, wanted, until, now) else { return };
    let it = db.conversation_mut(id);
    (it.status, it.resolved_at) = (change.status, change.resolved_at);
    let activity = match change.status {
        Status::Open => Activity::Reopened,
        Status::Resolved => Activity::Resolved,
        Status::Pending => Activity::Pended,
        Status::Snoozed => Activity::Snoozed,
    };
    tell(db, id, activity, user_name(user));
    updated(db, id);
}

fn mark_read(db: &mut Durable, reader: &Reader, id: ConversationId, count: i64) {
    let Some(found) = db.find_for(reader, id) else { return };
    match reader {
        Reader::Member(viewer) => {
            let (inbox, user, count) = (found.inbox, viewer.user, count.min(found.incoming_count));
            let read = db.reads.entry((id, user)).or_default();
            if count > *read {
                *read = count;
                db.append(Event::ConversationRead { inbox, conversation: id, user, read_count: count });
            }
        }
        Reader::Contact { .. } => {
            let count = count.min(found.outgoing_count);
            if count > found.contact_read_count {
                db.conversation_mut(id).contact_read_count = count;
                if db.plant != Plant::SeenInSilence {
                    updated(db, id);
                }
            }
        }
    }
}
