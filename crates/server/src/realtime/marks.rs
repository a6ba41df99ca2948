//! Devices tell what they have; here it waits for a moment, so that a flood of messages is one write. What it means for
//! conversations is the business of `actions::mark_delivered`. Nothing is written while nobody tells anything.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use frontdesk_core::event::Seq;
use frontdesk_core::id::{AccountId, ContactId, UserId};
use frontdesk_store::marks::Device;
use frontdesk_store::{AccountTx, StoreError, Tx};

use super::line::End;
use super::wire::{ClientReceived, Close};
use super::{member, visitor};
use crate::actions::mark_delivered;
use crate::app::App;

/// How long what devices tell is gathered.
const FLUSH_EVERY: Duration = Duration::from_millis(500);
/// People whose devices may wait at once, in all accounts. Of others it is forgotten: they tell again with what comes next.
const WAITING_MAX: usize = 20_000;

/// One person, whatever their devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Who {
    Member(UserId),
    Contact(ContactId),
}

#[derive(Debug, Default)]
struct Waiting {
    /// The furthest place that a device of each has.
    places: HashMap<(AccountId, Who), i64>,
    /// Somebody is going to write them.
    is_awaited: bool,
}

/// What devices told and is not written yet.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    waiting: Mutex<Waiting>,
}

impl Marks {
    /// Keeps the furthest place; true when somebody must be started who writes.
    fn put(&self, account: AccountId, who: Who, place: i64) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = waiting.places.len() >= WAITING_MAX;
        match waiting.places.entry((account, who)) {
            Entry::Occupied(mut known) => *known.get_mut() = (*known.get()).max(place),
            Entry::Vacant(_) if is_full => return false,
            Entry::Vacant(free) => drop(free.insert(place)),
        }
        !std::mem::replace(&mut waiting.is_awaited, true)
    }

    /// Takes what waits, by account; when nothing does, whoever writes may go.
    fn take(&self) -> HashMap<AccountId, Vec<Device>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.is_awaited = !waiting.places.is_empty();
        let mut accounts: HashMap<AccountId, Vec<Device>> = HashMap::new();
        for ((account, who), place) in std::mem::take(&mut waiting.places) {
            let device = match who {
                Who::Member(user) => Device::Member(user, Seq(place)),
                Who::Contact(contact) => Device::Contact(contact, place),
            };
            accounts.entry(account).or_default().push(device);
        }
        accounts
    }
}

/// A member's device has an account's log up to a place; no further than it was told.
pub(super) fn by_member(app: &App, seat: &member::Seat, received: &ClientReceived) {
    if let Some(place) = seat.places.iter().find(|it| Some(it.member.account_id.0) == received.account) {
        let told = received.place.min(place.cursor.0);
        put(app, place.member.account_id, Who::Member(place.viewer.user), told);
    }
}

/// A visitor's device has its view of the log up to a number; no further than it was told.
pub(super) fn by_visitor(app: &App, seat: &visitor::Seat, received: &ClientReceived) -> Result<(), End> {
    if received.account.is_some() {
        return Err(Close::Protocol.into());
    }
    let told = received.place.min(seat.cursor);
    put(app, seat.visitor.account_id, Who::Contact(seat.visitor.contact_id), told);
    Ok(())
}

fn put(app: &App, account: AccountId, who: Who, place: i64) {
    if place > 0 && app.marks.put(account, who, place) {
        tokio::spawn(write(app.clone()));
    }
}

/// Writes what devices tell as long as they do, each time after a while.
async fn write(app: App) {
    loop {
        tokio::time::sleep(FLUSH_EVERY).await;
        let accounts = app.marks.take();
        if accounts.is_empty() {
            return;
        }
        for (account, devices) in accounts {
            if let Err(error) = flush(&app, account, &devices).await {
                // They tell again with what comes next, and it counts for all that came before.
                tracing::warn!(account = account.0, %error, "what devices have could not be marked");
            }
        }
    }
}

async fn flush(app: &App, account: AccountId, devices: &[Device]) -> Result<(), StoreError> {
    let asked = devices.to_vec();
    // Most of what is told moves no mark; asking costs no write and no lock.
    if !app.store.read(async move |tx: &mut Tx<'_>| mark_delivered::is_due(tx, account, &asked).await).await? {
        return Ok(());
    }
    loop {
        let (devices, now) = (devices.to_vec(), app.now());
        let mark = async move |tx: &mut AccountTx<'_, '_>| mark_delivered::mark(tx, &devices, now).await;
        if !app.store.write_in(account, mark).await? {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: AccountId = AccountId(1);
    const MAYA: Who = Who::Member(UserId(2));

    #[test]
    fn of_all_that_a_person_tells_the_furthest_place_is_kept() {
        let marks = Marks::default();
        assert!(marks.put(ACCOUNT, MAYA, 5), "somebody must write");
        for place in [9, 3, 7] {
            assert!(!marks.put(ACCOUNT, MAYA, place), "one is enough");
        }
        assert_eq!(marks.take()[&ACCOUNT], [Device::Member(UserId(2), Seq(9))]);
        // What comes while it is written waits for the same writer, who goes when nothing came.
        assert!(!marks.put(ACCOUNT, MAYA, 10));
        assert_eq!(marks.take().len(), 1);
        assert!(marks.take().is_empty());
        assert!(marks.put(ACCOUNT, MAYA, 11));
    }

    #[test]
    fn no_more_people_wait_than_there_is_room_for() {
        let marks = Marks::default();
        for n in 0..=i64::try_from(WAITING_MAX).unwrap() {
            marks.put(ACCOUNT, Who::Contact(ContactId(n)), 1);
        }
        marks.put(ACCOUNT, Who::Contact(ContactId(0)), 4);
        let taken = marks.take().remove(&ACCOUNT).unwrap();
        assert_eq!(taken.len(), WAITING_MAX);
        assert!(taken.contains(&Device::Contact(ContactId(0), 4)));
    }
}
