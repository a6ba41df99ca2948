//! Whose turn it is to be told: each webhook is a lane in which deliveries go one after another, and there are fewer places
//! than lanes. No account holds up another one, and no lane its neighbours, however slow its target is. Sending is the server's.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{AccountId, WebhookId};
use crate::jobs::has_come;
use crate::time::Millis;

/// Lanes that one process serves at once.
const LANES_MAX: usize = 32;
/// Of these, lanes of one account.
const ACCOUNT_LANES_MAX: usize = 8;
/// Deliveries after which a lane gives up its place to those who wait.
const TURN_DELIVERIES: u32 = 10;
/// How long it keeps its place while others wait; a request that is on its way is waited for.
const TURN_MS: i64 = Millis::SECOND;

/// A webhook with deliveries that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    /// Which one.
    pub webhook: WebhookId,
    /// Whose it is.
    pub account: AccountId,
    /// When its first delivery is due.
    pub due_at: Millis,
    /// Until when somebody has the right to send, or when it was given back: whoever was served longest ago comes first.
    pub claimed_until: Millis,
}

/// What a look at the lanes leads to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// These begin now.
    pub begin: Vec<Lane>,
    /// Who waits for a place.
    pub queue: Queue,
    /// When one of the others is due or its claim runs out, if nothing happens before.
    pub next: Option<Millis>,
}

/// Who waits for a place that others have.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Queue {
    /// An account that may have more places than it has: any place will do.
    anybody: bool,
    /// Accounts that have all the places that one may have: only their own will do.
    full: BTreeSet<AccountId>,
}

impl Queue {
    /// Whether a lane of this account that has sent so much in so many milliseconds is to give up its place.
    #[must_use]
    pub fn ends_turn(&self, account: AccountId, sent: u32, taken_ms: i64) -> bool {
        let is_waited_for = self.anybody || self.full.contains(&account);
        is_waited_for && (sent >= TURN_DELIVERIES || taken_ms >= TURN_MS)
    }
}

/// Chooses which lanes begin: of the account that has the fewest places the one that was served longest ago, and so on, until
/// the places are taken. `serving` are those that have one; a claim holds at most `held_ms`.
#[must_use]
pub fn choose(waiting: &[Lane], serving: &BTreeMap<WebhookId, AccountId>, now: Millis, held_ms: i64) -> Choice {
    let mut places: BTreeMap<AccountId, usize> = BTreeMap::new();
    for account in serving.values() {
        *places.entry(*account).or_default() += 1;
    }
    let others = waiting.iter().filter(|it| !serving.contains_key(&it.webhook));
    let ready_at = |it: &Lane| if has_come(it.claimed_until, now, held_ms) { it.due_at } else { it.due_at.max(it.claimed_until) };
    let (mut ready, later): (Vec<Lane>, Vec<Lane>) = others.partition(|it| ready_at(it) <= now);
    ready.sort_by_key(|it| (it.claimed_until, it.webhook));
    let mut choice = Choice { next: later.iter().map(ready_at).min(), ..Choice::default() };
    let has = |places: &BTreeMap<AccountId, usize>, lane: &Lane| places.get(&lane.account).copied().unwrap_or(0);
    while serving.len() + choice.begin.len() < LANES_MAX {
        let open = ready.iter().enumerate().filter(|(_, it)| has(&places, it) < ACCOUNT_LANES_MAX);
        let Some((at, _)) = open.min_by_key(|(at, it)| (has(&places, it), *at)) else { break };
        let lane = ready.remove(at);
        *places.entry(lane.account).or_default() += 1;
        choice.begin.push(lane);
    }
    choice.queue.anybody = ready.iter().any(|it| has(&places, it) < ACCOUNT_LANES_MAX);
    choice.queue.full = ready.iter().filter(|it| has(&places, it) >= ACCOUNT_LANES_MAX).map(|it| it.account).collect();
    choice
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000_000);
    const HELD_MS: i64 = 30 * Millis::SECOND;

    fn lane(webhook: i64, account: i64, claimed_until: i64) -> Lane {
        Lane { webhook: WebhookId(webhook), account: AccountId(account), due_at: Millis(0), claimed_until: Millis(claimed_until) }
    }

    fn serving(lanes: &[Lane]) -> BTreeMap<WebhookId, AccountId> {
        lanes.iter().map(|it| (it.webhook, it.account)).collect()
    }

    fn begun(choice: &Choice) -> Vec<i64> {
        choice.begin.iter().map(|it| it.webhook.0).collect()
    }

    #[test]
    fn an_account_has_eight_places_at_most_and_the_others_theirs() {
        let mut waiting: Vec<Lane> = (1..=50).map(|id| lane(id, 1, 0)).collect();
        waiting.push(lane(60, 2, 500));
        let choice = choose(&waiting, &BTreeMap::new(), NOW, HELD_MS);
        assert_eq!(begun(&choice), [1, 60, 2, 3, 4, 5, 6, 7, 8]);
        assert!(choice.queue.ends_turn(AccountId(1), 10, 0), "its own lanes take turns");
        assert!(!choice.queue.ends_turn(AccountId(2), 1_000, 60_000), "nobody waits for the other's place");
        assert!(choose(&waiting[8..50], &serving(&choice.begin), NOW, HELD_MS).begin.is_empty());
    }

    #[test]
    fn when_all_places_are_taken_every_turn_ends() {
        let taken: Vec<Lane> = (0..32).map(|id| lane(id, id / 8, 0)).collect();
        let choice = choose(&[lane(90, 9, 0)], &serving(&taken), NOW, HELD_MS);
        assert!(choice.begin.is_empty());
        let ends = |sent, taken_ms| choice.queue.ends_turn(AccountId(3), sent, taken_ms);
        assert!(ends(10, 0) && ends(1, 1_000));
        assert!(!ends(9, 999), "a turn is worth its claim");
        let free = choose(&[lane(90, 9, 0)], &serving(&taken[1..]), NOW, HELD_MS);
        assert_eq!(begun(&free), [90]);
        assert_eq!(free.queue, Queue::default(), "and who has a place keeps it");
    }

    #[test]
    fn who_has_fewest_places_comes_first_and_then_who_was_served_longest_ago() {
        let taken: Vec<Lane> = (0..30).map(|id| lane(id, id / 6, 0)).collect();
        let waiting = [lane(40, 1, 1), lane(41, 7, 900), lane(42, 8, 20), lane(43, 8, 10)];
        assert_eq!(begun(&choose(&waiting, &serving(&taken), NOW, HELD_MS)), [43, 41]);
    }

    #[test]
    fn everybody_is_served_within_as_many_turns_as_it_takes() {
        // Busy lanes that never run empty, on a server where each turn takes a moment: nobody is passed over for ever.
        let mut lanes: Vec<Lane> = (0..200).map(|id| lane(id, id / 40, 0)).collect();
        let mut turns: BTreeMap<WebhookId, u32> = BTreeMap::new();
        for round in 1..=28 {
            let now = NOW.plus(round);
            for served in choose(&lanes, &BTreeMap::new(), now, HELD_MS).begin {
                *turns.entry(served.webhook).or_default() += 1;
                let lane = lanes.iter_mut().find(|it| it.webhook == served.webhook).unwrap();
                lane.claimed_until = now;
            }
        }
        // 28 rounds of 32 places for 200 lanes: four and a half each.
        assert_eq!(turns.len(), 200);
        assert!(turns.values().all(|it| (3..=6).contains(it)), "{turns:?}");
    }

    #[test]
    fn a_claim_that_another_node_holds_is_not_touched_before_it_runs_out() {
        let held = lane(1, 1, NOW.0 + 7_000);
        let choice = choose(&[held], &BTreeMap::new(), NOW, HELD_MS);
        assert_eq!((begun(&choice), choice.next), (vec![], Some(NOW.plus(7_000))));
        assert_eq!(choice.queue, Queue::default(), "no place helps it");
        assert_eq!(begun(&choose(&[held], &BTreeMap::new(), NOW.plus(7_000), HELD_MS)), [1]);
        let from_a_clock_that_jumped_back = lane(1, 1, NOW.0 + HELD_MS + 1);
        assert_eq!(begun(&choose(&[from_a_clock_that_jumped_back], &BTreeMap::new(), NOW, HELD_MS)), [1]);
    }

    #[test]
    fn what_is_due_later_is_waited_for() {
        let due = |at: i64| Lane { due_at: NOW.plus(at), ..lane(at, 1, 0) };
        let choice = choose(&[due(900), due(400), Lane { claimed_until: NOW.plus(800), ..due(500) }], &BTreeMap::new(), NOW, HELD_MS);
        assert_eq!((begun(&choice), choice.next), (vec![], Some(NOW.plus(400))));
        let served = choose(&[due(400)], &serving(&[due(400)]), NOW, HELD_MS);
        assert_eq!(served, Choice::default(), "who serves it knows by itself");
    }
}
