//! The books balance, and agree with the account and with each other.

use crate::support::history::Taken;
use crate::support::world::open_invoices;
use crate::{always, events_of, journal_of, last_book, of_every_history, total};
use fiado_core::account::{Book, Event, HoldState, InvoiceState, LedgerAccount, LineKind, postings};
use fiado_core::calendar::Day;
use fiado_core::money::{Balance, Tolerance};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn the_double_entry_of_every_event_balances() {
    always(|step| {
        for event in events_of(step) {
            let sum: i64 = postings(event).iter().map(|posting| posting.value.minor()).sum();
            prop_assert_eq!(sum, 0, "{:?}", event);
        }
        Ok(())
    });
}

#[test]
fn the_ledger_agrees_with_the_account() {
    of_every_history(|taken| {
        let mut ledger: BTreeMap<LedgerAccount, i64> = BTreeMap::new();
        for posting in journal_of(taken).iter().flat_map(|entry| postings(&entry.event)) {
            *ledger.entry(posting.account).or_default() += posting.value.minor();
        }
        let balance = |account| ledger.get(&account).copied().unwrap_or_default();
        let Book { account, usages, payments, .. } = last_book(taken);
        let debit = |units: u64| i64::try_from(units).unwrap();
        prop_assert_eq!(balance(LedgerAccount::Receivables), debit(account.totals.outstanding.minor()));
        prop_assert_eq!(balance(LedgerAccount::CustomerAdvances), -debit(account.totals.unapplied.minor()));
        // What is refunded or cancelled is taken from what was sold, never from its interest.
        let (sold, interest) = (
            total(usages.values().map(|usage| usage.value)),
            total(usages.values().map(|usage| usage.interest)),
        );
        prop_assert_eq!(balance(LedgerAccount::Interest), -debit(interest));
        prop_assert_eq!(balance(LedgerAccount::Sales), debit(interest) - debit(sold));
        let received = total(payments.values().map(|payment| payment.amount));
        prop_assert_eq!(balance(LedgerAccount::Cash), debit(received));
        Ok(())
    });
}

#[test]
fn the_invoices_agree_with_the_account_in_all_and_by_due_day() {
    always(|step| {
        let Book { account, invoices, .. } = step.after.as_ref();
        let owed = total(invoices.values().map(|invoice| invoice.left()));
        prop_assert_eq!(owed, account.totals.outstanding.minor());
        prop_assert_eq!(step.after.owed(), account.totals.outstanding);
        let mut by_due_day: BTreeMap<Day, u64> = BTreeMap::new();
        for invoice in open_invoices(&step.after) {
            *by_due_day.entry(invoice.due).or_default() += invoice.left().minor();
        }
        let rungs: BTreeMap<Day, u64> =
            account.ladder.rungs().map(|(due, owed)| (due, owed.minor())).collect();
        prop_assert_eq!(by_due_day, rungs);
        Ok(())
    });
}

#[test]
fn a_purchase_is_paid_as_far_as_its_invoices_are() {
    always(|step| {
        for usage in step.after.usages.values() {
            let its_own = step.after.invoices.values().filter(|one| one.id.transaction == usage.transaction);
            prop_assert_eq!(usage.paid.minor(), total(its_own.map(|invoice| invoice.paid)));
        }
        Ok(())
    });
}

#[test]
fn a_purchase_costs_what_its_open_and_paid_invoices_are_for() {
    always(|step| {
        for usage in step.after.usages.values() {
            let its_own = step.after.invoices.values().filter(|one| one.id.transaction == usage.transaction);
            let counted = its_own.filter(|invoice| invoice.state != InvoiceState::Cancelled);
            prop_assert_eq!(usage.value.minor(), total(counted.map(|invoice| invoice.value)));
        }
        Ok(())
    });
}

#[test]
fn what_is_held_is_the_sum_of_the_live_holds() {
    always(|step| {
        let Book { account, holds, .. } = step.after.as_ref();
        let live = holds.values().filter(|hold| hold.state == HoldState::Held);
        prop_assert_eq!(account.totals.held.minor(), total(live.map(|hold| hold.terms.amount)));
        prop_assert_eq!(step.after.held(), account.totals.held);
        Ok(())
    });
}

#[test]
fn the_balance_is_the_sum_of_its_movements_in_this_life() {
    always(|step| {
        let Some(life) = &step.after.account.life else { return Ok(()) };
        let own = step.after.statement.iter().filter(|line| line.sequence > life.began);
        let movements = own.filter(|line| matches!(line.kind, LineKind::Adjustment { .. }));
        let sum: i64 = movements.map(|line| line.value.minor()).sum();
        prop_assert_eq!(life.balance.minor(), sum);
        prop_assert!(life.balance.magnitude() <= step.scene.policy.currency.largest().minor());
        Ok(())
    });
}

#[test]
fn the_statement_agrees_with_the_account() {
    always(|step| {
        let Book { account, statement, .. } = step.after.as_ref();
        let moved: i64 = statement
            .iter()
            .filter(|line| !matches!(line.kind, LineKind::Credit | LineKind::Adjustment { .. }))
            .map(|line| line.value.minor())
            .sum();
        let ahead = Balance::from(account.totals.unapplied).minus(account.totals.outstanding);
        prop_assert_eq!(moved, ahead.minor());
        for line in statement.iter().filter(|line| line.sequence == account.version) {
            prop_assert_eq!(line.used_after, account.totals.outstanding);
            prop_assert_eq!(Some(line.balance_after), account.life.as_ref().map(|life| life.balance));
        }
        let places: Vec<(u64, u32)> = statement.iter().map(|line| (line.sequence, line.line)).collect();
        prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        Ok(())
    });
}

#[test]
fn changes_of_limit_and_tolerance_add_up_to_the_change_of_the_ceiling() {
    of_every_history(|taken| {
        let mut ceiling = Balance::ZERO;
        for step in taken {
            for event in events_of(step) {
                match event {
                    Event::Approved { limit, .. } => ceiling = Tolerance::NONE.ceiling(*limit),
                    Event::Opened { limit, tolerance, .. } => ceiling = tolerance.ceiling(*limit),
                    _ => {}
                }
            }
            ceiling = ceiling.plus(credit_lines(step));
            let Some(line) = step.after.account.line() else { continue };
            prop_assert_eq!(ceiling, line.tolerance.ceiling(line.limit));
        }
        Ok(())
    });
}

/// What an event's lines on the statement say of the ceiling.
fn credit_lines(step: &Taken) -> Balance {
    let own = step.after.statement.iter().skip(step.before.statement.len());
    let own = own.filter(|line| line.kind == LineKind::Credit);
    own.fold(Balance::ZERO, |sum, line| sum.plus(line.value))
}
