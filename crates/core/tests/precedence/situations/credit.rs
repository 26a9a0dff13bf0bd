//! Reasons against what is bought or held anew.

use super::{Reasons, done, granted, stop_credit};
use crate::support::commands::{buy, change_hold, hold, parts, transaction, usd};
use crate::support::world::World;
use fiado_core::account::{Authorize, ChangeHold, Command};
use fiado_core::calendar::Instant;
use fiado_core::money::{Amount, Currency};

pub(super) fn purchase(reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = World::new(Currency::Usd);
    if !reasons.has("AccountNotFound") {
        granted(&mut world);
        done(&mut world, "luis", &[buy("bought before", usd("100"), 1)]);
        stop_credit(&mut world, reasons, Amount::ZERO);
    }
    let order = if reasons.has("OrderConflict") { "bought before" } else { "new" };
    let (amount, count) = asked(reasons);
    (world, buy(order, amount, count))
}

pub(super) fn authorization(reasons: &Reasons<'_>) -> (World, Command) {
    let world = world(reasons);
    let (amount, count) = asked(reasons);
    let expires_at = expiry(&world, reasons);
    (world, Command::Authorize(Authorize { installments: parts(count), expires_at, ..hold(amount) }))
}

/// A hold under a client's own name, or under one that the account never made.
pub(super) fn new_hold(reasons: &Reasons<'_>) -> (World, Command) {
    let world = world(reasons);
    let life = world.book.account.life.as_ref().filter(|_| reasons.has("TransactionNotFound"));
    let id = life.map_or_else(|| transaction("pedido"), |life| life.id.child(1_000).into());
    let (amount, count) = asked(reasons);
    let expires_at = expiry(&world, reasons);
    let installments = Some(parts(count));
    (world, Command::ChangeHold(ChangeHold { installments, expires_at, ..change_hold(&id, amount) }))
}

fn world(reasons: &Reasons<'_>) -> World {
    let mut world = World::new(Currency::Usd);
    if !reasons.has("AccountNotFound") {
        granted(&mut world);
        stop_credit(&mut world, reasons, Amount::ZERO);
    }
    world
}

fn asked(reasons: &Reasons<'_>) -> (Amount, u64) {
    if reasons.has("TooManyInstallments") { (usd("0.01"), 2) } else { (usd("10"), 1) }
}

/// The present moment is too late for a hold to end.
pub(super) fn expiry(world: &World, reasons: &Reasons<'_>) -> Option<Instant> {
    reasons.has("ExpirationPassed").then(|| world.now())
}
