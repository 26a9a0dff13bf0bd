//! What a hold becomes, and how it changes afterwards.

use crate::support::commands::{change_hold, minor, settle, transaction};
use crate::support::world::World;
use crate::{always, event_of, total};
use fiado_core::account::{ChangeHold, Command, Event, Invoice, InvoiceChange, InvoiceState, Receipt};
use fiado_core::identity::TransactionId;
use fiado_core::installments::{InstallmentCount, PaymentTerm, interest_free};
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
        let fresh = interest_free(*amount, count, PaymentTerm::USUAL, step.scene.today);
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
fn no_change_goes_below_what_has_been_paid_or_touches_a_resolved_invoice() {
    always(|step| {
        for change in event_of(step).and_then(changes_of).unwrap_or_default() {
            let (before, after) =
                (&step.before.invoices[&change.invoice], &step.after.invoices[&change.invoice]);
            prop_assert_eq!(before.state, InvoiceState::Open);
            prop_assert_eq!(
                (before.value, before.paid, before.due),
                (change.before, change.paid, change.due)
            );
            prop_assert!(change.after >= change.paid && change.after != change.before);
            prop_assert_eq!((after.value, after.paid, after.due), (change.after, before.paid, before.due));
            let expected = if change.after.is_zero() {
                InvoiceState::Cancelled
            } else if change.after == change.paid {
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
        let first_changed = changes.first().map(|change| change.invoice.installment);
        let later = step.items.invoices.iter().filter(|one| Some(one.id.installment) > first_changed);
        for invoice in later {
            prop_assert!(step.after.invoices[&invoice.id].left().is_zero(), "left open: {invoice:?}");
        }
        let (before, after) = (&step.before.usages[transaction], &step.after.usages[transaction]);
        prop_assert_eq!(before.value.minor() - amount.minor(), after.value.minor());
        prop_assert_eq!((before.captured, before.paid), (after.captured, after.paid));
        Ok(())
    });
}

#[test]
fn a_refund_is_refused_only_where_it_is_more_than_what_is_owed() {
    always(|step| {
        let Command::Refund(refund) = &step.command else { return Ok(()) };
        if !step.before.usages.contains_key(&refund.transaction) {
            prop_assert!(step.result.is_err());
            return Ok(());
        }
        let its_own = step.before.invoices.values().filter(|one| one.id.transaction == refund.transaction);
        let owed = total(its_own.map(Invoice::left));
        prop_assert_eq!(step.result.is_ok(), refund.amount.minor() <= owed);
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
