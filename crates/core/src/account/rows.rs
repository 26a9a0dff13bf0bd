//! The rows that events leave behind, to be read and listed. They can all be made again from the
//! journal.

use crate::calendar::{Day, Instant};
use crate::identity::{ChildId, InvoiceId, OrderId, PaymentReference};
use crate::installments::Part;
use crate::money::{Amount, Balance};
use serde::{Deserialize, Serialize};

/// One change to the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A new purchase.
    Usage(Usage),
    /// A new invoice.
    Invoice(Invoice),
    /// Money went to an invoice and its purchase.
    InvoicePaid {
        /// The invoice.
        invoice: InvoiceId,
        /// How much.
        amount: Amount,
        /// When, if nothing is owed of it any more.
        resolved_at: Option<Instant>,
    },
    /// A new payment.
    Payment(Payment),
    /// A new line on the statement.
    Statement(StatementLine),
}

/// An order bought on account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// The purchase; the façade's `usage_…`.
    pub transaction: ChildId,
    /// The order.
    pub order: OrderId,
    /// What it costs.
    pub amount: Amount,
    /// In how many parts.
    pub installments: u8,
    /// The parts as they were planned, in order.
    pub parts: Vec<Part>,
    /// When.
    pub used_at: Instant,
    /// The first due day.
    pub due: Day,
    /// What has been paid of it.
    pub paid: Amount,
    /// What was owed right after it: the figure it was answered with.
    pub used_after: Amount,
    /// What was available right after it.
    pub available_after: Amount,
}

/// One part of a purchase, to be paid on its due day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Purchase and installment.
    pub id: InvoiceId,
    /// The order.
    pub order: OrderId,
    /// What it is for.
    pub value: Amount,
    /// What has been paid of it.
    pub paid: Amount,
    /// Of how many installments it is one.
    pub installments: u8,
    /// When it was issued.
    pub issued_at: Instant,
    /// The civil day it falls due.
    pub due: Day,
    /// When the last of it was paid.
    pub resolved_at: Option<Instant>,
}

impl Invoice {
    /// What is still owed of it.
    pub fn left(&self) -> Amount {
        self.value.saturating_sub(self.paid)
    }

    /// The order in which payments reach invoices: earliest due first, then as they were made.
    pub fn payment_order(&self) -> (Day, InvoiceId) {
        (self.due, self.id)
    }
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The façade's `payment_…`.
    pub id: ChildId,
    /// The payer's reference.
    pub reference: PaymentReference,
    /// How much.
    pub amount: Amount,
    /// The day the payer paid.
    pub date: Day,
    /// When it was recorded.
    pub received_at: Instant,
    /// What was left of it for later invoices when it came.
    pub unapplied: Amount,
    /// Where the rest went.
    pub applied: Vec<super::AppliedPart>,
    /// What was owed right after it: the figure it was answered with.
    pub used_after: Amount,
    /// What was available right after it.
    pub available_after: Amount,
}

/// One line of the statement (VTEX guide, section "Statements").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// The sequence of the event.
    pub sequence: u64,
    /// Which line of this event, from 1.
    pub line: u32,
    /// When.
    pub at: Instant,
    /// Purchases are negative, payments positive; a new limit or tolerance is the difference of
    /// the two ceilings.
    pub value: Balance,
    /// What was owed after the event.
    pub used_after: Amount,
    /// Where it comes from.
    pub kind: LineKind,
}

/// Where a statement line comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A change of limit or tolerance.
    Credit,
    /// A purchase, one line however many installments.
    Invoice {
        /// The purchase.
        transaction: ChildId,
        /// The order.
        order: OrderId,
        /// In how many parts.
        installments: u8,
    },
    /// A payment's share for one invoice, or what is left of it for later ones.
    Payment {
        /// The payment.
        payment: ChildId,
        /// The payer's reference.
        reference: PaymentReference,
        /// The invoice; `None`: not yet applied.
        invoice: Option<InvoiceId>,
    },
}
