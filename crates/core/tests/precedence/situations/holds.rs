//! Reasons against what is done to holds and purchases.

use super::credit::{expiry, new_hold};
use super::{Reasons, done, granted, stop_credit};
use crate::support::commands::{change_hold, parts, pay, refund, release, settle, transaction, usd};
use crate::support::world::World;
use fiado_core::account::{ChangeHold, Command};
use fiado_core::identity::TransactionId;
use fiado_core::money::{Amount, Currency, Tolerance};

/// A hold of two cents in one part, that lives long and may grow far.
fn held(firm: bool) -> (World, TransactionId) {
    let mut world = World::new(Currency::Usd);
    let id = transaction("pedido");
    world.policy.hold_growth = Tolerance::LARGEST;
    granted(&mut world);
    let expires_at = Some(world.now().plus_seconds(60 * 86_400));
    let made = ChangeHold { expires_at, firm: Some(firm), ..change_hold(&id, usd("0.02")) };
    done(&mut world, "luis", &[Command::ChangeHold(made)]);
    (world, id)
}

/// The growth that is allowed when the command comes.
fn let_grow(world: &mut World, reasons: &Reasons<'_>) {
    if reasons.has("GrowthTooLarge") {
        world.policy.hold_growth = Tolerance::NONE;
    }
}

pub(super) fn change(reasons: &Reasons<'_>) -> (World, Command) {
    if !reasons.has("HoldEnded") && !reasons.has("GrowthTooLarge") {
        return new_hold(reasons);
    }
    let (mut world, id) = held(false);
    if reasons.has("HoldEnded") {
        done(&mut world, "luis", &[release(&id)]);
    }
    stop_credit(&mut world, reasons, usd("0.02"));
    let_grow(&mut world, reasons);
    let (amount, count) = grown(reasons);
    let (installments, expires_at) = (Some(parts(count)), expiry(&world, reasons));
    (world, Command::ChangeHold(ChangeHold { installments, expires_at, ..change_hold(&id, amount) }))
}

/// More than two cents: more than was authorized.
fn grown(reasons: &Reasons<'_>) -> (Amount, u64) {
    if reasons.has("TooManyInstallments") { (usd("0.03"), 48) } else { (usd("1"), 1) }
}

pub(super) fn release_of(reasons: &Reasons<'_>) -> (World, Command) {
    if reasons.has("AccountNotFound") {
        return (World::new(Currency::Usd), release(&transaction("pedido")));
    }
    let (mut world, id) = held(reasons.has("HoldFirm"));
    if reasons.has("HoldEnded") {
        done(&mut world, "luis", &[settle(&id, usd("0.02"))]);
    }
    (world, release(&named(id, reasons)))
}

fn named(id: TransactionId, reasons: &Reasons<'_>) -> TransactionId {
    if reasons.has("TransactionNotFound") { transaction("nobody's") } else { id }
}

pub(super) fn settlement(reasons: &Reasons<'_>) -> (World, Command) {
    if reasons.has("AccountNotFound") {
        return (World::new(Currency::Usd), settle(&transaction("pedido"), usd("1")));
    }
    if reasons.has("NoOpenInvoice") {
        return settlement_above_what_is_paid(reasons);
    }
    if reasons.has("SettlementBelowPaid") {
        return settlement_below_what_is_paid();
    }
    let (mut world, id) = ended_hold(reasons);
    stop_credit(&mut world, reasons, Amount::ZERO);
    let_grow(&mut world, reasons);
    (world, settle(&named(id, reasons), grown(reasons).0))
}

/// A hold that was released, or has expired: all of its settlement is new credit.
fn ended_hold(reasons: &Reasons<'_>) -> (World, TransactionId) {
    let (mut world, id) = held(false);
    let installments = Some(parts(grown(reasons).1));
    let larger = ChangeHold { installments, ..change_hold(&id, usd("2")) };
    done(&mut world, "luis", &[Command::ChangeHold(larger)]);
    if reasons.has("HoldEnded") {
        done(&mut world, "luis", &[release(&id)]);
    } else {
        world.today = world.today.plus_days(61);
    }
    (world, id)
}

fn settlement_above_what_is_paid(reasons: &Reasons<'_>) -> (World, Command) {
    let (mut world, id) = held(false);
    let today = world.today;
    done(&mut world, "luis", &[settle(&id, usd("0.02")), pay("a transfer", usd("0.02"), today)]);
    stop_credit(&mut world, reasons, Amount::ZERO);
    let_grow(&mut world, reasons);
    (world, settle(&id, usd("1")))
}

fn settlement_below_what_is_paid() -> (World, Command) {
    let (mut world, id) = held(false);
    let today = world.today;
    done(&mut world, "luis", &[settle(&id, usd("1")), pay("a transfer", usd("0.50"), today)]);
    (world, settle(&id, usd("0.49")))
}

pub(super) fn refund_of(reasons: &Reasons<'_>) -> (World, Command) {
    if reasons.has("AccountNotFound") {
        return (World::new(Currency::Usd), refund(&transaction("pedido"), usd("1")));
    }
    let (mut world, id) = held(false);
    done(&mut world, "luis", &[settle(&id, usd("1"))]);
    if reasons.has("TotalTooLarge") {
        // All of the purchase is paid, and as much ahead as can be.
        let today = world.today;
        let payments = [pay("a transfer", usd("1"), today), pay("ahead", Amount::LARGEST, today)];
        done(&mut world, "luis", &payments);
    }
    let amount = if reasons.has("RefundTooLarge") { usd("1.01") } else { usd("1") };
    (world, refund(&named(id, reasons), amount))
}
