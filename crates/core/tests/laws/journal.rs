//! The journal is the truth: what it says can be told again.

use crate::support::history::Taken;
use crate::support::variant;
use crate::support::world::World;
use crate::{always, events_of, journal_of, last_book, of_every_history, outcomes};
use fiado_core::account::{Account, Book, Entry, Event, Operation};
use fiado_core::identity::InvoiceId;
use fiado_core::policy::Policy;
use fiado_core::rules::Offering;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// Writes something as JSON and reads it back.
fn through_json<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn survives_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> bool {
    through_json(value) == *value
}

#[test]
fn replaying_the_written_journal_gives_the_same_account_and_rows() {
    of_every_history(|taken| {
        let mut book = Book::default();
        for entry in journal_of(taken) {
            book.replay(&through_json(&entry));
        }
        prop_assert_eq!(book, last_book(taken));
        Ok(())
    });
}

#[test]
fn sequences_run_from_one_without_gaps() {
    of_every_history(|taken| {
        for (sequence, entry) in (1_u64..).zip(journal_of(taken)) {
            prop_assert_eq!(entry.sequence, sequence);
        }
        let book = last_book(taken);
        prop_assert_eq!(book.account.version, journal_of(taken).len() as u64);
        Ok(())
    });
}

#[test]
fn an_entry_says_who_and_when() {
    always(|step| {
        let Ok(outcome) = &step.result else { return Ok(()) };
        for entry in &outcome.entries {
            prop_assert_eq!(entry.at, step.scene.now);
            prop_assert_eq!(&entry.by, &step.scene.actor);
        }
        Ok(())
    });
}

/// What an event makes that has an id: a purchase, a hold, a payment, a holder.
fn made_by(event: &Event) -> Option<String> {
    match event {
        Event::Used { transaction, .. } | Event::Authorized { transaction, .. } => {
            Some(transaction.to_string())
        }
        Event::Paid { payment, .. } => Some(payment.to_string()),
        Event::HolderAdded { holder } => Some(holder.to_string()),
        _ => None,
    }
}

#[test]
fn no_two_events_of_all_lives_make_the_same_id() {
    of_every_history(|taken| {
        let mut made: BTreeSet<String> = BTreeSet::new();
        let mut invoices: BTreeSet<InvoiceId> = BTreeSet::new();
        for Entry { event, .. } in journal_of(taken) {
            prop_assert!(made_by(&event).is_none_or(|id| made.insert(id)), "{event:?}");
            let (Event::Used { transaction, parts, .. } | Event::Settled { transaction, parts, .. }) = event
            else {
                continue;
            };
            for part in parts {
                let id = InvoiceId { transaction: transaction.clone(), installment: part.number };
                prop_assert!(invoices.insert(id));
            }
        }
        let Book { holds, usages, payments, holders, invoices: kept, .. } = last_book(taken);
        let used = usages.keys().filter(|transaction| !holds.contains_key(*transaction));
        prop_assert_eq!(made.len(), holds.len() + used.count() + payments.len() + holders.len());
        prop_assert_eq!(invoices.len(), kept.len());
        Ok(())
    });
}

#[test]
fn leaving_out_what_was_refused_or_repeated_gives_the_same_journal() {
    of_every_history(|taken| {
        let changed = |step: &&Taken| step.before.account.version != step.after.account.version;
        let Some(first) = taken.first() else { return Ok(()) };
        let mut world = World::new(first.scene.policy.currency);
        for step in taken.iter().filter(changed) {
            prop_assert!(world.run_in(&step.scene, &step.command).is_ok());
        }
        prop_assert_eq!(&world.journal, &journal_of(taken));
        prop_assert_eq!(&world.book, &last_book(taken));
        Ok(())
    });
}

#[test]
fn what_changes_nothing_leaves_no_entry_and_no_row() {
    always(|step| {
        let same_account = step.before.account == step.after.account;
        let is_silent = step.result.as_ref().is_ok_and(|outcome| outcome.entries.is_empty());
        prop_assert_eq!(same_account, is_silent || step.result.is_err());
        prop_assert_eq!(same_account, step.before == step.after);
        Ok(())
    });
}

#[test]
fn lives_are_numbered_and_named_as_they_began() {
    of_every_history(|taken| {
        let began: Vec<_> = journal_of(taken)
            .into_iter()
            .filter_map(|entry| match entry.event {
                Event::Requested { life, .. } | Event::Opened { life, .. } => Some(life),
                _ => None,
            })
            .collect();
        let life = last_book(taken).account.life;
        prop_assert_eq!(life.as_ref().map_or(0, |life| life.number as usize), began.len());
        prop_assert_eq!(life.map(|life| life.id), began.last().copied());
        Ok(())
    });
}

#[test]
fn everything_that_is_stored_as_json_is_read_back_as_it_was() {
    always(|step| {
        prop_assert!(survives_json(&step.command));
        let offering = Offering::default(); // Its rules are kept in rows of their own.
        let policy = Policy { offering, ..step.scene.policy.clone() };
        prop_assert!(survives_json(&policy));
        match &step.result {
            Ok(outcome) => {
                prop_assert!(outcome.entries.iter().all(survives_json));
                prop_assert_eq!(read_account(&outcome.account), outcome.account.clone());
                prop_assert!(survives_json(&outcome.receipt));
            }
            Err(rejection) => prop_assert!(survives_json(rejection), "{}", variant(rejection)),
        }
        prop_assert!(step.after.usages.values().all(survives_json));
        prop_assert!(step.after.invoices.values().all(survives_json));
        prop_assert!(step.after.payments.values().all(survives_json));
        prop_assert!(step.after.statement.iter().all(survives_json));
        prop_assert!(step.after.holds.values().all(survives_json));
        prop_assert!(step.after.holders.values().all(survives_json));
        prop_assert!(step.after.adjustments.values().all(survives_json));
        Ok(())
    });
}

/// An account as a store reads it: its state from JSON, its ladder from rows.
fn read_account(account: &Account) -> Account {
    Account { ladder: account.ladder.clone(), ..through_json(account) }
}

#[test]
fn no_event_says_anything_about_people_but_who_gave_the_command() {
    of_every_history(|taken| {
        for outcome in outcomes(taken) {
            for entry in &outcome.entries {
                let text = serde_json::to_string(&entry.event).unwrap();
                prop_assert!(!text.contains(entry.by.as_str()), "{text}");
            }
        }
        Ok(())
    });
}

/// Whether an event of a command is about the account itself, and not about what is bought on it.
fn is_of_the_account(operation: Operation, event: &Event) -> bool {
    match operation {
        Operation::UseCredit
        | Operation::Authorize
        | Operation::ChangeHold
        | Operation::Release
        | Operation::Settle
        | Operation::Refund
        | Operation::ExpireHolds
        | Operation::Pay
        | Operation::PayInvoice
        | Operation::UpdateInvoice
        | Operation::CancelInvoice
        | Operation::PostponeInvoice => matches!(event, Event::Opened { .. }),
        _ => !matches!(event, Event::HoldExpired { .. }),
    }
}

#[test]
fn an_account_is_updated_by_its_own_data_alone() {
    always(|step| {
        let own = events_of(step).any(|event| is_of_the_account(step.command.operation(), event));
        let updated_at = |book: &Book| book.account.life.as_ref().map(|life| life.updated_at);
        let expected = if own { Some(step.scene.now) } else { updated_at(&step.before) };
        prop_assert_eq!(updated_at(&step.after), expected);
        Ok(())
    });
}
