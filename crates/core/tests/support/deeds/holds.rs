//! Credit held, changed, given up, settled and refunded.

use super::{Sum, amount, counts, positive, sums};
use crate::support::commands::{
    EXPIRE_HOLDS, REACTIVATE, SUSPEND, change_hold, hold, minor, parts, pay, refund, release, settle,
    transaction,
};
use crate::support::world::World;
use fiado_core::account::{Authorize, ChangeHold, Command, Hold, HoldState, Usage};
use fiado_core::calendar::Instant;
use fiado_core::identity::{OrderId, TransactionId};
use fiado_core::money::Amount;
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Authorize {
        sum: Sum,
        count: u64,
        firm: bool,
        ends: Option<i32>,
        names_order: bool,
    },
    /// A hold, and what becomes of it at once.
    Course {
        sum: Sum,
        count: u64,
        turns: Vec<Turn>,
    },
    Change {
        which: Which,
        figure: Figure,
        count: Option<u64>,
        firm: Option<bool>,
        ends: Option<i32>,
    },
    Release(Which),
    Settle {
        which: Which,
        figure: Figure,
    },
    Refund {
        which: Which,
        figure: Figure,
    },
    Expire,
}

/// What becomes of a hold; an amount is told as how much more it is than what was held.
#[derive(Debug, Clone)]
pub(crate) enum Turn {
    Suspend,
    Reactivate,
    MakeFirm,
    Change {
        more: i64,
    },
    Release,
    Settle {
        more: i64,
    },
    Refund {
        more: i64,
    },
    RefundThird,
    /// Half of it is paid, if nothing else is owed.
    PayHalf,
}

/// A hold or purchase, picked from those there are.
#[derive(Debug, Clone)]
pub(crate) enum Which {
    Live(usize),
    Expired(usize),
    Settled(usize),
    Any(usize),
    /// A client's own name, known or not.
    Named(usize),
    /// A name as the account makes them, that it never made.
    NeverMade,
}

/// An amount, meant in relation to a hold or purchase.
#[derive(Debug, Clone)]
pub(crate) enum Figure {
    Sum(Sum),
    /// What it costs or holds now, or a little else.
    Same(i64),
    /// As far as the shop lets it grow, and so much more.
    Grown {
        more: u64,
    },
    /// What is owed of it, and so much more.
    Left {
        more: u64,
    },
    /// The least it can be settled at, and so much less.
    Least {
        less: u64,
    },
}

pub(super) fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        10 => (sums(), counts(), proptest::bool::weighted(0.3), ends(), any::<bool>()).prop_map(
            |(sum, count, firm, ends, names_order)| Deed::Authorize { sum, count, firm, ends, names_order }
        ),
        8 => ((1_u64..300).prop_map(Sum::Minor), 1_u64..=4, proptest::collection::vec(turns(), 1..5))
            .prop_map(|(sum, count, turns)| Deed::Course { sum, count, turns }),
        9 => (which(), figures(), proptest::option::weighted(0.3, counts()),
            proptest::option::weighted(0.3, any::<bool>()), ends())
            .prop_map(|(which, figure, count, firm, ends)| Deed::Change { which, figure, count, firm, ends }),
        5 => which().prop_map(Deed::Release),
        17 => (which(), figures()).prop_map(|(which, figure)| Deed::Settle { which, figure }),
        9 => (which(), figures()).prop_map(|(which, figure)| Deed::Refund { which, figure }),
        2 => Just(Deed::Expire),
    ]
}

/// Hours until a hold ends by itself, if that is said: some of them have passed.
fn ends() -> impl Strategy<Value = Option<i32>> {
    prop_oneof![3 => Just(None), 3 => (1_i32..80).prop_map(Some), 1 => (-2_i32..1).prop_map(Some)]
}

fn turns() -> impl Strategy<Value = Turn> {
    prop_oneof![
        1 => Just(Turn::Suspend),
        1 => Just(Turn::Reactivate),
        1 => Just(Turn::MakeFirm),
        2 => (-30_i64..30).prop_map(|more| Turn::Change { more }),
        1 => Just(Turn::Release),
        2 => Just(Turn::PayHalf),
        2 => Just(Turn::RefundThird),
        5 => prop_oneof![Just(0), -30_i64..30].prop_map(|more| Turn::Settle { more }),
        1 => prop_oneof![Just(0), -30_i64..3].prop_map(|more| Turn::Refund { more }),
    ]
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![
        8 => (0_usize..4).prop_map(Which::Live),
        2 => (0_usize..4).prop_map(Which::Expired),
        8 => (0_usize..4).prop_map(Which::Settled),
        3 => (0_usize..12).prop_map(Which::Any),
        3 => (0_usize..6).prop_map(Which::Named),
        1 => Just(Which::NeverMade),
    ]
}

fn figures() -> impl Strategy<Value = Figure> {
    prop_oneof![
        3 => sums().prop_map(Figure::Sum),
        7 => prop_oneof![Just(0), -40_i64..40].prop_map(Figure::Same),
        4 => (0_u64..2).prop_map(|more| Figure::Grown { more }),
        4 => (0_u64..2).prop_map(|more| Figure::Left { more }),
        5 => (0_u64..2).prop_map(|less| Figure::Least { less }),
    ]
}

pub(super) fn meant(world: &World, deed: &Deed) -> Vec<Command> {
    let command = match deed {
        Deed::Authorize { sum, count, firm, ends, names_order } => {
            let order = format!("held order {}", world.book.holds.len());
            Command::Authorize(Authorize {
                order: names_order.then(|| OrderId::new(order).unwrap()),
                installments: parts(*count),
                firm: *firm,
                expires_at: ends.map(|hours| hours_from_now(world, hours)),
                ..hold(positive(amount(world, sum)))
            })
        }
        Deed::Course { sum, count, turns } => {
            return course(world, positive(amount(world, sum)), *count, turns);
        }
        Deed::Change { which, figure, count, firm, ends } => {
            let id = which.find(world);
            Command::ChangeHold(ChangeHold {
                installments: count.map(parts),
                firm: *firm,
                expires_at: ends.map(|hours| hours_from_now(world, hours)),
                ..change_hold(&id, figure_of(world, &id, figure))
            })
        }
        Deed::Release(which) => release(&which.find(world)),
        Deed::Settle { which, figure } => {
            let id = which.find(world);
            settle(&id, figure_of(world, &id, figure))
        }
        Deed::Refund { which, figure } => {
            let id = which.find(world);
            refund(&id, figure_of(world, &id, figure))
        }
        Deed::Expire => EXPIRE_HOLDS,
    };
    vec![command]
}

/// Under a client's name, for the id that the account would make cannot be known beforehand.
fn course(world: &World, amount: Amount, count: u64, turns: &[Turn]) -> Vec<Command> {
    let id = transaction(&format!("pedido-{}", world.book.holds.len()));
    let made = ChangeHold { installments: Some(parts(count)), ..change_hold(&id, amount) };
    let so_much_more = |more: i64| positive(minor(amount.minor().saturating_add_signed(more)));
    let turns = turns.iter().map(|turn| match turn {
        Turn::Suspend => SUSPEND,
        Turn::Reactivate => REACTIVATE,
        Turn::MakeFirm => Command::ChangeHold(ChangeHold { firm: Some(true), ..change_hold(&id, amount) }),
        Turn::Change { more } => Command::ChangeHold(change_hold(&id, so_much_more(*more))),
        Turn::Release => release(&id),
        Turn::Settle { more } => settle(&id, so_much_more(*more)),
        Turn::Refund { more } => refund(&id, so_much_more(*more)),
        Turn::RefundThird => refund(&id, positive(minor(amount.minor() / 3))),
        Turn::PayHalf => {
            let reference = format!("transfer {}", world.book.payments.len());
            pay(&reference, positive(minor(amount.minor() / 2)), world.today)
        }
    });
    std::iter::once(Command::ChangeHold(made)).chain(turns).collect()
}

fn hours_from_now(world: &World, hours: i32) -> Instant {
    Instant::from_microseconds(world.now().microseconds() + i64::from(hours) * 3_600_000_000).unwrap()
}

impl Which {
    fn find(&self, world: &World) -> TransactionId {
        let holds = world.book.holds.values();
        let standing = |state: HoldState, index: usize| {
            let now = world.now();
            let found: Vec<&Hold> = holds.clone().filter(|hold| hold.state_at(now) == state).collect();
            found.get(index % found.len().max(1)).map(|hold| hold.transaction.clone())
        };
        let found = match self {
            Which::Live(index) => standing(HoldState::Held, *index),
            Which::Expired(index) => standing(HoldState::Expired, *index),
            Which::Settled(index) => {
                let usages: Vec<&Usage> = world.book.usages.values().collect();
                usages.get(index % usages.len().max(1)).map(|usage| usage.transaction.clone())
            }
            Which::Any(index) => holds.clone().nth(*index).map(|hold| hold.transaction.clone()),
            Which::Named(number) => Some(transaction(&format!("client's {number}"))),
            Which::NeverMade => {
                let life = world.book.account.life.as_ref();
                life.map(|life| life.id.child(1_000_000).into())
            }
        };
        found.unwrap_or_else(|| transaction("nobody's"))
    }
}

fn figure_of(world: &World, id: &TransactionId, figure: &Figure) -> Amount {
    let (hold, usage) = (world.book.holds.get(id), world.book.usages.get(id));
    let authorized = usage.map(|usage| usage.authorized).or(hold.map(|hold| hold.authorized));
    let now = usage.map(|usage| usage.captured).or(hold.map(|hold| hold.terms.amount)).unwrap_or_default();
    let left = left_of(world, id);
    let meant = match figure {
        Figure::Sum(sum) => amount(world, sum),
        Figure::Same(more) => {
            Amount::from_minor(now.minor().saturating_add_signed(*more)).unwrap_or(Amount::LARGEST)
        }
        Figure::Grown { more } => {
            let most = world.policy.hold_growth.ceiling(authorized.unwrap_or_default());
            most.floor_at_zero().saturating_add(minor(*more))
        }
        Figure::Left { more } => left.saturating_add(minor(*more)),
        Figure::Least { less } => now.saturating_sub(left).saturating_sub(minor(*less)),
    };
    positive(meant.min(world.policy.currency.largest()))
}

fn left_of(world: &World, id: &TransactionId) -> Amount {
    let of_purchase = world.book.invoices.values().filter(|invoice| invoice.id.transaction == *id);
    Amount::saturating_sum(of_purchase.map(|invoice| invoice.left()))
}
