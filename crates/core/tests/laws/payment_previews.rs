//! What is said of a payment beforehand is what then becomes of it.

use crate::support::history::Taken;
use crate::{always, event_of};
use fiado_core::account::{
    Command, Context, Event, Pay, PaymentPreview, Receipt, Rejection, preview_payment,
};
use fiado_core::late::LateCharges;
use fiado_core::money::{Amount, Rate};
use fiado_core::policy::Policy;
use proptest::prelude::*;

fn charges() -> LateCharges {
    let rate = |text| Rate::parse(text).unwrap();
    LateCharges { daily_interest: rate("0.001"), fine: rate("0.02") }
}

/// The preview of a payment, in a shop that takes something of what is overdue.
fn preview(step: &Taken, payment: &Pay) -> Result<PaymentPreview, Rejection> {
    let policy = Policy { late_charges: charges(), ..step.scene.policy.clone() };
    let context = Context { policy: &policy, ..step.scene.context() };
    preview_payment(&step.before.account, &step.items, payment, &context)
}

/// Asks something of every payment that is let through, and of its preview.
fn of_every_payment(law: impl Fn(&Taken, &Pay, PaymentPreview) -> Result<(), TestCaseError>) {
    always(|step| {
        let Command::Pay(payment) = &step.command else { return Ok(()) };
        match (preview(step, payment), &step.result) {
            (Ok(preview), Ok(_)) => law(step, payment, preview),
            (preview, result) => {
                prop_assert_eq!(preview.as_ref().err(), result.as_ref().err());
                Ok(())
            }
        }
    });
}

#[test]
fn a_payment_goes_where_its_preview_says() {
    of_every_payment(|step, _, preview| {
        let parts: Vec<_> = preview.parts.iter().map(|part| part.applied.clone()).collect();
        match event_of(step) {
            Some(Event::Paid { applied, unapplied, .. }) => {
                prop_assert_eq!((&parts, preview.unapplied), (applied, *unapplied));
                prop_assert_eq!(preview.made_before, None);
            }
            _ => {
                prop_assert!(parts.is_empty() && preview.unapplied.is_zero());
                let first = step.items.payment.as_ref().map(|payment| payment.id);
                prop_assert!(first.is_some() && preview.made_before == first);
            }
        }
        Ok(())
    });
}

#[test]
fn a_payment_leaves_the_account_as_its_preview_says() {
    of_every_payment(|step, _, preview| {
        let Ok(outcome) = &step.result else { return Ok(()) };
        if preview.made_before.is_some() {
            prop_assert_eq!(&preview.account, &step.standing());
            return Ok(());
        }
        prop_assert_eq!(&preview.account, &outcome.account);
        let Receipt::Payment(told) = &outcome.receipt else {
            return Err(TestCaseError::fail("a payment is answered with a payment"));
        };
        prop_assert_eq!(preview.account.totals.outstanding, told.used_after);
        prop_assert_eq!(preview.account.available(), told.available_after);
        Ok(())
    });
}

#[test]
fn a_preview_says_what_each_invoice_costs_on_the_day_of_the_payment() {
    of_every_payment(|step, payment, preview| {
        for part in preview.parts {
            let invoice = &step.before.invoices[&part.applied.invoice];
            prop_assert_eq!(part.late, charges().of(invoice, payment.date));
            prop_assert_eq!(part.late.is_some(), payment.date > invoice.due);
            if let Some(late) = part.late {
                let owed = part.applied.amount.saturating_add(part.applied.left);
                prop_assert_eq!(late.total, Amount::saturating_sum([owed, late.interest, late.fine]));
            }
        }
        Ok(())
    });
}
