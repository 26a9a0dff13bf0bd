use super::{HoldState, InvoiceState, PlanChoice, Status};
use crate::calendar::{Day, Instant};
use crate::identity::{ChildId, InvoiceId, OrderId, PaymentReference, PlanId, StatementId, TransactionId};
use crate::installments::{InstallmentCount, Plan};
use crate::money::{Amount, Balance};
use serde::{Deserialize, Serialize};

/// Why a command is refused, with the figures and without a sentence: the catalogue in
/// `contract` has the sentences.
///
/// In order of precedence: where several apply, the first is the answer. The order is that of
/// the variants, and a test holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// There is no such account.
    AccountNotFound {},
    /// There is no such purchase or hold in this account.
    TransactionNotFound {
        /// The purchase.
        transaction: TransactionId,
    },
    /// There is no such invoice in this account.
    InvoiceNotFound {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// Nobody with this id may buy on this account.
    HolderNotFound {
        /// Who.
        holder: ChildId,
    },
    /// The order was bought before with another amount or another number of installments.
    OrderConflict {
        /// The order.
        order: OrderId,
        /// Its amount the first time.
        first_amount: Amount,
        /// Its installments the first time.
        first_installments: u8,
        /// Its amount now.
        amount: Amount,
        /// Its installments now.
        installments: u8,
    },
    /// The payment was recorded before with another amount.
    PaymentConflict {
        /// The reference.
        reference: PaymentReference,
        /// Its amount the first time.
        first_amount: Amount,
        /// Its amount now.
        amount: Amount,
    },
    /// The movement of the balance was made before with another value.
    StatementConflict {
        /// The movement.
        statement: StatementId,
        /// Its value the first time.
        first_value: Balance,
        /// Its value now.
        value: Balance,
    },
    /// The line is open already (VTEX code 1099).
    AlreadyOpen {},
    /// The account cannot go from where it stands to there.
    InvalidTransition {
        /// Where it stands.
        current: Status,
        /// Where it was to go.
        target: Status,
    },
    /// The line is not granted, or has ended: it cannot be used, paid or changed.
    LineNotOpen {
        /// Where it stands.
        current: Status,
        /// Whether it ever was granted in the present life: else there is no account to VTEX
        /// (DECISIONS 2).
        #[serde(default)]
        was_granted: bool,
    },
    /// Whoever asked for a line cannot approve it.
    OwnRequest {},
    /// The hold has ended: it cannot be changed, released or settled.
    HoldEnded {
        /// The hold.
        transaction: TransactionId,
        /// How it ended.
        state: HoldState,
    },
    /// The hold is firm: it is settled or expires, and is never released.
    HoldFirm {
        /// The hold.
        transaction: TransactionId,
        /// When it ends by itself.
        expires_at: Instant,
    },
    /// The moment a hold should end by itself has passed.
    ExpirationPassed {
        /// That moment.
        expires_at: Instant,
        /// The present moment.
        now: Instant,
    },
    /// No invoice of the purchase is open, so nothing can be added to one.
    NoOpenInvoice {
        /// The purchase.
        transaction: TransactionId,
    },
    /// A hold or settlement would grow beyond what the shop lets.
    GrowthTooLarge {
        /// The purchase.
        transaction: TransactionId,
        /// What was authorized first.
        authorized: Amount,
        /// The most it may grow to.
        most: Amount,
        /// What was asked.
        required: Amount,
    },
    /// The invoice is paid or cancelled: it stays so.
    InvoiceResolved {
        /// The invoice.
        invoice: InvoiceId,
        /// How it stands.
        state: InvoiceState,
    },
    /// The shop does not let invoices be postponed.
    PostponementDisabled {},
    /// The invoice was postponed as often as the shop lets.
    PostponedTooOften {
        /// The invoice.
        invoice: InvoiceId,
        /// How often it may be.
        most: u16,
    },
    /// The invoice would fall due later than the shop lets.
    PostponedTooFar {
        /// The invoice.
        invoice: InvoiceId,
        /// By how many days it may be postponed in total.
        most: u16,
        /// By how many it has been.
        already: u32,
        /// By how many more it was to be.
        days: u16,
    },
    /// The plan a buyer chose is not the one that is offered now; nothing was charged.
    PlanChanged {
        /// What they saw.
        seen: Box<Plan>,
        /// What is offered under the same id now; `None`: nothing any more.
        current: Option<Box<Plan>>,
    },
    /// No plan is offered in so many parts, on these days or under this id. Only a preview says so.
    PlanNotOffered {
        /// What was asked for.
        choice: PlanChoice,
        /// What is offered.
        offered: Vec<PlanId>,
    },
    /// New purchases are stopped.
    LineSuspended {},
    /// Overdue debt stops new purchases.
    OverdueDebt {
        /// What is overdue beyond the days of grace.
        overdue: Amount,
        /// How much would be let pass.
        above: Amount,
        /// The days of grace.
        grace_days: u16,
        /// The earliest due day of what is owed.
        earliest_due: Day,
    },
    /// A part would be empty: the amount is smaller than its number of installments.
    TooManyInstallments {
        /// The amount.
        amount: Amount,
        /// Into how many it was to be split.
        installments: InstallmentCount,
        /// The most it can be split into; nothing where even one part is empty.
        most: Option<InstallmentCount>,
    },
    /// It would pass limit and tolerance.
    CreditNotAvailable {
        /// The limit.
        limit: Amount,
        /// The most that may be owed: limit and tolerance.
        ceiling: Balance,
        /// What is owed.
        used: Amount,
        /// What is held.
        held: Amount,
        /// What is left of the limit.
        available: Amount,
        /// The largest purchase that passes.
        spendable: Amount,
        /// What was asked.
        required: Amount,
        /// What would have to be paid first for it to pass: more than was asked where more is owed
        /// than the ceiling.
        shortfall: Amount,
    },
    /// A settlement would go below what has been paid of its invoices.
    SettlementBelowPaid {
        /// The purchase.
        transaction: TransactionId,
        /// The least it can be settled at.
        least: Amount,
        /// What was asked.
        required: Amount,
    },
    /// More would be refunded than the purchase costs.
    RefundTooLarge {
        /// The purchase.
        transaction: TransactionId,
        /// The most that can be refunded.
        most: Amount,
        /// What was asked.
        required: Amount,
    },
    /// The line cannot be ended while anything is owed or held.
    DebtOutstanding {
        /// What is owed.
        outstanding: Amount,
        /// What is held.
        held: Amount,
    },
    /// An invoice named in an allocation is not open in this account.
    InvoiceNotOpen {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// More is allocated to an invoice than is owed of it.
    AllocationAboveInvoice {
        /// The invoice.
        invoice: InvoiceId,
        /// What is owed of it.
        left: Amount,
        /// What was allocated to it.
        allocated: Amount,
    },
    /// More is allocated than was paid.
    AllocationsAbovePayment {
        /// What was paid.
        amount: Amount,
        /// What was allocated in all.
        allocated: Amount,
    },
    /// A total would be larger than an amount can be.
    TotalTooLarge {
        /// The largest amount of the currency.
        largest: Amount,
    },
}

impl Rejection {
    /// Whether somebody else could be answered otherwise. Such a refusal is not remembered under
    /// an idempotency key: it says something of the asker, not of the account (DECISIONS 18).
    pub fn depends_on_actor(&self) -> bool {
        matches!(self, Rejection::OwnRequest {})
    }
}
