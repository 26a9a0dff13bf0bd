//! One file an operation: what it asks of the account, and the events it makes.

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
pub(super) mod suspend;
pub(super) mod update;
pub(super) mod update_invoice;
pub(super) mod use_credit;

pub use pay::{earliest_payment_day, latest_payment_day};

use super::{
    Account, AppliedPart, Context, Entry, Event, Hold, HoldState, Invoice, InvoiceChange, InvoiceState,
    Items, Life, Line, Rejection, Status, Usage, evolve,
};
use crate::calendar::Day;
use crate::identity::{InvoiceId, TransactionId};
use crate::installments::Part;
use crate::money::{Amount, Balance};
use crate::policy::Policy;

/// The present life, or that there is none.
fn known(account: &Account) -> Result<&Life, Rejection> {
    account.life.as_ref().ok_or(Rejection::AccountNotFound {})
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
fn open_line(account: &Account) -> Result<&Line, Rejection> {
    let life = known(account)?;
    match (life.status(), life.line()) {
        (Status::Approved | Status::Suspended, Some(line)) => Ok(line),
        (current, _) => Err(Rejection::LineNotOpen { current }),
    }
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

/// A transaction as far as it has come.
#[derive(Clone, Copy)]
enum Known<'a> {
    /// A hold, live or ended without a purchase.
    Held(&'a Hold),
    /// A purchase, settled from a hold or bought at once.
    Bought(&'a Usage),
}

/// What is known of a transaction in the present life; nothing: its id is free. One of an earlier
/// life is not there any more, and its id is not free again (DECISIONS 20).
fn known_transaction<'a>(
    account: &Account,
    items: &'a Items,
    id: &TransactionId,
) -> Result<Option<Known<'a>>, Rejection> {
    let (known, made_at) = match (&items.usage, &items.hold) {
        (Some(usage), _) => (Known::Bought(usage), usage.used_at),
        (None, Some(hold)) => (Known::Held(hold), hold.made_at),
        (None, None) => return Ok(None),
    };
    let life_began = account.life.as_ref().map(|life| life.requested_at);
    if Some(made_at) < life_began {
        return Err(Rejection::TransactionNotFound { transaction: id.clone() });
    }
    Ok(Some(known))
}

/// The same, where it has to be known.
fn transaction<'a>(account: &Account, items: &'a Items, id: &TransactionId) -> Result<Known<'a>, Rejection> {
    let known = known_transaction(account, items, id)?;
    known.ok_or_else(|| Rejection::TransactionNotFound { transaction: id.clone() })
}

/// The hold of a transaction, if it is live; a purchase that was never held has ended as settled.
fn live_hold<'a>(
    known: Known<'a>,
    transaction: &TransactionId,
    context: &Context<'_>,
) -> Result<&'a Hold, Rejection> {
    let ended = |state| Err(Rejection::HoldEnded { transaction: transaction.clone(), state });
    match known {
        Known::Held(hold) => match hold.state_at(context.now) {
            HoldState::Held => Ok(hold),
            state => ended(state),
        },
        Known::Bought(_) => ended(HoldState::Settled),
    }
}

/// Nothing, if what was authorized may grow to this.
fn grown(
    transaction: &TransactionId,
    authorized: Amount,
    to: Amount,
    policy: &Policy,
) -> Result<(), Rejection> {
    let most = policy.hold_growth.ceiling(authorized);
    if Balance::from(to) <= most {
        return Ok(());
    }
    Err(Rejection::GrowthTooLarge {
        transaction: transaction.clone(),
        authorized,
        most: most.floor_at_zero(),
        required: to,
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

/// The open invoices of a purchase with their new values; those that stay are left out.
fn change_open_invoices(items: &Items, values: Vec<Amount>) -> Vec<InvoiceChange> {
    let changes = items.invoices.iter().zip(values).filter(|(invoice, value)| invoice.value != *value);
    changes
        .map(|(invoice, after)| InvoiceChange {
            invoice: invoice.id.clone(),
            due: invoice.due,
            before: invoice.value,
            after,
            paid: invoice.paid,
        })
        .collect()
}

/// A sum as equal values of open invoices: each cut to the minor unit, the remainder on the last,
/// and none below what has been paid of it; the sum is at least what has been paid of all.
fn equal_values(invoices: &[Invoice], sum: Amount) -> Vec<Amount> {
    let mut floor: Vec<bool> = invoices.iter().map(|_| false).collect();
    loop {
        let fixed = invoices.iter().zip(&floor).filter(|(_, fixed)| **fixed);
        let rest = sum.saturating_sub(Amount::saturating_sum(fixed.map(|(invoice, _)| invoice.paid)));
        let sharers = floor.iter().filter(|fixed| !**fixed).count();
        let count = u64::try_from(sharers).unwrap_or(u64::MAX);
        let share = rest.minor().checked_div(count).and_then(Amount::from_minor).unwrap_or_default();
        let below = invoices.iter().zip(&floor).position(|(invoice, fixed)| !fixed && invoice.paid > share);
        if let Some(fixed) = below.and_then(|index| floor.get_mut(index)) {
            *fixed = true;
            continue;
        }
        return spread(invoices, &floor, rest, share);
    }
}

/// Every fixed invoice at what has been paid of it, every other one at its share, the last of
/// these with the remainder.
fn spread(invoices: &[Invoice], fixed: &[bool], mut rest: Amount, share: Amount) -> Vec<Amount> {
    let last = fixed.iter().rposition(|fixed| !fixed);
    let values = invoices.iter().zip(fixed).enumerate().map(|(index, (invoice, fixed))| {
        if *fixed {
            return invoice.paid;
        }
        let value = if Some(index) == last { rest } else { share };
        rest = rest.saturating_sub(value);
        value
    });
    values.collect()
}

/// What earlier payments have already paid of new invoices.
fn prepaid(account: &Account, transaction: &TransactionId, parts: &[Part]) -> Vec<AppliedPart> {
    let owed = parts.iter().map(|part| {
        let id = InvoiceId { transaction: transaction.clone(), installment: part.number };
        (id, part.due, part.amount)
    });
    apply(account.totals.unapplied, owed)
}

/// Where a payment or a prepaid share goes: parts that are owed, in order, until it is used up.
fn apply(money: Amount, owed: impl IntoIterator<Item = (InvoiceId, Day, Amount)>) -> Vec<AppliedPart> {
    let mut rest = money;
    let mut applied = Vec::new();
    for (invoice, due, left) in owed {
        let amount = rest.min(left);
        if amount.is_zero() {
            break;
        }
        rest = rest.saturating_sub(amount);
        applied.push(AppliedPart { invoice, due, amount, left: left.saturating_sub(amount) });
    }
    applied
}
