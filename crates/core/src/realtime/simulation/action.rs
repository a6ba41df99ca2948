//! What can happen, as plain data that stays meaningful when others of the list are left out: `pick` names whose.

use super::cast::{DEVICES, MEMBER_DEVICES};
use super::rng::Rng;
use crate::conversation::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Type {
        device: usize,
        pick: usize,
        note: bool,
    },
    SetStatus {
        device: usize,
        pick: usize,
        wanted: Status,
    },
    Join {
        device: usize,
        pick: usize,
    },
    MarkRead {
        device: usize,
        pick: usize,
    },
    Typing {
        device: usize,
        pick: usize,
        note: bool,
    },
    /// For a moment all goes well for this device: it connects, reads, sends and is answered.
    GoWell {
        device: usize,
    },
    Send {
        device: usize,
    },
    /// A request reaches the server; `again` leaves another copy of it on the way.
    Arrive {
        pick: usize,
        again: bool,
    },
    LoseRequest {
        pick: usize,
    },
    Commit,
    Answer {
        pick: usize,
    },
    LoseAnswer {
        pick: usize,
    },
    TimeOut {
        device: usize,
    },
    Connect {
        device: usize,
    },
    Pull {
        device: usize,
    },
    Read {
        device: usize,
    },
    Cut {
        device: usize,
    },
    LoadPage {
        device: usize,
    },
    /// The feed hears of a commit; `again` keeps the notice for another time, `alone` gives that entry only.
    Notify {
        pick: usize,
        again: bool,
        alone: bool,
    },
    Restart,
    Backup,
    Restore,
    Trim {
        keep: i64,
    },
    PassDays {
        days: i64,
    },
    /// So many changes at once.
    Flood {
        pick: usize,
        events: usize,
    },
}

/// How likely each kind is; faults that are off make room for deep stories about the others.
#[derive(Debug)]
pub(super) struct Weather {
    weights: Vec<(usize, Kind)>,
    total: usize,
    is_flood_huge: bool,
    /// Who takes part; few meet more often.
    members: Vec<usize>,
    everybody: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Type,
    SetStatus,
    Join,
    MarkRead,
    Typing,
    GoWell,
    Send,
    Arrive,
    LoseRequest,
    Commit,
    Answer,
    LoseAnswer,
    TimeOut,
    Connect,
    Pull,
    Read,
    Cut,
    LoadPage,
    Notify,
    Restart,
    Backup,
    Restore,
    Trim,
    PassDays,
    Flood,
}

impl Weather {
    pub(super) fn draw(rng: &mut Rng) -> Weather {
        let mut weights = vec![
            (4 + rng.below(24), Kind::Type),
            (1 + rng.below(6), Kind::SetStatus),
            (1, Kind::Join),
            (4, Kind::MarkRead),
            (1, Kind::Typing),
            (1 + rng.below(16), Kind::GoWell),
            (16, Kind::Send),
            (14, Kind::Arrive),
            (10, Kind::Commit),
            (2 + rng.below(12), Kind::Answer),
            (8, Kind::Connect),
            (14, Kind::Pull),
            (16, Kind::Read),
            (1 + rng.below(10), Kind::Notify),
        ];
        let faults = [
            (2, Kind::LoseRequest),
            (2, Kind::LoseAnswer),
            (3, Kind::TimeOut),
            (3, Kind::Cut),
            (1, Kind::LoadPage),
            (1, Kind::Restart),
            (1 + rng.below(2), Kind::Trim),
            (1 + rng.below(3), Kind::PassDays),
        ];
        weights.extend(faults.into_iter().filter(|_| rng.percent(60)));
        if rng.percent(20) {
            weights.extend([(2, Kind::Backup), (1, Kind::Restore)]);
        }
        if rng.percent(3) {
            weights.push((1, Kind::Flood));
        }
        let total = weights.iter().map(|(weight, _)| weight).sum();
        let is_flood_huge = rng.percent(10);
        let crowd = [5, 20, 50, 90][rng.below(4)];
        let mut some =
            |from: usize, to: usize, surely: usize| (from..to).filter(|it| *it == surely || rng.percent(crowd)).collect::<Vec<_>>();
        let members = some(0, MEMBER_DEVICES, 0);
        let contacts = some(MEMBER_DEVICES, DEVICES, MEMBER_DEVICES);
        let everybody = [members.clone(), contacts].concat();
        Weather { weights, total, is_flood_huge, members, everybody }
    }

    pub(super) fn action(&self, rng: &mut Rng) -> Action {
        let mut left = rng.below(self.total);
        for (weight, kind) in &self.weights {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return self.of_kind(*kind, rng),
            }
        }
        Action::Commit
    }

    fn of_kind(&self, kind: Kind, rng: &mut Rng) -> Action {
        let pick = rng.below(64);
        let (member, device) = (self.members[rng.below(self.members.len())], self.everybody[rng.below(self.everybody.len())]);
        let statuses = [Status::Open, Status::Resolved, Status::Resolved, Status::Snoozed, Status::Pending];
        match kind {
            Kind::Type => Action::Type { device, pick, note: rng.percent(30) },
            Kind::SetStatus => Action::SetStatus { device: member, pick, wanted: statuses[rng.below(statuses.len())] },
            Kind::Join => Action::Join { device: member, pick },
            Kind::MarkRead => Action::MarkRead { device, pick },
            Kind::Typing => Action::Typing { device, pick, note: rng.percent(30) },
            Kind::GoWell => Action::GoWell { device },
            Kind::Send => Action::Send { device },
            Kind::Arrive => Action::Arrive { pick, again: rng.percent(10) },
            Kind::LoseRequest => Action::LoseRequest { pick },
            Kind::Commit => Action::Commit,
            Kind::Answer => Action::Answer { pick },
            Kind::LoseAnswer => Action::LoseAnswer { pick },
            Kind::TimeOut => Action::TimeOut { device },
            Kind::Connect => Action::Connect { device },
            Kind::Pull => Action::Pull { device },
            Kind::Read => Action::Read { device },
            Kind::Cut => Action::Cut { device },
            Kind::LoadPage => Action::LoadPage { device },
            Kind::Notify => Action::Notify { pick, again: rng.percent(10), alone: rng.percent(40) },
            Kind::Restart => Action::Restart,
            Kind::Backup => Action::Backup,
            Kind::Restore => Action::Restore,
            Kind::Trim => Action::Trim { keep: if rng.percent(50) { 0 } else { 8 } },
            Kind::PassDays => Action::PassDays { days: if rng.percent(40) { 2 } else { 8 } },
            Kind::Flood => Action::Flood { pick, events: if self.is_flood_huge { 5_100 } else { 600 } },
        }
    }
}
