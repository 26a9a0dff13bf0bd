//! One file an operation: what it asks of the account, and the events it makes.

pub(super) mod approve;
pub(super) mod cancel;
pub(super) mod change_limit;
pub(super) mod change_tolerance;
pub(super) mod pay;
pub(super) mod reactivate;
pub(super) mod reject;
pub(super) mod request;
pub(super) mod suspend;
pub(super) mod use_credit;

pub use pay::{earliest_payment_day, latest_payment_day};

use super::{Account, Life, Line, Rejection, Status};

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

/// Where a payment or a prepaid share goes: parts that are owed, in order, until it is used up.
fn apply(
    money: crate::money::Amount,
    owed: impl IntoIterator<Item = (crate::identity::InvoiceId, crate::calendar::Day, crate::money::Amount)>,
) -> Vec<super::AppliedPart> {
    let mut rest = money;
    let mut applied = Vec::new();
    for (invoice, due, left) in owed {
        let amount = rest.min(left);
        if amount.is_zero() {
            break;
        }
        rest = rest.saturating_sub(amount);
        applied.push(super::AppliedPart { invoice, due, amount, left: left.saturating_sub(amount) });
    }
    applied
}
