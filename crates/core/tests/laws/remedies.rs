//! What is said to make a purchase pass does, and nothing less does.

use crate::always;
use crate::decisions::passes_after_paying;
use crate::support::commands::minor;
use crate::support::history::Taken;
use crate::support::world::World;
use crate::wishes::{Told, of_amount, passes, purchased, told, wishes};
use fiado_core::account::{EndingHold, PlanChoice, Remedies, Wish, assess, offered};
use fiado_core::money::Amount;
use fiado_core::policy::Policy;
use proptest::prelude::*;

fn passes_now(step: &Taken, wish: &Wish) -> bool {
    passes(&mut step.world(), &step.scene, wish)
}

/// Amounts at which something may change: those of the rules, what may be spent, and some others.
fn telling_amounts(step: &Taken, wish: &Wish) -> Vec<Amount> {
    let policy: &Policy = &step.scene.policy;
    let spendable = step.standing().spendable(policy).floor_at_zero().min(policy.currency.largest());
    let rules = policy.offering.rules.iter();
    let least = rules.flat_map(|rule| {
        let part = rule.options.as_ref().map(|options| options.minimum_part);
        let whole = |count: u64| part.map(|part| minor(part.minor() * count));
        [Some(rule.minimum), whole(1), whole(2), whole(3)].into_iter().flatten()
    });
    let some = [minor(1), minor(2), minor(50), wish.amount, spendable, minor(spendable.minor() / 2)];
    let around = |amount: Amount| [amount.saturating_sub(minor(1)), amount, amount.saturating_add(minor(1))];
    let all = least.chain(some).flat_map(around);
    all.filter(|amount| !amount.is_zero() && *amount <= policy.currency.largest()).collect()
}

#[test]
fn the_largest_amount_passes_and_no_larger_one_does() {
    always(|step| {
        for wish in wishes(step) {
            let largest = told(step, &wish).remedies.largest_amount;
            prop_assert!(largest.is_none_or(|largest| passes_now(step, &of_amount(&wish, largest))));
            let beyond = largest.unwrap_or_default();
            let next = [1, 2, 3].map(|more| beyond.saturating_add(minor(more)));
            let next = next.into_iter().filter(|next| *next <= step.scene.policy.currency.largest());
            for amount in telling_amounts(step, &wish).into_iter().chain(next) {
                let larger = of_amount(&wish, amount);
                prop_assert!(amount <= beyond || !passes_now(step, &larger), "{amount:?} of {wish:?}");
            }
        }
        Ok(())
    });
}

/// The most that can be paid: more would be no amount of the currency any more.
fn most_payable(step: &Taken) -> Amount {
    let (totals, largest) = (step.standing().totals, step.scene.policy.currency.largest());
    totals.outstanding.saturating_add(largest.saturating_sub(totals.unapplied)).min(largest)
}

#[test]
fn the_smallest_prepayment_makes_a_purchase_pass_and_nothing_less_does() {
    always(|step| {
        for wish in wishes(step) {
            let passes_unpaid = passes_now(step, &wish);
            let Some(payment) = told(step, &wish).remedies.smallest_prepayment else {
                let all = most_payable(step);
                prop_assert!(passes_unpaid || !passes_after_paying(step, all, &wish), "{wish:?}");
                continue;
            };
            prop_assert!(!passes_unpaid);
            prop_assert!(passes_after_paying(step, payment, &wish), "{wish:?}");
            let less = payment.saturating_sub(minor(1));
            prop_assert!(less.is_zero() || !passes_after_paying(step, less, &wish), "{wish:?}");
        }
        Ok(())
    });
}

#[test]
fn the_cheapest_plan_passes_and_none_that_passes_costs_less() {
    always(|step| {
        for wish in wishes(step) {
            let cheapest = told(step, &wish).remedies.cheapest_plan;
            let cost = cheapest.as_ref().map(|plan| (plan.total(), plan.parts.len()));
            for (plan, _) in offered(&step.standing(), &wish, &step.scene.context()) {
                let by_plan = Wish { choice: Some(PlanChoice::Plan(plan.id.clone())), ..wish.clone() };
                let is_dearer = cost.is_some_and(|cost| cost <= (plan.total(), plan.parts.len()));
                prop_assert!(is_dearer || !passes_now(step, &by_plan), "{plan:?}");
            }
            let Some(plan) = cheapest else { continue };
            let by_plan = Wish { choice: Some(PlanChoice::Plan(plan.id.clone())), ..wish.clone() };
            let preview = assess(&step.standing(), &by_plan, &step.scene.context());
            prop_assert_eq!(preview.plan.as_ref(), Some(&plan));
            let purchase = purchased(&by_plan, &preview).unwrap();
            prop_assert!(step.world().run_in(&step.scene, &purchase).is_ok());
        }
        Ok(())
    });
}

/// Whether a wish passes at the end of a hold, if nothing else happens until then.
fn passes_at_its_end(step: &Taken, hold: &EndingHold, wish: &Wish) -> bool {
    let scene = step.scene_at(hold.ends_at, hold.ends_on);
    passes(&mut World::at(&scene, step.before.as_ref().clone()), &scene, wish)
}

#[test]
fn at_the_earliest_moment_a_purchase_passes_and_at_the_end_of_no_earlier_hold() {
    always(|step| {
        for wish in wishes(step) {
            let Told { remedies: Remedies { earliest, .. }, holds, .. } = told(step, &wish);
            if passes_now(step, &wish) {
                prop_assert_eq!(earliest, None);
                continue;
            }
            let first = holds.iter().find(|hold| passes_at_its_end(step, hold, &wish));
            prop_assert_eq!(earliest, first.map(|hold| (hold.ends_at, hold.ends_on)));
        }
        Ok(())
    });
}
