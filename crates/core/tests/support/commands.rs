//! Short names for commands.

use fiado_core::account::{
    AddHolder, AdjustBalance, Allocation, Approve, Authorize, Cancel, CancelInvoice, ChangeHold, ChangeLimit,
    ChangeTolerance, ChosenPlan, Close, Command, ExpireHolds, InvoiceState, Open, OpenAutomatically, Pay,
    PayInvoice, PlanChoice, PostponeInvoice, Reactivate, Refund, Reject, Release, RemoveHolder, Request,
    Settle, Suspend, Update, UpdateInvoice, UseCredit, Wish,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    ChildId, InvoiceId, OrderId, PaymentReference, PlanId, StatementId, TransactionId,
};
use fiado_core::installments::{DueDates, InstallmentCount, PaymentTerm, Plan, Terms};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};

pub(crate) fn minor(units: u64) -> Amount {
    Amount::from_minor(units).unwrap()
}

pub(crate) fn usd(text: &str) -> Amount {
    Amount::parse(text, Currency::Usd).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

pub(crate) fn term(days: u64) -> PaymentTerm {
    PaymentTerm::new(days).unwrap()
}

pub(crate) fn parts(count: u64) -> InstallmentCount {
    InstallmentCount::new(count).unwrap()
}

pub(crate) fn tolerance(text: &str) -> Tolerance {
    Tolerance::parse(text).unwrap()
}

pub(crate) fn transaction(text: &str) -> TransactionId {
    TransactionId::new(text).unwrap()
}

pub(crate) fn request(limit: Amount, days: u64) -> Command {
    Command::Request(Request { requested_limit: limit, term: term(days) })
}

pub(crate) fn approve(limit: Amount, days: u64) -> Command {
    Command::Approve(Approve { limit, term: term(days) })
}

pub(crate) const REJECT: Command = Command::Reject(Reject {});
pub(crate) const SUSPEND: Command = Command::Suspend(Suspend {});
pub(crate) const REACTIVATE: Command = Command::Reactivate(Reactivate {});
pub(crate) const CANCEL: Command = Command::Cancel(Cancel {});
pub(crate) const CLOSE: Command = Command::Close(Close {});
pub(crate) const OPEN_AUTOMATICALLY: Command = Command::OpenAutomatically(OpenAutomatically {});
pub(crate) const ADD_HOLDER: Command = Command::AddHolder(AddHolder {});
pub(crate) const EXPIRE_HOLDS: Command = Command::ExpireHolds(ExpireHolds {});

pub(crate) fn open(limit: Amount, tolerance: Tolerance) -> Command {
    Command::Open(Open { limit, tolerance })
}

pub(crate) fn update(limit: Option<Amount>, tolerance: Option<Tolerance>) -> Command {
    Command::Update(Update { limit, tolerance })
}

pub(crate) fn change_limit(limit: Amount) -> Command {
    Command::ChangeLimit(ChangeLimit { limit })
}

pub(crate) fn change_tolerance(tolerance: Tolerance) -> Command {
    Command::ChangeTolerance(ChangeTolerance { tolerance })
}

pub(crate) fn adjust(statement: &str, minor: i64) -> Command {
    let statement = StatementId::new(statement).unwrap();
    Command::AdjustBalance(AdjustBalance { statement, value: Balance::from_minor(minor) })
}

pub(crate) fn remove_holder(holder: ChildId) -> Command {
    Command::RemoveHolder(RemoveHolder { holder })
}

pub(crate) fn purchase(order: &str, amount: Amount, count: u64) -> UseCredit {
    UseCredit { order: OrderId::new(order).unwrap(), amount, installments: parts(count), plan: None }
}

/// The same, by the plan its buyer saw.
pub(crate) fn purchase_by(order: &str, seen: &Plan, channel: Option<&str>) -> UseCredit {
    let chosen = ChosenPlan { seen: seen.clone(), channel: channel.map(str::to_owned) };
    UseCredit { plan: Some(Box::new(chosen)), ..purchase(order, seen.principal, 1) }
}

/// Equal parts without interest, 30 days apart: what a line offers by itself.
pub(crate) fn line_plan(amount: Amount, count: u64, start: Day) -> Plan {
    let id = PlanId::new(format!("line:{count}x")).unwrap();
    let terms = Terms::interest_free(parts(count));
    Plan::new(id, &terms, amount, start, PaymentTerm::USUAL, &DueDates::default()).unwrap()
}

/// What somebody wants to know of a purchase that is paid at once, or in so many parts.
pub(crate) fn wish(amount: Amount, count: u64) -> Wish {
    let choice = (count > 1).then(|| PlanChoice::Installments(parts(count)));
    Wish { amount, choice, channel: None }
}

pub(crate) fn buy(order: &str, amount: Amount, count: u64) -> Command {
    Command::UseCredit(purchase(order, amount, count))
}

/// A hold without an order, in one part, not firm, that ends after a day.
pub(crate) fn hold(amount: Amount) -> Authorize {
    Authorize { order: None, amount, installments: InstallmentCount::ONE, firm: false, expires_at: None }
}

pub(crate) fn authorize(amount: Amount) -> Command {
    Command::Authorize(hold(amount))
}

/// Another amount, and all else as it is.
pub(crate) fn change_hold(transaction: &TransactionId, amount: Amount) -> ChangeHold {
    let transaction = transaction.clone();
    ChangeHold { transaction, order: None, amount, installments: None, firm: None, expires_at: None }
}

pub(crate) fn release(transaction: &TransactionId) -> Command {
    Command::Release(Release { transaction: transaction.clone() })
}

pub(crate) fn settle(transaction: &TransactionId, amount: Amount) -> Command {
    Command::Settle(Settle { transaction: transaction.clone(), amount })
}

pub(crate) fn refund(transaction: &TransactionId, amount: Amount) -> Command {
    Command::Refund(Refund { transaction: transaction.clone(), amount })
}

pub(crate) fn pay(reference: &str, amount: Amount, date: Day) -> Command {
    let reference = PaymentReference::new(reference).unwrap();
    Command::Pay(Pay { reference, amount, date, allocations: None })
}

pub(crate) fn pay_for(reference: &str, amount: Amount, date: Day, shares: &[(InvoiceId, Amount)]) -> Command {
    let reference = PaymentReference::new(reference).unwrap();
    let allocations =
        shares.iter().map(|(invoice, amount)| Allocation { invoice: invoice.clone(), amount: *amount });
    Command::Pay(Pay { reference, amount, date, allocations: Some(allocations.collect()) })
}

pub(crate) fn pay_invoice(invoice: &InvoiceId) -> Command {
    Command::PayInvoice(PayInvoice { invoice: invoice.clone() })
}

pub(crate) fn update_invoice(invoice: &InvoiceId, state: Option<InvoiceState>, annotated: bool) -> Command {
    Command::UpdateInvoice(UpdateInvoice { invoice: invoice.clone(), state, annotated })
}

pub(crate) fn cancel_invoice(invoice: &InvoiceId) -> Command {
    Command::CancelInvoice(CancelInvoice { invoice: invoice.clone() })
}

pub(crate) fn postpone(invoice: &InvoiceId, days: u16) -> Command {
    Command::PostponeInvoice(PostponeInvoice { invoice: invoice.clone(), days })
}
