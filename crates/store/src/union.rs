//! What the commands of a batch need together.

use crate::Wanted;
use fiado_core::account::{InvoiceNeed, Needs};
use fiado_core::calendar::Instant;
use fiado_core::identity::{
    AccountKey, ChildId, InvoiceId, OrderId, PaymentReference, StatementId, TransactionId,
};
use fiado_core::money::Amount;
use std::collections::{BTreeMap, BTreeSet};

/// What all the commands of a batch need of one account.
#[derive(Debug, Clone, Default)]
pub(crate) struct Union<'a> {
    pub(crate) orders: BTreeSet<&'a OrderId>,
    pub(crate) transactions: BTreeSet<&'a TransactionId>,
    pub(crate) references: BTreeSet<&'a PaymentReference>,
    pub(crate) holders: BTreeSet<ChildId>,
    pub(crate) adjustments: BTreeSet<&'a StatementId>,
    pub(crate) expired_by: Option<Instant>,
    /// Where they are open.
    pub(crate) named: BTreeSet<&'a InvoiceId>,
    /// Open or not.
    pub(crate) single: BTreeSet<&'a InvoiceId>,
    /// The open ones of these purchases.
    pub(crate) open_of: BTreeSet<&'a TransactionId>,
    /// All of these purchases.
    pub(crate) all_of: BTreeSet<&'a TransactionId>,
    pub(crate) covering: Amount,
}

impl<'a> Union<'a> {
    pub(crate) fn add(&mut self, needs: &'a Needs) {
        self.orders.extend(&needs.order);
        self.transactions.extend(&needs.transaction);
        self.references.extend(&needs.payment);
        self.holders.extend(needs.holder);
        self.adjustments.extend(&needs.adjustment);
        self.expired_by = self.expired_by.max(needs.expired_by);
        match &needs.invoices {
            InvoiceNeed::None => {}
            InvoiceNeed::OldestCovering(amount) => {
                self.covering = self.covering.saturating_add(*amount);
            }
            InvoiceNeed::Named(ids) => self.named.extend(ids),
            InvoiceNeed::One(id) => {
                self.single.insert(id);
            }
            InvoiceNeed::OpenOf(transaction) => {
                self.open_of.insert(transaction);
            }
            InvoiceNeed::AllOf(transaction) => {
                self.all_of.insert(transaction);
            }
        }
    }

    /// Whether invoices are wanted, whichever.
    pub(crate) fn wants_invoices(&self) -> bool {
        let is_any_named = !self.named.is_empty() || !self.single.is_empty();
        is_any_named || !self.open_of.is_empty() || !self.all_of.is_empty() || !self.covering.is_zero()
    }
}

pub(crate) fn unite(wanted: &[Wanted]) -> BTreeMap<&AccountKey, Union<'_>> {
    let mut accounts: BTreeMap<&AccountKey, Union<'_>> = BTreeMap::new();
    for wanted in wanted {
        accounts.entry(&wanted.key).or_default().add(&wanted.needs);
    }
    accounts
}
