//! What a browser says beforehand is what the server decides.

use crate::always;
use crate::support::history::Taken;
use crate::support::world::{World, at_hour, day_of, ending_holds};
use crate::wishes::{purchased, wishes};
use fiado_core::account::{
    Assessment, Context, Moment, Objection, PlanChoice, Receipt, Rejection, Snapshot, Validity, Wish, assess,
    offered, remedies,
};
use fiado_core::identity::{ActorId, LifeId};
use fiado_core::policy::Policy;
use proptest::prelude::*;

/// What a browser is given; nothing where there is no account.
fn snapshot(step: &Taken) -> Option<Snapshot> {
    let validity = Validity {
        taken_at: step.scene.now,
        today: step.scene.today,
        today_ends_at: at_hour(step.scene.today.plus_days(1), 0),
        valid_until: step.scene.now.plus_seconds(60),
    };
    let holds = ending_holds(&step.before, step.scene.now);
    Snapshot::of(&step.standing(), holds, &step.scene.policy, validity)
}

fn nobody() -> ActorId {
    ActorId::new("nobody").unwrap()
}

/// What somebody knows who has a snapshot alone.
fn context(policy: &Policy, moment: Moment) -> Context<'_> {
    let Moment { now, today } = moment;
    Context { now, today, actor: nobody(), new_life: LifeId::new([0; 10]), policy }
}

/// The preview of a wish by them.
fn preview(step: &Taken, wish: &Wish) -> Option<Assessment> {
    let snapshot = snapshot(step)?;
    let (policy, moment) = (snapshot.policy(), snapshot.moment(None, None));
    Some(assess(&snapshot.account_at(moment, &nobody()), wish, &context(&policy, moment)))
}

#[test]
fn a_preview_from_a_snapshot_is_a_preview_from_the_account() {
    always(|step| {
        for wish in wishes(step) {
            let from_account = assess(&step.standing(), &wish, &step.scene.context());
            match preview(step, &wish) {
                Some(from_snapshot) => prop_assert_eq!(seen(from_snapshot), seen(from_account)),
                None => prop_assert_eq!(from_account.reasons, [Objection::AccountNotFound {}]),
            }
        }
        Ok(())
    });
}

#[test]
fn plans_and_remedies_from_a_snapshot_are_those_from_the_account() {
    always(|step| {
        let Some(snapshot) = snapshot(step) else { return Ok(()) };
        let (policy, moment) = (snapshot.policy(), snapshot.moment(None, None));
        let (there, here) = (snapshot.account_at(moment, &nobody()), step.standing());
        let (from_there, from_here) = (context(&policy, moment), step.scene.context());
        for wish in wishes(step) {
            prop_assert_eq!(offered(&there, &wish, &from_there), offered(&here, &wish, &from_here));
            let told = remedies(&there, &snapshot.holds, &wish, &from_there);
            prop_assert_eq!(told, remedies(&here, &snapshot.holds, &wish, &from_here));
        }
        Ok(())
    });
}

/// The next hours and the ends of holds of its day, and the beginnings of the next days.
fn moments_after(snapshot: &Snapshot) -> Vec<Moment> {
    let Validity { taken_at, today, .. } = snapshot.validity;
    let hours = [0, 3_600, 18_000].map(|seconds| taken_at.plus_seconds(seconds));
    let later = hours.into_iter().chain(snapshot.holds.iter().map(|hold| hold.ends_at));
    let later = later.filter(|now| day_of(*now) == today).map(|now| snapshot.moment(None, Some(now)));
    let days = [1, 2, 40].map(|days| snapshot.moment(Some(today.plus_days(days)), None));
    later.chain(days).collect()
}

#[test]
fn a_snapshot_knows_the_account_at_a_later_moment_of_its_day_and_at_the_beginning_of_later_days() {
    always(|step| {
        let Some(snapshot) = snapshot(step) else { return Ok(()) };
        for moment in moments_after(&snapshot) {
            let Moment { now, today } = moment;
            let is_later_day = today > snapshot.validity.today;
            prop_assert!(!is_later_day || (now, day_of(now)) == (at_hour(today, 0), today), "{moment:?}");
            let then = World::at(&step.scene_at(now, today), step.before.as_ref().clone());
            let account = then.account();
            let told = snapshot.account_at(moment, &nobody());
            prop_assert_eq!((told.totals, &told.ladder), (account.totals, &account.ladder));
            let policy = snapshot.policy();
            for wish in wishes(step) {
                let from_account = assess(&account, &wish, &step.scene_at(now, today).context());
                let from_snapshot = assess(&told, &wish, &context(&policy, moment));
                prop_assert_eq!(seen(from_snapshot), seen(from_account));
            }
        }
        Ok(())
    });
}

#[test]
fn a_snapshot_looks_back_to_no_earlier_day() {
    always(|step| {
        let Some(snapshot) = snapshot(step) else { return Ok(()) };
        let Validity { taken_at, today, .. } = snapshot.validity;
        for day in [today, today.minus_days(1)] {
            prop_assert_eq!(snapshot.moment(Some(day), None), Moment { now: taken_at, today });
        }
        Ok(())
    });
}

#[test]
fn a_preview_gives_the_verdict_of_the_decision_and_its_first_reason() {
    always(|step| {
        for wish in wishes(step) {
            let Some(preview) = preview(step, &wish) else { continue };
            let Some(purchase) = purchased(&wish, &preview) else {
                prop_assert!(!preview.passes(), "{wish:?} passes without a plan");
                continue;
            };
            let decided = step.world().run_in(&step.scene, &purchase);
            prop_assert_eq!(preview.passes(), decided.is_ok());
            let first = preview.reasons.first().map(as_a_buyer_sees);
            let decided = decided.err();
            let objection = decided.as_ref().and_then(Rejection::objection);
            prop_assert_eq!(objection.is_some(), decided.is_some(), "{:?} is no objection", decided);
            prop_assert_eq!(first, objection.as_ref().map(as_a_buyer_sees));
        }
        Ok(())
    });
}

/// A preview as its buyer sees it.
fn seen(assessment: Assessment) -> Assessment {
    let reasons = assessment.reasons.iter().map(as_a_buyer_sees).collect();
    Assessment { reasons, ..assessment }
}

/// A snapshot does not say whether a line that is no more ever was, and no sentence does.
fn as_a_buyer_sees(objection: &Objection) -> Objection {
    match objection {
        Objection::LineNotOpen { current, .. } => {
            Objection::LineNotOpen { current: *current, was_granted: true }
        }
        other => other.clone(),
    }
}

#[test]
fn a_preview_shows_the_figures_and_parts_of_the_receipt() {
    always(|step| {
        for wish in wishes(step) {
            let Some(preview) = preview(step, &wish) else { continue };
            let Some(purchase) = purchased(&wish, &preview) else { continue };
            let Ok(outcome) = step.world().run_in(&step.scene, &purchase) else {
                prop_assert_eq!((preview.used_after, preview.available_after), (None, None));
                continue;
            };
            let Receipt::Usage(usage) = &outcome.receipt else {
                return Err(TestCaseError::fail("a purchase is answered with a usage"));
            };
            prop_assert_eq!(preview.used_after, Some(usage.used_after));
            prop_assert_eq!(preview.available_after, Some(usage.available_after));
            prop_assert_eq!(preview.parts.as_ref(), Some(&usage.parts));
            prop_assert_eq!(preview.plan.map(|plan| plan.id), usage.plan.clone());
            prop_assert!(preview.shortfall.is_zero());
            prop_assert!(usage.amount <= preview.spendable);
        }
        Ok(())
    });
}

#[test]
fn what_is_chosen_is_what_is_shown() {
    always(|step| {
        for wish in wishes(step) {
            let preview = assess(&step.standing(), &wish, &step.scene.context());
            let (Some(choice), Some(plan)) = (&wish.choice, &preview.plan) else { continue };
            let days = plan.parts.iter().map(|part| step.scene.today.days_until(part.due));
            let is_chosen = match choice {
                PlanChoice::Installments(count) => plan.count() == Some(*count),
                PlanChoice::Plan(id) => plan.id == *id,
                PlanChoice::Days(wanted) => {
                    let adjust = &step.scene.policy.due_dates.business_days;
                    let due = |days: &u16| {
                        adjust.adjust(step.scene.today.plus_days((*days).into()), step.scene.today)
                    };
                    wanted.iter().map(|days| step.scene.today.days_until(due(days))).eq(days)
                }
            };
            prop_assert!(is_chosen, "{choice:?}: {plan:?}");
            prop_assert_eq!(plan.principal, wish.amount);
        }
        Ok(())
    });
}

#[test]
fn of_so_many_parts_the_cheapest_plan_is_shown() {
    always(|step| {
        for wish in wishes(step) {
            let Some(PlanChoice::Installments(count)) = wish.choice else { continue };
            let preview = assess(&step.standing(), &wish, &step.scene.context());
            let plans = offered(&step.standing(), &wish, &step.scene.context());
            let of_that_count = plans.iter().filter(|(plan, _)| plan.count() == Some(count));
            let cheapest = of_that_count.map(|(plan, _)| plan.total()).min();
            let is_listed = !step.scene.policy.offering.rules.is_empty() || count.get() <= 12;
            prop_assert!(!is_listed || preview.plan.map(|plan| plan.total()) == cheapest);
        }
        Ok(())
    });
}
