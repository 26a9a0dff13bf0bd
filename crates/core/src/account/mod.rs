//! One line of credit: everything that competes for one limit.
//!
//! ```text
//! Command ── decide(account, items, context) ──▶ events ── evolve ──▶ account
//!                      │                           ├────── project ──▶ rows to read
//!                      └──▶ Rejection              └────── postings ─▶ balanced double entry
//! ```
//!
//! The [`Account`] keeps totals only, so that no command grows with what is open; the invoices a
//! command needs come in beside it as [`Items`]. It promises that what is owed and held never
//! passes the ceiling by a new purchase, that every part of a payment has a place, and that the
//! same journal always gives the same account.

mod aging;
mod allocate;
mod assess;
mod book;
mod command;
mod context;
mod decide;
mod due_calendar;
mod event;
mod evolve;
mod execute;
mod items;
mod ladder;
mod objection;
mod operations;
mod postings;
mod preview_payment;
mod project;
mod rejection;
mod remedies;
mod rows;
mod snapshot;

pub use aging::{AgeBucket, Aging};
pub use allocate::{Misallocation, Owed, allocate};
pub use assess::{Assessment, PlanChoice, Wish, assess, offered};
pub use book::Book;
pub use command::{
    AddHolder, AdjustBalance, Allocation, Approve, Authorize, Cancel, CancelInvoice, ChangeHold, ChangeLimit,
    ChangeTolerance, ChosenPlan, Close, Command, ExpireHolds, Open, OpenAutomatically, Operation, Pay,
    PayInvoice, PostponeInvoice, Reactivate, Refund, Reject, Release, RemoveHolder, Request, Settle, Suspend,
    Update, UpdateInvoice, UseCredit,
};
pub use context::Context;
pub use decide::decide;
pub use due_calendar::DueCalendar;
pub use event::{AppliedPart, Entry, Event, HoldTerms, InvoiceChange, UsedPlan};
pub use evolve::evolve;
pub use execute::{Outcome, Receipt, execute};
pub use items::{InvoiceNeed, Items, Needs, needs};
pub use ladder::Ladder;
pub use objection::Objection;
pub use operations::{earliest_payment_day, latest_payment_day};
pub use postings::{LedgerAccount, Posting, postings};
pub use preview_payment::{PaymentPreview, PreviewedPart, preview_payment};
pub use project::project;
pub use rejection::Rejection;
pub use remedies::{EndingHold, Remedies, remedies};
pub use rows::{
    Adjustment, Hold, HoldState, Holder, Invoice, InvoiceState, LineKind, Payment, Purchase, Row,
    StatementLine, Usage,
};
pub use snapshot::{Moment, Snapshot, Validity};

use crate::calendar::Instant;
use crate::identity::{ActorId, LifeId};
use crate::installments::PaymentTerm;
use crate::money::{Amount, Balance, Tolerance};
use crate::policy::Policy;
use serde::{Deserialize, Serialize};

/// One company's line of credit with one organization.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Account {
    /// The sequence of the last event; 0 where nothing has happened yet.
    pub version: u64,
    /// The present life, or the last one; `None` before the first request.
    pub life: Option<Life>,
    /// What is owed, held and paid ahead.
    pub totals: Totals,
    /// What is owed by due day. A store keeps it beside the account, in its own way.
    #[serde(skip)]
    pub ladder: Ladder,
}

/// The figures that everything is decided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Open invoices less what has been paid of them.
    pub outstanding: Amount,
    /// Live holds: authorized, not yet invoiced.
    pub held: Amount,
    /// Paid beyond the debt; the next invoice consumes it (DECISIONS 10).
    pub unapplied: Amount,
}

/// From a request or opening to its end; an account may be opened again after that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Random once; the façade's `credit_…`.
    pub id: LifeId,
    /// The first life is 1.
    pub number: u32,
    /// What was asked for.
    pub requested_limit: Amount,
    /// The term that was asked for.
    pub requested_term: PaymentTerm,
    /// When it was asked for.
    pub requested_at: Instant,
    /// Who asked: they may not approve it.
    pub requested_by: ActorId,
    /// The sequence of the event that began it.
    pub began: u64,
    /// When the account's own data changed last ([`Event::changes_account`]).
    pub updated_at: Instant,
    /// The manual balance, which decides nothing (VTEX `balance`).
    pub balance: Balance,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a life stands, with what belongs to each state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Asked for, not decided.
    Pending,
    /// Refused by an approver.
    Rejected(Decision),
    /// Granted: it may be used.
    Approved(Line),
    /// Granted, but new purchases are stopped; debts stay and may be paid.
    Suspended(Line, Decision),
    /// Ended. The line it had, if it ever was granted.
    Cancelled(Option<Line>, Decision),
}

/// Who decided, when, and by which event (a remark may be kept under its sequence).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: ActorId,
    /// The event's sequence.
    pub sequence: u64,
}

/// The terms of a granted line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// How much may be owed.
    pub limit: Amount,
    /// How far above it a purchase may still go.
    pub tolerance: Tolerance,
    /// Days to each due date.
    pub term: PaymentTerm,
    /// Who granted it.
    pub approval: Decision,
}

/// The state of an account in one word (façade: `status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Asked for, not decided.
    Pending,
    /// Refused by an approver.
    Rejected,
    /// Granted.
    Approved,
    /// Granted and stopped.
    Suspended,
    /// Ended.
    Cancelled,
}

impl Status {
    /// All of them, in the order a line goes through them.
    pub const ALL: [Status; 5] =
        [Status::Pending, Status::Rejected, Status::Approved, Status::Suspended, Status::Cancelled];

    /// All of their words, in the same order.
    pub const WORDS: &[&str] = &["pending", "rejected", "approved", "suspended", "cancelled"];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Status::Pending => "pending",
            Status::Rejected => "rejected",
            Status::Approved => "approved",
            Status::Suspended => "suspended",
            Status::Cancelled => "cancelled",
        }
    }

    /// The status of a word on the wire.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

impl Life {
    /// The state in one word.
    pub fn status(&self) -> Status {
        match self.standing {
            Standing::Pending => Status::Pending,
            Standing::Rejected(_) => Status::Rejected,
            Standing::Approved(_) => Status::Approved,
            Standing::Suspended(..) => Status::Suspended,
            Standing::Cancelled(..) => Status::Cancelled,
        }
    }

    /// The line, if one was ever granted in this life.
    pub fn line(&self) -> Option<&Line> {
        match &self.standing {
            Standing::Approved(line) | Standing::Suspended(line, _) | Standing::Cancelled(Some(line), _) => {
                Some(line)
            }
            Standing::Pending | Standing::Rejected(_) | Standing::Cancelled(None, _) => None,
        }
    }

    /// The line while its terms may change.
    fn open_line_mut(&mut self) -> Option<&mut Line> {
        match &mut self.standing {
            Standing::Approved(line) | Standing::Suspended(line, _) => Some(line),
            Standing::Pending | Standing::Rejected(_) | Standing::Cancelled(..) => None,
        }
    }
}

impl Account {
    /// The line, if one was ever granted in the present life.
    pub fn line(&self) -> Option<&Line> {
        self.life.as_ref().and_then(Life::line)
    }

    /// The limit of the line, nothing where there is none.
    pub fn limit(&self) -> Amount {
        self.line().map_or(Amount::ZERO, |line| line.limit)
    }

    /// What is left of the limit: max(0, limit − outstanding − held) (DECISIONS 5).
    pub fn available(&self) -> Amount {
        self.signed_available().floor_at_zero()
    }

    /// The account without what has expired by itself since its last event (DECISIONS 15).
    #[must_use]
    pub fn without_expired(mut self, expired: Amount) -> Account {
        self.totals.held = self.totals.held.saturating_sub(expired);
        self
    }

    /// What is left of the limit, less than nothing where more is owed and held (VTEX
    /// `availableCredit`).
    pub fn signed_available(&self) -> Balance {
        Balance::from(self.limit()).minus(self.totals.outstanding).minus(self.totals.held)
    }

    /// The most that may be owed: limit and tolerance together (DECISIONS 6).
    pub fn ceiling(&self, policy: &Policy) -> Balance {
        let Some(line) = self.line() else {
            return Balance::ZERO;
        };
        let tolerance = if policy.tolerance_enabled { line.tolerance } else { Tolerance::NONE };
        tolerance.ceiling(line.limit)
    }

    /// The largest new purchase that passes: ceiling − outstanding − held + unapplied.
    pub fn spendable(&self, policy: &Policy) -> Balance {
        let Totals { outstanding, held, unapplied } = self.totals;
        self.ceiling(policy).minus(outstanding).minus(held).plus(unapplied)
    }
}
