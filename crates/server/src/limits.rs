//! How much one network address, one browser and one person may ask for before they have to wait. Kept in memory, forgotten
//! by a restart; what is refused is told with the seconds to wait. Who belongs to an address is decided in core.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use frontdesk_core::address::subscriber;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use ipnet::IpNet;

/// Keys remembered before those at rest are forgotten.
const KEYS_MAX: usize = 10_000;

/// Log-ins tried from one address: so many at once, then one every so often.
const LOGINS_PER_ADDRESS: (u32, Duration) = (20, Duration::from_secs(10));
/// Log-ins tried for one person: slow for a guesser, bearable for the real one.
const LOGINS_PER_PERSON: (u32, Duration) = (10, Duration::from_secs(30));
/// Wrong tokens from one address.
const WRONG_TOKENS_PER_ADDRESS: (u32, Duration) = (60, Duration::from_millis(500));
/// Conversations begun from one address: an office behind one address rarely begins more.
const BEGINNINGS_PER_ADDRESS: (u32, Duration) = (60, Duration::from_secs(3));
/// Messages of visitors from one address.
const MESSAGES_PER_ADDRESS: (u32, Duration) = (600, Duration::from_millis(50));
/// Mebibytes of visitors' files from one address; every file counts as one at least.
const UPLOADS_PER_ADDRESS: (u32, Duration) = (500, Duration::from_secs(2));
/// Files that visitors of one address send at the same time: each reserves its room until it is there.
const UPLOADING_PER_ADDRESS: usize = 6;
/// Sockets from one address that have not said yet who they are.
const STRANGERS_PER_ADDRESS: usize = 100;
/// Connections from one address, sockets included.
const CONNECTIONS_PER_ADDRESS: usize = 2_000;

/// What is told to whom asks for more at once than is ever allowed.
const NEVER_SECONDS: u64 = 3_600;

/// Counts one thing per key.
#[derive(Debug)]
struct Rate<K: Hash + Eq + Clone>(Option<DefaultKeyedRateLimiter<K>>);

impl<K: Hash + Eq + Clone> Rate<K> {
    /// `times` of the built-in limit; 0 counts nothing.
    fn new((burst, period): (u32, Duration), times: u32) -> Rate<K> {
        let limit = NonZeroU32::new(burst.saturating_mul(times)).zip(Quota::with_period(period / times.max(1)));
        Rate(limit.map(|(burst, quota)| DefaultKeyedRateLimiter::keyed(quota.allow_burst(burst))))
    }

    /// Counts once; `Err` says after how many seconds the next one is allowed.
    fn count(&self, key: &K) -> Result<(), u64> {
        self.count_many(key, NonZeroU32::MIN)
    }

    /// Counts so many at once; more than may ever be counted at once are refused like many.
    fn count_many(&self, key: &K, count: NonZeroU32) -> Result<(), u64> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        if limiter.len() > KEYS_MAX {
            limiter.retain_recent();
        }
        let wait = |until: governor::NotUntil<_>| until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        match limiter.check_key_n(key, count) {
            Ok(counted) => counted.map_err(wait),
            Err(_) => Err(NEVER_SECONDS),
        }
    }
}

/// How many of something each address holds right now.
#[derive(Debug)]
pub(crate) struct Places {
    held: Mutex<HashMap<IpAddr, usize>>,
    /// No limit when absent.
    max: Option<usize>,
}

/// A place that an address holds until this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Places {
    fn new(max: usize, times: u32) -> Arc<Places> {
        let max = (times > 0).then(|| max.saturating_mul(times as usize));
        Arc::new(Places { held: Mutex::default(), max })
    }

    /// A place for this address, or `None` when it holds as many as it may.
    pub(crate) fn take(self: &Arc<Places>, address: IpAddr) -> Option<Place> {
        let address = subscriber(address);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(address).or_insert(0);
        if self.max.is_some_and(|max| *count >= max) {
            return None;
        }
        *count += 1;
        Some(Place { places: Arc::clone(self), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.places.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.address);
            }
        }
    }
}

/// All limits of one server.
#[derive(Debug)]
pub struct Limits {
    /// Proxies whose word counts about who connected to them.
    pub(crate) trusted_proxies: Vec<IpNet>,
    logins_by_address: Rate<IpAddr>,
    logins_by_person: Rate<String>,
    wrong_tokens: Rate<IpAddr>,
    beginnings: Rate<IpAddr>,
    messages: Rate<IpAddr>,
    uploads: Rate<IpAddr>,
    /// Files on their way from visitors.
    pub(crate) uploading: Arc<Places>,
    /// Sockets that have not said yet who they are.
    pub(crate) strangers: Arc<Places>,
    /// Connections, whatever comes over them.
    pub(crate) connections: Arc<Places>,
}

impl Limits {
    /// `times` multiplies the limits per address on visitors and strangers: 1 as built, 0 for none. Log-ins keep theirs.
    pub fn new(trusted_proxies: Vec<IpNet>, times: u32) -> Limits {
        Limits {
            trusted_proxies,
            logins_by_address: Rate::new(LOGINS_PER_ADDRESS, 1),
            logins_by_person: Rate::new(LOGINS_PER_PERSON, 1),
            wrong_tokens: Rate::new(WRONG_TOKENS_PER_ADDRESS, times),
            beginnings: Rate::new(BEGINNINGS_PER_ADDRESS, times),
            messages: Rate::new(MESSAGES_PER_ADDRESS, times),
            uploads: Rate::new(UPLOADS_PER_ADDRESS, times),
            uploading: Places::new(UPLOADING_PER_ADDRESS, times),
            strangers: Places::new(STRANGERS_PER_ADDRESS, times),
            connections: Places::new(CONNECTIONS_PER_ADDRESS, times),
        }
    }

    /// Counts a try to log in, by address of the network and by person, so that neither one guesser nor many get far.
    pub(crate) fn count_login(&self, address: IpAddr, person: &str) -> Result<(), u64> {
        self.logins_by_address.count(&subscriber(address))?;
        self.logins_by_person.count(&person.to_owned())
    }

    /// Counts a token that nobody has.
    pub(crate) fn count_wrong_token(&self, address: IpAddr) -> Result<(), u64> {
        self.wrong_tokens.count(&subscriber(address))
    }

    /// Counts a conversation that a visitor begins.
    pub(crate) fn count_beginning(&self, address: IpAddr) -> Result<(), u64> {
        self.beginnings.count(&subscriber(address))
    }

    /// Counts a message of a visitor.
    pub(crate) fn count_message(&self, address: IpAddr) -> Result<(), u64> {
        self.messages.count(&subscriber(address))
    }

    /// Counts a file of a visitor, by the bytes that it may have.
    pub(crate) fn count_upload(&self, address: IpAddr, bytes: u64) -> Result<(), u64> {
        let mebibytes = u32::try_from(bytes.div_ceil(1_024 * 1_024)).unwrap_or(u32::MAX);
        self.uploads.count_many(&subscriber(address), NonZeroU32::new(mebibytes).unwrap_or(NonZeroU32::MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(n: u8) -> IpAddr {
        IpAddr::from([127, 0, 0, n])
    }

    #[test]
    fn the_eleventh_try_for_one_person_waits_wherever_it_comes_from() {
        let limits = Limits::new(Vec::new(), 0);
        for n in 0..10 {
            assert_eq!(limits.count_login(from(n), "ada@example.com"), Ok(()));
        }
        let wait = limits.count_login(from(11), "ada@example.com").unwrap_err();
        assert!((1..=31).contains(&wait), "{wait}");
        assert_eq!(limits.count_login(from(11), "bob@example.com"), Ok(()));
    }

    #[test]
    fn one_address_tries_only_so_many_people() {
        let limits = Limits::new(Vec::new(), 1);
        let allowed = (0..100).filter(|n| limits.count_login(from(1), &format!("{n}@example.com")).is_ok()).count();
        assert_eq!(allowed, 20);
    }

    #[test]
    fn a_large_office_gets_more_and_a_test_bench_gets_all() {
        let allowed = |times| {
            let limits = Limits::new(Vec::new(), times);
            (0..1_000).filter(|_| limits.count_beginning(from(1)).is_ok()).count()
        };
        assert_eq!(allowed(1), 60);
        assert_eq!(allowed(10), 600);
        assert_eq!(allowed(0), 1_000);
    }

    #[test]
    fn files_are_counted_by_their_size() {
        let limits = Limits::new(Vec::new(), 1);
        let megabytes = |n: u64| n * 1_024 * 1_024;
        let allowed = (0..100).filter(|_| limits.count_upload(from(1), megabytes(25)).is_ok()).count();
        assert_eq!(allowed, 20);
        assert!(limits.count_upload(from(1), 1).is_err());
        assert!(limits.count_upload(from(2), 1).is_ok());
    }

    #[test]
    fn a_place_is_free_again_when_who_held_it_is_gone() {
        let places = Places::new(2, 1);
        let first = places.take(from(1));
        let second = places.take(from(1));
        assert!(first.is_some() && second.is_some() && places.take(from(1)).is_none());
        assert!(places.take(from(2)).is_some(), "another address has places of its own");
        drop(first);
        assert!(places.take(from(1)).is_some());
    }
}
