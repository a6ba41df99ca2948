//! How often a password may be tried: by address of the network and by address of the person, so that neither one guesser
//! nor many get far. Nothing here is stored; a restart forgets.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

/// Tries at once, and one more every ten seconds, from one network address.
const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(20).expect("twenty is not zero");
const ADDRESS_PERIOD: Duration = Duration::from_secs(10);
/// Tries at once, and one more every thirty seconds, for one person: slow for a guesser, bearable for the real one.
const PER_PERSON: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
const PERSON_PERIOD: Duration = Duration::from_secs(30);
/// Keys remembered before those at rest are forgotten.
const KEYS_MAX: usize = 10_000;

/// Counts tries.
#[derive(Debug)]
pub(crate) struct Throttle {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_person: DefaultKeyedRateLimiter<String>,
}

impl Throttle {
    /// The limits of logging in.
    pub(crate) fn for_logins() -> Throttle {
        let quota = |period, burst| Quota::with_period(period).expect("the period is not zero").allow_burst(burst);
        Throttle {
            by_address: DefaultKeyedRateLimiter::keyed(quota(ADDRESS_PERIOD, PER_ADDRESS)),
            by_person: DefaultKeyedRateLimiter::keyed(quota(PERSON_PERIOD, PER_PERSON)),
        }
    }

    /// Counts one try; `Err` says after how many seconds the next one is allowed.
    pub(crate) fn count(&self, address: IpAddr, person: &str) -> Result<(), u64> {
        if self.by_address.len() > KEYS_MAX {
            self.by_address.retain_recent();
        }
        if self.by_person.len() > KEYS_MAX {
            self.by_person.retain_recent();
        }
        let now = DefaultClock::default().now();
        let seconds = |wait: Duration| wait.as_secs() + 1;
        self.by_address.check_key(&network(address)).map_err(|until| seconds(until.wait_time_from(now)))?;
        self.by_person.check_key(&person.to_owned()).map_err(|until| seconds(until.wait_time_from(now)))
    }
}

/// What one subscriber has: an IPv4 address, or the 64 bits of an IPv6 network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(it) => IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_for_one_person_waits_wherever_it_comes_from() {
        let throttle = Throttle::for_logins();
        let from = |n: u8| IpAddr::from([127, 0, 0, n]);
        for n in 0..10 {
            assert_eq!(throttle.count(from(n), "ada@example.com"), Ok(()));
        }
        let wait = throttle.count(from(11), "ada@example.com").unwrap_err();
        assert!((1..=31).contains(&wait), "{wait}");
        assert_eq!(throttle.count(from(11), "bob@example.com"), Ok(()));
    }

    #[test]
    fn one_address_tries_only_so_many_people() {
        let throttle = Throttle::for_logins();
        let address = IpAddr::from([127, 0, 0, 1]);
        let allowed = (0..100).filter(|n| throttle.count(address, &format!("{n}@example.com")).is_ok()).count();
        assert_eq!(allowed, 20);
    }

    #[test]
    fn all_addresses_of_one_ipv6_network_are_one() {
        let address = |it: &str| network(it.parse().unwrap());
        assert_eq!(address("2001:db8:1:2::3"), address("2001:db8:1:2:ffff::4"));
        assert_ne!(address("2001:db8:1:2::3"), address("2001:db8:1:3::3"));
        assert_eq!(address("::ffff:127.0.0.1"), address("127.0.0.1"));
    }
}
