//! What has been answered and is not in the database yet.
//!
//! Batches are written to the database in turns: while one is written, the next one fills. It promises
//! that whoever looks for an account, its items or an answer finds them as the newest batch has left them,
//! wherever they are.

use crate::union::Union;
use crate::{Answer, AnswerKey, Changes, Commit};
use fiado_core::account::{Account, Book, HoldState, Invoice, InvoiceState, Row};
use fiado_core::identity::{AccountKey, InvoiceId, OrderId, TransactionId};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many commands a turn may have on one account: each batch on that account follows them all, and their
/// rows share their pages anyway.
const MOST_OF_ONE: usize = 1_024;

/// The batches of one turn, in their order, and what is where in them.
#[derive(Default)]
pub(super) struct Turn {
    /// The number of the last one.
    pub(super) last: u64,
    /// What each has done.
    pub(super) batches: Vec<Changes>,
    /// How many commands have been done or refused.
    commands: usize,
    /// What was done to an account, in order.
    commits: HashMap<AccountKey, Vec<Place>>,
    answers: HashMap<AnswerKey, Place>,
    /// How often one account was changed, of which that is the most.
    most_of_one: usize,
}

/// Where something stands in a turn.
#[derive(Clone, Copy)]
struct Place {
    batch: usize,
    at: usize,
}

impl Turn {
    /// How many commands have been done or refused in it.
    pub(super) fn commands(&self) -> usize {
        self.commands
    }

    fn add(&mut self, number: u64, changes: Changes) {
        let batch = self.batches.len();
        for (at, commit) in changes.commits.iter().enumerate() {
            self.add_commit(&commit.key, Place { batch, at });
        }
        for (at, (key, _)) in changes.answers.iter().enumerate() {
            self.answers.insert(key.clone(), Place { batch, at });
        }
        self.commands = self.commands.saturating_add(changes.commands());
        self.last = number;
        self.batches.push(changes);
    }

    fn add_commit(&mut self, key: &AccountKey, place: Place) {
        match self.commits.get_mut(key) {
            Some(places) => {
                places.push(place);
                self.most_of_one = self.most_of_one.max(places.len());
            }
            None => drop(self.commits.insert(key.clone(), vec![place])),
        }
    }

    /// What was done to an account, in order.
    fn commits(&self, key: &AccountKey) -> impl DoubleEndedIterator<Item = &Commit> {
        let places = self.commits.get(key).into_iter().flatten();
        places.filter_map(|place| self.batches.get(place.batch)?.commits.get(place.at))
    }

    fn answer(&self, key: &AnswerKey) -> Option<&Answer> {
        let place = self.answers.get(key)?;
        Some(&self.batches.get(place.batch)?.answers.get(place.at)?.1)
    }
}

/// The turns that are not in the database.
#[derive(Default)]
pub(super) struct Unwritten {
    /// The one that the scribe has taken.
    in_hand: Option<Arc<Turn>>,
    /// The one that comes after it.
    filling: Turn,
}

impl Unwritten {
    /// Takes a batch in.
    pub(super) fn add(&mut self, number: u64, changes: Changes) {
        self.filling.add(number, changes);
    }

    /// Whether what nobody has taken yet is a whole turn, which has so many commands.
    pub(super) fn is_filled(&self, whole: usize) -> bool {
        self.filling.commands >= whole || self.filling.most_of_one >= MOST_OF_ONE
    }

    /// Whether the scribe has a turn.
    pub(super) fn is_in_hand(&self) -> bool {
        self.in_hand.is_some()
    }

    /// Whether whoever fills the next turn is too far ahead of the scribe, who has so many commands of the one
    /// in hand behind it, where so many more may wait.
    pub(super) fn outruns(&self, whole: usize, passed: usize, more: usize) -> bool {
        let in_hand = self.in_hand.as_deref();
        let (all, of_one) = in_hand.map_or((0, 0), |turn| (turn.commands, turn.most_of_one));
        let passed = in_hand.map_or(usize::MAX, |_| passed);
        self.filling.commands >= room(whole, all, passed).saturating_add(more)
            || self.filling.most_of_one >= room(whole.min(MOST_OF_ONE), of_one, passed)
    }

    /// What is to be written: what the scribe has and could not write, or what has filled.
    pub(super) fn take(&mut self) -> Arc<Turn> {
        let filled = &mut self.filling;
        Arc::clone(self.in_hand.get_or_insert_with(|| Arc::new(std::mem::take(filled))))
    }

    /// Lets go of what the scribe has had in hand, which everybody can read in the database. The scribe
    /// frees it, where nobody waits: that takes a while.
    pub(super) fn let_go(&mut self) {
        self.in_hand = None;
    }
}

/// How many commands the next turn may have, where so many are whole and so many in hand: a quarter of a turn
/// from the start, and then two for every three that the scribe has behind it. So a turn is hardly larger than
/// one and a half, but for those that come down from a larger one by halves, and nobody waits for long.
fn room(whole: usize, in_hand: usize, passed: usize) -> usize {
    let most = whole.saturating_add(whole / 2).max(in_hand / 2);
    (whole / 4).saturating_add(passed / 3 * 2).min(most)
}

/// What of them a moment of the database does not hold.
#[derive(Clone, Copy)]
pub(super) struct Turns<'a> {
    unwritten: &'a Unwritten,
    /// The last batch it holds.
    after: u64,
}

impl<'a> Turns<'a> {
    /// Those that come after a batch.
    pub(super) fn after(after: u64, unwritten: &'a Unwritten) -> Turns<'a> {
        Turns { unwritten, after }
    }

    /// An account as it stands, where one of them has changed it.
    pub(super) fn account(self, key: &AccountKey) -> Option<&'a Arc<Account>> {
        let newest = self.turns().rev().find_map(|turn| turn.commits(key).next_back())?;
        Some(&newest.account)
    }

    /// What was answered under a key in one of them.
    pub(super) fn answer(self, key: &AnswerKey) -> Option<&'a Answer> {
        self.turns().find_map(|turn| turn.answer(key))
    }

    /// What they do to the rows of an account, in order.
    pub(super) fn rows(self, key: &AccountKey) -> impl Iterator<Item = &'a Row> {
        self.turns().flat_map(|turn| turn.commits(key)).flat_map(|commit| &commit.rows)
    }

    /// The older one, then the newer one.
    fn turns(self) -> impl DoubleEndedIterator<Item = &'a Turn> {
        let Unwritten { in_hand, filling } = self.unwritten;
        in_hand.as_deref().into_iter().chain([filling]).filter(move |turn| turn.last > self.after)
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

/// Whether a row makes or changes something that is wanted, or may do so.
pub(super) fn is_wanted(row: &Row, union: &Union<'_>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: usize = 1_024;

    /// How large the turn behind one of this size gets where it is filled faster than that is written.
    fn next(in_hand: usize) -> usize {
        room(WHOLE, in_hand, in_hand + in_hand / 4)
    }

    #[test]
    fn turns_of_whoever_outruns_the_scribe_stay_at_one_and_a_half() {
        let mut turn = WHOLE;
        for _ in 0..100 {
            turn = next(turn);
            assert!((WHOLE..=WHOLE * 3 / 2).contains(&turn), "{turn}");
        }
    }

    #[test]
    fn behind_a_far_larger_turn_come_halves() {
        assert_eq!(next(16 * WHOLE), 8 * WHOLE);
    }

    #[test]
    fn there_is_more_room_with_every_command_that_the_scribe_has_behind_it() {
        assert_eq!(room(WHOLE, WHOLE, 0), WHOLE / 4);
        for passed in 0..WHOLE {
            assert!(room(WHOLE, WHOLE, passed) <= room(WHOLE, WHOLE, passed + 1));
        }
    }
}
