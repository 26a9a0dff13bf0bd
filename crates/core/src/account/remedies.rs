use super::assess::{choice_of_offer, open_term};
use super::operations::objections::{overdue_beyond, room, spendable};
use super::{Account, Assessment, Context, Objection, Wish, assess, offered};
use crate::calendar::{Day, Instant};
use crate::installments::{InstallmentCount, Plan};
use crate::money::Amount;
use std::ops::Range;

/// What would make a purchase pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remedies {
    /// The largest amount that passes as it was to be paid; `None`: no amount does.
    pub largest_amount: Option<Amount>,
    /// The least that would have to be paid first; `None` where it passes, or where no payment helps.
    pub smallest_prepayment: Option<Amount>,
    /// The plan that passes and costs least; of several the one with the fewest parts.
    pub cheapest_plan: Option<Plan>,
    /// When it would pass if nobody bought or paid anything, because holds end by themselves; `None`
    /// where it passes, or where waiting does not help.
    pub earliest: Option<(Instant, Day)>,
}

/// A hold that will end by itself, if nothing else ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndingHold {
    /// When.
    pub ends_at: Instant,
    /// The day that is in the store's time zone.
    pub ends_on: Day,
    /// How much it holds.
    pub amount: Amount,
}

/// What would make a purchase pass: `holds` are the account's live holds, those that end first
/// first.
pub fn remedies(account: &Account, holds: &[EndingHold], wish: &Wish, context: &Context<'_>) -> Remedies {
    let assessment = assess(account, wish, context);
    let is_refused = !assessment.passes();
    Remedies {
        largest_amount: largest_amount(account, wish, context),
        smallest_prepayment: is_refused.then(|| prepayment(account, &assessment, wish, context)).flatten(),
        cheapest_plan: cheapest_plan(account, wish, context),
        earliest: is_refused.then(|| earliest(account, holds, wish, context)).flatten(),
    }
}

/// The largest amount whose total, interest included, is not above what may be spent.
fn largest_amount(account: &Account, wish: &Wish, context: &Context<'_>) -> Option<Amount> {
    let most = spendable(account, context.policy).min(room(account, context.policy));
    let largest = match &wish.choice {
        None => Some(most).filter(|most| !most.is_zero()),
        Some(_) => largest_by_plan(wish, most, context),
    }?;
    assess(account, &of_amount(wish, largest), context).passes().then_some(largest)
}

/// The same, paid as it was chosen to be. Where more is bought a cheaper plan may be offered, so each
/// span in which the same is offered is looked through by itself, the one of the largest amounts
/// first.
fn largest_by_plan(wish: &Wish, most: Amount, context: &Context<'_>) -> Option<Amount> {
    let total = |wish: &Wish| choice_of_offer(wish, context)?.terms.total(wish.amount);
    let fits = |minor: u64| {
        let amount = Amount::from_minor(minor).filter(|amount| !amount.is_zero());
        let total = amount.and_then(|amount| total(&of_amount(wish, amount)));
        total.is_some_and(|total| total <= most)
    };
    // What is wished may be more than any plan is offered for; what may be spent is not.
    let parts = |amount: Amount| Some(choice_of_offer(&of_amount(wish, amount), context)?.terms.count());
    let parts = parts(most).or_else(|| parts(wish.amount)).unwrap_or(InstallmentCount::ONE);
    let steps = context.policy.offering.steps();
    let mut end = most.minor().saturating_add(1);
    let largest = steps.iter().rev().filter(|step| **step <= most).find_map(|step| {
        let span = step.minor()..end;
        end = span.start;
        last_that_fits(span, u64::from(parts.get()), fits)
    });
    largest.and_then(Amount::from_minor)
}

/// The largest number of a span that fits. Of the multiples of `parts` those that fit come first, and
/// so do they between two of these: what no share can be given of is on the last part, so that a total
/// may fall where it is one more for each.
fn last_that_fits(span: Range<u64>, parts: u64, fits: impl Fn(u64) -> bool) -> Option<u64> {
    let number = |multiple: u64| multiple.checked_next_multiple_of(parts)?.checked_div(parts);
    let first = number(span.start)?;
    let (mut fit, mut end) = (first, number(span.end)?);
    while fit < end {
        let middle = fit.midpoint(end);
        if fits(middle.saturating_mul(parts)) {
            fit = middle.saturating_add(1);
        } else {
            end = middle;
        }
    }
    let from = if fit == first { span.start } else { fit.saturating_sub(1).saturating_mul(parts) };
    (from..fit.saturating_mul(parts).min(span.end)).rev().find(|minor| fits(*minor))
}

fn of_amount(wish: &Wish, amount: Amount) -> Wish {
    Wish { amount, ..wish.clone() }
}

/// Payments reach what falls due first, and what is beyond the debt counts for the next purchase: so
/// one payment answers both the overdue debt and the missing credit.
fn prepayment(
    account: &Account,
    assessment: &Assessment,
    wish: &Wish,
    context: &Context<'_>,
) -> Option<Amount> {
    let is_a_matter_of_money = |reason: &Objection| {
        matches!(
            reason,
            Objection::OverdueDebt { .. }
                | Objection::CreditNotAvailable { .. }
                | Objection::TotalTooLarge { .. }
        )
    };
    if !assessment.reasons.iter().all(is_a_matter_of_money) {
        return None;
    }
    let total = assessment.plan.as_ref().map_or(wish.amount, Plan::total);
    let too_much = total.saturating_sub(room(account, context.policy));
    let payment = assessment.shortfall.max(overdue_beyond(account, context)).max(too_much);
    assess(&paid(account, payment), wish, context).passes().then_some(payment)
}

/// The account after a payment that goes to what falls due first.
fn paid(account: &Account, payment: Amount) -> Account {
    let mut paid = account.clone();
    let mut rest = payment;
    for (due, owed) in account.ladder.rungs() {
        let applied = rest.min(owed);
        paid.ladder.take(due, applied);
        paid.totals.outstanding = paid.totals.outstanding.saturating_sub(applied);
        rest = rest.saturating_sub(applied);
    }
    // No more than the purchase and what is held, which is an amount, or the purchase would not pass.
    paid.totals.unapplied = paid.totals.unapplied.saturating_add(rest);
    paid
}

fn cheapest_plan(account: &Account, wish: &Wish, context: &Context<'_>) -> Option<Plan> {
    open_term(account)?;
    let offered = offered(account, wish, context).into_iter();
    let passing = offered.filter(|(_, passes)| *passes).map(|(plan, _)| plan);
    passing.min_by_key(|plan| (plan.total(), plan.parts.len()))
}

fn earliest(
    account: &Account,
    holds: &[EndingHold],
    wish: &Wish,
    context: &Context<'_>,
) -> Option<(Instant, Day)> {
    let mut freed = Amount::ZERO;
    holds.iter().filter(|hold| hold.ends_at > context.now).find_map(|hold| {
        freed = freed.saturating_add(hold.amount);
        let then = Context { now: hold.ends_at, today: hold.ends_on, ..context.clone() };
        let after = account.clone().without_expired(freed);
        assess(&after, wish, &then).passes().then_some((hold.ends_at, hold.ends_on))
    })
}
