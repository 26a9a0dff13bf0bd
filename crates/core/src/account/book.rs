use super::{
    Account, Entry, Invoice, InvoiceNeed, Items, Needs, Payment, Row, StatementLine, Usage, evolve, project,
};
use crate::identity::{ChildId, InvoiceId};
use crate::money::Amount;
use std::collections::BTreeMap;

/// One account with its rows in memory: what a replay rebuilds, and what the commands of one
/// batch see of each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// The account.
    pub account: Account,
    /// Purchases.
    pub usages: BTreeMap<ChildId, Usage>,
    /// Invoices, open and resolved.
    pub invoices: BTreeMap<InvoiceId, Invoice>,
    /// Payments.
    pub payments: BTreeMap<ChildId, Payment>,
    /// The statement, oldest first.
    pub statement: Vec<StatementLine>,
}

impl Book {
    /// Follows one entry of the journal: account and rows.
    pub fn replay(&mut self, entry: &Entry) {
        self.account = evolve(std::mem::take(&mut self.account), entry);
        for row in project(&self.account, entry) {
            self.apply(&row);
        }
    }

    /// Takes over one change of the rows.
    pub fn apply(&mut self, row: &Row) {
        match row {
            Row::Usage(usage) => {
                self.usages.insert(usage.transaction, usage.clone());
            }
            Row::Invoice(invoice) => {
                self.invoices.insert(invoice.id, invoice.clone());
            }
            Row::InvoicePaid { invoice: id, amount, resolved_at } => {
                if let Some(invoice) = self.invoices.get_mut(id) {
                    invoice.paid = invoice.paid.saturating_add(*amount);
                    invoice.resolved_at = *resolved_at;
                }
                if let Some(usage) = self.usages.get_mut(&id.transaction) {
                    usage.paid = usage.paid.saturating_add(*amount);
                }
            }
            Row::Payment(payment) => {
                self.payments.insert(payment.id, payment.clone());
            }
            Row::Statement(line) => self.statement.push(line.clone()),
        }
    }

    /// The items a command needs, of those that are here.
    pub fn items(&self, needs: &Needs) -> Items {
        let usage =
            needs.order.as_ref().and_then(|order| self.usages.values().find(|usage| usage.order == *order));
        let payment = needs
            .payment
            .as_ref()
            .and_then(|reference| self.payments.values().find(|payment| payment.reference == *reference));
        Items {
            usage: usage.cloned(),
            payment: payment.cloned(),
            invoices: self.open_invoices(&needs.invoices),
        }
    }

    fn open_invoices(&self, need: &InvoiceNeed) -> Vec<Invoice> {
        let mut open: Vec<&Invoice> = match need {
            InvoiceNeed::None => Vec::new(),
            InvoiceNeed::OldestCovering(_) => self.invoices.values().collect(),
            InvoiceNeed::Named(ids) => {
                self.invoices.values().filter(|invoice| ids.contains(&invoice.id)).collect()
            }
        };
        open.retain(|invoice| !invoice.left().is_zero());
        open.sort_by_key(|invoice| invoice.payment_order());
        if let InvoiceNeed::OldestCovering(amount) = need {
            let mut missing = *amount;
            open.retain(|invoice| {
                let is_needed = !missing.is_zero();
                missing = missing.saturating_sub(invoice.left());
                is_needed
            });
        }
        open.into_iter().cloned().collect()
    }

    /// What is owed by the rows: the sum of what is left of each invoice.
    pub fn owed(&self) -> Amount {
        Amount::saturating_sum(self.invoices.values().map(Invoice::left))
    }
}
