//! A purchase passes the gate or is refused; what it makes adds up.

use crate::support::commands::{minor, parts};
use crate::support::history::Taken;
use crate::{always, event_of, new_purchase};
use fiado_core::account::{Command, Event, Receipt, Rejection, UseCredit};
use fiado_core::installments::DueDates;
use fiado_core::money::Balance;
use proptest::prelude::*;

#[test]
fn a_new_purchase_never_passes_limit_and_tolerance() {
    always(|step| {
        let (Some(_), Some(Event::Used { amount, .. })) = (new_purchase(step), event_of(step)) else {
            return Ok(());
        };
        let account = step.standing();
        let line = account.line().unwrap();
        let tolerance = u128::from(line.tolerance.millionths());
        let counts = if step.scene.policy.tolerance_enabled { tolerance } else { 0 };
        let ceiling = u128::from(line.limit.minor()) * (1_000_000 + counts) / 1_000_000;
        let used = u128::from(account.totals.outstanding.minor());
        let held = u128::from(account.totals.held.minor());
        let asked = u128::from(amount.minor());
        let unapplied = u128::from(account.totals.unapplied.minor());
        prop_assert!(used + held + asked <= ceiling + unapplied);
        Ok(())
    });
}

/// Whether what is owed and held, less what was paid ahead, is within limit and tolerance.
pub(crate) fn is_within_ceiling(step: &Taken) -> bool {
    let account = &step.after.account;
    let exposure =
        Balance::from(account.totals.outstanding).plus(account.totals.held).minus(account.totals.unapplied);
    exposure <= account.ceiling(&step.scene.policy)
}

#[test]
fn what_is_owed_after_a_purchase_is_within_its_ceiling() {
    always(|step| {
        let Some(Event::Used { .. }) = event_of(step) else { return Ok(()) };
        prop_assert!(is_within_ceiling(step));
        Ok(())
    });
}

#[test]
fn no_invoice_is_empty_and_the_parts_add_up() {
    always(|step| {
        let Some(Event::Used { amount, plan, parts, .. }) = event_of(step) else { return Ok(()) };
        let Command::UseCredit(UseCredit { installments, .. }) = &step.command else {
            return Err(TestCaseError::fail("a purchase by another command"));
        };
        prop_assert!(plan.is_some() || parts.len() == usize::from(installments.get()));
        prop_assert_eq!(parts.iter().map(|part| part.amount.minor()).sum::<u64>(), amount.minor());
        for (number, part) in (1_u8..).zip(parts) {
            prop_assert_eq!(part.number, number);
            prop_assert!(!part.amount.is_zero());
        }
        let smallest = parts.iter().map(|part| part.amount.minor()).min();
        let largest = parts.iter().map(|part| part.amount.minor()).max();
        let (Some(smallest), Some(largest)) = (smallest, largest) else {
            return Err(TestCaseError::fail("a purchase without an invoice"));
        };
        // By terms of payment each part carries the interest of its own.
        prop_assert!(plan.is_some() || largest - smallest < u64::from(installments.get()));
        Ok(())
    });
}

#[test]
fn where_the_shop_says_nothing_else_each_part_falls_due_a_term_after_the_one_before_it() {
    always(|step| {
        let (Some(Event::Used { plan: None, parts, .. }), Some(line)) =
            (event_of(step), step.before.account.line())
        else {
            return Ok(());
        };
        if step.scene.policy.due_dates == DueDates::default() {
            for part in parts {
                let days = u32::from(line.term.days()) * u32::from(part.number);
                prop_assert_eq!(part.due, step.scene.today.plus_days(days));
            }
        }
        Ok(())
    });
}

#[test]
fn a_purchase_is_told_as_it_is_kept() {
    always(|step| {
        let Ok(outcome) = &step.result else { return Ok(()) };
        let Receipt::Usage(told) = &outcome.receipt else { return Ok(()) };
        prop_assert_eq!(&step.after.usages[&told.transaction], told);
        Ok(())
    });
}

#[test]
fn what_was_paid_ahead_goes_to_the_new_invoices_from_the_first_on() {
    always(|step| {
        let (Some(Event::Used { amount, parts, prepaid, .. })
        | Some(Event::Settled { amount, parts, prepaid, .. })) = event_of(step)
        else {
            return Ok(());
        };
        let ahead = step.before.account.totals.unapplied;
        let consumed: u64 = prepaid.iter().map(|part| part.amount.minor()).sum();
        prop_assert_eq!(consumed, ahead.min(*amount).minor());
        prop_assert_eq!(step.after.account.totals.unapplied.minor(), ahead.minor() - consumed);
        for (part, paid) in parts.iter().zip(prepaid) {
            prop_assert_eq!(part.number, paid.invoice.installment);
            prop_assert_eq!(part.due, paid.due);
            prop_assert_eq!(part.amount.minor(), paid.amount.minor() + paid.left.minor());
        }
        let in_full = prepaid.iter().rev().skip(1).all(|part| part.left.is_zero());
        prop_assert!(in_full, "an earlier part was left open: {prepaid:?}");
        Ok(())
    });
}

#[test]
fn the_same_order_again_changes_nothing_and_answers_the_first_figures() {
    always(|step| {
        let (Command::UseCredit(again), Some(first)) = (&step.command, &step.items.usage) else {
            return Ok(());
        };
        let plan = again.plan.as_ref().map(|chosen| &chosen.seen);
        let count = plan.and_then(|plan| plan.count()).unwrap_or(again.installments);
        let is_same = (again.amount, count.get(), plan.map(|plan| &plan.id))
            == (first.principal(), first.installments, first.plan.as_ref());
        match &step.result {
            Ok(outcome) => {
                prop_assert!(is_same);
                prop_assert!(outcome.entries.is_empty() && outcome.rows.is_empty());
                prop_assert_eq!(&outcome.account, &step.before.account);
                prop_assert_eq!(&outcome.receipt, &Receipt::Usage(first.clone()));
            }
            Err(Rejection::OrderConflict { first_amount, first_installments, amount, .. }) => {
                prop_assert!(!is_same);
                prop_assert_eq!(*first_amount, first.principal());
                prop_assert_eq!(*first_installments, first.installments);
                prop_assert_eq!(*amount, again.amount);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
        Ok(())
    });
}

#[test]
fn the_figures_a_purchase_was_answered_with_never_change() {
    always(|step| {
        for (id, before) in &step.before.usages {
            let mut after = step.after.usages[id].clone();
            (after.paid, after.captured, after.value) = (before.paid, before.captured, before.value);
            prop_assert_eq!(&after, before);
        }
        for (id, before) in &step.before.payments {
            prop_assert_eq!(&step.after.payments[id], before);
        }
        Ok(())
    });
}

#[test]
fn an_amount_smaller_than_its_installments_is_told_how_many_would_do() {
    always(|step| {
        let Err(Rejection::TooManyInstallments { amount, installments, most }) = &step.result else {
            return Ok(());
        };
        prop_assert!(amount.minor() < u64::from(installments.get()));
        prop_assert_eq!(*most, Some(parts(amount.minor())));
        prop_assert!(*amount >= minor(1));
        Ok(())
    });
}
