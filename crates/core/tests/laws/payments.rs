//! A payment loses nothing, and goes where it should.

use crate::support::history::Taken;
use crate::support::world::open_invoices;
use crate::{always, event_of, total};
use fiado_core::account::{AppliedPart, Book, Command, Event, Pay, Receipt, Rejection};
use fiado_core::identity::InvoiceId;
use fiado_core::money::Amount;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A payment a command has just made: what was asked, where it went, what is left of it.
fn new_payment(step: &Taken) -> Option<(&Pay, &[AppliedPart], Amount)> {
    match (&step.command, event_of(step)?) {
        (Command::Pay(command), Event::Paid { applied, unapplied, .. }) => {
            Some((command, applied, *unapplied))
        }
        _ => None,
    }
}

#[test]
fn every_cent_of_a_payment_has_a_place() {
    always(|step| {
        let Some((command, applied, unapplied)) = new_payment(step) else { return Ok(()) };
        let spent = total(applied.iter().map(|part| part.amount));
        prop_assert_eq!(spent + unapplied.minor(), command.amount.minor());
        let (before, after) = (step.before.account.totals, step.after.account.totals);
        prop_assert_eq!(before.outstanding.minor() - spent, after.outstanding.minor());
        prop_assert_eq!(before.unapplied.minor() + unapplied.minor(), after.unapplied.minor());
        prop_assert!(applied.iter().all(|part| !part.amount.is_zero()), "{applied:?}");
        Ok(())
    });
}

#[test]
fn all_that_was_ever_paid_is_on_invoices_or_ahead() {
    always(|step| {
        let Book { account, invoices, payments, .. } = step.after.as_ref();
        let received = total(payments.values().map(|payment| payment.amount));
        let applied = total(invoices.values().map(|invoice| invoice.paid));
        prop_assert_eq!(received, applied + account.totals.unapplied.minor());
        Ok(())
    });
}

#[test]
fn a_payment_without_allocations_reaches_the_oldest_due_first() {
    always(|step| {
        let Some((command, applied, unapplied)) = new_payment(step) else { return Ok(()) };
        if command.allocations.is_some() {
            return Ok(());
        }
        let open = open_invoices(&step.before);
        let reached: Vec<&InvoiceId> = applied.iter().map(|part| &part.invoice).collect();
        let oldest: Vec<&InvoiceId> = open.iter().take(reached.len()).map(|invoice| &invoice.id).collect();
        prop_assert_eq!(reached, oldest);
        let latest_due = applied.iter().map(|part| part.due).max();
        for invoice in open.iter().filter(|invoice| Some(invoice.due) < latest_due) {
            prop_assert!(step.after.invoices[&invoice.id].left().is_zero(), "left open: {invoice:?}");
        }
        let in_full = applied.iter().rev().skip(1).all(|part| part.left.is_zero());
        prop_assert!(in_full, "an older invoice was left open: {applied:?}");
        let owed = step.before.account.totals.outstanding;
        prop_assert_eq!(unapplied, command.amount.saturating_sub(owed));
        Ok(())
    });
}

#[test]
fn a_payment_with_allocations_goes_exactly_where_it_was_told() {
    always(|step| {
        let Some((command, _, unapplied)) = new_payment(step) else { return Ok(()) };
        let Some(allocations) = &command.allocations else { return Ok(()) };
        let mut told: BTreeMap<InvoiceId, u64> = BTreeMap::new();
        for allocation in allocations {
            *told.entry(allocation.invoice.clone()).or_default() += allocation.amount.minor();
        }
        for (id, before) in &step.before.invoices {
            let share = told.remove(id).unwrap_or_default();
            prop_assert_eq!(before.paid.minor() + share, step.after.invoices[id].paid.minor());
        }
        prop_assert!(told.is_empty(), "allocated to invoices there are none of: {told:?}");
        let allocated = total(allocations.iter().map(|allocation| allocation.amount));
        prop_assert_eq!(unapplied.minor(), command.amount.minor() - allocated);
        Ok(())
    });
}

#[test]
fn a_payment_says_what_it_left_of_each_invoice() {
    always(|step| {
        let Some((_, applied, _)) = new_payment(step) else { return Ok(()) };
        for part in applied {
            let invoice = &step.after.invoices[&part.invoice];
            prop_assert_eq!(invoice.left(), part.left);
            prop_assert_eq!(invoice.due, part.due);
        }
        Ok(())
    });
}

#[test]
fn a_payment_is_told_as_it_is_kept() {
    always(|step| {
        let Ok(outcome) = &step.result else { return Ok(()) };
        let Receipt::Payment(told) = &outcome.receipt else { return Ok(()) };
        prop_assert_eq!(&step.after.payments[&told.id], told);
        Ok(())
    });
}

#[test]
fn the_same_payment_again_changes_nothing_and_answers_the_first_figures() {
    always(|step| {
        let (Command::Pay(again), Some(first)) = (&step.command, &step.items.payment) else {
            return Ok(());
        };
        match &step.result {
            Ok(outcome) => {
                prop_assert_eq!(again.amount, first.amount);
                prop_assert!(outcome.entries.is_empty() && outcome.rows.is_empty());
                prop_assert_eq!(&outcome.account, &step.before.account);
                prop_assert_eq!(&outcome.receipt, &Receipt::Payment(first.clone()));
            }
            Err(Rejection::PaymentConflict { first_amount, amount, .. }) => {
                prop_assert_ne!(amount, first_amount);
                prop_assert_eq!(*first_amount, first.amount);
                prop_assert_eq!(*amount, again.amount);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
        Ok(())
    });
}

#[test]
fn a_line_ends_only_when_nothing_is_owed_or_held() {
    always(|step| {
        let Some(Event::Cancelled {}) = event_of(step) else { return Ok(()) };
        prop_assert!(open_invoices(&step.before).is_empty());
        let standing = step.standing();
        prop_assert!(standing.totals.held.is_zero());
        prop_assert_eq!(standing.totals, step.after.account.totals);
        Ok(())
    });
}
