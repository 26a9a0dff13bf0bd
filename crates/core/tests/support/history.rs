//! Random histories of one account: what several people do to it over many days.
//!
//! A step says what somebody means ("all that may still be bought, and a cent more"); it becomes a
//! command with figures when it is its turn. So the edges are met, not only stumbled on.

use super::commands::{
    CANCEL, REACTIVATE, REJECT, SUSPEND, approve, buy, change_limit, change_tolerance, minor, pay, pay_for,
    request,
};
use super::world::{Scene, World};
use fiado_core::account::{Book, Command, Invoice, Items, Outcome, Rejection};
use fiado_core::identity::{InvoiceId, LifeId};
use fiado_core::money::{Amount, Currency, Tolerance};
use fiado_core::policy::OverdueStop;
use proptest::prelude::*;
use std::rc::Rc;

const PEOPLE: [&str; 3] = ["ana", "luis", "rosa"];

/// A shop and what is done one after the other.
#[derive(Debug, Clone)]
pub(crate) struct History {
    currency: Currency,
    tolerance_enabled: bool,
    overdue_stop: Option<OverdueStop>,
    opening: Option<(Sum, u64)>,
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
struct Step {
    days_later: u32,
    person: usize,
    deed: Deed,
}

#[derive(Debug, Clone)]
enum Deed {
    SetOverdueStop(Option<OverdueStop>),
    EnableTolerance(bool),
    AllowOwnApproval(bool),
    Request {
        limit: Sum,
        term: u64,
    },
    Approve {
        limit: Sum,
        term: u64,
    },
    Reject,
    Suspend,
    Reactivate,
    Cancel,
    ChangeLimit(Sum),
    ChangeTolerance(u32),
    Buy {
        sum: Sum,
        count: u64,
    },
    BuyAgain {
        which: usize,
        more: u64,
        count: Option<u64>,
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
    /// Pays all, ends the line, asks for another and has it granted, or tries to grant it.
    Renew {
        limit: Sum,
        term: u64,
        by_themselves: bool,
    },
}

/// An amount, meant in relation to the account.
#[derive(Debug, Clone)]
enum Sum {
    Minor(u64),
    Spendable { more: u64 },
    Debt { more: u64 },
    Largest,
}

/// A part of a payment, for an invoice picked from those there are.
#[derive(Debug, Clone)]
struct Share {
    pick: Pick,
    part: Part,
}

#[derive(Debug, Clone)]
enum Pick {
    Open(usize),
    Any(usize),
    Stranger,
}

#[derive(Debug, Clone)]
enum Part {
    Whole { more: u64 },
    Minor(u64),
}

/// One command of a history, with all that was there before and after.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) scene: Scene,
    pub(crate) items: Items,
    pub(crate) command: Command,
    pub(crate) before: Rc<Book>,
    pub(crate) after: Rc<Book>,
    pub(crate) result: Result<Outcome, Rejection>,
}

/// Any history of up to forty steps.
pub(crate) fn histories() -> impl Strategy<Value = History> {
    let currency = prop_oneof![3 => Just(Currency::Usd), 1 => Just(Currency::Clp)];
    let opening = proptest::option::weighted(0.9, (limits(), terms()));
    let steps = proptest::collection::vec(steps(), 1..40);
    let shop = (currency, proptest::bool::weighted(0.7), proptest::option::of(stops()));
    (shop, opening, steps).prop_map(|((currency, tolerance_enabled, overdue_stop), opening, steps)| History {
        currency,
        tolerance_enabled,
        overdue_stop,
        opening,
        steps,
    })
}

fn steps() -> impl Strategy<Value = Step> {
    let days = prop_oneof![12 => 0_u32..3, 3 => 10_u32..70];
    (days, 0..PEOPLE.len(), deeds()).prop_map(|(days_later, person, deed)| Step { days_later, person, deed })
}

fn deeds() -> impl Strategy<Value = Deed> {
    let line = || (limits(), terms());
    prop_oneof![
        1 => proptest::option::of(stops()).prop_map(Deed::SetOverdueStop),
        1 => any::<bool>().prop_map(Deed::EnableTolerance),
        1 => any::<bool>().prop_map(Deed::AllowOwnApproval),
        2 => line().prop_map(|(limit, term)| Deed::Request { limit, term }),
        2 => line().prop_map(|(limit, term)| Deed::Approve { limit, term }),
        3 => Just(Deed::Reject),
        2 => Just(Deed::Suspend),
        4 => Just(Deed::Reactivate),
        2 => Just(Deed::Cancel),
        3 => limits().prop_map(Deed::ChangeLimit),
        3 => tolerances().prop_map(Deed::ChangeTolerance),
        18 => (sums(), counts()).prop_map(|(sum, count)| Deed::Buy { sum, count }),
        4 => (0_usize..8, 0_u64..2, proptest::option::weighted(0.2, counts()))
            .prop_map(|(which, more, count)| Deed::BuyAgain { which, more, count }),
        9 => (sums(), 0_u32..40).prop_map(|(sum, days_ago)| Deed::Pay { sum, days_ago }),
        6 => (proptest::collection::vec(shares(), 0..5), prop_oneof![2 => Just(-1), 1 => Just(0), 2 => 1_i64..30])
            .prop_map(|(shares, rest)| Deed::PayFor { shares, rest }),
        3 => (0_usize..8, 0_u64..2).prop_map(|(which, more)| Deed::PayAgain { which, more }),
        3 => (limits(), terms(), proptest::bool::weighted(0.3))
            .prop_map(|(limit, term, by_themselves)| Deed::Renew { limit, term, by_themselves }),
    ]
}

fn stops() -> impl Strategy<Value = OverdueStop> {
    (0_u64..50, 0_u16..6).prop_map(|(above, grace_days)| OverdueStop { above: minor(above), grace_days })
}

fn limits() -> impl Strategy<Value = Sum> {
    prop_oneof![12 => (1_u64..2_000).prop_map(Sum::Minor), 1 => Just(Sum::Minor(0)), 1 => Just(Sum::Largest)]
}

fn terms() -> impl Strategy<Value = u64> {
    prop_oneof![1_u64..=60, Just(30), Just(365)]
}

fn tolerances() -> impl Strategy<Value = u32> {
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

fn shares() -> impl Strategy<Value = Share> {
    let pick = prop_oneof![
        12 => (0_usize..8).prop_map(Pick::Open),
        1 => (0_usize..20).prop_map(Pick::Any),
        1 => Just(Pick::Stranger),
    ];
    let part = prop_oneof![
        6 => (0_u64..40).prop_map(Part::Minor),
        6 => Just(Part::Whole { more: 0 }),
        1 => Just(Part::Whole { more: 1 }),
    ];
    (pick, part).prop_map(|(pick, part)| Share { pick, part })
}

/// Plays a history from its beginning.
pub(crate) fn play(history: &History) -> Vec<Taken> {
    let mut world = World::new(history.currency);
    world.policy.tolerance_enabled = history.tolerance_enabled;
    world.policy.overdue_stop = history.overdue_stop;
    let mut taken = Vec::new();
    if let Some((limit, term)) = &history.opening {
        let limit = amount(&world, limit);
        taken.push(take(&mut world, None, "ana", request(limit, *term)));
        taken.push(take(&mut world, taken.last(), "luis", approve(limit, *term)));
    }
    for step in &history.steps {
        world.today = world.today.plus_days(step.days_later);
        let person = PEOPLE[step.person];
        for command in meant(&mut world, &step.deed) {
            let granting = matches!(command, Command::Approve(_));
            let by_another = matches!(step.deed, Deed::Renew { by_themselves: false, .. });
            let actor = if granting && by_another { "maria" } else { person };
            taken.push(take(&mut world, taken.last(), actor, command));
        }
    }
    taken
}

/// Gives a command, and keeps what there is after it beside the `last` that was taken.
fn take(world: &mut World, last: Option<&Taken>, actor: &str, command: Command) -> Taken {
    let before = last.map_or_else(|| Rc::new(world.book.clone()), |last| Rc::clone(&last.after));
    let (scene, items) = (world.scene(actor), world.items(&command));
    let result = world.run_in(&scene, &command);
    let changed =
        result.as_ref().is_ok_and(|outcome| !outcome.rows.is_empty() || !outcome.entries.is_empty());
    let after = if changed { Rc::new(world.book.clone()) } else { Rc::clone(&before) };
    Taken { scene, items, command, before, after, result }
}

/// The commands a deed comes to as things stand.
fn meant(world: &mut World, deed: &Deed) -> Vec<Command> {
    let (new_order, new_reference) = (world.book.usages.len(), world.book.payments.len());
    let (order, reference) = (format!("order {new_order}"), format!("transfer {new_reference}"));
    match deed {
        Deed::SetOverdueStop(stop) => world.policy.overdue_stop = *stop,
        Deed::EnableTolerance(enabled) => world.policy.tolerance_enabled = *enabled,
        Deed::AllowOwnApproval(allowed) => world.policy.own_request_approval = *allowed,
        _ => {}
    }
    match deed {
        Deed::SetOverdueStop(_) | Deed::EnableTolerance(_) | Deed::AllowOwnApproval(_) => Vec::new(),
        Deed::Request { limit, term } => vec![request(amount(world, limit), *term)],
        Deed::Approve { limit, term } => vec![approve(amount(world, limit), *term)],
        Deed::Reject => vec![REJECT],
        Deed::Suspend => vec![SUSPEND],
        Deed::Reactivate => vec![REACTIVATE],
        Deed::Cancel => vec![CANCEL],
        Deed::ChangeLimit(limit) => vec![change_limit(amount(world, limit))],
        Deed::ChangeTolerance(millionths) => {
            vec![change_tolerance(Tolerance::from_millionths(*millionths).unwrap())]
        }
        Deed::Buy { sum, count } => vec![buy(&order, positive(amount(world, sum)), *count)],
        Deed::BuyAgain { which, more, count } => buy_again(world, *which, *more, *count),
        Deed::Pay { sum, days_ago } => {
            vec![pay(&reference, positive(amount(world, sum)), world.today.minus_days(*days_ago))]
        }
        Deed::PayFor { shares, rest } => vec![pay_shares(world, &reference, shares, *rest)],
        Deed::PayAgain { which, more } => pay_again(world, *which, *more),
        Deed::Renew { limit, term, .. } => renew(world, &reference, limit, *term),
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
    let payment = world.book.payments.values().nth(which);
    let again = payment.map(|payment| {
        let amount = payment.amount.saturating_add(minor(more));
        pay(payment.reference.as_str(), amount, world.today)
    });
    again.into_iter().collect()
}

fn renew(world: &World, reference: &str, limit: &Sum, term: u64) -> Vec<Command> {
    let debt = world.book.account.totals.outstanding;
    let limit = amount(world, limit);
    let payment = (!debt.is_zero()).then(|| pay(reference, debt, world.today));
    payment.into_iter().chain([CANCEL, request(limit, term), approve(limit, term)]).collect()
}

fn pay_shares(world: &World, reference: &str, shares: &[Share], rest: i64) -> Command {
    let open = world.open_invoices();
    let shares: Vec<(InvoiceId, Amount)> = shares.iter().map(|share| share_of(world, &open, share)).collect();
    let total: u64 = shares.iter().map(|(_, amount)| amount.minor()).sum();
    let amount = minor(total.saturating_add_signed(rest).clamp(1, world.policy.currency.largest().minor()));
    pay_for(reference, amount, world.today, &shares)
}

fn share_of(world: &World, open: &[Invoice], share: &Share) -> (InvoiceId, Amount) {
    let stranger = InvoiceId { transaction: LifeId::new([0xee; 10]).child(1), installment: 1 };
    let invoice = match share.pick {
        Pick::Open(index) => open.get(index % open.len().max(1)),
        Pick::Any(index) => world.book.invoices.values().nth(index),
        Pick::Stranger => None,
    };
    let left = invoice.map_or(Amount::ZERO, Invoice::left);
    let part = match share.part {
        Part::Whole { more } => left.saturating_add(minor(more)),
        Part::Minor(units) => minor(units),
    };
    (invoice.map_or(stranger, |invoice| invoice.id), part)
}

fn amount(world: &World, sum: &Sum) -> Amount {
    let account = &world.book.account;
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
