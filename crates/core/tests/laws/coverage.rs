//! The histories reach what they are meant to reach.

use crate::event_of;
use crate::support::history::{Taken, histories, play};
use crate::support::{variant, variants_in_source};
use fiado_core::account::{Book, Command, Event};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const HISTORIES: usize = 300;
const AT_LEAST: u32 = 10;

/// The same histories on every machine and every day.
fn fixed_histories() -> Vec<Vec<Taken>> {
    let mut runner = TestRunner::deterministic();
    let mut next = || play(&histories().new_tree(&mut runner).unwrap().current());
    std::iter::repeat_with(&mut next).take(HISTORIES).collect()
}

#[test]
fn every_kind_of_event_and_rejection_and_every_rare_situation_is_reached() {
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for step in fixed_histories().iter().flatten() {
        let event = event_of(step).map(variant);
        let rejection = step.result.as_ref().err().map(variant);
        let situations = situations(step).into_iter().map(str::to_owned);
        for name in event.into_iter().chain(rejection).chain(situations) {
            *met.entry(name).or_default() += 1;
        }
    }
    let events = variants_in_source(include_str!("../../src/account/event.rs"), "Event");
    let rejections = variants_in_source(include_str!("../../src/account/rejection.rs"), "Rejection");
    let wanted = events.into_iter().chain(rejections).chain(SITUATIONS);
    let rare: Vec<(&str, u32)> = wanted
        .map(|name| (name, met.get(name).copied().unwrap_or_default()))
        .filter(|(_, times)| *times < AT_LEAST)
        .collect();
    assert!(rare.is_empty(), "met fewer than {AT_LEAST} times: {rare:?}\nof {met:#?}");
}

const SITUATIONS: [&str; 12] = [
    "a purchase consumes what was paid ahead",
    "a purchase consumes what was paid ahead in an earlier life",
    "a purchase is paid in full by what was paid ahead",
    "a purchase uses the tolerance",
    "the same order again",
    "the same payment again",
    "a payment with allocations leaves a rest while something is owed",
    "a payment beyond the debt",
    "a payment reaches three invoices",
    "more is owed than the limit",
    "a third life",
    "a change that changes nothing",
];

fn situations(step: &Taken) -> Vec<&'static str> {
    let Ok(outcome) = &step.result else { return Vec::new() };
    let Book { account, .. } = step.after.as_ref();
    let life = account.life.as_ref();
    let is_repeated = outcome.entries.is_empty();
    let owed = !account.totals.outstanding.is_zero();
    let mut met = Vec::new();
    let mut when = |condition: bool, situation: &'static str| {
        if condition {
            met.push(situation);
        }
    };
    when(life.is_some_and(|life| life.number >= 3), SITUATIONS[10]);
    when(account.line().is_some() && account.totals.outstanding > account.limit(), SITUATIONS[9]);
    when(is_repeated && matches!(step.command, Command::UseCredit(_)), SITUATIONS[4]);
    when(is_repeated && matches!(step.command, Command::Pay(_)), SITUATIONS[5]);
    let is_change = matches!(step.command, Command::ChangeLimit(_) | Command::ChangeTolerance(_));
    when(is_repeated && is_change, SITUATIONS[11]);
    match event_of(step) {
        Some(Event::Used { prepaid, .. }) => {
            let is_first_of_life = !step
                .before
                .usages
                .values()
                .any(|usage| Some(usage.used_at) >= life.map(|life| life.requested_at));
            when(!prepaid.is_empty(), SITUATIONS[0]);
            when(
                !prepaid.is_empty() && is_first_of_life && life.is_some_and(|life| life.number > 1),
                SITUATIONS[1],
            );
            when(!prepaid.is_empty() && prepaid.iter().all(|part| part.left.is_zero()), SITUATIONS[2]);
            when(account.totals.outstanding > account.limit(), SITUATIONS[3]);
        }
        Some(Event::Paid { applied, unapplied, .. }) => {
            when(!unapplied.is_zero() && owed, SITUATIONS[6]);
            when(!unapplied.is_zero() && !applied.is_empty() && !owed, SITUATIONS[7]);
            when(applied.len() >= 3, SITUATIONS[8]);
        }
        _ => {}
    }
    met
}
