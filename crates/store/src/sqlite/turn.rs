//! What has been answered and is not in the database yet.
//!
//! Batches are written to the database in turns: while the rows of one are written, the next ones fill. It
//! promises that whoever looks for an account, its items or an answer
//! finds them as the newest batch has left them, wherever they are.

use crate::union::Union;
use crate::{Answer, AnswerKey, Changes, Commit};
use fiado_core::account::{Account, Book, HoldState, Invoice, InvoiceState, Row};
use fiado_core::identity::{AccountKey, InvoiceId, OrderId, TransactionId};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

/// How many commands a turn has, or a few more: it takes a few milliseconds to be written, which is how long
/// whoever outruns the scribe waits at once.
pub(super) const MOST_IN_TURN: usize = 64;

/// The batches of one turn, in their order.
#[derive(Default)]
pub(super) struct Turn {
    /// The number of the last one.
    pub(super) last: u64,
    /// What each has done.
    pub(super) batches: Vec<Changes>,
    /// How many commands have been done or refused.
    commands: usize,
}

impl Turn {
    /// The accounts it has changed, some more than once.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &AccountKey> {
        self.batches.iter().flat_map(|batch| &batch.commits).map(|commit| &commit.key)
    }

    fn commit(&self, place: Place) -> Option<&Commit> {
        self.batches.get(place.batch)?.commits.get(place.at)
    }

    fn answer(&self, place: Place) -> Option<&Answer> {
        Some(&self.batches.get(place.batch)?.answers.get(place.at)?.1)
    }
}

/// Where something stands in a batch of a turn.
#[derive(Clone, Copy)]
struct Place {
    /// How many turns there were before it.
    turn: usize,
    batch: usize,
    at: usize,
}

/// What is where in some turns.
#[derive(Default)]
pub(super) struct Index {
    /// What was done to an account, in order.
    commits: HashMap<AccountKey, VecDeque<Place>>,
    answers: HashMap<AnswerKey, Place>,
    /// How often one account was changed, of which that is the most.
    most_of_one: usize,
}

impl Index {
    fn add(&mut self, changes: &Changes, place: impl Fn(usize) -> Place) {
        for (at, commit) in changes.commits.iter().enumerate() {
            self.add_commit(&commit.key, place(at));
        }
        for (at, (key, _)) in changes.answers.iter().enumerate() {
            self.answers.insert(key.clone(), place(at));
        }
    }

    fn add_commit(&mut self, key: &AccountKey, place: Place) {
        match self.commits.get_mut(key) {
            Some(places) => {
                places.push_back(place);
                self.most_of_one = self.most_of_one.max(places.len());
            }
            None => drop(self.commits.insert(key.clone(), VecDeque::from([place]))),
        }
    }

    /// Moves what its first turn has done to another index.
    fn hand_over(&mut self, turn: &Turn, to: &mut Index) {
        for batch in &turn.batches {
            for Commit { key, .. } in &batch.commits {
                let Some(places) = self.commits.get_mut(key) else { continue };
                if let Some(place) = places.pop_front() {
                    to.add_commit(key, place);
                }
                if places.is_empty() {
                    self.commits.remove(key);
                }
            }
            for (key, _) in &batch.answers {
                to.answers.extend(self.answers.remove_entry(key));
            }
        }
    }
}

/// The turns that are not in the database, oldest first, and where to find something in them.
#[derive(Default)]
pub(super) struct Unwritten {
    /// Those that the scribe has taken.
    in_hand: Vec<Arc<Turn>>,
    of_in_hand: Index,
    /// Those that nobody has taken yet; the last one fills.
    filling: VecDeque<Turn>,
    of_filling: Index,
    /// How many turns there were before them all.
    before: usize,
}

impl Unwritten {
    /// Takes a batch in.
    pub(super) fn add(&mut self, number: u64, changes: Changes) {
        if self.filling.back().is_none_or(|turn| turn.commands >= MOST_IN_TURN) {
            self.filling.push_back(Turn::default());
        }
        let turns = self.in_hand.len().saturating_add(self.filling.len());
        let Some(filling) = self.filling.back_mut() else { return };
        let turn = self.before.saturating_add(turns).saturating_sub(1);
        self.of_filling.add(&changes, |at| Place { turn, batch: filling.batches.len(), at });
        let commands =
            changes.commits.len().saturating_add(changes.refusals.len()).max(changes.answers.len());
        filling.commands = filling.commands.saturating_add(commands);
        filling.last = number;
        filling.batches.push(changes);
    }

    /// How many commands nobody has taken yet.
    pub(super) fn waiting(&self) -> usize {
        self.filling.iter().map(|turn| turn.commands).sum()
    }

    /// How many commands the scribe has in hand.
    pub(super) fn in_hand(&self) -> usize {
        self.in_hand.iter().map(|turn| turn.commands).sum()
    }

    /// How often the scribe has one account in hand, of which that is the most.
    pub(super) fn most_of_one(&self) -> usize {
        self.of_in_hand.most_of_one
    }

    /// Those that are to be written: those that the scribe has, and the next one.
    pub(super) fn take(&mut self) -> Vec<Arc<Turn>> {
        if let Some(turn) = self.filling.pop_front() {
            self.of_filling.hand_over(&turn, &mut self.of_in_hand);
            self.in_hand.push(Arc::new(turn));
        }
        self.in_hand.clone()
    }

    /// Everybody can read in the database what the scribe has had in hand. Gives back where it was: to let
    /// go of so much takes a while.
    pub(super) fn are_written(&mut self) -> (Vec<Arc<Turn>>, Index) {
        let written = (std::mem::take(&mut self.in_hand), std::mem::take(&mut self.of_in_hand));
        self.before = self.before.saturating_add(written.0.len());
        written
    }

    fn turn(&self, place: Place) -> Option<&Turn> {
        let at = place.turn.checked_sub(self.before)?;
        match at.checked_sub(self.in_hand.len()) {
            None => self.in_hand.get(at).map(Arc::as_ref),
            Some(at) => self.filling.get(at),
        }
    }
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
    pub(super) fn account(&self, key: &AccountKey) -> Option<&'a Account> {
        let place = *self.indices().iter().rev().find_map(|index| index.commits.get(key)?.back())?;
        Some(&self.turn(place)?.commit(place)?.account)
    }

    /// What was answered under a key in one of them.
    pub(super) fn answer(&self, key: &AnswerKey) -> Option<&'a Answer> {
        let place = *self.indices().iter().find_map(|index| index.answers.get(key))?;
        self.turn(place)?.answer(place)
    }

    /// What they do to the rows of an account, in order.
    pub(super) fn rows(self, key: &AccountKey) -> impl Iterator<Item = &'a Row> {
        let places = self.indices().map(|index| index.commits.get(key)).into_iter().flatten().flatten();
        places.filter_map(move |place| self.turn(*place)?.commit(*place)).flat_map(|commit| &commit.rows)
    }

    /// Of the older turns, then of the newer ones.
    fn indices(&self) -> [&'a Index; 2] {
        [&self.unwritten.of_in_hand, &self.unwritten.of_filling]
    }

    fn turn(&self, place: Place) -> Option<&'a Turn> {
        self.unwritten.turn(place).filter(|turn| turn.last > self.after)
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
