//! Short names for commands.

use fiado_core::account::{
    Allocation, Approve, Cancel, ChangeLimit, ChangeTolerance, Command, Pay, Reactivate, Reject, Request,
    Suspend, UseCredit,
};
use fiado_core::calendar::Day;
use fiado_core::identity::{InvoiceId, OrderId, PaymentReference};
use fiado_core::installments::{InstallmentCount, PaymentTerm};
use fiado_core::money::{Amount, Currency, Tolerance};

pub(crate) fn minor(units: u64) -> Amount {
    Amount::from_minor(units).unwrap()
}

pub(crate) fn usd(text: &str) -> Amount {
    Amount::parse(text, Currency::Usd).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn term(days: u64) -> PaymentTerm {
    PaymentTerm::new(days).unwrap()
}

pub(crate) fn parts(count: u64) -> InstallmentCount {
    InstallmentCount::new(count).unwrap()
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

pub(crate) fn change_limit(limit: Amount) -> Command {
    Command::ChangeLimit(ChangeLimit { limit })
}

pub(crate) fn change_tolerance(tolerance: Tolerance) -> Command {
    Command::ChangeTolerance(ChangeTolerance { tolerance })
}

pub(crate) fn purchase(order: &str, amount: Amount, count: u64) -> UseCredit {
    UseCredit { order: OrderId::new(order).unwrap(), amount, installments: parts(count) }
}

pub(crate) fn buy(order: &str, amount: Amount, count: u64) -> Command {
    Command::UseCredit(purchase(order, amount, count))
}

pub(crate) fn pay(reference: &str, amount: Amount, date: Day) -> Command {
    let reference = PaymentReference::new(reference).unwrap();
    Command::Pay(Pay { reference, amount, date, allocations: None })
}

pub(crate) fn pay_for(reference: &str, amount: Amount, date: Day, shares: &[(InvoiceId, Amount)]) -> Command {
    let reference = PaymentReference::new(reference).unwrap();
    let allocations =
        shares.iter().map(|(invoice, amount)| Allocation { invoice: *invoice, amount: *amount });
    Command::Pay(Pay { reference, amount, date, allocations: Some(allocations.collect()) })
}
