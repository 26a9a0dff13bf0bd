use super::InvoiceState;
use crate::calendar::{Day, Instant};
use crate::identity::{ChildId, InvoiceId, OrderId, PaymentReference, StatementId, TransactionId};
use crate::installments::{InstallmentCount, PaymentTerm, Plan};
use crate::money::{Amount, Balance, Tolerance};
use serde::{Deserialize, Serialize};

/// Declares the commands: each with its value, its name, and the word it is stored under.
macro_rules! commands {
    ($($name:ident = $word:literal,)*) => {
        /// What somebody wants done to an account. Each has a file of its own under `operations/`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each is documented at its own type")]
        pub enum Command {
            $($name($name),)*
        }

        /// The name of a command: what an idempotency key is scoped by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each is documented at its command")]
        pub enum Operation {
            $($name,)*
        }

        impl Operation {
            /// All of them.
            pub const ALL: &[Operation] = &[$(Operation::$name),*];

            /// The word it is stored and counted under.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Operation::$name => $word,)*
                }
            }
        }

        impl Command {
            /// Its name.
            pub const fn operation(&self) -> Operation {
                match self {
                    $(Command::$name(_) => Operation::$name,)*
                }
            }
        }
    };
}

commands! {
    Request = "request",
    Approve = "approve",
    Reject = "reject",
    Open = "open",
    OpenAutomatically = "open_automatically",
    Update = "update",
    Suspend = "suspend",
    Reactivate = "reactivate",
    Cancel = "cancel",
    Close = "close",
    ChangeLimit = "change_limit",
    ChangeTolerance = "change_tolerance",
    AdjustBalance = "adjust_balance",
    AddHolder = "add_holder",
    RemoveHolder = "remove_holder",
    UseCredit = "use_credit",
    Authorize = "authorize",
    ChangeHold = "change_hold",
    Release = "release",
    Settle = "settle",
    Refund = "refund",
    ExpireHolds = "expire_holds",
    Pay = "pay",
    PayInvoice = "pay_invoice",
    UpdateInvoice = "update_invoice",
    CancelInvoice = "cancel_invoice",
    PostponeInvoice = "postpone_invoice",
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
    /// The plan its buyer saw, if one was chosen; `None`: equal parts at the line's own term, without
    /// interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Box<ChosenPlan>>,
}

/// A plan as its buyer saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenPlan {
    /// What was seen.
    pub seen: Plan,
    /// The sales channel it was offered in.
    pub channel: Option<String>,
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

/// A line is opened at once, without a request (VTEX operation 8). It begins a life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Its limit.
    pub limit: Amount,
    /// Its tolerance.
    pub tolerance: Tolerance,
}

/// A shopper nobody knows is given a line, where the shop gives one to everybody (VTEX
/// `automaticCheckingAccountCreationEnabled`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAutomatically {}

/// The company's data have changed, and its terms if they are named (VTEX operation 11). The data
/// themselves are kept beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The new limit.
    pub limit: Option<Amount>,
    /// The new tolerance.
    pub tolerance: Option<Tolerance>,
}

/// A granted line is ended (VTEX operation 10); only where nothing is owed or held (DECISIONS 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {}

/// The manual balance moves (VTEX operation 16). It decides nothing. The id names the movement: the
/// same again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustBalance {
    /// The movement.
    pub statement: StatementId,
    /// By how much.
    pub value: Balance,
}

/// Somebody may buy on this account (VTEX operation 22). Their e-mail is kept beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddHolder {}

/// Somebody may not any more (VTEX operation 23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveHolder {
    /// Who.
    pub holder: ChildId,
}

/// Credit is held for a purchase that will be settled later (VTEX operation 17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorize {
    /// The order; `None`: the transaction's own id stands in (DECISIONS 15).
    pub order: Option<OrderId>,
    /// How much.
    pub amount: Amount,
    /// In how many parts it will be paid.
    pub installments: InstallmentCount,
    /// Whether it is sure to be settled (VTEX `settle`): it lives longer, and is never released.
    pub firm: bool,
    /// When it ends by itself; `None`: after a day, a firm one after 30 days.
    pub expires_at: Option<Instant>,
}

/// A live hold is changed; one nobody knows is made under this id (VTEX operation 18). What is not
/// named stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeHold {
    /// The hold.
    pub transaction: TransactionId,
    /// The order, for a new one.
    pub order: Option<OrderId>,
    /// How much.
    pub amount: Amount,
    /// In how many parts it will be paid.
    pub installments: Option<InstallmentCount>,
    /// Whether it is sure to be settled.
    pub firm: Option<bool>,
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
}

/// A hold is given up (VTEX operation 19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The hold.
    pub transaction: TransactionId,
}

/// A hold becomes invoices; a second time it changes them (VTEX operation 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settle {
    /// The hold.
    pub transaction: TransactionId,
    /// What the purchase costs.
    pub amount: Amount,
}

/// Goods have come back: the purchase's open invoices shrink, the last installment first (VTEX
/// operation 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The purchase.
    pub transaction: TransactionId,
    /// How much less it costs.
    pub amount: Amount,
}

/// Holds whose time has come are ended. Every command does it first; this one does nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpireHolds {}

/// All that is left of one invoice is paid (VTEX operation 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayInvoice {
    /// The invoice.
    pub invoice: InvoiceId,
}

/// An invoice is annotated, and paid or cancelled if another state is named (VTEX operation 3). The
/// notes are kept beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateInvoice {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Where it should stand; `None`: where it stands.
    pub state: Option<InvoiceState>,
    /// Whether there are notes.
    pub annotated: bool,
}

/// An invoice is cancelled: nothing is owed of it any more (VTEX operation 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelInvoice {
    /// The invoice.
    pub invoice: InvoiceId,
}

/// An invoice falls due later (VTEX operation 24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostponeInvoice {
    /// The invoice.
    pub invoice: InvoiceId,
    /// By how many days, at least one.
    pub days: u16,
}
