//! The machine: its clock, its disk, how many connections it allows.

use frontdesk_core::time::Millis;
use rustix::process::{Resource, getrlimit};

use super::{Finding, Patient, State};
use crate::clock::Clock;

/// 2026-01-01: no clock of a machine that runs this release is behind it.
const RELEASED: Millis = Millis(1_767_225_600_000);
/// How far behind the newest message a clock may be: two machines never agree.
const BEHIND_MS: i64 = Millis::MINUTE;
/// Room on the disk, in bytes, below which nothing can be written soon, and below which it is time to look.
const ROOM_MIN: u64 = 100 << 20;
const ROOM_LOW: u64 = 1 << 30;
/// Open files below which a busy day does not fit: one per visitor.
const FILES_LOW: u64 = 4_096;

pub(super) fn clock(newest: Option<Millis>) -> Finding {
    clock_at(Clock::system().now(), newest)
}

fn clock_at(now: Millis, newest: Option<Millis>) -> Finding {
    let wrong = if now < RELEASED {
        "the clock is years behind"
    } else if newest.is_some_and(|it| now.plus(BEHIND_MS) < it) {
        "the clock is behind the newest message: it was set back, or was ahead before"
    } else {
        return Finding::new("clock", State::Ok, "the clock is plausible");
    };
    Finding::new("clock", State::Warning, wrong)
        .advise("keep it by NTP (timedatectl set-ntp true): times of messages and log-ins depend on it")
}

pub(super) fn disk(patient: &Patient) -> Finding {
    let path = patient.at.directory();
    let place = if path.is_dir() { path } else { ".".into() };
    match rustix::fs::statvfs(&place) {
        Ok(it) => room(it.f_bavail.saturating_mul(it.f_frsize)),
        Err(error) => Finding::new("disk", State::Note, format!("the room on the disk is unknown: {error}")),
    }
}

fn room(bytes: u64) -> Finding {
    let text = format!("{} MB are free for the data directory", bytes >> 20);
    let advice = "make room: what cannot be written is not acknowledged, and visitors are told to try again";
    match bytes {
        0..ROOM_MIN => Finding::new("disk", State::Broken, text).advise(advice),
        ROOM_MIN..ROOM_LOW => Finding::new("disk", State::Warning, text).advise(advice),
        _ => Finding::new("disk", State::Ok, text),
    }
}

pub(super) fn open_files() -> Finding {
    allowed(getrlimit(Resource::Nofile).maximum)
}

fn allowed(maximum: Option<u64>) -> Finding {
    match maximum {
        Some(n) if n < FILES_LOW => Finding::new("open files", State::Warning, format!("{n} connections at once are allowed"))
            .advise("every visitor is one: raise it, with systemd by LimitNOFILE=65536"),
        Some(n) => Finding::new("open files", State::Ok, format!("{n} connections at once are allowed")),
        None => Finding::new("open files", State::Ok, "connections are not limited"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_behind_the_newest_message_is_doubted() {
        let now = RELEASED.plus(Millis::DAY);
        let state = |newest| clock_at(now, newest).state;
        assert_eq!(state(None), State::Ok);
        assert_eq!(state(Some(now.plus(Millis::SECOND))), State::Ok);
        assert_eq!(state(Some(now.plus(Millis::DAY))), State::Warning);
        assert_eq!(clock_at(Millis(0), None).state, State::Warning);
    }

    #[test]
    fn a_disk_is_full_before_nothing_fits() {
        assert_eq!([0, ROOM_MIN, ROOM_LOW].map(|it| room(it).state), [State::Broken, State::Warning, State::Ok]);
    }

    #[test]
    fn few_open_files_are_few_visitors() {
        assert_eq!([Some(1_024), Some(65_536), None].map(|it| allowed(it).state), [State::Warning, State::Ok, State::Ok]);
    }
}
