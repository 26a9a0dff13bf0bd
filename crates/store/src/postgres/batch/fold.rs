use super::beside::Besides;
use super::load::{Stand, Stands};
use super::touched::Touched;
use crate::chain::{self, Link};
use crate::head::{Head, Listed, check_follows};
use crate::postgres::doubt::Mark;
use crate::tally::Tally;
use crate::{Changes, Commit, StoreError, numbers};
use fiado_core::account::{Account, Book, Entry, Hold, Invoice, InvoiceState, Row, StatementLine, Usage};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, InvoiceId, OrganizationId, TransactionId};
use fiado_core::money::Amount;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a batch leaves: every row that it has made or changed, once, as it stands in the end.
#[derive(Default)]
pub(super) struct Left<'a> {
    pub(super) accounts: BTreeMap<&'a AccountKey, Growing<'a>>,
    pub(super) journal: Vec<Sealed<'a>>,
    pub(super) besides: Besides<'a>,
    /// How the accounts stand that it does not change.
    pub(super) untouched: Stands,
}

/// An entry as it is stored.
pub(super) struct Sealed<'a> {
    pub(super) key: &'a AccountKey,
    pub(super) entry: &'a Entry,
    pub(super) body: Vec<u8>,
    pub(super) link: Link,
}

/// An account that a batch changes: how it stood, how far its journal has grown, and its rows.
pub(super) struct Growing<'a> {
    pub(super) before: Stand,
    /// The number that its rows are found by.
    pub(super) number: i64,
    pub(super) version: u64,
    pub(super) link: Link,
    pub(super) account: &'a Arc<Account>,
    pub(super) tally: Tally,
    /// When a life of it began first in this batch, if one did.
    pub(super) life_began: Option<Instant>,
    /// The rows that were made or changed.
    pub(super) rows: Book,
    /// Those of them that were there before.
    known_usages: BTreeSet<TransactionId>,
    known_invoices: BTreeSet<InvoiceId>,
    /// The holds that were made, in that order.
    holds_made: Vec<&'a TransactionId>,
}

impl<'a> Left<'a> {
    /// Follows the commits of a batch in their order.
    pub(super) fn of(
        changes: &'a Changes,
        mut stands: Stands,
        mut touched: Touched,
    ) -> Result<Left<'a>, StoreError> {
        let mut left = Left::default();
        for commit in &changes.commits {
            let key = &commit.key;
            let growing = left.accounts.entry(key).or_insert_with(|| {
                let rows = touched.books.remove(key).unwrap_or_default();
                Growing::begin(commit, stands.remove(key).unwrap_or_default(), rows)
            });
            growing.follow(commit, &mut left.journal)?;
            left.besides.follow(commit, &mut touched);
        }
        left.untouched = stands;
        Ok(left)
    }

    /// How the totals of the organizations' invoices change.
    pub(super) fn tallies(&self) -> BTreeMap<&'a OrganizationId, Tally> {
        let mut tallies: BTreeMap<&OrganizationId, Tally> = BTreeMap::new();
        for (key, growing) in &self.accounts {
            tallies
                .entry(&key.organization)
                .or_default()
                .join(&growing.tally.since(&growing.before.invoices));
        }
        tallies
    }

    /// How many more accounts are open, and closed, than before.
    pub(super) fn counts(&self) -> BTreeMap<(&'a OrganizationId, bool), i64> {
        let mut counts = BTreeMap::new();
        for (key, growing) in &self.accounts {
            let (before, after) = (growing.before.head.listed.is_open, Listed::of(growing.account).is_open);
            let changes = [(before, -1), (after, 1)];
            for (is_open, by) in changes.into_iter().filter(|_| before != after) {
                if let Some(is_open) = is_open {
                    let count: &mut i64 = counts.entry((&key.organization, is_open)).or_default();
                    *count = count.saturating_add(by);
                }
            }
        }
        counts
    }

    /// What the batch can be recognized by.
    pub(super) fn mark(&self) -> Option<Mark> {
        let first = self.journal.first()?;
        Some(Mark { key: first.key.clone(), sequence: first.entry.sequence, link: first.link })
    }
}

impl<'a> Growing<'a> {
    fn begin(commit: &'a Commit, before: Stand, rows: Book) -> Growing<'a> {
        Growing {
            version: before.head.version,
            link: before.head.link,
            tally: before.invoices,
            before,
            number: numbers::of_account(&commit.key),
            account: &commit.account,
            life_began: None,
            known_usages: rows.usages.keys().cloned().collect(),
            known_invoices: rows.invoices.keys().cloned().collect(),
            rows,
            holds_made: Vec::new(),
        }
    }

    fn follow(&mut self, commit: &'a Commit, journal: &mut Vec<Sealed<'a>>) -> Result<(), StoreError> {
        let key = &commit.key;
        for entry in &commit.entries {
            check_follows(key, self.version, entry)?;
            let (body, link) = chain::seal(&self.link, key, entry)?;
            journal.push(Sealed { key, entry, body, link });
            (self.version, self.link) = (entry.sequence, link);
        }
        if commit.entries.is_empty() || commit.account.version != self.version {
            return Err(StoreError::Gap(key.clone()));
        }
        self.account = &commit.account;
        commit.rows.iter().try_for_each(|row| self.apply(row))
    }

    /// Takes over one change of the rows, and tells the tally.
    fn apply(&mut self, row: &'a Row) -> Result<(), StoreError> {
        self.check_is_there(row)?;
        if let Row::Hold(hold) = row {
            self.holds_made.push(&hold.transaction);
        }
        if let Row::LifeBegan { at } = row {
            self.life_began = self.life_began.or(Some(*at));
            self.tally = Tally::default();
        }
        let id = invoice_of(row);
        self.count(id, Tally::take);
        self.rows.apply(row);
        self.count(id, Tally::add);
        Ok(())
    }

    /// How it stands now.
    pub(super) fn stand(&self) -> Stand {
        let head = Head { version: self.version, link: self.link, listed: Listed::of(self.account) };
        Stand { head, invoices: self.tally }
    }

    /// The holds that were made or changed: the new ones in the order they were made, which is how the
    /// database numbers them.
    pub(super) fn holds(&self) -> Vec<&Hold> {
        let new: BTreeSet<&TransactionId> = self.holds_made.iter().copied().collect();
        let known = self.rows.holds.values().filter(|hold| !new.contains(&hold.transaction));
        known.chain(self.holds_made.iter().filter_map(|id| self.rows.holds.get(*id))).collect()
    }

    /// The lines of the statement that an entry has made.
    pub(super) fn lines_of(&self, entry: &Entry) -> impl Iterator<Item = &StatementLine> {
        let lines = &self.rows.statement;
        let first = lines.partition_point(|line| line.sequence < entry.sequence);
        lines.iter().skip(first).take_while(|line| line.sequence == entry.sequence)
    }

    /// The purchases that were made, or those that were changed.
    pub(super) fn usages(&self, are_known: bool) -> impl Iterator<Item = &Usage> {
        let usages = self.rows.usages.values();
        usages.filter(move |usage| self.known_usages.contains(&usage.transaction) == are_known)
    }

    /// The invoices that were made, or those that were changed.
    pub(super) fn invoices(&self, are_known: bool) -> impl Iterator<Item = &Invoice> {
        let invoices = self.rows.invoices.values();
        invoices.filter(move |invoice| self.known_invoices.contains(&invoice.id) == are_known)
    }

    fn count(&mut self, id: Option<&InvoiceId>, change: impl FnOnce(&mut Tally, InvoiceState, Amount)) {
        let invoice = id.and_then(|id| self.rows.invoices.get(id)).filter(|invoice| !invoice.past);
        if let Some(invoice) = invoice {
            change(&mut self.tally, invoice.state, invoice.value);
        }
    }

    /// What is changed must be there.
    fn check_is_there(&self, row: &Row) -> Result<(), StoreError> {
        let rows = &self.rows;
        let missing = match row {
            Row::UsageChanged { transaction, .. } if !rows.usages.contains_key(transaction) => {
                format!("the purchase {transaction}")
            }
            Row::HoldChanged { transaction, .. } | Row::HoldEnded { transaction, .. }
                if !rows.holds.contains_key(transaction) =>
            {
                format!("the hold {transaction}")
            }
            Row::HolderRemoved { holder, .. } if !rows.holders.contains_key(holder) => {
                format!("the holder {holder}")
            }
            Row::Invoice(_) => return Ok(()),
            row => match invoice_of(row) {
                Some(id) if !rows.invoices.contains_key(id) => format!("the invoice {id}"),
                Some(id) if changes_purchase(row) && !rows.usages.contains_key(&id.transaction) => {
                    format!("the purchase {}", id.transaction)
                }
                _ => return Ok(()),
            },
        };
        Err(StoreError::Damaged(format!("{missing} is not there to be changed")))
    }
}

/// The invoice that a change makes or changes.
fn invoice_of(row: &Row) -> Option<&InvoiceId> {
    match row {
        Row::Invoice(invoice) => Some(&invoice.id),
        Row::InvoicePaid { invoice, .. }
        | Row::InvoiceChanged { invoice, .. }
        | Row::InvoiceCancelled { invoice, .. }
        | Row::InvoicePostponed { invoice, .. }
        | Row::InvoiceAnnotated { invoice, .. } => Some(invoice),
        _ => None,
    }
}

/// Whether a change of an invoice changes what has been paid of its purchase.
fn changes_purchase(row: &Row) -> bool {
    matches!(row, Row::InvoicePaid { .. } | Row::InvoiceChanged { .. } | Row::InvoiceCancelled { .. })
}
