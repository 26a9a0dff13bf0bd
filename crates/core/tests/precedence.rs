//! Which rejection is answered where several apply, and what each command does in each status and
//! to each hold, purchase and invoice: as tables.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

#[path = "precedence/items.rs"]
mod items;
#[path = "precedence/situations.rs"]
mod situations;
mod support;
#[path = "precedence/tables.rs"]
mod tables;
#[path = "precedence/transitions.rs"]
mod transitions;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use situations::answer;
use support::history::{histories, play};
use support::{variant, variants_in_source};
use tables::{NEVER_TOGETHER, OF_PREVIEWS, ORDER, REFUSED_FOR, is_possible};

fn place(name: &str) -> usize {
    ORDER.iter().position(|other| *other == name).unwrap_or_else(|| panic!("no rejection is called {name}"))
}

#[test]
fn the_variants_stand_in_the_source_in_the_order_of_precedence() {
    let written = variants_in_source(include_str!("../src/account/rejection.rs"), "Rejection");
    assert_eq!(written, ORDER);
}

#[test]
fn the_tables_speak_of_every_command_and_of_every_rejection() {
    let source = include_str!("../src/account/command.rs").split_once("\ncommands! {").unwrap().1;
    let written = source.split_once("\n}").unwrap().0.lines().filter_map(|line| line.split_once(" = "));
    let written: Vec<&str> = written.map(|(name, _)| name.trim()).collect();
    let mut told: Vec<&str> = REFUSED_FOR.iter().map(|(command, _)| *command).collect();
    for command in &written {
        assert_eq!(told.iter().filter(|name| *name == command).count(), 1, "{command}");
    }
    told.retain(|command| !written.contains(command));
    assert!(told.is_empty(), "not commands: {told:?}");
    for rejection in ORDER {
        let is_told = REFUSED_FOR.iter().any(|(_, reasons)| reasons.contains(&rejection));
        assert!(is_told != OF_PREVIEWS.contains(&rejection), "{rejection}");
    }
}

#[test]
fn the_reasons_of_a_command_stand_in_order_of_precedence() {
    for (command, reasons) in REFUSED_FOR {
        let places: Vec<usize> = reasons.iter().map(|reason| place(reason)).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{command}: {reasons:?}");
    }
    for (command, first, seconds, _) in NEVER_TOGETHER {
        let reasons = REFUSED_FOR.iter().find(|(name, _)| name == command).unwrap().1;
        for reason in seconds.iter().chain([first]) {
            assert!(reasons.contains(reason), "{command} is never refused for {reason}");
        }
    }
}

/// Of every command, every selection of reasons that can apply at once: each alone, each pair, all.
#[test]
fn of_all_reasons_that_apply_to_a_command_the_first_is_answered() {
    for (command, reasons) in REFUSED_FOR {
        for chosen in subsets(reasons).into_iter().filter(|chosen| is_possible(command, chosen)) {
            let first = chosen.first().copied().unwrap_or("done");
            assert_eq!(answer(command, &chosen), first, "{command} with {chosen:?}");
        }
    }
}

/// The same of a purchase whose buyer saw a plan: none that is offered has an empty part.
#[test]
fn of_all_reasons_that_apply_to_a_purchase_by_a_plan_the_first_is_answered() {
    let reasons = REFUSED_FOR.iter().find(|(command, _)| *command == "UseCredit").unwrap().1;
    let reasons: Vec<&str> =
        reasons.iter().copied().filter(|reason| *reason != "TooManyInstallments").collect();
    for chosen in subsets(&reasons).into_iter().filter(|chosen| is_possible("UseCredit", chosen)) {
        let first = chosen.first().copied().unwrap_or("done");
        assert_eq!(answer("UseCredit by a plan", &chosen), first, "{chosen:?}");
    }
}

/// All selections of some names, each in order.
fn subsets(names: &[&'static str]) -> Vec<Vec<&'static str>> {
    let Some((first, rest)) = names.split_first() else { return vec![Vec::new()] };
    let without = subsets(rest);
    let with = without.iter().map(|chosen| [&[*first], chosen.as_slice()].concat());
    with.chain(without.clone()).collect()
}

#[test]
fn no_command_is_refused_for_a_reason_that_is_not_in_its_list() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        for step in play(&histories().new_tree(&mut runner).unwrap().current()) {
            let Err(rejection) = &step.result else { continue };
            let (command, reason) = (variant(&step.command), variant(rejection));
            let reasons = REFUSED_FOR.iter().find(|(name, _)| *name == command).unwrap().1;
            assert!(reasons.contains(&reason.as_str()), "{command} refused for {reason}");
        }
    }
}
