//! What is bought at once, and what is paid.

use super::{Pick, Sum, amount, counts, picks, positive, sums};
use crate::support::commands::{buy, minor, pay, pay_for};
use crate::support::world::World;
use fiado_core::account::{Command, Invoice};
use fiado_core::identity::InvoiceId;
use fiado_core::money::Amount;
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Buy { sum: Sum, count: u64 },
    BuyAgain { which: usize, more: u64, count: Option<u64> },
    Pay { sum: Sum, days_ago: u32 },
    PayFor { shares: Vec<Share>, rest: i64 },
    PayAgain { which: usize, more: u64 },
}

/// A part of a payment, for an invoice picked from those there are.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    pick: Pick,
    part: Part,
}

#[derive(Debug, Clone)]
enum Part {
    Whole { more: u64 },
    Minor(u64),
}

pub(super) fn deeds() -> impl Strategy<Value = Deed> {
    let rest = prop_oneof![2 => Just(-1), 1 => Just(0), 2 => 1_i64..30];
    prop_oneof![
        16 => (sums(), counts()).prop_map(|(sum, count)| Deed::Buy { sum, count }),
        4 => (0_usize..8, 0_u64..2, proptest::option::weighted(0.2, counts()))
            .prop_map(|(which, more, count)| Deed::BuyAgain { which, more, count }),
        9 => (sums(), 0_u32..40).prop_map(|(sum, days_ago)| Deed::Pay { sum, days_ago }),
        6 => (proptest::collection::vec(shares(), 0..5), rest)
            .prop_map(|(shares, rest)| Deed::PayFor { shares, rest }),
        3 => (0_usize..8, 0_u64..2).prop_map(|(which, more)| Deed::PayAgain { which, more }),
    ]
}

fn shares() -> impl Strategy<Value = Share> {
    let part = prop_oneof![
        6 => (0_u64..40).prop_map(Part::Minor),
        6 => Just(Part::Whole { more: 0 }),
        1 => Just(Part::Whole { more: 1 }),
    ];
    (picks(), part).prop_map(|(pick, part)| Share { pick, part })
}

pub(super) fn meant(world: &World, deed: &Deed) -> Vec<Command> {
    let order = format!("order {}", world.book.usages.len());
    let reference = format!("transfer {}", world.book.payments.len());
    match deed {
        Deed::Buy { sum, count } => vec![buy(&order, positive(amount(world, sum)), *count)],
        Deed::BuyAgain { which, more, count } => buy_again(world, *which, *more, *count),
        Deed::Pay { sum, days_ago } => {
            vec![pay(&reference, positive(amount(world, sum)), world.today.minus_days(*days_ago))]
        }
        Deed::PayFor { shares, rest } => vec![pay_shares(world, &reference, shares, *rest)],
        Deed::PayAgain { which, more } => pay_again(world, *which, *more),
    }
}

fn buy_again(world: &World, which: usize, more: u64, count: Option<u64>) -> Vec<Command> {
    let usage = world.book.usages.values().nth(which);
    let again = usage.map(|usage| {
        let count = count.unwrap_or(u64::from(usage.installments));
        buy(usage.order.as_str(), usage.amount.saturating_add(minor(more)), count)
    });
    again.into_iter().collect()
}

fn pay_again(world: &World, which: usize, more: u64) -> Vec<Command> {
    let mut referenced = world.book.payments.values().filter_map(|payment| {
        let reference = payment.reference.as_ref()?;
        Some(pay(reference.as_str(), payment.amount.saturating_add(minor(more)), world.today))
    });
    referenced.nth(which).into_iter().collect()
}

fn pay_shares(world: &World, reference: &str, shares: &[Share], rest: i64) -> Command {
    let shares: Vec<(InvoiceId, Amount)> = shares.iter().map(|share| share_of(world, share)).collect();
    let total: u64 = shares.iter().map(|(_, amount)| amount.minor()).sum();
    let amount = minor(total.saturating_add_signed(rest).clamp(1, world.policy.currency.largest().minor()));
    pay_for(reference, amount, world.today, &shares)
}

fn share_of(world: &World, share: &Share) -> (InvoiceId, Amount) {
    let left = share.pick.find(world).as_ref().map_or(Amount::ZERO, Invoice::left);
    let part = match share.part {
        Part::Whole { more } => left.saturating_add(minor(more)),
        Part::Minor(units) => minor(units),
    };
    (share.pick.id(world), part)
}
