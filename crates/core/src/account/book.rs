use super::{
    Account, Adjustment, Entry, Hold, HoldState, Holder, Invoice, InvoiceNeed, InvoiceState, Items, Needs,
    Payment, Row, StatementLine, Usage, evolve, project,
};
use crate::calendar::Instant;
use crate::identity::{ChildId, InvoiceId, StatementId, TransactionId};
use crate::money::{Amount, Balance};
use std::collections::BTreeMap;

/// One account with its rows in memory: what a replay rebuilds, and what the commands of one
/// batch see of each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// The account.
    pub account: Account,
    /// Purchases.
    pub usages: BTreeMap<TransactionId, Usage>,
    /// Invoices, open and resolved.
    pub invoices: BTreeMap<InvoiceId, Invoice>,
    /// Payments.
    pub payments: BTreeMap<ChildId, Payment>,
    /// Holds, live and ended.
    pub holds: BTreeMap<TransactionId, Hold>,
    /// Holders, present and past.
    pub holders: BTreeMap<ChildId, Holder>,
    /// Movements of the manual balance.
    pub adjustments: BTreeMap<StatementId, Adjustment>,
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
                self.usages.insert(usage.transaction.clone(), usage.clone());
            }
            Row::UsageChanged { transaction, captured, change } => {
                self.change_usage(transaction, *captured, *change);
            }
            Row::Payment(payment) => {
                self.payments.insert(payment.id, payment.clone());
            }
            Row::Adjustment(adjustment) => {
                self.adjustments.insert(adjustment.statement.clone(), adjustment.clone());
            }
            Row::Statement(line) => self.statement.push(line.clone()),
            Row::Hold(_) | Row::HoldChanged { .. } | Row::HoldEnded { .. } => self.apply_hold(row),
            Row::Holder(_) | Row::HolderRemoved { .. } => self.apply_holder(row),
            Row::Invoice(_)
            | Row::InvoicePaid { .. }
            | Row::InvoiceChanged { .. }
            | Row::InvoiceCancelled { .. }
            | Row::InvoicePostponed { .. }
            | Row::InvoiceAnnotated { .. } => self.apply_invoice(row),
            Row::LifeBegan { at } => self.begin_life(*at),
        }
    }

    fn change_usage(&mut self, transaction: &TransactionId, captured: Option<Amount>, change: Balance) {
        if let Some(usage) = self.usages.get_mut(transaction) {
            usage.captured = captured.unwrap_or(usage.captured);
            usage.value = Balance::from(usage.value).plus(change).floor_at_zero();
        }
    }

    fn apply_hold(&mut self, row: &Row) {
        match row {
            Row::Hold(hold) => {
                self.holds.insert(hold.transaction.clone(), hold.clone());
            }
            Row::HoldChanged { transaction, terms } => {
                if let Some(hold) = self.holds.get_mut(transaction) {
                    hold.terms = *terms;
                }
            }
            Row::HoldEnded { transaction, state } => {
                if let Some(hold) = self.holds.get_mut(transaction) {
                    hold.state = *state;
                }
            }
            _ => {}
        }
    }

    fn apply_holder(&mut self, row: &Row) {
        match row {
            Row::Holder(holder) => {
                self.holders.insert(holder.id, holder.clone());
            }
            Row::HolderRemoved { holder, at } => {
                if let Some(holder) = self.holders.get_mut(holder) {
                    holder.removed_at = Some(*at);
                }
            }
            _ => {}
        }
    }

    fn apply_invoice(&mut self, row: &Row) {
        match row {
            Row::Invoice(invoice) => {
                self.invoices.insert(invoice.id.clone(), invoice.clone());
            }
            Row::InvoicePaid { invoice: id, amount, at, in_full } => {
                self.change_invoice(id, *at, |invoice| {
                    invoice.paid = invoice.paid.saturating_add(*amount);
                    if *in_full {
                        invoice.state = InvoiceState::Paid;
                    }
                });
                self.change_paid(&id.transaction, |paid| paid.saturating_add(*amount));
            }
            Row::InvoiceChanged { invoice: id, value, returned, state, at } => {
                self.change_invoice(id, *at, |invoice| {
                    invoice.value = *value;
                    invoice.paid = invoice.paid.saturating_sub(*returned);
                    invoice.state = *state;
                });
                self.change_paid(&id.transaction, |paid| paid.saturating_sub(*returned));
            }
            Row::InvoiceCancelled { invoice: id, returned, at } => {
                self.change_invoice(id, *at, |invoice| {
                    invoice.paid = invoice.paid.saturating_sub(*returned);
                    invoice.state = InvoiceState::Cancelled;
                });
                self.change_paid(&id.transaction, |paid| paid.saturating_sub(*returned));
            }
            Row::InvoicePostponed { invoice: id, due, at } => {
                self.change_invoice(id, *at, |invoice| {
                    invoice.due = *due;
                    invoice.postponements = invoice.postponements.saturating_add(1);
                });
            }
            Row::InvoiceAnnotated { invoice: id, at } => self.change_invoice(id, *at, |_| {}),
            _ => {}
        }
    }

    /// Changes an invoice at a moment; one that is not open any more was resolved then.
    fn change_invoice(&mut self, id: &InvoiceId, at: Instant, change: impl FnOnce(&mut Invoice)) {
        if let Some(invoice) = self.invoices.get_mut(id) {
            let before = invoice.state;
            change(invoice);
            invoice.updated_at = at;
            if before == InvoiceState::Open && invoice.state != InvoiceState::Open {
                invoice.resolved_at = Some(at);
            }
        }
    }

    fn change_paid(&mut self, transaction: &TransactionId, change: impl FnOnce(Amount) -> Amount) {
        if let Some(usage) = self.usages.get_mut(transaction) {
            usage.paid = change(usage.paid);
        }
    }

    /// What belongs to an earlier life is past: its holders are holders no more, and the names of its
    /// movements are free again.
    fn begin_life(&mut self, at: Instant) {
        self.adjustments.clear();
        self.invoices.values_mut().for_each(|invoice| invoice.past = true);
        let present = self.holders.values_mut().filter(|holder| holder.removed_at.is_none());
        present.for_each(|holder| holder.removed_at = Some(at));
    }

    /// The items a command needs, of those that are here.
    pub fn items(&self, needs: &Needs) -> Items {
        let transaction = needs.transaction.as_ref();
        Items {
            usage: transaction.and_then(|id| self.usages.get(id)).or_else(|| self.usage_of(needs)).cloned(),
            payment: self.payment_of(needs).cloned(),
            hold: transaction.and_then(|id| self.holds.get(id)).cloned(),
            holder: needs.holder.and_then(|id| self.holders.get(&id)).cloned(),
            adjustment: needs.adjustment.as_ref().and_then(|id| self.adjustments.get(id)).cloned(),
            expired: needs.expired_by.map_or_else(Vec::new, |now| self.expired(now)),
            invoices: self.invoices(&needs.invoices),
        }
    }

    /// The purchase of an order; the first, where several transactions were of one order.
    fn usage_of(&self, needs: &Needs) -> Option<&Usage> {
        let order = needs.order.as_ref()?;
        let of_order = self.usages.values().filter(|usage| usage.order == *order);
        of_order.min_by_key(|usage| (usage.used_at, &usage.transaction))
    }

    fn payment_of(&self, needs: &Needs) -> Option<&Payment> {
        let reference = needs.payment.as_ref()?;
        self.payments.values().find(|payment| payment.reference.as_ref() == Some(reference))
    }

    fn expired(&self, now: Instant) -> Vec<Hold> {
        let live = self.holds.values().filter(|hold| hold.state == HoldState::Held);
        let mut expired: Vec<Hold> = live.filter(|hold| hold.terms.expires_at <= now).cloned().collect();
        expired
            .sort_by(|a, b| (a.terms.expires_at, &a.transaction).cmp(&(b.terms.expires_at, &b.transaction)));
        expired
    }

    fn invoices(&self, need: &InvoiceNeed) -> Vec<Invoice> {
        let open = |invoice: &&Invoice| !invoice.left().is_zero();
        let of = |invoice: &Invoice, id: &TransactionId| invoice.id.transaction == *id;
        match need {
            InvoiceNeed::None => Vec::new(),
            InvoiceNeed::One(id) => self.invoices.get(id).cloned().into_iter().collect(),
            InvoiceNeed::OpenOf(id) => {
                self.invoices.values().filter(|invoice| of(invoice, id)).filter(open).cloned().collect()
            }
            InvoiceNeed::AllOf(id) => {
                self.invoices.values().filter(|invoice| of(invoice, id)).cloned().collect()
            }
            InvoiceNeed::Named(ids) => {
                in_payment_order(ids.iter().filter_map(|id| self.invoices.get(id)).filter(open))
            }
            InvoiceNeed::OldestCovering(amount) => {
                covering(in_payment_order(self.invoices.values().filter(open)), *amount)
            }
        }
    }

    /// What is owed by the rows: the sum of what is left of each invoice.
    pub fn owed(&self) -> Amount {
        Amount::saturating_sum(self.invoices.values().map(Invoice::left))
    }

    /// What is held by the rows: the sum of the live holds.
    pub fn held(&self) -> Amount {
        let live = self.holds.values().filter(|hold| hold.state == HoldState::Held);
        Amount::saturating_sum(live.map(|hold| hold.terms.amount))
    }
}

fn in_payment_order<'a>(invoices: impl Iterator<Item = &'a Invoice>) -> Vec<Invoice> {
    let mut invoices: Vec<&Invoice> = invoices.collect();
    invoices.sort_by_key(|invoice| invoice.payment_order());
    invoices.dedup();
    invoices.into_iter().cloned().collect()
}

/// As many of the first as it takes to owe an amount.
fn covering(mut invoices: Vec<Invoice>, amount: Amount) -> Vec<Invoice> {
    let mut missing = amount;
    invoices.retain(|invoice| {
        let is_needed = !missing.is_zero();
        missing = missing.saturating_sub(invoice.left());
        is_needed
    });
    invoices
}
