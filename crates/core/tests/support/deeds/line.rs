//! How a line begins, changes and ends; its balance and its holders.

use super::{Sum, amount, limits, terms, tolerances};
use crate::support::commands::{
    ADD_HOLDER, CANCEL, CLOSE, OPEN_AUTOMATICALLY, REACTIVATE, REJECT, SUSPEND, adjust, approve,
    change_limit, change_tolerance, open, pay, release, remove_holder, request, update,
};
use crate::support::world::World;
use fiado_core::account::{Command, HoldState};
use fiado_core::identity::LifeId;
use fiado_core::money::Tolerance;
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Request {
        limit: Sum,
        term: u64,
    },
    Approve {
        limit: Sum,
        term: u64,
    },
    Plain(Command),
    Open {
        limit: Sum,
        tolerance: u32,
    },
    Update {
        limit: Option<Sum>,
        tolerance: Option<u32>,
    },
    ChangeLimit(Sum),
    ChangeTolerance(u32),
    Adjust {
        which: usize,
        value: i64,
    },
    AdjustAgain {
        which: usize,
        more: i64,
    },
    RemoveHolder(usize),
    /// Pays all, gives up what is held, ends the line, and has another; or tries to.
    Renew {
        limit: Sum,
        term: u64,
        by_themselves: bool,
        at_once: bool,
    },
}

pub(super) fn deeds() -> impl Strategy<Value = Deed> {
    let line = || (limits(), terms());
    prop_oneof![
        3 => line().prop_map(|(limit, term)| Deed::Request { limit, term }),
        2 => line().prop_map(|(limit, term)| Deed::Approve { limit, term }),
        20 => plain().prop_map(Deed::Plain),
        3 => (limits(), tolerances()).prop_map(|(limit, tolerance)| Deed::Open { limit, tolerance }),
        3 => (proptest::option::of(limits()), proptest::option::of(tolerances()))
            .prop_map(|(limit, tolerance)| Deed::Update { limit, tolerance }),
        3 => limits().prop_map(Deed::ChangeLimit),
        3 => tolerances().prop_map(Deed::ChangeTolerance),
        4 => (0_usize..5, -200_i64..200).prop_map(|(which, value)| Deed::Adjust { which, value }),
        3 => (0_usize..5, 0_i64..2).prop_map(|(which, more)| Deed::AdjustAgain { which, more }),
        5 => (0_usize..8).prop_map(Deed::RemoveHolder),
        4 => (line(), proptest::bool::weighted(0.3), any::<bool>())
            .prop_map(|((limit, term), by_themselves, at_once)| Deed::Renew { limit, term, by_themselves, at_once }),
    ]
}

fn plain() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => Just(REJECT),
        2 => Just(SUSPEND),
        4 => Just(REACTIVATE),
        2 => Just(CANCEL),
        2 => Just(CLOSE),
        2 => Just(OPEN_AUTOMATICALLY),
        4 => Just(ADD_HOLDER),
    ]
}

pub(super) fn meant(world: &World, deed: &Deed) -> Vec<Command> {
    let command = match deed {
        Deed::Request { limit, term } => request(amount(world, limit), *term),
        Deed::Approve { limit, term } => approve(amount(world, limit), *term),
        Deed::Plain(command) => command.clone(),
        Deed::Open { limit, tolerance } => open(amount(world, limit), millionths(*tolerance)),
        Deed::Update { limit, tolerance } => {
            update(limit.as_ref().map(|limit| amount(world, limit)), tolerance.map(millionths))
        }
        Deed::ChangeLimit(limit) => change_limit(amount(world, limit)),
        Deed::ChangeTolerance(tolerance) => change_tolerance(millionths(*tolerance)),
        Deed::Adjust { which, value } => adjust(&format!("movement {which}"), *value),
        Deed::AdjustAgain { which, more } => return adjust_again(world, *which, *more),
        Deed::RemoveHolder(which) => {
            let stranger = LifeId::new([0xee; 10]).child(1);
            // The newest first: the older ones may have gone already.
            remove_holder(world.book.holders.keys().nth_back(*which / 4).copied().unwrap_or(stranger))
        }
        Deed::Renew { limit, term, at_once, .. } => return renew(world, limit, *term, *at_once),
    };
    vec![command]
}

fn millionths(tolerance: u32) -> Tolerance {
    Tolerance::from_millionths(tolerance).unwrap()
}

fn adjust_again(world: &World, which: usize, more: i64) -> Vec<Command> {
    let count = world.book.adjustments.len().max(1);
    let first = world.book.adjustments.values().nth(which % count);
    let again = first.map(|first| adjust(first.statement.as_str(), first.value.minor() + more));
    again.into_iter().collect()
}

fn renew(world: &World, limit: &Sum, term: u64, at_once: bool) -> Vec<Command> {
    let debt = world.book.account.totals.outstanding;
    let limit = amount(world, limit);
    let reference = format!("transfer {}", world.book.payments.len());
    let payment = (!debt.is_zero()).then(|| pay(&reference, debt, world.today));
    let live = world.book.holds.values().filter(|hold| hold.state == HoldState::Held);
    let given_up = live.map(|hold| release(&hold.transaction));
    let renewed = if at_once {
        vec![CLOSE, open(limit, Tolerance::NONE)]
    } else {
        vec![CANCEL, request(limit, term), approve(limit, term)]
    };
    payment.into_iter().chain(given_up).chain(renewed).collect()
}
