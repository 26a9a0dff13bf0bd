//! Reasons against what is done to one invoice.

use super::{Reasons, done, granted};
use crate::support::commands::{buy, cancel_invoice, pay_for, pay_invoice, postpone, update_invoice, usd};
use crate::support::world::World;
use fiado_core::account::{Command, InvoiceState};
use fiado_core::identity::InvoiceId;
use fiado_core::money::{Amount, Currency};
use fiado_core::policy::Postponement;

/// An account with an invoice of 100, of which 1 is paid; and the invoice the command names.
fn invoice(reasons: &Reasons<'_>) -> (World, InvoiceId) {
    let mut world = World::new(Currency::Usd);
    let stranger = InvoiceId::parse("nobody's-01").unwrap();
    if reasons.has("AccountNotFound") {
        return (world, stranger);
    }
    granted(&mut world);
    done(&mut world, "luis", &[buy("an order", usd("100"), 1)]);
    let invoice = world.open_invoices()[0].id.clone();
    let today = world.today;
    done(&mut world, "luis", &[pay_for("a part", usd("1"), today, &[(invoice.clone(), usd("1"))])]);
    let named = if reasons.has("InvoiceNotFound") { stranger } else { invoice };
    (world, named)
}

fn resolve(world: &mut World, invoice: &InvoiceId, reasons: &Reasons<'_>) {
    if reasons.has("InvoiceResolved") {
        done(world, "luis", &[cancel_invoice(invoice)]);
    }
}

pub(super) fn resolution(command: &str, reasons: &Reasons<'_>) -> (World, Command) {
    let (mut world, id) = invoice(reasons);
    resolve(&mut world, &id, reasons);
    if reasons.has("TotalTooLarge") {
        let today = world.today;
        done(&mut world, "luis", &[pay_for("ahead", Amount::LARGEST, today, &[])]);
    }
    let command = match command {
        "PayInvoice" => pay_invoice(&id),
        "CancelInvoice" => cancel_invoice(&id),
        _ if reasons.has("InvoiceResolved") => update_invoice(&id, Some(InvoiceState::Open), true),
        _ => update_invoice(&id, Some(InvoiceState::Cancelled), true),
    };
    (world, command)
}

pub(super) fn postponement(reasons: &Reasons<'_>) -> (World, Command) {
    let (mut world, id) = invoice(reasons);
    resolve(&mut world, &id, reasons);
    world.policy.postponement = Postponement {
        enabled: !reasons.has("PostponementDisabled"),
        most_times: if reasons.has("PostponedTooOften") { 0 } else { 1 },
        most_days: if reasons.has("PostponedTooFar") { 9 } else { 10 },
    };
    (world, postpone(&id, 10))
}
