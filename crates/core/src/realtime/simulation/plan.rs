//! One history from beginning to end: drawn from a seed, played, brought to rest, checked; and told in words if it fails.

use super::action::{Action, Weather};
use super::cast::DEVICES;
use super::check::{self, Broken, Kept, ensure};
use super::network::OLDEST;
use super::plant::Plant;
use super::rng::Rng;
use super::shrink::shrink;
use super::world::{Met, World};

/// Rounds in which all must come to rest once the faults stop; a flood takes one round per batch of a slow reader.
const ROUNDS_MAX: usize = 2_000;

const COMES_TO_REST: &str = "all comes to rest once the faults stop";

/// The actions of a seed. Nothing of the world is asked, so that a shorter list means the same.
pub(super) fn draw(seed: u64) -> Vec<Action> {
    let mut rng = Rng::new(seed);
    let weather = Weather::draw(&mut rng);
    let length = 100 + rng.below(500);
    let mut actions = (0..length).map(|_| weather.action(&mut rng)).collect::<Vec<_>>();
    // Later changes heal much, so many histories end with a blow.
    let blows = [Action::Trim { keep: 0 }, Action::Restart, Action::Restore, Action::Commit];
    actions.push(blows[rng.below(blows.len())]);
    actions
}

/// Plays a list. With the promise that broke comes the index of the action that broke it; after the last it is the list's length.
pub(super) fn play(world: &mut World, actions: &[Action]) -> Result<Met, (usize, Broken)> {
    for (index, action) in actions.iter().enumerate() {
        world.step(*action).map_err(|broken| (index, broken))?;
    }
    world.tell(|_| "the faults stop and all that is under way arrives".to_owned());
    let story = world.story.take();
    let rested = rest(world).and_then(|()| check::at_rest(&world.server.db, &world.devices, &world.clients, &world.typed));
    world.story = story;
    rested.map(|()| world.met).map_err(|broken| (actions.len(), broken))
}

/// Lets everything under way arrive, again and again, until nothing moves.
fn rest(world: &mut World) -> Kept {
    for _ in 0..ROUNDS_MAX {
        if !round(world)? {
            let unsettled = (0..DEVICES).find(|device| !world.clients[*device].is_settled());
            return ensure(unsettled.is_none(), COMES_TO_REST, || format!("{:?}", unsettled.map(|it| &world.clients[it])));
        }
    }
    ensure(false, COMES_TO_REST, || format!("still moving after {ROUNDS_MAX} rounds"))
}

fn round(world: &mut World) -> Result<bool, Broken> {
    let mut moved = !world.server.late.is_empty();
    // Events before the answers that are still out: whoever believes an old answer keeps it.
    while !world.server.late.is_empty() {
        world.step(Action::Notify { pick: 0, again: false, alone: false })?;
    }
    for device in 0..DEVICES {
        moved |= !world.clients[device].online;
        world.step(Action::Connect { device })?;
        while world.pull(device)? > 0 {
            moved = true;
            while world.read(device)? {}
        }
        while world.read(device)? {
            moved = true;
        }
        // What is asked and neither on its way nor answered was lost.
        if world.requests.is_empty() && world.answers.is_empty() && world.server.group.is_empty() {
            world.step(Action::TimeOut { device })?;
        }
        world.step(Action::Send { device })?;
    }
    moved |= !world.requests.is_empty() || !world.answers.is_empty();
    while !world.requests.is_empty() {
        world.step(Action::Arrive { pick: OLDEST, again: false })?;
    }
    moved |= !world.server.group.is_empty();
    world.step(Action::Commit)?;
    while !world.answers.is_empty() {
        world.step(Action::Answer { pick: OLDEST })?;
    }
    Ok(moved)
}

/// A broken promise with the shortest list of actions found that breaks it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) seed: u64,
    pub(super) broken: Broken,
    pub(super) story: Vec<String>,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "seed {} breaks a promise: {}\n{}", self.seed, self.broken.promise, self.broken.detail)?;
        for (index, line) in self.story.iter().enumerate() {
            writeln!(f, "{:>3}. {line}", index + 1)?;
        }
        write!(f, "SIM_SEED={} plays it again", self.seed)
    }
}

/// Plays a seed; a failure is shrunk before it is given back.
pub(super) fn run(seed: u64, plant: Plant) -> Result<Met, Box<Failure>> {
    let mut actions = draw(seed);
    let (index, broken) = match play(&mut World::new(plant), &actions) {
        Ok(met) => return Ok(met),
        Err(failed) => failed,
    };
    actions.truncate(index + 1);
    let actions = shrink(actions, |shorter| play(&mut World::new(plant), shorter).is_err_and(|(_, again)| again.promise == broken.promise));
    let mut world = World::new(plant);
    world.story = Some(Vec::new());
    let broken = play(&mut world, &actions).map_or_else(|(_, broken)| broken, |_| broken);
    Err(Box::new(Failure { seed, broken, story: world.story.unwrap_or_default() }))
}
