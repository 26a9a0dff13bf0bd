//! The books balance, and agree with the account and with each other.

use crate::support::history::Taken;
use crate::support::world::open_invoices;
use crate::{always, event_of, journal_of, last_book, of_every_history, total};
use fiado_core::account::{Book, Event, LedgerAccount, LineKind, postings};
use fiado_core::calendar::Day;
use fiado_core::money::{Balance, Tolerance};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn the_double_entry_of_every_event_balances() {
    always(|step| {
        let Some(event) = event_of(step) else { return Ok(()) };
        let sum: i64 = postings(event).iter().map(|posting| posting.value.minor()).sum();
        prop_assert_eq!(sum, 0);
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
        let sold = total(usages.values().map(|usage| usage.amount));
        prop_assert_eq!(balance(LedgerAccount::Sales), -debit(sold));
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
fn an_event_changes_no_rung_of_the_ladder_but_those_it_names() {
    always(|step| {
        let named = event_of(step).map(Event::due_days).unwrap_or_default();
        let (before, after) = (&step.before.account.ladder, &step.after.account.ladder);
        for (due, _) in before.rungs().chain(after.rungs()) {
            prop_assert!(named.contains(&due) || before.due_on(due) == after.due_on(due));
        }
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
fn an_invoice_is_resolved_once_when_nothing_is_owed_of_it_and_never_before() {
    always(|step| {
        for invoice in step.after.invoices.values() {
            prop_assert!(invoice.paid <= invoice.value);
            prop_assert_eq!(invoice.left().is_zero(), invoice.resolved_at.is_some());
        }
        for (id, before) in step.before.invoices.iter().filter(|(_, one)| one.resolved_at.is_some()) {
            prop_assert_eq!(&step.after.invoices[id], before);
        }
        Ok(())
    });
}

#[test]
fn the_statement_agrees_with_the_account() {
    always(|step| {
        let Book { account, statement, .. } = step.after.as_ref();
        let moved: i64 = statement
            .iter()
            .filter(|line| line.kind != LineKind::Credit)
            .map(|line| line.value.minor())
            .sum();
        let ahead = Balance::from(account.totals.unapplied).minus(account.totals.outstanding);
        prop_assert_eq!(moved, ahead.minor());
        for line in statement.iter().filter(|line| line.sequence == account.version) {
            prop_assert_eq!(line.used_after, account.totals.outstanding);
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
            match event_of(step) {
                Some(Event::Approved { limit, .. }) => ceiling = Tolerance::NONE.ceiling(*limit),
                Some(_) => ceiling = ceiling.plus(credit_lines(step)),
                None => continue,
            }
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
