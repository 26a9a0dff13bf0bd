//! What has been answered and is not in the database yet.
//!
//! Batches are written to the database in turns: while the rows of one are written, the next ones fill. It
//! promises that whoever looks for an account, its items or an answer
//! finds them as the newest batch has left them, wherever they are.

use crate::union::Union;
use crate::{Answer, AnswerKey, Changes, Commit};
use fiado_core::account::{Account, Book, HoldState, Invoice, InvoiceState, Row};
use fiado_core::identity::{AccountKey, InvoiceId, OrderId, TransactionId};
use std::collections::{BTreeSet, HashMap};

/// The batches of one turn, in their order.
#[derive(Default)]
pub(super) struct Turn {
    /// The number of the last one.
    pub(super) last: u64,
    /// What each has done.
    pub(super) batches: Vec<Changes>,
    /// How many commands have been done or refused.
    pub(super) commands: usize,
    /// Which commits are an account's.
    commits: HashMap<AccountKey, Vec<Place>>,
    /// Where an answer is.
    answers: HashMap<AnswerKey, Place>,
}

/// A place in a batch, and which batch that is.
#[derive(Clone, Copy)]
struct Place {
    batch: usize,
    at: usize,
}

impl Turn {
    /// Takes a batch in.
    pub(super) fn add(&mut self, number: u64, changes: Changes) {
        let place = |at| Place { batch: self.batches.len(), at };
        for (at, commit) in changes.commits.iter().enumerate() {
            match self.commits.get_mut(&commit.key) {
                Some(places) => places.push(place(at)),
                None => drop(self.commits.insert(commit.key.clone(), vec![place(at)])),
            }
        }
        for (at, (key, _)) in changes.answers.iter().enumerate() {
            self.answers.insert(key.clone(), place(at));
        }
        let commands =
            changes.commits.len().saturating_add(changes.refusals.len()).max(changes.answers.len());
        self.commands = self.commands.saturating_add(commands);
        self.last = number;
        self.batches.push(changes);
    }

    /// The accounts it has changed.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &AccountKey> {
        self.commits.keys()
    }

    fn commit(&self, place: Place) -> Option<&Commit> {
        self.batches.get(place.batch)?.commits.get(place.at)
    }

    fn account(&self, key: &AccountKey) -> Option<&Account> {
        let place = self.commits.get(key)?.last()?;
        Some(&self.commit(*place)?.account)
    }

    fn answer(&self, key: &AnswerKey) -> Option<&Answer> {
        let place = self.answers.get(key)?;
        Some(&self.batches.get(place.batch)?.answers.get(place.at)?.1)
    }

    fn rows(&self, key: &AccountKey) -> impl Iterator<Item = &Row> {
        let places = self.commits.get(key).into_iter().flatten();
        places.filter_map(|place| self.commit(*place)).flat_map(|commit| &commit.rows)
    }
}

/// The turns that a moment of the database does not hold, oldest first.
#[derive(Default)]
pub(super) struct Turns<'a>(Vec<&'a Turn>);

impl<'a> Turns<'a> {
    /// Those that come after a batch.
    pub(super) fn after(number: u64, turns: impl IntoIterator<Item = &'a Turn>) -> Turns<'a> {
        Turns(turns.into_iter().filter(|turn| turn.last > number).collect())
    }

    /// An account as it stands, where one of them has changed it.
    pub(super) fn account(&self, key: &AccountKey) -> Option<&'a Account> {
        self.0.iter().rev().find_map(|turn| turn.account(key))
    }

    /// What was answered under a key in one of them.
    pub(super) fn answer(&self, key: &AnswerKey) -> Option<&'a Answer> {
        self.0.iter().rev().find_map(|turn| turn.answer(key))
    }

    /// What they do to the rows of an account, in order.
    pub(super) fn rows(&self, key: &AccountKey) -> impl Iterator<Item = &'a Row> {
        self.0.iter().flat_map(move |turn| turn.rows(key))
    }
}

/// What has to be loaded so that rows that are not there yet can be followed: beside what is wanted, a
/// hold that one of them gives another end, and, where invoices are wanted, those that are not as the
/// database has them.
pub(super) fn widened<'a>(union: &Union<'a>, rows: impl Iterator<Item = &'a Row>) -> Union<'a> {
    let mut wide = union.clone();
    for row in rows {
        match row {
            Row::HoldChanged { transaction, .. } => {
                wide.transactions.insert(transaction);
            }
            Row::InvoicePaid { invoice, .. }
            | Row::InvoiceChanged { invoice, .. }
            | Row::InvoiceCancelled { invoice, .. }
            | Row::InvoicePostponed { invoice, .. }
            | Row::InvoiceAnnotated { invoice, .. }
                if union.wants_invoices() =>
            {
                wide.single.insert(invoice);
            }
            _ => {}
        }
    }
    wide
}

/// Follows rows that are not there yet in a book that was loaded widely. What is new and was not wanted is
/// left out; what changes something that is not in the book changes nothing.
pub(super) fn follow<'a>(book: &mut Book, rows: impl Iterator<Item = &'a Row>, wide: &Union<'_>) {
    for row in rows {
        if is_wanted(row, wide) {
            book.apply(row);
        }
    }
}

fn is_wanted(row: &Row, union: &Union<'_>) -> bool {
    match row {
        Row::Usage(usage) => {
            union.orders.contains(&usage.order) || union.transactions.contains(&usage.transaction)
        }
        Row::Hold(hold) => {
            union.transactions.contains(&hold.transaction)
                || union.expired_by.is_some_and(|by| hold.terms.expires_at <= by)
        }
        Row::Payment(payment) => {
            payment.reference.as_ref().is_some_and(|reference| union.references.contains(reference))
        }
        Row::Holder(holder) => union.holders.contains(&holder.id),
        Row::Adjustment(adjustment) => union.adjustments.contains(&adjustment.statement),
        Row::Invoice(_) => union.wants_invoices(),
        Row::Statement(_) => false,
        _ => true,
    }
}

/// Leaves of what was loaded widely and has followed what would be loaded if all of it were written.
pub(super) fn narrow(book: &mut Book, union: &Union<'_>) {
    let first_of = |order: &OrderId| {
        let of_order = book.usages.values().filter(|usage| usage.order == *order);
        of_order
            .min_by_key(|usage| (usage.used_at, &usage.transaction))
            .map(|usage| usage.transaction.clone())
    };
    let firsts: BTreeSet<TransactionId> = union.orders.iter().filter_map(|order| first_of(order)).collect();
    book.usages.retain(|id, _| union.transactions.contains(id) || firsts.contains(id));
    book.holds.retain(|id, hold| {
        let is_live = hold.state == HoldState::Held;
        union.transactions.contains(id)
            || (is_live && union.expired_by.is_some_and(|by| hold.terms.expires_at <= by))
    });
    let covering = covering(book, union);
    book.invoices.retain(|id, invoice| is_named(invoice, union) || covering.contains(id));
}

fn is_named(invoice: &Invoice, union: &Union<'_>) -> bool {
    let (id, is_open) = (&invoice.id, invoice.state == InvoiceState::Open);
    union.single.contains(id)
        || union.all_of.contains(&id.transaction)
        || (is_open && (union.named.contains(id) || union.open_of.contains(&id.transaction)))
}

/// The open invoices that fall due first and are not asked for by name, as many as it takes.
fn covering(book: &Book, union: &Union<'_>) -> BTreeSet<InvoiceId> {
    let is_left = |invoice: &&Invoice| !invoice.left().is_zero() && !is_named(invoice, union);
    let mut open: Vec<&Invoice> = book.invoices.values().filter(is_left).collect();
    open.sort_by_key(|invoice| invoice.payment_order());
    let mut missing = union.covering;
    let is_missing = |invoice: &&Invoice| {
        let is_needed = !missing.is_zero();
        missing = missing.saturating_sub(invoice.left());
        is_needed
    };
    open.into_iter().take_while(is_missing).map(|invoice| invoice.id.clone()).collect()
}
