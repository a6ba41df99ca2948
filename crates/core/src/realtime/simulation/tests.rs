//! The histories that are played at every test run, and the proof that they would find mistakes.

use super::check;
use super::plan::{Failure, run};
use super::plant::Plant;
use super::shrink::shrink;
use super::world::Met;

/// Seeds of an ordinary run; `SIM_SEEDS` asks for more.
const SEEDS: u64 = 800;
/// A planted mistake must show within so many seeds,
const PLANTED_SEEDS: u64 = 1_000;
/// and be told in so many lines.
const STORY_LINES_MAX: usize = 30;

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}

#[test]
fn every_history_keeps_every_promise() {
    let only = number("SIM_SEED");
    let count = number("SIM_SEEDS").unwrap_or(SEEDS);
    let seeds = only.map_or(0..count, |seed| seed..seed + 1);
    let mut all = Met::default();
    for seed in seeds {
        let met = run(seed, Plant::Nothing).unwrap_or_else(|failure| panic!("{failure}"));
        all.stored += met.stored;
        all.repeats += met.repeats;
        all.reloads += met.reloads;
        all.reloads_on_the_way += met.reloads_on_the_way;
        all.log_pages += met.log_pages;
        all.restores += met.restores;
        all.gone += met.gone;
        all.refused += met.refused;
        all.moved_on += met.moved_on;
    }
    let rare =
        [all.stored, all.repeats, all.reloads, all.reloads_on_the_way, all.log_pages, all.restores, all.gone, all.refused, all.moved_on];
    assert!(only.is_some() || count < SEEDS || rare.iter().all(|it| *it > 0), "some path was never walked: {all:?}");
}

/// The first history in which the planted mistake shows.
fn found(plant: Plant) -> Failure {
    let failure = (0..PLANTED_SEEDS).find_map(|seed| run(seed, plant).err());
    *failure.unwrap_or_else(|| panic!("{plant:?} was not found in {PLANTED_SEEDS} seeds"))
}

fn finds(plant: Plant, promises: &[&str]) {
    let failure = found(plant);
    assert!(promises.contains(&failure.broken.promise), "{plant:?} shows as something else: {failure}");
    assert!(failure.story.len() <= STORY_LINES_MAX, "{plant:?} is told at length: {failure}");
    if number("SIM_STORIES").is_some() {
        eprintln!("{plant:?}, {} lines: {failure}\n", failure.story.len());
    }
}

#[test]
fn a_server_that_stores_repeats_is_found() {
    finds(Plant::StoresRepeats, &[check::ACKNOWLEDGED, check::STORED_ONCE]);
}

#[test]
fn a_server_that_leaks_notes_is_found() {
    finds(Plant::LeaksNotes, &[check::NO_SECRETS]);
}

#[test]
fn a_server_that_tells_contacts_the_accounts_numbers_is_found() {
    finds(Plant::TellsLogNumbers, &[check::DENSE]);
}

#[test]
fn a_server_that_tells_contacts_who_owns_is_found() {
    finds(Plant::TellsTeamSentences, &[check::NO_SECRETS]);
}

#[test]
fn a_server_that_forgets_where_a_message_went_is_found() {
    finds(Plant::ForgetsWhereItWent, &[check::ACKNOWLEDGED, check::STORED_ONCE]);
}

#[test]
fn a_server_that_answers_before_the_disk_is_found() {
    finds(Plant::AnswersTooEarly, &[check::ACKNOWLEDGED]);
}

#[test]
fn a_server_that_reads_past_the_trim_is_found() {
    finds(Plant::ReadsPastTheTrim, &[check::DENSE, check::NOTHING_SKIPPED]);
}

#[test]
fn a_feed_that_waits_for_what_was_trimmed_is_found() {
    finds(Plant::WaitsForTheTrimmed, &[check::FOLD_IS_FETCH, check::SAME_UNREAD]);
}

#[test]
fn a_server_that_filters_the_window_only_is_found() {
    finds(Plant::FiltersTheWindowOnly, &[check::OWN_INBOXES]);
}

#[test]
fn a_restore_under_the_old_name_is_found() {
    finds(Plant::KeepsEpoch, &[check::NEVER_BACK, check::FOLD_IS_FETCH, check::SAME_UNREAD]);
}

#[test]
fn a_restore_that_reuses_the_numbers_of_conversations_is_found() {
    finds(Plant::ReusesNumbers, &[check::OWN_ONLY, check::RIGHT_PLACE]);
}

#[test]
fn a_read_mark_told_to_nobody_is_found() {
    finds(Plant::SeenInSilence, &[check::FOLD_IS_FETCH, check::SAME_UNREAD]);
}

#[test]
fn a_client_that_believes_old_answers_is_found() {
    finds(Plant::AnswerOverwrites, &[check::FOLD_IS_FETCH, check::SAME_UNREAD]);
}

#[test]
fn a_client_that_stays_on_the_old_conversation_is_found() {
    finds(Plant::StaysOnTheOldOne, &[check::IN_ORDER]);
}

#[test]
fn a_client_that_forgets_an_answer_for_an_older_snapshot_is_found() {
    finds(Plant::ForgetsAnswersOnReload, &[check::NEVER_BACK]);
}

#[test]
fn a_client_that_moves_its_cursor_before_it_fetched_is_found() {
    finds(Plant::CursorBeforeSnapshot, &[check::NEVER_BACK, check::FOLD_IS_FETCH, check::SAME_UNREAD]);
}

#[test]
fn a_client_that_puts_an_old_snapshot_over_events_is_found() {
    finds(Plant::AppliesWhileFetching, &[check::NEVER_BACK, check::FOLD_IS_FETCH, check::SAME_UNREAD]);
}

#[test]
fn a_client_that_sends_ahead_is_found() {
    finds(Plant::SendsAhead, &[check::IN_ORDER, check::ACKNOWLEDGED, check::STORED_ONCE]);
}

#[test]
fn shrinking_leaves_exactly_what_is_needed() {
    let needed = |list: &[u32]| list.contains(&3) && list.contains(&17) && list.contains(&90);
    assert_eq!(shrink((0..100).collect(), needed), [3, 17, 90]);
}

#[test]
fn shrinking_leaves_out_together_what_only_belongs_together() {
    let balanced =
        |list: &[i32]| list.contains(&9) && list.iter().filter(|it| **it == 1).count() == list.iter().filter(|it| **it == 2).count();
    assert_eq!(shrink(vec![1, 9, 1, 2, 2], balanced), [9]);
}

#[test]
fn shrinking_keeps_the_order_and_may_leave_nothing() {
    let four_then_two = |list: &[u32]| list.iter().skip_while(|it| **it != 4).any(|it| *it == 2);
    assert_eq!(shrink(vec![2, 5, 4, 1, 2, 7], four_then_two), [4, 2]);
    assert!(shrink(vec![1, 2, 3], |_| true).is_empty());
}
