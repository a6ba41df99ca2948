//! The promises, looked at from outside: what may be on a wire at any moment, and what must be true when all is quiet.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{Device, Reader};
use super::client::Client;
use super::durable::{Durable, Sender};
use super::state::State;
use super::wire::{ConversationView, Draft, Echo, Frame, News, Target};
use crate::conversation::Status;
use crate::id::{ContactId, ConversationId};
use crate::member::{Role, Viewer};

/// A broken promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) promise: &'static str,
    pub(super) detail: String,
}

pub(super) type Kept = Result<(), Broken>;

pub(super) fn ensure(kept: bool, promise: &'static str, detail: impl FnOnce() -> String) -> Kept {
    if kept { Ok(()) } else { Err(Broken { promise, detail: detail() }) }
}

pub(super) const NO_SECRETS: &str = "a contact never meets a note or the team's own business";
pub(super) const OWN_ONLY: &str = "a contact meets own conversations only";
pub(super) const DENSE: &str = "a contact's numbers have no gap and no repeat";
pub(super) const OWN_INBOXES: &str = "a member hears of own inboxes and of own read marks only";
pub(super) const NOTHING_SKIPPED: &str = "a member is told everything for them, in order";
pub(super) const SHOWN_ONCE: &str = "a message is never shown as waiting and as sent at once";
pub(super) const NEVER_BACK: &str = "what is shown never goes back to an older state";
pub(super) const STORED_ONCE: &str = "what was typed and not refused is stored exactly once";
pub(super) const ACKNOWLEDGED: &str = "what was acknowledged is in the log exactly once";
pub(super) const IN_ORDER: &str = "a sender's messages stand in the order typed";
pub(super) const RIGHT_PLACE: &str = "a message stands where it was written, with the same text";
pub(super) const FOLD_IS_FETCH: &str = "following the events gives what a fetch gives";
pub(super) const SAME_UNREAD: &str = "unread counts are those of a fetch";
pub(super) const NUMBERED: &str = "messages are numbered without a gap, for members and for contacts";

/// Looks at one frame on its way to `device`. `told` is the last number on this line.
pub(super) fn frame(db: &Durable, device: &Device, told: &mut i64, frame: &Frame) -> Kept {
    let name = device.name;
    match frame {
        Frame::Resumed { cursor } | Frame::Reload { cursor, .. } => *told = *cursor,
        Frame::Typing { conversation, private } => return typing(db, &device.reader, *conversation, *private),
        Frame::Event { seq, news } => {
            match &device.reader {
                Reader::Contact { contact, .. } => {
                    ensure(*seq == *told + 1, DENSE, || format!("{name} was told {seq} after {told}"))?;
                    ensure(!is_hidden(db, *contact, *seq), NO_SECRETS, || format!("{name} was told event {seq}"))?;
                    contact_news(db, device, news)?;
                }
                Reader::Member(viewer) => {
                    nothing_skipped(db, viewer, *told, *seq)?;
                    ensure(may_hear(db, viewer, *seq), OWN_INBOXES, || format!("{name} was told event {seq}"))?;
                }
            }
            *told = *seq;
        }
        Frame::Cursor { seq } => {
            if let Reader::Member(viewer) = &device.reader {
                nothing_skipped(db, viewer, *told, *seq + 1)?;
            }
            *told = *seq;
        }
    }
    Ok(())
}

fn typing(db: &Durable, reader: &Reader, id: ConversationId, private: bool) -> Kept {
    let is_contact = matches!(reader, Reader::Contact { .. });
    ensure(!(is_contact && private), NO_SECRETS, || format!("typing of a note in {id}"))?;
    let promise = if is_contact { OWN_ONLY } else { OWN_INBOXES };
    ensure(db.find_for(reader, id).is_some(), promise, || format!("typing in {id}"))
}

/// Written out again beside `Members::include`, so that a mistake there is not its own witness.
fn may_hear(db: &Durable, viewer: &Viewer, seq: i64) -> bool {
    let entry = usize::try_from(seq - 1).ok().and_then(|index| db.log.get(index));
    entry.is_some_and(|it| {
        let inbox = it.event.conversation().and_then(|id| db.conversations.get(&id)).map(|it| it.inbox);
        let in_sight = inbox.is_none_or(|inbox| viewer.role == Role::Administrator || viewer.inboxes.contains(&inbox));
        let own = !matches!(it.event, crate::event::Event::ConversationRead { user, .. } if user != viewer.user);
        in_sight && own && it.event.audience().members.include(viewer)
    })
}

/// Whether the event tells of a message that contacts do not see; that something happened is a secret, too.
fn is_hidden(db: &Durable, contact: ContactId, number: i64) -> bool {
    let seq = usize::try_from(number - 1).ok().and_then(|index| db.numbers.get(&contact)?.get(index));
    let entry = seq.and_then(|seq| db.log.get(usize::try_from(seq.0 - 1).ok()?));
    let message = entry.and_then(|it| it.event.message()).and_then(|id| db.messages.get(&id));
    message.is_some_and(|it| it.private || it.contact_position.is_none())
}

fn nothing_skipped(db: &Durable, viewer: &Viewer, told: i64, next: i64) -> Kept {
    let skipped = (told + 1..next).find(|seq| may_hear(db, viewer, *seq));
    ensure(told < next && skipped.is_none(), NOTHING_SKIPPED, || {
        format!("user {} went from {told} to {next}, over {skipped:?}", viewer.user)
    })
}

fn contact_news(db: &Durable, device: &Device, news: &News) -> Kept {
    let mut seen = State::default();
    seen.apply(news.clone());
    ensure(!matches!(news, News::Read { .. } | News::Other), NO_SECRETS, || format!("{news:?}"))?;
    contact_state(db, device, &seen)
}

/// What a contact's device holds, from wire, answer or fetch.
pub(super) fn contact_state(db: &Durable, device: &Device, state: &State) -> Kept {
    let Reader::Contact { contact, .. } = device.reader else { return Ok(()) };
    let own = |id: &ConversationId| db.conversations.get(id).is_none_or(|it| it.contact == contact);
    for (id, it) in &state.conversations {
        ensure(own(id), OWN_ONLY, || format!("{} met conversation {id}", device.name))?;
        let plain = matches!(it.status, Status::Open | Status::Resolved) && it.owner.is_none();
        ensure(plain, NO_SECRETS, || format!("{} met {it:?}", device.name))?;
    }
    for it in state.messages.values() {
        ensure(own(&it.conversation), OWN_ONLY, || format!("{} met {it:?}", device.name))?;
        let words = ["note", "owns", "snoozed", "pending"];
        let public = !it.private && !words.iter().any(|word| it.content.contains(word));
        ensure(public, NO_SECRETS, || format!("{} met {it:?}", device.name))?;
    }
    Ok(())
}

pub(super) fn shown_once(device: &Device, client: &Client) -> Kept {
    let twice = client.outbox.iter().find(|it| client.state.holds(it.draft.echo));
    ensure(twice.is_none(), SHOWN_ONCE, || format!("{}: {twice:?}", device.name))
}

/// Compares what a device shows before and after an answer, within one history. A contact's screen shows the newest
/// conversation only: an older one may leave it, and a late answer may bring a piece of it back.
pub(super) fn never_back(device: &Device, before: &BTreeMap<ConversationId, i64>, after: &BTreeMap<ConversationId, i64>) -> Kept {
    let (was, is) = (before.last_key_value(), after.last_key_value());
    ensure(was <= is, NEVER_BACK, || format!("{}: {was:?} became {is:?}", device.name))?;
    let shows_all = matches!(device.reader, Reader::Member(_));
    let back = before.iter().find(|(id, place)| shows_all && after.get(id) < Some(place));
    ensure(back.is_none(), NEVER_BACK, || format!("{}: {back:?} is no longer there", device.name))
}

/// A message as it was typed.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) device: usize,
    pub(super) draft: Draft,
    /// Whose conversation was on the screen; none when one was to begin.
    pub(super) contact: Option<ContactId>,
}

/// All that was typed, and what became of it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) drafts: BTreeMap<Echo, Writing>,
    pub(super) settled: BTreeSet<Echo>,
    pub(super) refused: BTreeSet<Echo>,
    /// Acknowledged after the backup that was restored: gone by the owner's own decision.
    pub(super) gone: BTreeSet<Echo>,
}

/// Everything that must hold once all is quiet.
pub(super) fn at_rest(db: &Durable, devices: &[Device], clients: &[Client], typed: &Typed) -> Kept {
    numbered(db)?;
    stored(db, devices, typed)?;
    in_order(db, typed)?;
    for (device, client) in devices.iter().zip(clients) {
        agrees(db, device, client)?;
    }
    Ok(())
}

fn numbered(db: &Durable) -> Kept {
    for it in db.conversations.values() {
        let of = db.messages.values().filter(|message| message.conversation == it.id);
        let (all, public): (Vec<_>, Vec<_>) = of.map(|it| (it.position, it.contact_position)).unzip();
        let public = public.into_iter().flatten().collect::<Vec<_>>();
        let dense = all.into_iter().eq(1..=it.message_count) && public.into_iter().eq(1..=it.contact_message_count);
        ensure(dense, NUMBERED, || format!("conversation {}", it.id))?;
    }
    Ok(())
}

fn stored(db: &Durable, devices: &[Device], typed: &Typed) -> Kept {
    let mut copies: BTreeMap<Echo, Vec<_>> = BTreeMap::new();
    for it in db.messages.values() {
        copies.entry(it.echo.unwrap_or(0)).or_default().push(it);
    }
    for (echo, Writing { device, draft, contact }) in &typed.drafts {
        let of = copies.get(echo).map_or(&[][..], Vec::as_slice);
        let wanted = usize::from(!typed.refused.contains(echo) && !typed.gone.contains(echo));
        let promise = if typed.settled.contains(echo) { ACKNOWLEDGED } else { STORED_ONCE };
        ensure(of.len() == wanted, promise, || {
            format!("{:?} of {} is there {} times instead of {wanted}", draft.body, devices[*device].name, of.len())
        })?;
        for it in of {
            let sender = match &devices[*device].reader {
                Reader::Member(viewer) => Sender::User(viewer.user),
                Reader::Contact { contact, .. } => Sender::Contact(*contact),
            };
            // A contact's message may have moved on to a newer conversation, but only to one of the same contact.
            let placed = match (draft.target, &devices[*device].reader) {
                (Target::In(id), Reader::Member(_)) => it.conversation == id,
                (_, reader) => db.find_for(reader, it.conversation).is_some(),
            };
            let same_contact = contact.is_none_or(|contact| db.conversation(it.conversation).contact == contact);
            let same = placed && same_contact && it.sender == sender && it.body == draft.body && it.private == draft.private;
            ensure(same, RIGHT_PLACE, || format!("{it:?} was typed as {draft:?}"))?;
        }
    }
    Ok(())
}

/// Within one conversation, for what one device wrote to the same place.
fn in_order(db: &Durable, typed: &Typed) -> Kept {
    let mut last: BTreeMap<(ConversationId, usize, Target), Echo> = BTreeMap::new();
    for it in db.messages.values() {
        let Some(echo) = it.echo else { continue };
        let Some(Writing { device, draft, .. }) = typed.drafts.get(&echo) else { continue };
        let before = last.insert((it.conversation, *device, draft.target), echo);
        ensure(before.is_none_or(|before| before < echo), IN_ORDER, || format!("{before:?} stands before {:?}", it.body))?;
    }
    Ok(())
}

fn agrees(db: &Durable, device: &Device, client: &Client) -> Kept {
    let fetched = db.snapshot(&device.reader);
    let newest = client.state.newest();
    let shown = match device.reader {
        Reader::Member(_) => client.state.pages_of(|_| true),
        Reader::Contact { .. } => client.state.pages_of(|id| Some(id) == newest),
    };
    let unread = |state: &State, it: &ConversationView| (it.id, it.unread_count, state.unread_count(it));
    let counted = shown.conversations.values().map(|it| unread(&shown, it)).collect::<Vec<_>>();
    let wanted = fetched.conversations.values().map(|it| unread(&fetched, it)).collect::<Vec<_>>();
    let (told, known) = (counted.len(), wanted.len());
    ensure(told != known || counted == wanted, SAME_UNREAD, || format!("{}: {counted:?}, fetched {wanted:?}", device.name))?;
    ensure(shown == fetched, FOLD_IS_FETCH, || format!("{}: {shown:#?}\nfetched: {fetched:#?}", device.name))
}
