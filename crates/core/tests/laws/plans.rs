//! What is bought by a plan is charged as its buyer saw it, or not at all.

use crate::support::commands::purchase_by;
use crate::support::history::Taken;
use crate::wishes::wishes;
use crate::{always, event_of, new_purchase, total};
use fiado_core::account::{
    ChosenPlan, Command, Event, PlanChoice, Receipt, Rejection, Status, UseCredit, UsedPlan, Wish, assess,
    offered,
};
use fiado_core::identity::PlanId;
use fiado_core::installments::{Plan, PlanHash};
use fiado_core::money::Amount;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A new purchase by a plan.
fn chosen(step: &Taken) -> Option<(&UseCredit, &ChosenPlan)> {
    let purchase = new_purchase(step)?;
    Some((purchase, purchase.plan.as_deref()?))
}

/// The plan of the same id, as it is offered now.
fn offered_now(step: &Taken, purchase: &UseCredit, chosen: &ChosenPlan) -> Option<Plan> {
    let choice = Some(PlanChoice::Plan(chosen.seen.id.clone()));
    let wish = Wish { amount: purchase.amount, choice, channel: chosen.channel.clone() };
    assess(&step.standing(), &wish, &step.scene.context()).plan
}

#[test]
fn a_purchase_by_a_plan_charges_exactly_what_its_buyer_saw() {
    always(|step| {
        let Some((purchase, chosen)) = chosen(step) else { return Ok(()) };
        let Some(Event::Used { amount, plan, parts, .. }) = event_of(step) else { return Ok(()) };
        let interest = Amount::from_minor(amount.minor() - purchase.amount.minor()).unwrap();
        prop_assert_eq!(plan, &Some(UsedPlan { id: chosen.seen.id.clone(), interest }));
        prop_assert_eq!(parts, &chosen.seen.parts);
        prop_assert_eq!(*amount, chosen.seen.total());
        prop_assert_eq!(purchase.amount, chosen.seen.principal);
        let Some(Receipt::Usage(usage)) = step.result.as_ref().ok().map(|outcome| &outcome.receipt) else {
            return Err(TestCaseError::fail("a purchase is answered with a usage"));
        };
        prop_assert_eq!((usage.principal(), usage.interest), (purchase.amount, interest));
        prop_assert_eq!((&usage.plan, usage.amount), (&Some(chosen.seen.id.clone()), *amount));
        Ok(())
    });
}

#[test]
fn a_purchase_without_a_plan_has_no_interest() {
    always(|step| {
        let (Some(purchase), Some(Event::Used { amount, plan, .. })) = (new_purchase(step), event_of(step))
        else {
            return Ok(());
        };
        if purchase.plan.is_none() {
            prop_assert_eq!((*amount, plan), (purchase.amount, &None));
        }
        Ok(())
    });
}

#[test]
fn a_plan_is_taken_only_as_it_is_offered_and_else_both_are_shown_and_nothing_happens() {
    always(|step| {
        let Some((purchase, chosen)) = chosen(step) else { return Ok(()) };
        let now = offered_now(step, purchase, chosen);
        match &step.result {
            Err(Rejection::AccountNotFound {} | Rejection::LineNotOpen { .. }) => {
                prop_assert_eq!(now, None);
            }
            Err(Rejection::PlanChanged { seen, current }) => {
                prop_assert_eq!(seen.as_ref(), &chosen.seen);
                prop_assert_eq!(current.as_deref(), now.as_ref());
                prop_assert!(now.is_none_or(|now| now != chosen.seen));
                prop_assert_eq!(&step.before, &step.after);
            }
            _ => prop_assert_eq!(now.as_ref(), Some(&chosen.seen)),
        }
        Ok(())
    });
}

#[test]
fn every_plan_that_is_offered_adds_up_and_falls_due_in_order() {
    always(|step| {
        for wish in wishes(step) {
            for (plan, _) in offered(&step.standing(), &wish, &step.scene.context()) {
                prop_assert_eq!(total(plan.parts.iter().map(|part| part.amount)), plan.total().minor());
                prop_assert_eq!(plan.principal.minor() + plan.interest().minor(), plan.total().minor());
                prop_assert_eq!((plan.principal, plan.start), (wish.amount, step.scene.today));
                prop_assert!(!plan.rate.is_zero() || plan.interest().is_zero());
                prop_assert!(plan.parts.iter().all(|part| !part.amount.is_zero()));
                prop_assert!((1_u8..).zip(&plan.parts).all(|(number, part)| part.number == number));
                let days: Vec<_> = plan.parts.iter().map(|part| part.due).collect();
                prop_assert!(days.iter().all(|due| *due >= plan.start));
                prop_assert!(days.windows(2).all(|pair| pair[0] <= pair[1]), "{days:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn plans_are_told_apart_by_their_ids_and_read_back_from_their_hashes() {
    always(|step| {
        let currency = step.scene.policy.currency;
        for wish in wishes(step) {
            let plans = offered(&step.standing(), &wish, &step.scene.context());
            let ids: BTreeSet<&PlanId> = plans.iter().map(|(plan, _)| &plan.id).collect();
            prop_assert_eq!(ids.len(), plans.len());
            prop_assert!(plans.windows(2).all(|pair| pair[0].0.count() <= pair[1].0.count()));
            for (plan, _) in &plans {
                let hash = PlanHash::of(plan, currency);
                prop_assert_eq!(PlanHash::read(hash.as_str(), &plan.id, currency), Some(plan.clone()));
            }
        }
        Ok(())
    });
}

#[test]
fn a_plan_that_is_said_to_pass_is_taken_and_another_is_refused_for_the_first_reason_against_it() {
    always(|step| {
        let Some(purchase) = new_purchase(step) else { return Ok(()) };
        let channel = purchase.plan.as_ref().and_then(|chosen| chosen.channel.clone());
        let wish = Wish { amount: purchase.amount, choice: None, channel };
        for (plan, passes) in offered(&step.standing(), &wish, &step.scene.context()) {
            let by_plan = Wish { choice: Some(PlanChoice::Plan(plan.id.clone())), ..wish.clone() };
            let preview = assess(&step.standing(), &by_plan, &step.scene.context());
            prop_assert_eq!(preview.plan.as_ref(), Some(&plan));
            let purchase = purchase_by("by a plan", &plan, wish.channel.as_deref());
            match step.world().run_in(&step.scene, &Command::UseCredit(purchase)) {
                Ok(outcome) => {
                    prop_assert!(passes && preview.passes());
                    let Event::Used { amount, parts, .. } = &outcome.entries[outcome.entries.len() - 1].event
                    else {
                        return Err(TestCaseError::fail("bought, and told otherwise"));
                    };
                    prop_assert_eq!((parts, *amount), (&plan.parts, plan.total()));
                }
                Err(rejection) => {
                    prop_assert!(!passes);
                    prop_assert_eq!(preview.reasons.first().cloned().map(Rejection::from), Some(rejection));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_line_without_rules_offers_up_to_twelve_parts_without_interest() {
    always(|step| {
        if !step.scene.policy.offering.rules.is_empty() {
            return Ok(());
        }
        for wish in wishes(step) {
            let plans = offered(&step.standing(), &wish, &step.scene.context());
            let status = step.before.account.life.as_ref().map(|life| life.status());
            let is_open = matches!(status, Some(Status::Approved | Status::Suspended));
            let expected = if is_open { wish.amount.minor().min(12) } else { 0 };
            prop_assert_eq!(plans.len() as u64, expected);
            for (count, (plan, _)) in (1_u64..).zip(&plans) {
                prop_assert_eq!(plan.id.as_str(), format!("line:{count}x"));
                prop_assert!(plan.interest().is_zero());
            }
        }
        Ok(())
    });
}
