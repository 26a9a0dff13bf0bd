//! The laws of an account, over random histories of commands by several people over many days:
//! lines granted, lowered, suspended, ended and opened again; credit held, settled, refunded and
//! expired; invoices paid, cancelled and postponed; with tolerance and overdue stops switched on and
//! off, in currencies with and without cents.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

#[path = "laws/aging.rs"]
mod aging;
#[path = "laws/books.rs"]
mod books;
#[path = "laws/coverage.rs"]
mod coverage;
#[path = "laws/decisions.rs"]
mod decisions;
#[path = "laws/holds.rs"]
mod holds;
#[path = "laws/invoices.rs"]
mod invoices;
#[path = "laws/journal.rs"]
mod journal;
#[path = "laws/payment_previews.rs"]
mod payment_previews;
#[path = "laws/payments.rs"]
mod payments;
#[path = "laws/plans.rs"]
mod plans;
#[path = "laws/previews.rs"]
mod previews;
#[path = "laws/purchases.rs"]
mod purchases;
#[path = "laws/remedies.rs"]
mod remedies;
#[path = "laws/settlements.rs"]
mod settlements;
mod support;
#[path = "laws/wishes.rs"]
mod wishes;

use fiado_core::account::{Book, Command, Entry, Event, Outcome, UseCredit};
use fiado_core::identity::TransactionId;
use fiado_core::money::Amount;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use support::history::{Taken, histories, play};

/// Asks something of every command of many histories.
fn always(law: impl Fn(&Taken) -> TestCaseResult) {
    of_every_history(|taken| taken.iter().try_for_each(&law));
}

/// Asks something of many histories: half as many as `PROPTEST_CASES`, for each is long.
fn of_every_history(law: impl Fn(&[Taken]) -> TestCaseResult) {
    let usual = Config::default();
    let config = Config { cases: usual.cases.div_ceil(2), failure_persistence: None, ..usual };
    let verdict = TestRunner::new(config).run(&histories(), |history| law(&play(&history)));
    if let Err(broken) = verdict {
        panic!("{broken}");
    }
}

/// All entries of a history, in order.
fn journal_of(taken: &[Taken]) -> Vec<Entry> {
    outcomes(taken).flat_map(|outcome| outcome.entries.iter().cloned()).collect()
}

fn outcomes(taken: &[Taken]) -> impl Iterator<Item = &Outcome> {
    taken.iter().filter_map(|step| step.result.as_ref().ok())
}

fn last_book(taken: &[Taken]) -> Book {
    taken.last().map(|step| step.after.as_ref().clone()).unwrap_or_default()
}

/// The events of a command, with the ends of the holds whose time had come.
fn events_of(step: &Taken) -> impl Iterator<Item = &Event> {
    step.result.iter().flat_map(|outcome| &outcome.entries).map(|entry| &entry.event)
}

/// The first event a command made itself, if it was not refused and not done before.
fn event_of(step: &Taken) -> Option<&Event> {
    events_of(step).find(|event| !matches!(event, Event::HoldExpired { .. }))
}

/// The purchase or hold a command names.
fn transaction_of(command: &Command) -> Option<&TransactionId> {
    match command {
        Command::ChangeHold(change) => Some(&change.transaction),
        Command::Release(release) => Some(&release.transaction),
        Command::Settle(settle) => Some(&settle.transaction),
        Command::Refund(refund) => Some(&refund.transaction),
        _ => None,
    }
}

/// The purchase a command asks for, if its order was never bought before.
fn new_purchase(step: &Taken) -> Option<&UseCredit> {
    match &step.command {
        Command::UseCredit(purchase) if step.items.usage.is_none() => Some(purchase),
        _ => None,
    }
}

fn total(amounts: impl IntoIterator<Item = Amount>) -> u64 {
    amounts.into_iter().map(Amount::minor).sum()
}
