use crate::calendar::{Day, Instant};
use crate::identity::{ActorId, ChildId, InvoiceId, LifeId, OrderId, PaymentReference};
use crate::installments::{Part, PaymentTerm};
use crate::money::{Amount, Tolerance};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What has happened to an account: facts, in the past tense, without personal data.
///
/// Stored as JSON for ever. A variant or field may be added, never renamed or given another
/// meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A line was asked for; a new life began.
    Requested {
        /// The new life.
        life: LifeId,
        /// The limit asked for.
        limit: Amount,
        /// The term asked for.
        term: PaymentTerm,
    },
    /// The line was granted.
    Approved {
        /// The limit granted.
        limit: Amount,
        /// The term granted.
        term: PaymentTerm,
    },
    /// The line was refused.
    Rejected {},
    /// New purchases were stopped.
    Suspended {},
    /// New purchases were let through again.
    Reactivated {},
    /// The line was ended.
    Cancelled {},
    /// The limit was changed.
    LimitChanged {
        /// The limit before.
        from: Amount,
        /// The limit since.
        to: Amount,
    },
    /// The tolerance was changed.
    ToleranceChanged {
        /// The tolerance before.
        from: Tolerance,
        /// The tolerance since.
        to: Tolerance,
    },
    /// An order was bought on account; each part became an invoice.
    Used {
        /// The purchase.
        transaction: ChildId,
        /// The order.
        order: OrderId,
        /// What it costs in all.
        amount: Amount,
        /// The invoices made, in order.
        parts: Vec<Part>,
        /// What earlier payments had already paid of them.
        prepaid: Vec<AppliedPart>,
    },
    /// Money came in.
    Paid {
        /// The payment.
        payment: ChildId,
        /// The payer's reference.
        reference: PaymentReference,
        /// How much in all.
        amount: Amount,
        /// The day the payer paid.
        date: Day,
        /// What it paid.
        applied: Vec<AppliedPart>,
        /// What is left of it for later invoices.
        unapplied: Amount,
    },
}

/// So much money went to this invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedPart {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its due day.
    pub due: Day,
    /// How much.
    pub amount: Amount,
    /// What is still owed of it; nothing: it is paid.
    pub left: Amount,
}

/// An event in its place in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in its account, from 1, without gaps.
    pub sequence: u64,
    /// When it happened.
    pub at: Instant,
    /// Who did it.
    pub by: ActorId,
    /// What happened.
    pub event: Event,
}

impl Event {
    /// Its name, as it is written in the journal.
    pub const fn word(&self) -> &'static str {
        match self {
            Event::Requested { .. } => "requested",
            Event::Approved { .. } => "approved",
            Event::Rejected {} => "rejected",
            Event::Suspended {} => "suspended",
            Event::Reactivated {} => "reactivated",
            Event::Cancelled {} => "cancelled",
            Event::LimitChanged { .. } => "limit_changed",
            Event::ToleranceChanged { .. } => "tolerance_changed",
            Event::Used { .. } => "used",
            Event::Paid { .. } => "paid",
        }
    }

    /// The due days whose debt it changes; a store writes these rungs of the ladder anew.
    pub fn due_days(&self) -> BTreeSet<Day> {
        match self {
            Event::Used { parts, .. } => parts.iter().map(|part| part.due).collect(),
            Event::Paid { applied, .. } => applied.iter().map(|part| part.due).collect(),
            _ => BTreeSet::new(),
        }
    }
}
