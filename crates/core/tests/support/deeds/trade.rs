//! What is bought at once, and what is paid.

use super::{Pick, Sum, amount, counts, picks, positive, sums};
use crate::support::commands::{buy, day, line_plan, minor, pay, pay_for, purchase, purchase_by, wish};
use crate::support::offering::CHANNEL;
use crate::support::world::{Scene, World, at_hour};
use fiado_core::account::{Command, Invoice, Usage, UseCredit, Wish, offered};
use fiado_core::identity::{InvoiceId, PlanId};
use fiado_core::installments::Plan;
use fiado_core::money::Amount;
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Buy {
        sum: Sum,
        count: u64,
    },
    BuyAgain {
        which: usize,
        more: u64,
        count: Option<u64>,
        otherwise: bool,
    },
    /// By a plan that was offered, picked from those there were.
    BuyBy {
        sum: Sum,
        which: usize,
        in_channel: bool,
        seen: Seen,
    },
    Pay {
        sum: Sum,
        days_ago: u32,
    },
    PayFor {
        shares: Vec<Share>,
        rest: i64,
    },
    PayAgain {
        which: usize,
        more: u64,
    },
}

/// What a buyer saw of the plan they choose.
#[derive(Debug, Clone)]
pub(crate) enum Seen {
    Now,
    Yesterday,
    ForLess,
    ByAnotherName,
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
        8 => (0_usize..8, again(), proptest::option::weighted(0.2, counts()), proptest::bool::weighted(0.4))
            .prop_map(|(which, more, count, otherwise)| Deed::BuyAgain { which, more, count, otherwise }),
        12 => (sums(), 0_usize..12, any::<bool>(), seen())
            .prop_map(|(sum, which, in_channel, seen)| Deed::BuyBy { sum, which, in_channel, seen }),
        9 => (sums(), 0_u32..40).prop_map(|(sum, days_ago)| Deed::Pay { sum, days_ago }),
        6 => (proptest::collection::vec(shares(), 0..5), rest)
            .prop_map(|(shares, rest)| Deed::PayFor { shares, rest }),
        3 => (0_usize..8, 0_u64..2).prop_map(|(which, more)| Deed::PayAgain { which, more }),
    ]
}

/// How much more it is the second time.
fn again() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0), 1 => Just(1)]
}

fn seen() -> impl Strategy<Value = Seen> {
    prop_oneof![
        12 => Just(Seen::Now),
        1 => Just(Seen::Yesterday),
        1 => Just(Seen::ForLess),
        1 => Just(Seen::ByAnotherName),
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
        Deed::BuyAgain { which, more, count, otherwise } => {
            let usage = world.book.usages.values().nth(*which);
            usage.map(|usage| buy_again(usage, *more, *count, *otherwise)).into_iter().collect()
        }
        Deed::BuyBy { sum, which, in_channel, seen } => {
            let channel = in_channel.then_some(CHANNEL);
            vec![buy_by(world, &order, positive(amount(world, sum)), *which, channel, seen)]
        }
        Deed::Pay { sum, days_ago } => {
            vec![pay(&reference, positive(amount(world, sum)), world.today.minus_days(*days_ago))]
        }
        Deed::PayFor { shares, rest } => vec![pay_shares(world, &reference, shares, *rest)],
        Deed::PayAgain { which, more } => pay_again(world, *which, *more),
    }
}

/// The same order as it was bought, but for what is said: so much more, in other parts, by another
/// plan or none.
fn buy_again(usage: &Usage, more: u64, count: Option<u64>, otherwise: bool) -> Command {
    let count = count.unwrap_or(u64::from(usage.installments));
    let amount = usage.principal().saturating_add(minor(more));
    let by_none = purchase(usage.order.as_str(), amount, count);
    let id = match (&usage.plan, otherwise) {
        (Some(id), false) => id.clone(),
        (None, true) => PlanId::new(format!("line:{count}x")).unwrap(),
        (Some(_), true) | (None, false) => return Command::UseCredit(by_none),
    };
    let seen = Plan { principal: amount, parts: usage.parts.clone(), ..made_up(id, amount, count) };
    Command::UseCredit(purchase_by(usage.order.as_str(), &seen, None))
}

fn buy_by(
    world: &World,
    order: &str,
    amount: Amount,
    which: usize,
    channel: Option<&str>,
    seen: &Seen,
) -> Command {
    let mut scene = world.sight();
    if matches!(seen, Seen::Yesterday) {
        let today = scene.today.minus_days(1);
        scene = Scene { today, now: at_hour(today, world.hour), ..scene };
    }
    let wish = Wish { channel: channel.map(str::to_owned), ..wish(amount, 1) };
    let plans = offered(&world.account(), &wish, &scene.context());
    let picked = plans.get(which % plans.len().max(1)).map(|(plan, _)| plan.clone());
    let gone = || PlanId::new("gone:1x").unwrap();
    let mut plan = picked.unwrap_or_else(|| made_up(gone(), amount, 1));
    if matches!(seen, Seen::ByAnotherName) {
        plan.id = gone();
    }
    let more = minor(u64::from(matches!(seen, Seen::ForLess)));
    let chosen = purchase_by(order, &plan, channel);
    Command::UseCredit(UseCredit { amount: amount.saturating_add(more), ..chosen })
}

/// A plan that nobody offered.
fn made_up(id: PlanId, amount: Amount, count: u64) -> Plan {
    Plan { id, ..line_plan(amount.max(minor(count)), count, day("2025-11-01")) }
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
