use crate::calendar::{Day, Instant};
use crate::identity::{
    ActorId, ChildId, InvoiceId, LifeId, OrderId, PaymentReference, PlanId, StatementId, TransactionId,
};
use crate::installments::{InstallmentCount, Part, PaymentTerm};
use crate::money::{Amount, Balance, Tolerance};
use serde::{Deserialize, Serialize};

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
    /// A line was opened without a request; a new life began.
    Opened {
        /// The new life.
        life: LifeId,
        /// Its limit.
        limit: Amount,
        /// Its tolerance.
        tolerance: Tolerance,
        /// Its term.
        term: PaymentTerm,
    },
    /// The company's data were changed.
    Updated {},
    /// The manual balance was moved.
    BalanceAdjusted {
        /// The movement.
        statement: StatementId,
        /// By how much.
        value: Balance,
    },
    /// Somebody was let buy on this account.
    HolderAdded {
        /// Who.
        holder: ChildId,
    },
    /// Somebody was not any more.
    HolderRemoved {
        /// Who.
        holder: ChildId,
    },
    /// Credit was held.
    Authorized {
        /// The hold.
        transaction: TransactionId,
        /// The order.
        order: OrderId,
        /// How much, in how many parts, until when.
        terms: HoldTerms,
    },
    /// A hold was changed.
    HoldChanged {
        /// The hold.
        transaction: TransactionId,
        /// How much was held before.
        from: Amount,
        /// How it stands since.
        terms: HoldTerms,
    },
    /// A hold was given up.
    HoldReleased {
        /// The hold.
        transaction: TransactionId,
        /// How much was held.
        amount: Amount,
    },
    /// A hold's time had come.
    HoldExpired {
        /// The hold.
        transaction: TransactionId,
        /// How much was held.
        amount: Amount,
    },
    /// A hold was settled; each part became an invoice.
    Settled {
        /// The purchase.
        transaction: TransactionId,
        /// The order.
        order: OrderId,
        /// What was authorized first.
        authorized: Amount,
        /// What was held until now; nothing where the hold had expired.
        held: Amount,
        /// What it costs in all.
        amount: Amount,
        /// The invoices made, in order.
        parts: Vec<Part>,
        /// What earlier payments had already paid of them.
        prepaid: Vec<AppliedPart>,
    },
    /// A settled purchase was settled at another amount.
    SettlementChanged {
        /// The purchase.
        transaction: TransactionId,
        /// The order.
        order: OrderId,
        /// What it cost.
        from: Amount,
        /// What it costs since.
        to: Amount,
        /// The invoices it changed.
        changes: Vec<InvoiceChange>,
    },
    /// A purchase was refunded, wholly or in part.
    Refunded {
        /// The purchase.
        transaction: TransactionId,
        /// The order.
        order: OrderId,
        /// How much.
        amount: Amount,
        /// The invoices it changed.
        changes: Vec<InvoiceChange>,
    },
    /// An invoice was cancelled.
    InvoiceCancelled {
        /// The invoice.
        invoice: InvoiceId,
        /// Its due day.
        due: Day,
        /// What was still owed of it.
        left: Amount,
        /// What had been paid of it, and waits for later invoices since.
        returned: Amount,
    },
    /// An invoice falls due later.
    InvoicePostponed {
        /// The invoice.
        invoice: InvoiceId,
        /// Its due day before.
        from: Day,
        /// Its due day since.
        to: Day,
        /// What is owed of it.
        left: Amount,
    },
    /// Notes were written on an invoice.
    InvoiceAnnotated {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// An order was bought on account; each part became an invoice.
    Used {
        /// The purchase.
        transaction: TransactionId,
        /// The order.
        order: OrderId,
        /// What it costs in all, interest included (DECISIONS 9).
        amount: Amount,
        /// The plan it was bought by, if one was chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<UsedPlan>,
        /// The invoices made, in order.
        parts: Vec<Part>,
        /// What earlier payments had already paid of them.
        prepaid: Vec<AppliedPart>,
    },
    /// Money came in.
    Paid {
        /// The payment.
        payment: ChildId,
        /// The payer's reference; `None` where an invoice was paid by its id.
        reference: Option<PaymentReference>,
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

/// How much is held, in how many parts it will be paid, and until when it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldTerms {
    /// How much.
    pub amount: Amount,
    /// In how many parts it will be paid.
    pub installments: InstallmentCount,
    /// Whether it is sure to be settled.
    pub firm: bool,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Whether its client chose that moment: it is told then.
    pub expiry_was_chosen: bool,
}

/// An invoice got another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceChange {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its due day.
    pub due: Day,
    /// Its value before.
    pub before: Amount,
    /// Its value since, never below what is paid of it.
    pub after: Amount,
    /// What had been paid of it.
    pub paid: Amount,
    /// What of that was given back, and waits for later invoices since.
    #[serde(default)]
    pub returned: Amount,
}

impl InvoiceChange {
    /// What was owed of it before.
    pub fn left_before(&self) -> Amount {
        self.before.saturating_sub(self.paid)
    }

    /// What is owed of it since.
    pub fn left_after(&self) -> Amount {
        self.after.saturating_sub(self.paid.saturating_sub(self.returned))
    }
}

/// The plan a purchase was made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedPlan {
    /// What it was offered under.
    pub id: PlanId,
    /// What of the amount is interest.
    pub interest: Amount,
}

/// So much money went to this invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
            Event::Opened { .. } => "opened",
            Event::Updated {} => "updated",
            Event::BalanceAdjusted { .. } => "balance_adjusted",
            Event::HolderAdded { .. } => "holder_added",
            Event::HolderRemoved { .. } => "holder_removed",
            Event::Authorized { .. } => "authorized",
            Event::HoldChanged { .. } => "hold_changed",
            Event::HoldReleased { .. } => "hold_released",
            Event::HoldExpired { .. } => "hold_expired",
            Event::Settled { .. } => "settled",
            Event::SettlementChanged { .. } => "settlement_changed",
            Event::Refunded { .. } => "refunded",
            Event::InvoiceCancelled { .. } => "invoice_cancelled",
            Event::InvoicePostponed { .. } => "invoice_postponed",
            Event::InvoiceAnnotated { .. } => "invoice_annotated",
            Event::Used { .. } => "used",
            Event::Paid { .. } => "paid",
        }
    }

    /// Whether it changes the account's own data (its standing, terms, contact, balance or
    /// holders), and not only what is owed and held (VTEX `updatedAt`).
    pub const fn changes_account(&self) -> bool {
        match self {
            Event::Requested { .. }
            | Event::Opened { .. }
            | Event::Approved { .. }
            | Event::Rejected {}
            | Event::Suspended {}
            | Event::Reactivated {}
            | Event::Cancelled {}
            | Event::Updated {}
            | Event::LimitChanged { .. }
            | Event::ToleranceChanged { .. }
            | Event::BalanceAdjusted { .. }
            | Event::HolderAdded { .. }
            | Event::HolderRemoved { .. } => true,
            Event::Authorized { .. }
            | Event::HoldChanged { .. }
            | Event::HoldReleased { .. }
            | Event::HoldExpired { .. }
            | Event::Settled { .. }
            | Event::SettlementChanged { .. }
            | Event::Refunded { .. }
            | Event::InvoiceCancelled { .. }
            | Event::InvoicePostponed { .. }
            | Event::InvoiceAnnotated { .. }
            | Event::Used { .. }
            | Event::Paid { .. } => false,
        }
    }
}
