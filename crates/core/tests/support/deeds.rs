//! What people do to an account, as they mean it; and the commands it comes to as things stand.

mod holds;
mod invoices;
mod line;
mod shop;
mod trade;

pub(crate) use shop::{Shop, shops};

use super::commands::minor;
use super::world::World;
use fiado_core::account::{Command, Invoice};
use fiado_core::identity::{InvoiceId, LifeId};
use fiado_core::money::{Amount, Tolerance};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Shop(shop::Decision),
    Line(line::Deed),
    Trade(trade::Deed),
    Hold(holds::Deed),
    Invoice(invoices::Deed),
}

impl Deed {
    /// Whether a request in it is granted by somebody who has nothing to do with it.
    pub(crate) fn is_granted_by_another(&self) -> bool {
        matches!(self, Deed::Line(line::Deed::Renew { by_themselves: false, .. }))
    }
}

pub(crate) fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        5 => shop::decisions().boxed().prop_map(Deed::Shop),
        30 => line::deeds().boxed().prop_map(Deed::Line),
        40 => trade::deeds().boxed().prop_map(Deed::Trade),
        56 => holds::deeds().boxed().prop_map(Deed::Hold),
        22 => invoices::deeds().boxed().prop_map(Deed::Invoice),
    ]
}

/// The commands a deed comes to as things stand.
pub(crate) fn meant(world: &mut World, deed: &Deed) -> Vec<Command> {
    match deed {
        Deed::Shop(decision) => {
            decision.apply(&mut world.policy);
            Vec::new()
        }
        Deed::Line(deed) => line::meant(world, deed),
        Deed::Trade(deed) => trade::meant(world, deed),
        Deed::Hold(deed) => holds::meant(world, deed),
        Deed::Invoice(deed) => vec![invoices::meant(world, deed)],
    }
}

/// An amount, meant in relation to the account.
#[derive(Debug, Clone)]
pub(crate) enum Sum {
    Minor(u64),
    Spendable { more: u64 },
    Debt { more: u64 },
    Largest,
}

pub(crate) fn amount(world: &World, sum: &Sum) -> Amount {
    let account = world.account();
    let meant = match sum {
        Sum::Minor(units) => minor(*units),
        Sum::Spendable { more } => {
            account.spendable(&world.policy).floor_at_zero().saturating_add(minor(*more))
        }
        Sum::Debt { more } => account.totals.outstanding.saturating_add(minor(*more)),
        Sum::Largest => world.policy.currency.largest(),
    };
    meant.min(world.policy.currency.largest())
}

fn positive(amount: Amount) -> Amount {
    amount.max(minor(1))
}

pub(crate) fn limits() -> impl Strategy<Value = Sum> {
    prop_oneof![12 => (1_u64..2_000).prop_map(Sum::Minor), 1 => Just(Sum::Minor(0)), 1 => Just(Sum::Largest)]
}

pub(crate) fn terms() -> impl Strategy<Value = u64> {
    prop_oneof![1_u64..=60, Just(30), Just(365)]
}

pub(crate) fn tolerances() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(100_000), 0_u32..1_000_000, Just(Tolerance::LARGEST.millionths())]
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![5 => Just(1), 4 => 2_u64..=4, 1 => 5_u64..=48]
}

fn sums() -> impl Strategy<Value = Sum> {
    prop_oneof![
        10 => (1_u64..300).prop_map(Sum::Minor),
        3 => (0_u64..2).prop_map(|more| Sum::Spendable { more }),
        3 => prop_oneof![Just(0), 1_u64..300].prop_map(|more| Sum::Debt { more }),
        1 => Just(Sum::Largest),
    ]
}

/// An invoice, picked from those there are.
#[derive(Debug, Clone)]
pub(crate) enum Pick {
    Open(usize),
    Resolved(usize),
    Any(usize),
    Stranger,
}

fn picks() -> impl Strategy<Value = Pick> {
    prop_oneof![
        12 => (0_usize..8).prop_map(Pick::Open),
        3 => (0_usize..8).prop_map(Pick::Resolved),
        1 => (0_usize..20).prop_map(Pick::Any),
        1 => Just(Pick::Stranger),
    ]
}

impl Pick {
    fn find(&self, world: &World) -> Option<Invoice> {
        let mut all = world.book.invoices.values();
        match self {
            Pick::Open(index) => {
                let open = world.open_invoices();
                open.get(index % open.len().max(1)).cloned()
            }
            Pick::Resolved(index) => {
                all.filter(|invoice| invoice.resolved_at.is_some()).nth_back(*index).cloned()
            }
            Pick::Any(index) => all.nth(*index).cloned(),
            Pick::Stranger => None,
        }
    }

    fn id(&self, world: &World) -> InvoiceId {
        let stranger = || InvoiceId { transaction: LifeId::new([0xee; 10]).child(1).into(), installment: 1 };
        self.find(world).map_or_else(stranger, |invoice| invoice.id)
    }
}
