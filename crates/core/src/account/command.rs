use crate::calendar::Day;
use crate::identity::{InvoiceId, OrderId, PaymentReference};
use crate::installments::{InstallmentCount, PaymentTerm};
use crate::money::{Amount, Tolerance};
use serde::{Deserialize, Serialize};

/// What somebody wants done to an account. Each has a file of its own under `operations/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is documented at its own type")]
pub enum Command {
    Request(Request),
    Approve(Approve),
    Reject(Reject),
    Suspend(Suspend),
    Reactivate(Reactivate),
    Cancel(Cancel),
    ChangeLimit(ChangeLimit),
    ChangeTolerance(ChangeTolerance),
    UseCredit(UseCredit),
    Pay(Pay),
}

/// The name of a command: what an idempotency key is scoped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is documented at its command")]
pub enum Operation {
    Request,
    Approve,
    Reject,
    Suspend,
    Reactivate,
    Cancel,
    ChangeLimit,
    ChangeTolerance,
    UseCredit,
    Pay,
}

impl Operation {
    /// The word it is stored and counted under.
    pub const fn word(self) -> &'static str {
        match self {
            Operation::Request => "request",
            Operation::Approve => "approve",
            Operation::Reject => "reject",
            Operation::Suspend => "suspend",
            Operation::Reactivate => "reactivate",
            Operation::Cancel => "cancel",
            Operation::ChangeLimit => "change_limit",
            Operation::ChangeTolerance => "change_tolerance",
            Operation::UseCredit => "use_credit",
            Operation::Pay => "pay",
        }
    }
}

impl Command {
    /// Its name.
    pub const fn operation(&self) -> Operation {
        match self {
            Command::Request(_) => Operation::Request,
            Command::Approve(_) => Operation::Approve,
            Command::Reject(_) => Operation::Reject,
            Command::Suspend(_) => Operation::Suspend,
            Command::Reactivate(_) => Operation::Reactivate,
            Command::Cancel(_) => Operation::Cancel,
            Command::ChangeLimit(_) => Operation::ChangeLimit,
            Command::ChangeTolerance(_) => Operation::ChangeTolerance,
            Command::UseCredit(_) => Operation::UseCredit,
            Command::Pay(_) => Operation::Pay,
        }
    }
}

/// A company asks for a line (façade `POST …/credit/request`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The limit asked for.
    pub requested_limit: Amount,
    /// The term asked for.
    pub term: PaymentTerm,
}

/// An approver grants it, with the terms they choose (façade `POST …/credit/approve`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approve {
    /// The limit granted.
    pub limit: Amount,
    /// The term granted.
    pub term: PaymentTerm,
}

/// An approver refuses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {}

/// New purchases are stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspend {}

/// New purchases are let through again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reactivate {}

/// The line is ended; only where nothing is owed or held (DECISIONS 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancel {}

/// The limit becomes this, even below what is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLimit {
    /// The new limit.
    pub limit: Amount,
}

/// The tolerance becomes this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeTolerance {
    /// The new tolerance.
    pub tolerance: Tolerance,
}

/// An order is bought on account (façade `POST …/credit/use`). The order names it: the same order
/// with the same amount and installments is the same purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseCredit {
    /// The order.
    pub order: OrderId,
    /// What it costs.
    pub amount: Amount,
    /// In how many parts it is paid.
    pub installments: InstallmentCount,
}

/// Money has come in (façade `POST …/credit/payment`). The reference names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// The payer's reference.
    pub reference: PaymentReference,
    /// How much.
    pub amount: Amount,
    /// The day the payer paid.
    pub date: Day,
    /// Which invoices it is for; `None`: the oldest due first.
    pub allocations: Option<Vec<Allocation>>,
}

/// So much of a payment is for this invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much of the payment.
    pub amount: Amount,
}
