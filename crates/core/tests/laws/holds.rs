//! Credit held counts once and ends once.

use crate::purchases::is_within_ceiling;
use crate::{always, event_of, events_of, journal_of, of_every_history, transaction_of};
use fiado_core::account::{Authorize, Command, Event, HoldState, Receipt, Rejection};
use fiado_core::identity::TransactionId;
use fiado_core::money::Balance;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn a_hold_ends_exactly_once_and_an_expired_one_may_still_be_settled_once() {
    of_every_history(|taken| {
        let mut states: BTreeMap<TransactionId, HoldState> = BTreeMap::new();
        for entry in journal_of(taken) {
            let (id, state) = match entry.event {
                Event::Authorized { transaction, .. } => {
                    prop_assert_eq!(states.insert(transaction, HoldState::Held), None);
                    continue;
                }
                Event::HoldChanged { transaction, .. } => (transaction, HoldState::Held),
                Event::HoldReleased { transaction, .. } => (transaction, HoldState::Released),
                Event::HoldExpired { transaction, .. } => (transaction, HoldState::Expired),
                Event::Settled { transaction, .. } => (transaction, HoldState::Settled),
                _ => continue,
            };
            let before = states.insert(id, state);
            let is_settled_late = (before, state) == (Some(HoldState::Expired), HoldState::Settled);
            prop_assert!(before == Some(HoldState::Held) || is_settled_late, "{before:?} to {state:?}");
        }
        let kept = crate::last_book(taken).holds;
        let kept: BTreeMap<TransactionId, HoldState> =
            kept.into_iter().map(|(id, hold)| (id, hold.state)).collect();
        prop_assert_eq!(states, kept);
        Ok(())
    });
}

#[test]
fn what_is_new_of_a_hold_or_settlement_is_within_the_ceiling() {
    always(|step| {
        let grows = match event_of(step) {
            Some(Event::Authorized { .. }) => true,
            Some(Event::Opened { .. }) => {
                matches!(step.command, Command::Authorize(_) | Command::ChangeHold(_))
            }
            Some(Event::HoldChanged { from, terms, .. }) => terms.amount > *from,
            Some(Event::Settled { held, amount, .. }) => amount > held,
            Some(Event::SettlementChanged { from, to, .. }) => to > from,
            _ => return Ok(()),
        };
        prop_assert!(!grows || is_within_ceiling(step));
        Ok(())
    });
}

#[test]
fn a_hold_or_settlement_never_grows_beyond_what_the_shop_lets() {
    always(|step| {
        let Some(transaction) = transaction_of(&step.command) else { return Ok(()) };
        let growth = u128::from(step.scene.policy.hold_growth.millionths());
        let (authorized, amount) = match event_of(step) {
            Some(Event::HoldChanged { terms, .. }) => {
                (step.before.holds[transaction].authorized, terms.amount)
            }
            Some(Event::Settled { authorized, amount, .. }) => (*authorized, *amount),
            Some(Event::SettlementChanged { from, to, .. }) if to > from => {
                (step.before.usages[transaction].authorized, *to)
            }
            _ => return Ok(()),
        };
        let most = u128::from(authorized.minor()) * (1_000_000 + growth) / 1_000_000;
        prop_assert!(u128::from(amount.minor()) <= most);
        Ok(())
    });
}

#[test]
fn every_hold_whose_time_has_come_ends_before_anything_else_happens() {
    always(|step| {
        let due: BTreeSet<&TransactionId> = step
            .before
            .holds
            .values()
            .filter(|hold| hold.state == HoldState::Held && hold.terms.expires_at <= step.scene.now)
            .map(|hold| &hold.transaction)
            .collect();
        let events: Vec<&Event> = events_of(step).collect();
        if events.is_empty() {
            return Ok(());
        }
        let ended: Vec<&TransactionId> = events
            .iter()
            .map_while(|event| match event {
                Event::HoldExpired { transaction, .. } => Some(transaction),
                _ => None,
            })
            .collect();
        prop_assert_eq!(ended.len(), due.len());
        prop_assert_eq!(ended.into_iter().collect::<BTreeSet<_>>(), due);
        let later = events.iter().skip(step.items.expired.len());
        prop_assert_eq!(later.filter(|event| matches!(event, Event::HoldExpired { .. })).count(), 0);
        Ok(())
    });
}

#[test]
fn a_hold_ends_when_its_client_says_or_after_a_day_and_a_firm_one_after_thirty() {
    always(|step| {
        let Command::Authorize(Authorize { firm, expires_at, .. }) = &step.command else { return Ok(()) };
        let made = events_of(step).find_map(|event| match event {
            Event::Authorized { terms, .. } => Some(terms),
            _ => None,
        });
        let Some(terms) = made else { return Ok(()) };
        let usual = step.scene.now.plus_seconds(if *firm { 30 } else { 1 } * 86_400);
        prop_assert_eq!(terms.expires_at, expires_at.unwrap_or(usual));
        prop_assert_eq!(terms.expiry_was_chosen, expires_at.is_some());
        prop_assert!(terms.expires_at > step.scene.now);
        Ok(())
    });
}

#[test]
fn a_change_of_a_hold_changes_what_is_named_and_a_hold_that_becomes_firm_lives_thirty_days() {
    always(|step| {
        let (Command::ChangeHold(change), Some(Event::HoldChanged { terms, .. })) =
            (&step.command, event_of(step))
        else {
            return Ok(());
        };
        let before = &step.before.holds[&change.transaction].terms;
        prop_assert_eq!(terms.amount, change.amount);
        prop_assert_eq!(terms.installments, change.installments.unwrap_or(before.installments));
        prop_assert_eq!(terms.firm, before.firm || change.firm == Some(true));
        prop_assert_eq!(terms.expiry_was_chosen, before.expiry_was_chosen || change.expires_at.is_some());
        let usual = if terms.firm && !before.firm && !before.expiry_was_chosen {
            step.scene.now.plus_seconds(30 * 86_400)
        } else {
            before.expires_at
        };
        prop_assert_eq!(terms.expires_at, change.expires_at.unwrap_or(usual));
        Ok(())
    });
}

#[test]
fn a_firm_hold_is_never_released() {
    always(|step| {
        let Some(Event::HoldReleased { transaction, amount }) = event_of(step) else { return Ok(()) };
        let hold = &step.before.holds[transaction];
        prop_assert!(!hold.terms.firm);
        prop_assert_eq!(hold.terms.amount, *amount);
        Ok(())
    });
}

#[test]
fn an_ended_hold_can_only_be_settled_late_or_settled_at_another_amount() {
    always(|step| {
        let Some(hold) = transaction_of(&step.command).and_then(|id| step.before.holds.get(id)) else {
            return Ok(());
        };
        let state = hold.state_at(step.scene.now);
        let may_be_done = match (&step.command, state) {
            (_, HoldState::Held) => return Ok(()),
            (Command::Settle(_), HoldState::Expired | HoldState::Settled) => true,
            (Command::Refund(_), HoldState::Settled) => true,
            _ => false,
        };
        prop_assert!(may_be_done || step.result.is_err());
        if let Err(Rejection::HoldEnded { state: told, .. }) = &step.result {
            prop_assert_eq!(*told, state);
        }
        Ok(())
    });
}

#[test]
fn what_was_held_or_bought_in_an_earlier_life_is_not_there_any_more_and_its_name_is_not_free() {
    always(|step| {
        let (Some(id), Some(life)) = (transaction_of(&step.command), &step.before.account.life) else {
            return Ok(());
        };
        let bought = step.before.usages.get(id).map(|usage| usage.used_at);
        let made_at = bought.or(step.before.holds.get(id).map(|hold| hold.made_at));
        if made_at.is_some_and(|made_at| made_at < life.requested_at) {
            let transaction = id.clone();
            if let Command::ChangeHold(_) = &step.command {
                let has_ended = matches!(&step.result, Err(Rejection::HoldEnded { .. }));
                prop_assert!(has_ended, "{:?}", step.result);
            } else {
                prop_assert_eq!(&step.result, &Err(Rejection::TransactionNotFound { transaction }));
            }
        }
        Ok(())
    });
}

#[test]
fn what_a_hold_holds_is_what_is_available_less() {
    always(|step| {
        let Some(Event::Authorized { terms, .. }) = event_of(step) else { return Ok(()) };
        let before = step.standing().signed_available();
        prop_assert_eq!(step.after.account.signed_available(), before.minus(Balance::from(terms.amount)));
        prop_assert_eq!(step.before.account.totals.outstanding, step.after.account.totals.outstanding);
        prop_assert_eq!(step.before.statement.len(), step.after.statement.len());
        Ok(())
    });
}

#[test]
fn a_hold_is_told_as_it_is_kept() {
    always(|step| {
        let Ok(outcome) = &step.result else { return Ok(()) };
        let Receipt::Hold(told) = &outcome.receipt else { return Ok(()) };
        prop_assert_eq!(&step.after.holds[&told.transaction], told);
        if let Some(named) = transaction_of(&step.command) {
            prop_assert_eq!(&told.transaction, named);
        }
        Ok(())
    });
}

#[test]
fn a_shopper_nobody_knows_is_given_a_line_only_where_the_shop_says_so_and_never_twice() {
    always(|step| {
        let is_asked_for = matches!(step.command, Command::Open(_));
        let Some(Event::Opened { limit, .. }) = event_of(step).filter(|_| !is_asked_for) else {
            return Ok(());
        };
        prop_assert!(step.before.account.life.is_none());
        prop_assert!(step.scene.policy.automatic_opening);
        prop_assert_eq!(*limit, step.scene.policy.automatic_limit());
        Ok(())
    });
}
