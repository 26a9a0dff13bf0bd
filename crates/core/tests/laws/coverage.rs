//! The histories reach what they are meant to reach.

use crate::event_of;
use crate::support::history::{Taken, histories, play};
use crate::support::{variant, variants_in_source};
use fiado_core::account::{AppliedPart, Command, Event, Rejection};
use fiado_core::money::Balance;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const HISTORIES: usize = 300;
const AT_LEAST: u32 = 10;

/// The same histories on every machine and every day.
fn fixed_histories() -> Vec<Vec<Taken>> {
    let mut runner = TestRunner::deterministic();
    let next = || play(&histories().new_tree(&mut runner).unwrap().current());
    std::iter::repeat_with(next).take(HISTORIES).collect()
}

#[test]
fn every_kind_of_event_and_rejection_and_every_rare_situation_is_reached() {
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for step in fixed_histories().iter().flatten() {
        let event = event_of(step).map(variant);
        let rejection = step.result.as_ref().err().map(variant);
        let situations = SITUATIONS.iter().filter(|(_, is_met)| is_met(step));
        let situations = situations.map(|(situation, _)| (*situation).to_owned());
        for name in event.into_iter().chain(rejection).chain(situations) {
            *met.entry(name).or_default() += 1;
        }
    }
    let events = variants_in_source(include_str!("../../src/account/event.rs"), "Event");
    let rejections = variants_in_source(include_str!("../../src/account/rejection.rs"), "Rejection");
    let situations = SITUATIONS.map(|(situation, _)| situation);
    let rare: Vec<(&str, u32)> = events
        .into_iter()
        .chain(rejections)
        .chain(situations)
        .map(|name| (name, met.get(name).copied().unwrap_or_default()))
        .filter(|(_, times)| *times < AT_LEAST)
        .collect();
    assert!(rare.is_empty(), "met fewer than {AT_LEAST} times: {rare:?}\nof {met:#?}");
}

/// What a step may be, and how it is told.
type Situation = (&'static str, fn(&Taken) -> bool);

/// What has to happen now and then, or a law about it says nothing.
const SITUATIONS: [Situation; 14] = [
    ("a purchase consumes what was paid ahead", |step| !prepaid(step).is_empty()),
    ("a purchase consumes what was paid ahead in an earlier life", |step| {
        let line = step.before.account.line();
        let is_of_this_life = |sequence| line.is_some_and(|line| sequence > line.approval.sequence);
        !prepaid(step).is_empty()
            && !step.before.payments.keys().any(|payment| is_of_this_life(payment.sequence()))
    }),
    ("a purchase is paid in full by what was paid ahead", |step| {
        matches!(event_of(step), Some(Event::Used { parts, prepaid, .. })
            if parts.len() == prepaid.len() && prepaid.iter().all(|part| part.left.is_zero()))
    }),
    ("a purchase uses the tolerance", |step| {
        matches!(event_of(step), Some(Event::Used { .. })) && owes_more_than_the_limit(step)
    }),
    ("a purchase is refused that would pass if the shop let tolerance count", |step| {
        let ceiling = step.before.account.line().map(|line| line.tolerance.ceiling(line.limit));
        matches!(&step.result, Err(Rejection::CreditNotAvailable { used, required, .. })
            if ceiling.is_some_and(|ceiling| Balance::from(*used).plus(*required) <= ceiling))
    }),
    (
        "a purchase in several parts",
        |step| matches!(event_of(step), Some(Event::Used { parts, .. }) if parts.len() > 2),
    ),
    ("the limit is lowered below what is owed", |step| {
        matches!(event_of(step), Some(Event::LimitChanged { .. })) && owes_more_than_the_limit(step)
    }),
    ("the same order again", |step| is_done_before(step) && matches!(step.command, Command::UseCredit(_))),
    ("the same payment again", |step| is_done_before(step) && matches!(step.command, Command::Pay(_))),
    ("a change that changes nothing", |step| {
        let is_change = matches!(step.command, Command::ChangeLimit(_) | Command::ChangeTolerance(_));
        is_done_before(step) && is_change
    }),
    ("a payment leaves a rest while something is owed", |step| {
        matches!(event_of(step), Some(Event::Paid { unapplied, .. }) if !unapplied.is_zero())
            && !step.after.account.totals.outstanding.is_zero()
    }),
    ("a payment beyond the debt", |step| {
        matches!(event_of(step), Some(Event::Paid { applied, unapplied, .. })
            if !unapplied.is_zero() && !applied.is_empty())
            && step.after.account.totals.outstanding.is_zero()
    }),
    (
        "a payment reaches three invoices",
        |step| matches!(event_of(step), Some(Event::Paid { applied, .. }) if applied.len() >= 3),
    ),
    ("a third life", |step| step.after.account.life.as_ref().is_some_and(|life| life.number >= 3)),
];

fn prepaid(step: &Taken) -> &[AppliedPart] {
    match event_of(step) {
        Some(Event::Used { prepaid, .. }) => prepaid,
        _ => &[],
    }
}

fn owes_more_than_the_limit(step: &Taken) -> bool {
    step.after.account.totals.outstanding > step.after.account.limit()
}

fn is_done_before(step: &Taken) -> bool {
    step.result.as_ref().is_ok_and(|outcome| outcome.entries.is_empty())
}
