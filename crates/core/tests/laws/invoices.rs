//! An invoice is open while something is owed of it, and is resolved once.

use crate::{always, event_of, events_of};
use fiado_core::account::{Command, Event, Invoice, InvoiceState, Receipt, Rejection};
use fiado_core::money::Amount;
use proptest::prelude::*;

#[test]
fn an_invoice_is_open_as_long_as_something_is_owed_of_it() {
    always(|step| {
        for invoice in step.after.invoices.values() {
            prop_assert!(invoice.paid <= invoice.value);
            prop_assert_eq!(
                invoice.state == InvoiceState::Open,
                invoice.paid < invoice.value && !is_cancelled(invoice)
            );
            prop_assert_eq!(invoice.state == InvoiceState::Open, !invoice.left().is_zero());
            prop_assert_eq!(invoice.state == InvoiceState::Open, invoice.resolved_at.is_none());
            prop_assert!(!is_cancelled(invoice) || invoice.paid.is_zero());
        }
        Ok(())
    });
}

fn is_cancelled(invoice: &Invoice) -> bool {
    invoice.state == InvoiceState::Cancelled
}

#[test]
fn what_is_resolved_stays_as_it_is_but_for_notes_refunds_and_new_lives() {
    always(|step| {
        if let Some(Event::Refunded { .. }) = event_of(step) {
            return Ok(());
        }
        for (id, before) in step.before.invoices.iter().filter(|(_, one)| one.resolved_at.is_some()) {
            let mut after = step.after.invoices[id].clone();
            let is_annotated = events_of(step)
                .any(|event| matches!(event, Event::InvoiceAnnotated { invoice } if invoice == id));
            prop_assert_eq!(after.updated_at, if is_annotated { step.scene.now } else { before.updated_at });
            (after.updated_at, after.past) = (before.updated_at, before.past);
            prop_assert_eq!(&after, before);
        }
        Ok(())
    });
}

#[test]
fn an_invoice_is_past_when_another_life_has_begun_and_never_while_it_is_open() {
    always(|step| {
        let began = step.after.account.life.as_ref().map(|life| life.began);
        let made_by = |invoice: &Invoice| {
            let own = step.after.statement.iter().find(|line| match &line.kind {
                fiado_core::account::LineKind::Invoice(purchase) => {
                    purchase.transaction == invoice.id.transaction
                }
                _ => false,
            });
            own.map(|line| line.sequence)
        };
        for invoice in step.after.invoices.values() {
            prop_assert_eq!(invoice.past, made_by(invoice) < began);
            prop_assert!(!invoice.past || invoice.left().is_zero());
        }
        Ok(())
    });
}

#[test]
fn paying_an_invoice_pays_what_is_left_of_it_and_nothing_else() {
    always(|step| {
        let (Command::PayInvoice(pay), Ok(outcome)) = (&step.command, &step.result) else { return Ok(()) };
        let left = step.before.invoices[&pay.invoice].left();
        let Some(Event::Paid { reference, amount, date, applied, unapplied, .. }) = event_of(step) else {
            return Err(TestCaseError::fail("a payment without an event"));
        };
        prop_assert_eq!((*amount, *unapplied, reference.as_ref()), (left, Amount::ZERO, None));
        prop_assert_eq!((*date, applied.len()), (step.scene.today, 1));
        let Receipt::Invoice(told) = &outcome.receipt else {
            return Err(TestCaseError::fail("a paid invoice is answered with it"));
        };
        prop_assert_eq!((told.state, told.resolved_at), (InvoiceState::Paid, Some(step.scene.now)));
        Ok(())
    });
}

#[test]
fn cancelling_an_invoice_keeps_its_value_and_gives_back_what_was_paid_of_it() {
    always(|step| {
        let Some(Event::InvoiceCancelled { invoice, left, returned, .. }) = event_of(step) else {
            return Ok(());
        };
        let (before, after) = (&step.before.invoices[invoice], &step.after.invoices[invoice]);
        prop_assert_eq!((before.left(), before.paid), (*left, *returned));
        prop_assert_eq!(
            (after.state, after.value, after.paid),
            (InvoiceState::Cancelled, before.value, Amount::ZERO)
        );
        let (totals, now) = (step.standing().totals, step.after.account.totals);
        prop_assert_eq!(totals.outstanding.minor() - left.minor(), now.outstanding.minor());
        prop_assert_eq!(totals.unapplied.minor() + returned.minor(), now.unapplied.minor());
        Ok(())
    });
}

#[test]
fn an_invoice_is_postponed_no_more_often_and_no_farther_than_the_shop_lets() {
    always(|step| {
        let (Command::PostponeInvoice(postpone), Ok(_)) = (&step.command, &step.result) else {
            return Ok(());
        };
        let allowed = step.scene.policy.postponement;
        let (before, after) =
            (&step.before.invoices[&postpone.invoice], &step.after.invoices[&postpone.invoice]);
        prop_assert!(allowed.enabled && before.state == InvoiceState::Open);
        prop_assert_eq!(before.postponements + 1, after.postponements);
        prop_assert!(after.postponements <= allowed.most_times);
        prop_assert_eq!(before.due.days_until(after.due), i32::from(postpone.days));
        prop_assert_eq!(before.original_due, after.original_due);
        prop_assert!(after.original_due.days_until(after.due) <= i32::from(allowed.most_days));
        Ok(())
    });
}

#[test]
fn an_invoice_is_told_as_it_is_kept() {
    always(|step| {
        let Ok(outcome) = &step.result else { return Ok(()) };
        let Receipt::Invoice(told) = &outcome.receipt else { return Ok(()) };
        prop_assert_eq!(&step.after.invoices[&told.id], told);
        Ok(())
    });
}

#[test]
fn an_invoice_goes_only_where_its_command_says() {
    always(|step| {
        let Command::UpdateInvoice(update) = &step.command else { return Ok(()) };
        let Some(before) = step.before.invoices.get(&update.invoice).filter(|invoice| !invoice.past) else {
            let is_unknown =
                matches!(step.result, Err(Rejection::InvoiceNotFound { .. } | Rejection::AccountNotFound {}));
            prop_assert!(is_unknown);
            return Ok(());
        };
        let wanted = update.state.unwrap_or(before.state);
        if step.result.is_ok() {
            prop_assert_eq!(step.after.invoices[&update.invoice].state, wanted);
        } else {
            prop_assert_ne!(wanted, before.state);
        }
        Ok(())
    });
}
