//! Random histories of one account: what several people do to it over many days.
//!
//! A step says what somebody means ("all that may still be bought, and a cent more"); it becomes a
//! command with figures when it is its turn. So the edges are met, not only stumbled on.

use super::commands::{OPEN_AUTOMATICALLY, approve, open, request};
use super::deeds::{Deed, Shop, Sum, amount, deeds, limits, meant, shops, terms, tolerances};
use super::world::{Scene, World, as_it_stands};
use fiado_core::account::{Account, Book, Command, Items, Outcome, Rejection};
use fiado_core::calendar::{Day, Instant};
use fiado_core::money::Tolerance;
use proptest::prelude::*;
use std::rc::Rc;

const PEOPLE: [&str; 3] = ["ana", "luis", "rosa"];

/// A shop, how its line begins, and what is done one after the other.
#[derive(Debug, Clone)]
pub(crate) struct History {
    shop: Shop,
    opening: Opening,
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
enum Opening {
    Asked { limit: Sum, term: u64 },
    Opened { limit: Sum, tolerance: u32 },
    Automatic,
    LeftToTheSteps,
}

#[derive(Debug, Clone)]
struct Step {
    days_later: u32,
    hour: u32,
    person: usize,
    deed: Deed,
}

/// One command of a history, with all that was there before and after.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) scene: Scene,
    pub(crate) items: Items,
    pub(crate) command: Command,
    pub(crate) before: Rc<Book>,
    pub(crate) after: Rc<Book>,
    pub(crate) result: Result<Outcome, Rejection>,
}

impl Taken {
    /// The account the command is decided on: without the holds whose time has come.
    pub(crate) fn standing(&self) -> Account {
        as_it_stands(&self.before.account, &self.items)
    }

    /// The same place at another moment.
    pub(crate) fn scene_at(&self, now: Instant, today: Day) -> Scene {
        Scene { now, today, ..self.scene.clone() }
    }

    /// A world in which everything is as it was before the command.
    pub(crate) fn world(&self) -> World {
        World::at(&self.scene, self.before.as_ref().clone())
    }
}

/// Any history of up to sixty steps.
pub(crate) fn histories() -> impl Strategy<Value = History> {
    let opening = prop_oneof![
        6 => (limits(), terms()).prop_map(|(limit, term)| Opening::Asked { limit, term }),
        3 => (limits(), tolerances()).prop_map(|(limit, tolerance)| Opening::Opened { limit, tolerance }),
        1 => Just(Opening::Automatic),
        1 => Just(Opening::LeftToTheSteps),
    ];
    let steps = proptest::collection::vec(steps(), 1..60);
    (shops(), opening, steps).prop_map(|(shop, opening, steps)| History { shop, opening, steps })
}

fn steps() -> impl Strategy<Value = Step> {
    let days = prop_oneof![12 => Just(0_u32), 6 => 1_u32..3, 2 => 10_u32..70];
    let step = (days, 0_u32..24, 0..PEOPLE.len(), deeds());
    step.prop_map(|(days_later, hour, person, deed)| Step { days_later, hour, person, deed })
}

/// Plays a history from its beginning.
pub(crate) fn play(history: &History) -> Vec<Taken> {
    let mut world = history.shop.world();
    let mut taken = Vec::new();
    for (actor, command) in begin(&world, &history.opening) {
        taken.push(take(&mut world, taken.last(), actor, command));
    }
    for step in &history.steps {
        pass_time(&mut world, step);
        let person = PEOPLE[step.person];
        for command in meant(&mut world, &step.deed) {
            let granting = matches!(command, Command::Approve(_));
            let actor = if granting && step.deed.is_granted_by_another() { "maria" } else { person };
            taken.push(take(&mut world, taken.last(), actor, command));
        }
    }
    taken
}

/// Time only goes forward: within a day, to the hour of the step or not at all.
fn pass_time(world: &mut World, step: &Step) {
    world.hour = if step.days_later == 0 { world.hour.max(step.hour) } else { step.hour };
    world.today = world.today.plus_days(step.days_later);
}

fn begin(world: &World, opening: &Opening) -> Vec<(&'static str, Command)> {
    match opening {
        Opening::Asked { limit, term } => {
            let limit = amount(world, limit);
            vec![("ana", request(limit, *term)), ("luis", approve(limit, *term))]
        }
        Opening::Opened { limit, tolerance } => {
            let tolerance = Tolerance::from_millionths(*tolerance).unwrap();
            vec![("luis", open(amount(world, limit), tolerance))]
        }
        Opening::Automatic => vec![("ana", OPEN_AUTOMATICALLY)],
        Opening::LeftToTheSteps => Vec::new(),
    }
}

/// Gives a command, and keeps what there is after it beside the `last` that was taken.
fn take(world: &mut World, last: Option<&Taken>, actor: &str, command: Command) -> Taken {
    let before = last.map_or_else(|| Rc::new(world.book.clone()), |last| Rc::clone(&last.after));
    let (scene, items) = (world.scene(actor), world.items(&command));
    let result = world.run_in(&scene, &command);
    let changed =
        result.as_ref().is_ok_and(|outcome| !outcome.rows.is_empty() || !outcome.entries.is_empty());
    let after = if changed { Rc::new(world.book.clone()) } else { Rc::clone(&before) };
    Taken { scene, items, command, before, after, result }
}
