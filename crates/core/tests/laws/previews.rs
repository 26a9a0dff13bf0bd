//! What a browser says beforehand is what the server decides.

use crate::support::history::Taken;
use crate::{always, new_purchase};
use fiado_core::account::{Assessment, Context, Receipt, Rejection, Snapshot, UseCredit, Validity, assess};
use fiado_core::identity::{ActorId, LifeId};
use proptest::prelude::*;

/// The preview of a purchase by somebody who has the snapshot alone; nothing where there is no
/// account.
fn preview(step: &Taken, purchase: &UseCredit) -> Option<Assessment> {
    let validity = Validity {
        taken_at: step.scene.now,
        today: step.scene.today,
        today_ends_at: step.scene.now.plus_seconds(43_200),
        valid_until: step.scene.now.plus_seconds(60),
    };
    let snapshot = Snapshot::of(&step.standing(), &step.scene.policy, validity)?;
    let nobody = ActorId::new("nobody").unwrap();
    let policy = snapshot.policy();
    let context = Context {
        now: validity.taken_at,
        today: validity.today,
        actor: nobody.clone(),
        new_life: LifeId::new([0; 10]),
        policy: &policy,
    };
    Some(assess(&snapshot.account(&nobody), purchase, &context))
}

#[test]
fn a_preview_from_a_snapshot_is_a_preview_from_the_account() {
    always(|step| {
        let Some(purchase) = new_purchase(step) else { return Ok(()) };
        let seen = |assessment: Assessment| {
            let reasons = assessment.reasons.iter().map(as_a_buyer_sees).collect();
            Assessment { reasons, ..assessment }
        };
        let from_account = assess(&step.standing(), purchase, &step.scene.context());
        match preview(step, purchase) {
            Some(from_snapshot) => prop_assert_eq!(seen(from_snapshot), seen(from_account)),
            None => prop_assert_eq!(from_account.reasons, [Rejection::AccountNotFound {}]),
        }
        Ok(())
    });
}

#[test]
fn a_preview_gives_the_verdict_of_the_decision_and_its_first_reason() {
    always(|step| {
        let Some(purchase) = new_purchase(step) else { return Ok(()) };
        let Some(preview) = preview(step, purchase) else { return Ok(()) };
        prop_assert_eq!(preview.passes(), step.result.is_ok());
        prop_assert_eq!(
            preview.reasons.first().map(as_a_buyer_sees),
            step.result.as_ref().err().map(as_a_buyer_sees)
        );
        Ok(())
    });
}

/// A snapshot does not say whether a line that is no more ever was, and no sentence does.
fn as_a_buyer_sees(rejection: &Rejection) -> Rejection {
    match rejection {
        Rejection::LineNotOpen { current, .. } => {
            Rejection::LineNotOpen { current: *current, was_granted: true }
        }
        other => other.clone(),
    }
}

#[test]
fn a_preview_shows_the_figures_and_parts_of_the_receipt() {
    always(|step| {
        let Some(purchase) = new_purchase(step) else { return Ok(()) };
        let Some(preview) = preview(step, purchase) else { return Ok(()) };
        let Ok(outcome) = &step.result else {
            prop_assert_eq!((preview.used_after, preview.available_after), (None, None));
            return Ok(());
        };
        let Receipt::Usage(usage) = &outcome.receipt else {
            return Err(TestCaseError::fail("a purchase is answered with a usage"));
        };
        prop_assert_eq!(preview.used_after, Some(usage.used_after));
        prop_assert_eq!(preview.available_after, Some(usage.available_after));
        prop_assert_eq!(preview.parts.as_ref(), Some(&usage.parts));
        prop_assert!(preview.shortfall.is_zero());
        prop_assert!(purchase.amount <= preview.spendable);
        Ok(())
    });
}
