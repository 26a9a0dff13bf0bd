//! What a hold becomes, and how it changes afterwards.

use crate::support::commands::{change_hold, minor, settle, transaction};
use crate::support::world::World;
use crate::{always, event_of, total};
use fiado_core::account::{
    ChangeHold, Command, Event, Invoice, InvoiceChange, InvoiceState, Receipt, Rejection,
};
use fiado_core::identity::TransactionId;
use fiado_core::installments::{InstallmentCount, PaymentTerm, Terms, parts as split};
use fiado_core::money::{Amount, Currency, Tolerance};
use fiado_core::policy::Policy;
use proptest::prelude::*;

/// The invoices that a settlement at another amount or a refund changed.
fn changes_of(event: &Event) -> Option<&[InvoiceChange]> {
    match event {
        Event::SettlementChanged { changes, .. } | Event::Refunded { changes, .. } => Some(changes),
        _ => None,
    }
}

#[test]
fn a_settlement_is_split_like_a_purchase_each_part_due_thirty_days_after_the_other() {
    always(|step| {
        let Some(Event::Settled { transaction, amount, parts, .. }) = event_of(step) else { return Ok(()) };
        let count = step.before.holds[transaction].terms.installments;
        let (terms, due_dates) = (Terms::interest_free(count), &step.scene.policy.due_dates);
        let fresh = split(&terms, *amount, step.scene.today, PaymentTerm::USUAL, due_dates);
        prop_assert_eq!(Some(parts), fresh.as_ref());
        Ok(())
    });
}

#[test]
fn a_settlement_ends_what_was_held_of_it_and_owes_what_it_costs() {
    always(|step| {
        let Some(Event::Settled { held, amount, prepaid, .. }) = event_of(step) else { return Ok(()) };
        let (before, after) = (step.standing().totals, step.after.account.totals);
        let consumed = total(prepaid.iter().map(|part| part.amount));
        prop_assert_eq!(before.held.minor() - held.minor(), after.held.minor());
        prop_assert_eq!(before.outstanding.minor() + amount.minor() - consumed, after.outstanding.minor());
        Ok(())
    });
}

#[test]
fn no_change_goes_below_what_stays_paid_or_touches_a_cancelled_invoice() {
    always(|step| {
        let is_refund = matches!(event_of(step), Some(Event::Refunded { .. }));
        for change in event_of(step).and_then(changes_of).unwrap_or_default() {
            let (before, after) =
                (&step.before.invoices[&change.invoice], &step.after.invoices[&change.invoice]);
            prop_assert!(
                before.state == InvoiceState::Open || is_refund && before.state == InvoiceState::Paid
            );
            prop_assert!(is_refund || change.returned.is_zero());
            let stays_paid = minor(change.paid.minor() - change.returned.minor());
            prop_assert_eq!(
                (before.value, before.paid, before.due),
                (change.before, change.paid, change.due)
            );
            prop_assert!(change.after >= stays_paid && change.after != change.before);
            prop_assert_eq!((after.value, after.paid, after.due), (change.after, stays_paid, before.due));
            let expected = if change.after.is_zero() {
                InvoiceState::Cancelled
            } else if change.after == stays_paid {
                InvoiceState::Paid
            } else {
                InvoiceState::Open
            };
            prop_assert_eq!(after.state, expected);
        }
        Ok(())
    });
}

#[test]
fn a_changed_settlement_moves_debt_and_purchase_by_the_difference() {
    always(|step| {
        let Some(Event::SettlementChanged { transaction, from, to, .. }) = event_of(step) else {
            return Ok(());
        };
        let (before, after) = (&step.before.usages[transaction], &step.after.usages[transaction]);
        prop_assert_eq!((before.captured, after.captured), (*from, *to));
        let moved =
            |before: Amount| i128::from(before.minor()) + i128::from(to.minor()) - i128::from(from.minor());
        prop_assert_eq!(moved(before.value), i128::from(after.value.minor()));
        let owed = step.after.account.totals.outstanding.minor();
        prop_assert_eq!(moved(step.before.account.totals.outstanding), i128::from(owed));
        prop_assert_eq!(step.standing().totals.unapplied, step.after.account.totals.unapplied);
        Ok(())
    });
}

#[test]
fn open_invoices_share_a_changed_settlement_equally_the_remainder_on_the_last() {
    always(|step| {
        let Some(Event::SettlementChanged { transaction, .. }) = event_of(step) else { return Ok(()) };
        let open = step.items.invoices.iter().map(|invoice| &step.after.invoices[&invoice.id]);
        let open: Vec<&Invoice> = open.collect();
        prop_assert!(open.iter().all(|invoice| invoice.id.transaction == *transaction));
        let sharing: Vec<u64> =
            open.iter().filter(|one| one.value > one.paid).map(|one| one.value.minor()).collect();
        let Some((last, others)) = sharing.split_last() else { return Ok(()) };
        prop_assert!(others.windows(2).all(|pair| pair[0] == pair[1]), "{sharing:?}");
        let share = others.first().copied().unwrap_or(*last);
        prop_assert!(*last >= share && last - share < open.len() as u64, "{sharing:?}");
        // Who stands at what has been paid has paid its share and more, or just that.
        let at_paid = open.iter().filter(|invoice| invoice.value == invoice.paid);
        prop_assert!(at_paid.into_iter().all(|invoice| invoice.paid.minor() >= share || share == *last));
        Ok(())
    });
}

#[test]
fn a_refund_is_taken_from_the_last_installment_back() {
    always(|step| {
        let Some(Event::Refunded { transaction, amount, changes, .. }) = event_of(step) else {
            return Ok(());
        };
        let taken = total(changes.iter().map(|change| minor(change.before.minor() - change.after.minor())));
        prop_assert_eq!(taken, amount.minor());
        let owes_less = |change: &&InvoiceChange| change.left_after() < change.left_before();
        let first_owed = changes.iter().find(owes_less).map(|change| change.invoice.installment);
        let first_paid = changes.iter().find(|change| !change.returned.is_zero());
        let first_paid = first_paid.map(|change| change.invoice.installment);
        for invoice in &step.items.invoices {
            let (number, after) = (invoice.id.installment, &step.after.invoices[&invoice.id]);
            let is_behind = |first: Option<u8>| first.is_some_and(|first| number > first);
            // What was paid is given back only when nothing is owed any more.
            prop_assert!(after.left().is_zero() || !is_behind(first_owed) && first_paid.is_none());
            let was_cancelled = invoice.state == InvoiceState::Cancelled;
            prop_assert!(after.paid.is_zero() || !is_behind(first_paid) || was_cancelled);
        }
        let returned = total(changes.iter().map(|change| change.returned));
        let (before, after) = (&step.before.usages[transaction], &step.after.usages[transaction]);
        prop_assert_eq!(before.value.minor() - amount.minor(), after.value.minor());
        prop_assert_eq!(
            (before.captured, before.paid.minor() - returned),
            (after.captured, after.paid.minor())
        );
        let (before, after) = (step.standing().totals.unapplied, step.after.account.totals.unapplied);
        prop_assert_eq!(before.minor() + returned, after.minor());
        Ok(())
    });
}

#[test]
fn a_refund_is_refused_only_where_it_is_more_than_what_the_purchase_costs() {
    always(|step| {
        let Command::Refund(refund) = &step.command else { return Ok(()) };
        let Some(usage) = step.before.usages.get(&refund.transaction) else {
            prop_assert!(step.result.is_err());
            return Ok(());
        };
        let is_past = step.before.account.life.as_ref().is_some_and(|life| usage.used_at < life.requested_at);
        if let Err(Rejection::TotalTooLarge { largest }) = &step.result {
            let ahead = step.before.account.totals.unapplied;
            prop_assert!(ahead.minor() + refund.amount.minor() > largest.minor());
            return Ok(());
        }
        prop_assert_eq!(step.result.is_ok(), !is_past && refund.amount <= usage.value);
        Ok(())
    });
}

#[test]
fn what_is_settled_or_refunded_is_told_as_it_was_asked() {
    always(|step| {
        let asked = match &step.command {
            Command::Settle(settle) => (&settle.transaction, settle.amount),
            Command::Refund(refund) => (&refund.transaction, refund.amount),
            _ => return Ok(()),
        };
        let Ok(outcome) = &step.result else { return Ok(()) };
        let Receipt::Captured { transaction, amount } = &outcome.receipt else {
            return Err(TestCaseError::fail("settled or refunded, and told otherwise"));
        };
        prop_assert_eq!((transaction, *amount), asked);
        Ok(())
    });
}

/// A purchase settled at these amounts one after the other, and untouched between them.
fn settled(amounts: &[u64], count: u64) -> Vec<u64> {
    let mut world = World::new(Currency::Usd);
    world.policy = Policy { hold_growth: Tolerance::LARGEST, ..world.policy };
    let id: TransactionId = transaction("pedido");
    let installments = InstallmentCount::new(count);
    let made = ChangeHold { installments, ..change_hold(&id, minor(amounts[0])) };
    world.run("ana", &crate::support::commands::open(Amount::LARGEST, Tolerance::NONE)).unwrap();
    world.run("ana", &Command::ChangeHold(made)).unwrap();
    for amount in amounts {
        world.run("ana", &settle(&id, minor(*amount))).unwrap();
    }
    world.book.invoices.values().map(|invoice| invoice.value.minor()).collect()
}

proptest! {
    #[test]
    fn settling_an_untouched_purchase_anew_is_settling_it_so_at_first(
        count in 1_u64..=48, first in 0_u64..100_000, second in 0_u64..100_000,
    ) {
        let (first, second) = (first + count, second + count);
        let growth_is_enough = second <= first * 101;
        prop_assume!(growth_is_enough);
        prop_assert_eq!(settled(&[first, second], count), settled(&[second], count));
    }
}
