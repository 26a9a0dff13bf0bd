//! The rows that events leave behind, to be read and listed. They can all be made again from the
//! journal.

use super::HoldTerms;
use crate::calendar::{Day, Instant};
use crate::identity::{
    ActorId, ChildId, InvoiceId, OrderId, PaymentReference, PlanId, StatementId, TransactionId,
};
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
        /// When.
        at: Instant,
        /// Whether nothing is owed of it any more.
        in_full: bool,
    },
    /// An invoice got another value; an open one that nothing is owed of any more is resolved.
    InvoiceChanged {
        /// The invoice.
        invoice: InvoiceId,
        /// Its value since.
        value: Amount,
        /// What had been paid of it and its purchase, and is paid no more.
        returned: Amount,
        /// How it stands since.
        state: InvoiceState,
        /// When.
        at: Instant,
    },
    /// An invoice was cancelled with its value.
    InvoiceCancelled {
        /// The invoice.
        invoice: InvoiceId,
        /// What had been paid of it and its purchase, and is paid no more.
        returned: Amount,
        /// When.
        at: Instant,
    },
    /// An invoice falls due later.
    InvoicePostponed {
        /// The invoice.
        invoice: InvoiceId,
        /// Its due day since.
        due: Day,
        /// When it was postponed.
        at: Instant,
    },
    /// Notes were written on an invoice.
    InvoiceAnnotated {
        /// The invoice.
        invoice: InvoiceId,
        /// When.
        at: Instant,
    },
    /// A purchase costs another amount.
    UsageChanged {
        /// The purchase.
        transaction: TransactionId,
        /// What was settled, if that is what changed.
        captured: Option<Amount>,
        /// By how much more or less it costs.
        change: Balance,
    },
    /// A new hold.
    Hold(Hold),
    /// A hold was changed.
    HoldChanged {
        /// The hold.
        transaction: TransactionId,
        /// How it stands since.
        terms: HoldTerms,
    },
    /// A hold has ended.
    HoldEnded {
        /// The hold.
        transaction: TransactionId,
        /// How.
        state: HoldState,
    },
    /// Somebody may buy on this account.
    Holder(Holder),
    /// Somebody may not any more.
    HolderRemoved {
        /// Who.
        holder: ChildId,
        /// When.
        at: Instant,
    },
    /// The manual balance moved.
    Adjustment(Adjustment),
    /// A new life began: what was there before is past.
    LifeBegan {
        /// When.
        at: Instant,
    },
    /// A new payment.
    Payment(Payment),
    /// A new line on the statement.
    Statement(StatementLine),
}

/// Credit held for a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The purchase.
    pub transaction: TransactionId,
    /// The order.
    pub order: OrderId,
    /// What was authorized first: the hold grows by this.
    pub authorized: Amount,
    /// How much is held, in how many parts it will be paid, until when.
    pub terms: HoldTerms,
    /// When it was made.
    pub made_at: Instant,
    /// How it stands, but for the clock: see [`Hold::state_at`].
    pub state: HoldState,
}

impl Hold {
    /// How it stands at a moment: a hold ends by itself when its time has come (DECISIONS 15).
    pub fn state_at(&self, now: Instant) -> HoldState {
        match self.state {
            HoldState::Held if self.terms.expires_at <= now => HoldState::Expired,
            state => state,
        }
    }
}

/// How a hold stands. It ends exactly once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldState {
    /// Live: it counts against the limit.
    Held,
    /// It became invoices.
    Settled,
    /// It was given up.
    Released,
    /// Its time had come. It may still be settled, as a new purchase.
    Expired,
}

impl HoldState {
    /// All of them.
    pub const ALL: [HoldState; 4] =
        [HoldState::Held, HoldState::Settled, HoldState::Released, HoldState::Expired];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            HoldState::Held => "held",
            HoldState::Settled => "settled",
            HoldState::Released => "released",
            HoldState::Expired => "expired",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<HoldState> {
        HoldState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Somebody who may buy on an account. Who that is stands beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Made here.
    pub id: ChildId,
    /// Since when.
    pub added_at: Instant,
    /// Until when.
    pub removed_at: Option<Instant>,
}

/// A movement of the manual balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Its client's name for it.
    pub statement: StatementId,
    /// By how much.
    pub value: Balance,
}

/// An order bought on account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// The purchase; the façade's `usage_…`.
    pub transaction: TransactionId,
    /// The order.
    pub order: OrderId,
    /// What it cost when it was bought, interest included.
    pub amount: Amount,
    /// What of that is interest.
    #[serde(default)]
    pub interest: Amount,
    /// The plan it was bought by, if one was chosen.
    #[serde(default)]
    pub plan: Option<PlanId>,
    /// What was authorized first: its settlement may grow by this.
    #[serde(default)]
    pub authorized: Amount,
    /// What it was settled at last.
    #[serde(default)]
    pub captured: Amount,
    /// What it costs now: what was settled, less what was refunded and cancelled.
    #[serde(default)]
    pub value: Amount,
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

impl Usage {
    /// What was bought, without interest: what the order cost.
    pub fn principal(&self) -> Amount {
        self.amount.saturating_sub(self.interest)
    }
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
    /// The day it fell due at first.
    pub original_due: Day,
    /// How many times it was postponed.
    pub postponements: u16,
    /// How it stands.
    pub state: InvoiceState,
    /// When it changed last.
    pub updated_at: Instant,
    /// When it was paid in full or cancelled.
    pub resolved_at: Option<Instant>,
    /// Whether it belongs to a life that another has followed (DECISIONS 20).
    pub past: bool,
}

/// How an invoice stands. Whether it is overdue is told by its due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// Something is owed of it.
    Open,
    /// Nothing is owed of it: it was paid.
    Paid,
    /// Nothing is owed of it: it was cancelled, or refunded to nothing.
    Cancelled,
}

impl InvoiceState {
    /// All of them.
    pub const ALL: [InvoiceState; 3] = [InvoiceState::Open, InvoiceState::Paid, InvoiceState::Cancelled];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            InvoiceState::Open => "open",
            InvoiceState::Paid => "paid",
            InvoiceState::Cancelled => "cancelled",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<InvoiceState> {
        InvoiceState::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl Invoice {
    /// What is still owed of it.
    pub fn left(&self) -> Amount {
        match self.state {
            InvoiceState::Open => self.value.saturating_sub(self.paid),
            InvoiceState::Paid | InvoiceState::Cancelled => Amount::ZERO,
        }
    }

    /// For how many days it is overdue on a day: one on the day after its due day, none where it is
    /// not open.
    pub fn days_overdue(&self, on: Day) -> u32 {
        match self.state {
            InvoiceState::Open => u32::try_from(self.due.days_until(on)).unwrap_or_default(),
            InvoiceState::Paid | InvoiceState::Cancelled => 0,
        }
    }

    /// The order in which payments reach invoices: earliest due first, then by id.
    pub fn payment_order(&self) -> (Day, &InvoiceId) {
        (self.due, &self.id)
    }
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The façade's `payment_…`.
    pub id: ChildId,
    /// The payer's reference; `None` where an invoice was paid by its id.
    pub reference: Option<PaymentReference>,
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
    /// The manual balance after the event.
    pub balance_after: Balance,
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
    Invoice(Purchase),
    /// A purchase was settled at another amount.
    Correction(Purchase),
    /// A purchase was refunded.
    Refund(Purchase),
    /// An invoice was cancelled.
    Cancellation {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// A payment's share for one invoice, or what is left of it for later ones.
    Payment {
        /// The payment.
        payment: ChildId,
        /// The payer's reference; `None` where an invoice was paid by its id.
        reference: Option<PaymentReference>,
        /// The invoice; `None`: not yet applied.
        invoice: Option<InvoiceId>,
    },
    /// A movement of the manual balance.
    Adjustment {
        /// Its client's name for it.
        statement: StatementId,
        /// Who moved it.
        by: ActorId,
    },
}

/// The purchase a statement line comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// The purchase.
    pub transaction: TransactionId,
    /// The order.
    pub order: OrderId,
    /// How many of its invoices the line is about.
    pub installments: u8,
}
