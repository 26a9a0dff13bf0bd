//! Reasons against what is bought or held anew.

use super::{Reasons, done, granted, stop_credit};
use crate::support::commands::{
    buy, change_hold, hold, line_plan, parts, purchase_by, term, transaction, usd,
};
use crate::support::offering::{offering, rule_of};
use crate::support::world::World;
use fiado_core::account::{Authorize, ChangeHold, Command, UseCredit};
use fiado_core::calendar::Instant;
use fiado_core::money::{Amount, Currency};
use fiado_core::rules::Asked;

pub(super) fn purchase(reasons: &Reasons<'_>) -> (World, Command) {
    let world = world_of_purchases(reasons);
    let (amount, count) = asked(reasons);
    if reasons.has("PlanChanged") {
        // It was seen for more.
        let seen = line_plan(usd("0.04"), count, world.today);
        return (world, Command::UseCredit(UseCredit { amount, ..purchase_by(order(reasons), &seen, None) }));
    }
    (world, buy(order(reasons), amount, count))
}

/// A purchase by a plan of a rule, seen now, or seen yesterday and so not as it is now.
pub(super) fn purchase_by_a_plan(reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = world_of_purchases(reasons);
    world.policy.offering = offering(vec![rule_of("rule", &[(2, "5")])]);
    let seen_on = if reasons.has("PlanChanged") { world.today.minus_days(1) } else { world.today };
    let asked = Asked::on_account(usd("10"), None, world.now(), &world.policy);
    let offer = world.policy.offering.cheapest(&asked, parts(2)).unwrap();
    let seen = offer.plan(asked.value, seen_on, term(30), &world.policy.due_dates).unwrap();
    assert_eq!(seen.total(), usd("11"));
    (world, Command::UseCredit(purchase_by(order(reasons), &seen, None)))
}

/// An account on which an order was bought before, where there is one.
fn world_of_purchases(reasons: &Reasons<'_>) -> World {
    let mut world = World::new(Currency::Usd);
    if !reasons.has("AccountNotFound") {
        granted(&mut world);
        done(&mut world, "luis", &[buy("bought before", usd("100"), 1)]);
        stop_credit(&mut world, reasons, Amount::ZERO);
    }
    world
}

fn order(reasons: &Reasons<'_>) -> &'static str {
    if reasons.has("OrderConflict") { "bought before" } else { "new" }
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
