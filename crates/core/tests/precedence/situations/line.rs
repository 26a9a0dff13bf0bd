//! Reasons against what is done to the line itself, its balance and its holders.

use super::{Reasons, done, granted};
use crate::support::commands::{
    ADD_HOLDER, CANCEL, CLOSE, EXPIRE_HOLDS, OPEN_AUTOMATICALLY, REACTIVATE, REJECT, SUSPEND, adjust,
    approve, buy, change_limit, change_tolerance, open, remove_holder, request, update, usd,
};
use crate::support::world::World;
use fiado_core::account::Command;
use fiado_core::identity::LifeId;
use fiado_core::money::{Amount, Currency, Tolerance};

pub(super) fn command(name: &str, reasons: &Reasons<'_>) -> (World, Command) {
    let mut world = World::new(Currency::Usd);
    if !reasons.has("AccountNotFound") {
        prepare(&mut world, name, reasons);
    }
    let command = match name {
        "Request" => request(usd("1"), 30),
        "Approve" => approve(usd("1000"), 30),
        "Reject" => REJECT,
        "Open" => open(usd("1"), Tolerance::NONE),
        "OpenAutomatically" => OPEN_AUTOMATICALLY,
        "Update" => update(Some(usd("1")), None),
        "Suspend" => SUSPEND,
        "Reactivate" => REACTIVATE,
        "Cancel" => CANCEL,
        "Close" => CLOSE,
        "ChangeLimit" => change_limit(usd("1")),
        "ChangeTolerance" => change_tolerance(Tolerance::LARGEST),
        "AdjustBalance" => adjust(if reasons.has("StatementConflict") { "known" } else { "new" }, 2),
        "AddHolder" => ADD_HOLDER,
        "RemoveHolder" => {
            let stranger = LifeId::new([0xee; 10]).child(1);
            let known = world.book.holders.keys().next().filter(|_| !reasons.has("HolderNotFound"));
            remove_holder(known.copied().unwrap_or(stranger))
        }
        "ExpireHolds" => EXPIRE_HOLDS,
        other => panic!("no situations for {other}"),
    };
    (world, command)
}

/// The account as the command finds it, where there is one.
fn prepare(world: &mut World, name: &str, reasons: &Reasons<'_>) {
    let (is_wrong, is_pending) = (reasons.has("InvalidTransition"), (name == "Approve" || name == "Reject"));
    match name {
        "Request" if !is_wrong => {}
        "Open" if reasons.0.is_empty() => {}
        "OpenAutomatically" if reasons.0.is_empty() => world.policy.automatic_opening = true,
        "Request" | "Open" if is_wrong => done(world, "luis", &[request(usd("1"), 30)]),
        _ if is_pending => asked(world, reasons),
        "Cancel" if is_wrong => {
            granted(world);
            done(world, "luis", &[CANCEL]);
        }
        "Reactivate" if !is_wrong => {
            granted(world);
            done(world, "luis", &[SUSPEND]);
        }
        "Suspend" if is_wrong => {
            granted(world);
            done(world, "luis", &[SUSPEND]);
        }
        _ => {
            granted(world);
            burden(world, reasons);
        }
    }
}

/// A request, by whoever gives the command if that is a reason; granted already if that is one.
fn asked(world: &mut World, reasons: &Reasons<'_>) {
    let asking = if reasons.has("OwnRequest") { "ana" } else { "luis" };
    done(world, asking, &[request(usd("1000"), 30)]);
    if reasons.has("InvalidTransition") {
        done(world, "maria", &[approve(usd("1000"), 30)]);
    }
}

/// What a granted line has on it.
fn burden(world: &mut World, reasons: &Reasons<'_>) {
    let largest = i64::try_from(Amount::LARGEST.minor()).unwrap();
    done(world, "luis", &[ADD_HOLDER, adjust("known", 1)]);
    if reasons.has("DebtOutstanding") {
        done(world, "luis", &[buy("an order", usd("1"), 1)]);
    }
    if reasons.has("TotalTooLarge") {
        done(world, "luis", &[adjust("nearly all", largest - 2)]);
    }
    if reasons.has("LineNotOpen") {
        done(world, "luis", &[CANCEL]);
    }
}
