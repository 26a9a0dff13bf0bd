//! Reasons against money that has come in.

use super::{Reasons, done, ended, granted};
use crate::support::commands::{buy, pay, pay_for, usd};
use crate::support::world::World;
use fiado_core::account::Command;
use fiado_core::identity::InvoiceId;
use fiado_core::money::{Amount, Currency};

pub(super) fn payment(reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = World::new(Currency::Usd);
    let today = world.today;
    let mut shares: Vec<(InvoiceId, Amount)> = Vec::new();
    if !reasons.has("AccountNotFound") {
        shares.extend(share_of_an_order(&mut world, reasons));
    }
    if reasons.has("InvoiceNotOpen") {
        shares.push((InvoiceId::parse("nobody's-01").unwrap(), usd("1")));
    }
    let reference = if reasons.has("PaymentConflict") { "known" } else { "new" };
    let amount = if reasons.has("AllocationsAbovePayment") { usd("9.99") } else { usd("200") };
    (world, pay_for(reference, amount, today, &shares))
}

/// An order of 100 of which 5 are paid, and its share of the payment, if the line is still open.
fn share_of_an_order(world: &mut World, reasons: &Reasons<'_>) -> Option<(InvoiceId, Amount)> {
    let today = world.today;
    granted(world);
    done(world, "luis", &[buy("an order", usd("100"), 1), pay("known", usd("5"), today)]);
    let invoice = world.open_invoices()[0].id.clone();
    if reasons.has("TotalTooLarge") {
        done(world, "luis", &[pay_for("ahead", Amount::LARGEST, today, &[])]);
    }
    if reasons.has("LineNotOpen") {
        ended(world);
        return None;
    }
    let above = reasons.has("AllocationAboveInvoice");
    Some((invoice, if above { usd("95.01") } else { usd("10") }))
}
