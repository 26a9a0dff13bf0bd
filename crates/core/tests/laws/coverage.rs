//! The histories reach what they are meant to reach.

use crate::support::history::{Taken, histories, play};
use crate::support::{variant, variants_in_source};
use crate::wishes::{Told, told, wishes};
use crate::{event_of, events_of, transaction_of};
use fiado_core::account::{
    AppliedPart, Command, Event, HoldState, InvoiceChange, InvoiceState, Objection, Operation, Rejection,
    Status, Wish,
};
use fiado_core::installments::Plan;
use fiado_core::money::Balance;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const HISTORIES: usize = 1_000;
const AT_LEAST: u32 = 10;

/// The same histories on every machine and every day.
fn fixed_histories() -> Vec<Vec<Taken>> {
    let mut runner = TestRunner::deterministic();
    let next = || play(&histories().new_tree(&mut runner).unwrap().current());
    std::iter::repeat_with(next).take(HISTORIES).collect()
}

#[test]
fn every_kind_of_event_rejection_and_operation_and_every_rare_situation_is_reached() {
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for step in fixed_histories().iter().flatten() {
        let events = events_of(step).map(variant);
        let operation =
            step.result.as_ref().ok().map(|_| format!("{} done", step.command.operation().word()));
        let rejection = step.result.as_ref().err().map(variant);
        let situations = SITUATIONS.iter().filter(|(_, is_met)| is_met(step));
        let situations = situations.map(|(situation, _)| (*situation).to_owned());
        let names = events.chain(operation).chain(rejection).chain(situations);
        for name in names.chain(wishes(step).iter().flat_map(|wish| met_by_a_wish(step, wish))) {
            *met.entry(name).or_default() += 1;
        }
    }
    let events = variants_in_source(include_str!("../../src/account/event.rs"), "Event");
    let rejections = variants_in_source(include_str!("../../src/account/rejection.rs"), "Rejection");
    let operations = Operation::ALL.iter().map(|operation| format!("{} done", operation.word()));
    let situations = SITUATIONS.iter().map(|(situation, _)| *situation);
    let situations = situations.chain(WISHES.iter().map(|(situation, _)| *situation));
    let named = events.into_iter().chain(rejections).chain(situations).map(str::to_owned);
    let rare: Vec<(String, u32)> = named
        .chain(operations)
        .map(|name| (name.clone(), met.get(&name).copied().unwrap_or_default()))
        .filter(|(_, times)| *times < AT_LEAST)
        .collect();
    assert!(rare.is_empty(), "met fewer than {AT_LEAST} times: {rare:?}\nof {met:#?}");
}

/// What is met in the preview of a wish: what only a preview says, and rare situations.
fn met_by_a_wish(step: &Taken, wish: &Wish) -> Vec<String> {
    let told = told(step, wish);
    let not_offered = told.preview.reasons.iter().map(variant).filter(|name| name == "PlanNotOffered");
    let situations = WISHES.iter().filter(|(_, is_met)| is_met(&told));
    not_offered.chain(situations.map(|(situation, _)| (*situation).to_owned())).collect()
}

/// What a step may be, and how it is told.
type Situation = (&'static str, fn(&Taken) -> bool);

/// What has to happen now and then, or a law about it says nothing.
const SITUATIONS: &[Situation] = &[
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
        "a purchase by a plan with interest",
        |step| matches!(event_of(step), Some(Event::Used { plan: Some(plan), .. }) if !plan.interest.is_zero()),
    ),
    ("a purchase by terms of payment with interest", |step| {
        matches!(event_of(step), Some(Event::Used { plan: Some(plan), .. })
            if plan.id.as_str().ends_with('d') && !plan.interest.is_zero())
    }),
    ("a purchase by a plan of the line itself", |step| {
        matches!(event_of(step), Some(Event::Used { plan: Some(plan), .. })
            if plan.id.as_str().starts_with("line:"))
    }),
    (
        "a purchase by a plan consumes what was paid ahead",
        |step| matches!(event_of(step), Some(Event::Used { plan: Some(_), prepaid, .. }) if !prepaid.is_empty()),
    ),
    ("a purchase by a plan is refused for its interest alone", |step| {
        matches!((&step.command, &step.result),
            (Command::UseCredit(purchase), Err(Rejection::CreditNotAvailable { spendable, .. }))
                if purchase.amount <= *spendable)
    }),
    ("a plan has changed", |step| {
        matches!(&step.result, Err(Rejection::PlanChanged { current: Some(_), .. }))
    }),
    ("a plan is offered no more", |step| {
        matches!(&step.result, Err(Rejection::PlanChanged { current: None, .. }))
    }),
    ("an order bought by a plan again", |step| {
        is_done_before(step) && matches!(&step.command, Command::UseCredit(again) if again.plan.is_some())
    }),
    ("an order bought by a plan again, by another or none", |step| {
        matches!((&step.items.usage, &step.result),
            (Some(usage), Err(Rejection::OrderConflict { first_amount, amount, .. }))
                if usage.plan.is_some() && first_amount == amount)
    }),
    ("a purchase by a plan with interest is settled at another amount or refunded", |step| {
        !changes_of(step).is_empty()
            && step.items.usage.as_ref().is_some_and(|usage| !usage.interest.is_zero())
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
    ("a payment reaches what was overdue on its day", |step| {
        matches!(event_of(step), Some(Event::Paid { applied, date, .. })
            if applied.iter().any(|part| part.due < *date))
    }),
    ("a third life", |step| step.after.account.life.as_ref().is_some_and(|life| life.number >= 3)),
    ("a command finds holds whose time has come", |step| {
        !step.items.expired.is_empty() && event_of(step).is_some()
    }),
    ("a command that was done before finds holds whose time has come", |step| {
        !step.items.expired.is_empty() && is_done_before(step)
    }),
    ("a purchase passes because a hold has expired", |step| {
        matches!(event_of(step), Some(Event::Used { amount, .. } | Event::Settled { amount, .. })
            if Balance::from(*amount) > step.before.account.spendable(&step.scene.policy))
            && !step.items.expired.is_empty()
    }),
    (
        "an expired hold is settled",
        |step| matches!(event_of(step), Some(Event::Settled { held, .. }) if held.is_zero()),
    ),
    ("a hold is settled above what was held", |step| {
        matches!(event_of(step), Some(Event::Settled { held, amount, .. })
            if !held.is_zero() && amount > held)
    }),
    ("a suspended line settles what it holds", |step| {
        matches!(event_of(step), Some(Event::Settled { .. }))
            && step.before.account.life.as_ref().is_some_and(|life| life.status() == Status::Suspended)
    }),
    (
        "a settlement consumes what was paid ahead",
        |step| matches!(event_of(step), Some(Event::Settled { prepaid, .. }) if !prepaid.is_empty()),
    ),
    (
        "a settlement is changed up",
        |step| matches!(event_of(step), Some(Event::SettlementChanged { from, to, .. }) if to > from),
    ),
    ("a settlement is changed down, with something paid of an invoice", |step| {
        matches!(event_of(step), Some(Event::SettlementChanged { from, to, changes, .. })
            if to < from && changes.iter().any(|change| !change.paid.is_zero()))
    }),
    ("an invoice is changed to what has been paid of it", |step| {
        changes_of(step).iter().any(|change| !change.after.is_zero() && change.after == change.paid)
    }),
    ("an invoice is changed to nothing", |step| changes_of(step).iter().any(|change| change.after.is_zero())),
    (
        "a refund reaches two invoices",
        |step| matches!(event_of(step), Some(Event::Refunded { changes, .. }) if changes.len() > 1),
    ),
    ("a refund takes what is owed and gives back what was paid", |step| {
        changes_of(step).iter().any(|change| !change.returned.is_zero())
            && changes_of(step).iter().any(|change| change.left_after() < change.left_before())
    }),
    (
        "an invoice is cancelled with something paid of it",
        |step| matches!(event_of(step), Some(Event::InvoiceCancelled { returned, .. }) if !returned.is_zero()),
    ),
    ("a hold becomes firm", |step| match (&step.command, event_of(step)) {
        (Command::ChangeHold(change), Some(Event::HoldChanged { terms, .. })) => {
            terms.firm && !step.before.holds[&change.transaction].terms.firm
        }
        _ => false,
    }),
    ("an order that was held is bought at once", |step| {
        matches!(&step.command, Command::UseCredit(_))
            && step
                .items
                .usage
                .as_ref()
                .is_some_and(|usage| step.before.holds.contains_key(&usage.transaction))
    }),
    ("a hold of an earlier life is named", |step| {
        let life = step.before.account.life.as_ref();
        let hold = transaction_of(&step.command).and_then(|id| step.before.holds.get(id));
        hold.zip(life).is_some_and(|(hold, life)| hold.made_at < life.requested_at)
    }),
    ("an invoice of an earlier life is named", |step| step.items.invoices.iter().any(|invoice| invoice.past)),
    ("a new life ends the holders of the old one", |step| {
        matches!(event_of(step), Some(Event::Requested { .. } | Event::Opened { .. }))
            && step.before.holders.values().any(|holder| holder.removed_at.is_none())
    }),
    ("an account is opened for a shopper nobody knows when they first buy", |step| {
        matches!(step.command, Command::Authorize(_) | Command::ChangeHold(_))
            && matches!(event_of(step), Some(Event::Opened { .. }))
    }),
    ("notes are written on a resolved invoice", |step| {
        matches!(event_of(step), Some(Event::InvoiceAnnotated { invoice })
            if step.before.invoices[invoice].state != InvoiceState::Open)
    }),
    ("the same movement of the balance again", |step| {
        is_done_before(step) && matches!(step.command, Command::AdjustBalance(_))
    }),
    (
        "a line cannot end for what it holds",
        |step| matches!(&step.result, Err(Rejection::DebtOutstanding { outstanding, .. }) if outstanding.is_zero()),
    ),
    ("a released hold is settled", |step| {
        matches!((&step.command, &step.result), (Command::Settle(_), Err(Rejection::HoldEnded { state, .. }))
            if *state == HoldState::Released)
    }),
];

/// What a wish is told, and how that is told.
type Telling = (&'static str, fn(&Told) -> bool);

/// What has to be told now and then.
const WISHES: &[Telling] = &[
    ("several plans are offered, and some of them pass", |told| {
        told.offered.iter().any(|(_, passes)| *passes) && told.offered.iter().any(|(_, passes)| !passes)
    }),
    ("a plan with interest passes", |told| {
        told.preview.passes() && told.preview.plan.as_ref().is_some_and(|plan| !plan.interest().is_zero())
    }),
    ("the total of a plan is too large", |told| {
        let is_too_large = |reason: &Objection| matches!(reason, Objection::TotalTooLarge { .. });
        told.preview.plan.is_none() && told.preview.reasons.iter().any(is_too_large)
    }),
    ("less would pass by the plan that was chosen", |told| {
        let is_with_interest = |plan: &Plan| !plan.interest().is_zero();
        !told.preview.passes()
            && told.remedies.largest_amount.is_some()
            && told.preview.plan.as_ref().is_some_and(is_with_interest)
    }),
    ("no amount passes", |told| told.remedies.largest_amount.is_none()),
    ("a payment would help against overdue debt", |told| {
        told.remedies.smallest_prepayment.is_some() && is_overdue(told) && told.preview.shortfall.is_zero()
    }),
    ("a payment would help against overdue debt and for missing credit", |told| {
        told.remedies.smallest_prepayment.is_some() && is_overdue(told) && !told.preview.shortfall.is_zero()
    }),
    ("a payment would help where a total is too large", |told| {
        told.remedies.smallest_prepayment.is_some()
            && told.preview.reasons.iter().any(|reason| matches!(reason, Objection::TotalTooLarge { .. }))
    }),
    ("no payment helps", |told| !told.preview.passes() && told.remedies.smallest_prepayment.is_none()),
    ("another plan is cheaper than the one that was chosen", |told| {
        told.remedies.cheapest_plan.as_ref().map(Plan::total) < told.preview.plan.as_ref().map(Plan::total)
    }),
    ("the cheapest plan is not the one of one part", |told| {
        told.remedies.cheapest_plan.as_ref().is_some_and(|plan| plan.parts.len() > 1)
    }),
    ("a hold ends, and the purchase passes", |told| told.remedies.earliest.is_some()),
    ("only when a later hold has ended as well the purchase passes", |told| {
        told.remedies.earliest.is_some_and(|(at, _)| told.holds.iter().any(|hold| hold.ends_at < at))
    }),
];

fn is_overdue(told: &Told) -> bool {
    told.preview.reasons.iter().any(|reason| matches!(reason, Objection::OverdueDebt { .. }))
}

fn changes_of(step: &Taken) -> &[InvoiceChange] {
    match event_of(step) {
        Some(Event::SettlementChanged { changes, .. } | Event::Refunded { changes, .. }) => changes,
        _ => &[],
    }
}

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
