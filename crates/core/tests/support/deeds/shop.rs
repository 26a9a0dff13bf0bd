//! What a shop is, and decides while its lines are used.

use crate::support::commands::minor;
use crate::support::offering::{due_dates, offerings};
use crate::support::world::World;
use fiado_core::installments::DueDates;
use fiado_core::money::{Currency, Tolerance};
use fiado_core::policy::{OverdueStop, Policy, Postponement};
use fiado_core::rules::Offering;
use proptest::prelude::*;

/// A shop as a history finds it.
#[derive(Debug, Clone)]
pub(crate) struct Shop {
    currency: Currency,
    decisions: Vec<Decision>,
}

#[derive(Debug, Clone)]
pub(crate) enum Decision {
    StopOverdue(Option<OverdueStop>),
    EnableTolerance(bool),
    AllowOwnApproval(bool),
    LetHoldsGrow(u32),
    LetPostpone(Postponement),
    OpenAutomatically(bool),
    Offer(Offering),
    SetDueDates(DueDates),
}

impl Shop {
    /// The shop before its first customer.
    pub(crate) fn world(&self) -> World {
        let mut world = World::new(self.currency);
        for decision in &self.decisions {
            decision.apply(&mut world.policy);
        }
        world
    }
}

impl Decision {
    pub(super) fn apply(&self, policy: &mut Policy) {
        match self {
            Decision::StopOverdue(stop) => policy.overdue_stop = *stop,
            Decision::EnableTolerance(enabled) => policy.tolerance_enabled = *enabled,
            Decision::AllowOwnApproval(allowed) => policy.own_request_approval = *allowed,
            Decision::LetHoldsGrow(rate) => {
                policy.hold_growth = Tolerance::from_millionths(*rate).unwrap();
            }
            Decision::LetPostpone(postponement) => policy.postponement = *postponement,
            Decision::OpenAutomatically(automatic) => {
                policy.automatic_opening = *automatic;
                policy.default_limit = Some(minor(700));
            }
            Decision::Offer(offering) => policy.offering = offering.clone(),
            Decision::SetDueDates(due_dates) => policy.due_dates = due_dates.clone(),
        }
    }
}

pub(crate) fn shops() -> impl Strategy<Value = Shop> {
    let currency = prop_oneof![3 => Just(Currency::Usd), 1 => Just(Currency::Clp)];
    let decisions = (
        proptest::bool::weighted(0.7).prop_map(Decision::EnableTolerance),
        stops().prop_map(Decision::StopOverdue),
        growths().prop_map(Decision::LetHoldsGrow),
        postponements().prop_map(Decision::LetPostpone),
        any::<bool>().prop_map(Decision::OpenAutomatically),
        offerings().prop_map(Decision::Offer),
        proptest::option::of(due_dates().prop_map(Decision::SetDueDates)),
    );
    let decisions = decisions.prop_map(|(a, b, c, d, e, f, g)| {
        let decided = [a, b, c, d, e, f].into_iter();
        decided.chain(g).collect()
    });
    (currency, decisions).prop_map(|(currency, decisions)| Shop { currency, decisions })
}

pub(super) fn decisions() -> impl Strategy<Value = Decision> {
    prop_oneof![
        stops().prop_map(Decision::StopOverdue),
        any::<bool>().prop_map(Decision::EnableTolerance),
        any::<bool>().prop_map(Decision::AllowOwnApproval),
        growths().prop_map(Decision::LetHoldsGrow),
        postponements().prop_map(Decision::LetPostpone),
        any::<bool>().prop_map(Decision::OpenAutomatically),
        offerings().prop_map(Decision::Offer),
        due_dates().prop_map(Decision::SetDueDates),
    ]
}

fn stops() -> impl Strategy<Value = Option<OverdueStop>> {
    let stop =
        (0_u64..50, 0_u16..6).prop_map(|(above, grace_days)| OverdueStop { above: minor(above), grace_days });
    proptest::option::of(stop)
}

fn growths() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(100_000), Just(1_000_000)]
}

fn postponements() -> impl Strategy<Value = Postponement> {
    let caps = (proptest::bool::weighted(0.8), 0_u16..4, 0_u16..60);
    caps.prop_map(|(enabled, most_times, most_days)| Postponement { enabled, most_times, most_days })
}
