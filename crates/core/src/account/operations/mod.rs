//! One file an operation: what it asks of the account, and the events it makes. Beside them
//! `objections` (what stands against new credit), `transactions` (holds on their way to purchases) and
//! `shares` (new values for open invoices).

pub(super) mod add_holder;
pub(super) mod adjust_balance;
pub(super) mod approve;
pub(super) mod authorize;
pub(super) mod cancel;
pub(super) mod cancel_invoice;
pub(super) mod change_hold;
pub(super) mod change_limit;
pub(super) mod change_tolerance;
pub(super) mod close;
pub(super) mod expire_holds;
pub(super) mod objections;
pub(super) mod open;
pub(super) mod open_automatically;
pub(super) mod pay;
pub(super) mod pay_invoice;
pub(super) mod postpone_invoice;
pub(super) mod reactivate;
pub(super) mod refund;
pub(super) mod reject;
pub(super) mod release;
pub(super) mod remove_holder;
pub(super) mod request;
pub(super) mod settle;
mod shares;
pub(super) mod suspend;
mod transactions;
pub(super) mod update;
pub(super) mod update_invoice;
pub(super) mod use_credit;

pub use pay::{earliest_payment_day, latest_payment_day};

use super::allocate::oldest_first;
use super::{
    Account, AppliedPart, Context, Entry, Event, Invoice, InvoiceState, Items, Life, Line, Objection, Owed,
    Rejection, Status, evolve,
};
use crate::identity::{InvoiceId, TransactionId};
use crate::installments::Part;
use crate::money::Amount;

/// The present life, or that there is none.
fn known(account: &Account) -> Result<&Life, Objection> {
    account.life.as_ref().ok_or(Objection::AccountNotFound {})
}

/// The present life if it stands there, or that it cannot go to `target` from where it stands.
fn standing_at(account: &Account, status: Status, target: Status) -> Result<&Life, Rejection> {
    let life = known(account)?;
    if life.status() == status {
        Ok(life)
    } else {
        Err(Rejection::InvalidTransition { current: life.status(), target })
    }
}

/// The granted line, suspended or not.
pub(super) fn open_line(account: &Account) -> Result<&Line, Objection> {
    let life = known(account)?;
    match (life.status(), life.line()) {
        (Status::Approved | Status::Suspended, Some(line)) => Ok(line),
        _ => Err(line_not_open(life)),
    }
}

/// Why a life without an open line is refused whatever needs one.
fn line_not_open(life: &Life) -> Objection {
    Objection::LineNotOpen { current: life.status(), was_granted: life.line().is_some() }
}

/// Nothing, if nothing is owed or held (DECISIONS 20).
fn free_of_debt(account: &Account) -> Result<(), Rejection> {
    let (outstanding, held) = (account.totals.outstanding, account.totals.held);
    if outstanding.is_zero() && held.is_zero() {
        Ok(())
    } else {
        Err(Rejection::DebtOutstanding { outstanding, held })
    }
}

/// Nothing, if a total stays an amount of the currency.
fn within_largest(total: Option<Amount>, context: &Context<'_>) -> Result<(), Rejection> {
    let largest = context.policy.currency.largest();
    if total.is_some_and(|total| total <= largest) {
        Ok(())
    } else {
        Err(Rejection::TotalTooLarge { largest })
    }
}

/// The account after events that are about to happen to it.
pub(super) fn after(account: &Account, events: &[Event], context: &Context<'_>) -> Account {
    events.iter().fold(account.clone(), |account, event| {
        let sequence = account.version.saturating_add(1);
        let entry = Entry { sequence, at: context.now, by: context.actor.clone(), event: event.clone() };
        evolve(account, &entry)
    })
}

/// The invoice a command names, in the present life.
fn known_invoice<'a>(items: &'a Items, id: &InvoiceId) -> Result<&'a Invoice, Rejection> {
    let found = items.invoices.iter().find(|invoice| invoice.id == *id && !invoice.past);
    found.ok_or_else(|| Rejection::InvoiceNotFound { invoice: id.clone() })
}

/// The same, if something is owed of it.
fn open_invoice<'a>(items: &'a Items, id: &InvoiceId) -> Result<&'a Invoice, Rejection> {
    let invoice = known_invoice(items, id)?;
    match invoice.state {
        InvoiceState::Open => Ok(invoice),
        state => Err(Rejection::InvoiceResolved { invoice: id.clone(), state }),
    }
}

/// What earlier payments have already paid of new invoices.
fn prepaid(account: &Account, transaction: &TransactionId, parts: &[Part]) -> Vec<AppliedPart> {
    let owed = parts.iter().map(|part| Owed {
        invoice: InvoiceId { transaction: transaction.clone(), installment: part.number },
        due: part.due,
        left: part.amount,
    });
    oldest_first(account.totals.unapplied, &owed.collect::<Vec<Owed>>())
}
