//! A decision depends on what it is given and on nothing else, and its figures are true.

use crate::support::commands::{EXPIRE_HOLDS, minor, pay};
use crate::support::history::Taken;
use crate::support::world::open_invoices;
use crate::support::{variant, variants_in_source};
use crate::wishes::{passes, wishes};
use crate::{always, new_purchase, total};
use fiado_core::account::{
    Assessment, Command, Invoice, InvoiceNeed, InvoiceState, Items, Objection, Wish, assess, execute, needs,
};
use fiado_core::money::Amount;
use proptest::prelude::*;

#[test]
fn the_same_command_in_the_same_place_is_decided_the_same() {
    always(|step| {
        let again = execute(&step.before.account, &step.items, &step.command, &step.scene.context());
        prop_assert_eq!(&again, &step.result);
        Ok(())
    });
}

#[test]
fn a_decision_needs_no_more_items_than_it_asked_for() {
    always(|step| {
        let wanted = needs(&step.command, step.scene.now).invoices;
        prop_assert!(wanted != InvoiceNeed::None || step.items.invoices.is_empty());
        if let InvoiceNeed::OpenOf(_) | InvoiceNeed::AllOf(_) = wanted {
            return Ok(()); // What is changed together is told by the items alone.
        }
        let mut invoices = open_invoices(&step.before);
        let resolved = step.items.invoices.iter().filter(|invoice| invoice.state != InvoiceState::Open);
        invoices.extend(resolved.cloned());
        let all_open = Items { invoices, ..step.items.clone() };
        let decided = execute(&step.before.account, &all_open, &step.command, &step.scene.context());
        prop_assert_eq!(&decided, &step.result);
        Ok(())
    });
}

#[test]
fn a_payment_loads_no_more_invoices_than_it_reaches() {
    always(|step| {
        let InvoiceNeed::OldestCovering(amount) = needs(&step.command, step.scene.now).invoices else {
            return Ok(());
        };
        let Some((_, all_but_last)) = step.items.invoices.split_last() else { return Ok(()) };
        prop_assert!(total(all_but_last.iter().map(Invoice::left)) < amount.minor());
        Ok(())
    });
}

#[test]
fn the_reasons_of_a_preview_stand_in_order_of_precedence() {
    let order = variants_in_source(include_str!("../../src/account/rejection.rs"), "Rejection");
    always(|step| {
        for wish in wishes(step) {
            let reasons = assess(&step.standing(), &wish, &step.scene.context()).reasons;
            let place = |reason: &Objection| order.iter().position(|name| *name == variant(reason)).unwrap();
            let places: Vec<usize> = reasons.iter().map(place).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{reasons:?}");
        }
        Ok(())
    });
}

#[test]
fn what_is_spendable_passes_the_ceiling_and_a_cent_more_does_not() {
    always(|step| {
        let (account, context) = (&step.standing(), step.scene.context());
        let Some(purchase) = new_purchase(step) else { return Ok(()) };
        let at_once = |amount: Amount| Wish { amount, choice: None, channel: None };
        let is_too_much = |amount: Amount| {
            let reasons = assess(account, &at_once(amount), &context).reasons;
            reasons.iter().any(|reason| matches!(reason, Objection::CreditNotAvailable { .. }))
        };
        let Assessment { spendable, reasons, .. } = assess(account, &at_once(purchase.amount), &context);
        let is_open = !reasons.iter().any(|reason| matches!(reason, Objection::LineNotOpen { .. }));
        if !is_open || account.life.is_none() {
            return Ok(());
        }
        prop_assert!(spendable.is_zero() || !is_too_much(spendable));
        let more = spendable.saturating_add(minor(1));
        prop_assert!(spendable == context.policy.currency.largest() || is_too_much(more));
        Ok(())
    });
}

#[test]
fn paying_the_shortfall_makes_the_purchase_pass_and_a_cent_less_does_not() {
    always(|step| {
        for wish in wishes(step) {
            let preview = assess(&step.standing(), &wish, &step.scene.context());
            let shortfall = preview.shortfall;
            let [Objection::CreditNotAvailable { shortfall: told, .. }] = preview.reasons.as_slice() else {
                prop_assert!(!preview.passes() || shortfall.is_zero());
                continue;
            };
            prop_assert_eq!(*told, shortfall);
            if shortfall == step.scene.policy.currency.largest() {
                continue; // It may be more than an amount can be.
            }
            prop_assert!(passes_after_paying(step, shortfall, &wish));
            let less = minor(shortfall.minor() - 1);
            prop_assert!(less.is_zero() || !passes_after_paying(step, less, &wish));
        }
        Ok(())
    });
}

/// Whether a wish passes once so much has come in, which may be refused itself.
pub(crate) fn passes_after_paying(step: &Taken, amount: Amount, wish: &Wish) -> bool {
    let mut world = step.world();
    let payment = pay("what is missing", amount, step.scene.today);
    world.run_in(&step.scene, &payment).is_ok() && passes(&mut world, &step.scene, wish)
}

#[test]
fn what_has_expired_holds_nothing_though_no_event_says_so_yet() {
    always(|step| {
        if step.items.expired.is_empty() || step.command == EXPIRE_HOLDS {
            return Ok(());
        }
        let mut tidied = step.world();
        prop_assert!(tidied.run_in(&step.scene, &EXPIRE_HOLDS).is_ok());
        let tidied_account = tidied.book.account.clone();
        prop_assert_eq!(tidied_account.totals, step.standing().totals);
        let decided = tidied.run_in(&step.scene, &step.command);
        match (&step.result, &decided) {
            (Ok(outcome), Ok(later)) if later.entries.is_empty() => {
                prop_assert_eq!(&outcome.entries, &later.entries);
            }
            (Ok(outcome), Ok(later)) => {
                prop_assert_eq!(&outcome.account, &later.account);
                prop_assert_eq!(&outcome.receipt, &later.receipt);
                let after = |count: usize| outcome.entries.get(count..).unwrap_or_default().to_vec();
                prop_assert_eq!(after(step.items.expired.len()), later.entries.clone());
                prop_assert_eq!(&tidied.book, step.after.as_ref());
            }
            (here, there) => prop_assert_eq!(here, there),
        }
        Ok(())
    });
}

#[test]
fn nobody_approves_their_own_request_unless_the_shop_lets_them() {
    always(|step| {
        let (Command::Approve(_), Ok(_)) = (&step.command, &step.result) else { return Ok(()) };
        let life = step.before.account.life.as_ref().unwrap();
        prop_assert!(life.requested_by != step.scene.actor || step.scene.policy.own_request_approval);
        Ok(())
    });
}

#[test]
fn overdue_debt_beyond_grace_and_a_few_cents_stops_a_purchase_and_nothing_less_does() {
    always(|step| {
        let Some(stop) = step.scene.policy.overdue_stop else { return Ok(()) };
        let overdue: u64 = open_invoices(&step.before)
            .iter()
            .filter(|invoice| invoice.due.days_until(step.scene.today) > i32::from(stop.grace_days))
            .map(|invoice| invoice.left().minor())
            .sum();
        for wish in wishes(step) {
            let reasons = assess(&step.standing(), &wish, &step.scene.context()).reasons;
            let told = reasons.iter().find_map(|reason| match reason {
                Objection::OverdueDebt { overdue, .. } => Some(overdue.minor()),
                _ => None,
            });
            prop_assert_eq!(told, (overdue > stop.above.minor()).then_some(overdue));
        }
        Ok(())
    });
}
