//! A transaction on its way: from a hold to a purchase, in the present life.

use crate::account::{Account, Context, Hold, HoldState, Items, Rejection, Usage};
use crate::calendar::Instant;
use crate::identity::TransactionId;
use crate::money::{Amount, Balance};
use crate::policy::Policy;

/// A transaction as far as it has come.
#[derive(Clone, Copy)]
pub(super) enum Known<'a> {
    /// A hold, live or ended without a purchase.
    Held(&'a Hold),
    /// A purchase, settled from a hold or bought at once.
    Bought(&'a Usage),
}

/// What is known of a transaction; nothing: its id is free. That of an earlier life has ended, and is
/// taken for ever: its invoices have it in their ids.
pub(super) fn known_transaction<'a>(
    account: &Account,
    items: &'a Items,
    id: &TransactionId,
) -> Result<Option<Known<'a>>, Rejection> {
    let Some((known, made_at)) = of_any_life(items) else { return Ok(None) };
    if is_past(account, made_at) {
        let state = match known {
            Known::Held(hold) => hold.state,
            Known::Bought(_) => HoldState::Settled,
        };
        return Err(Rejection::HoldEnded { transaction: id.clone(), state });
    }
    Ok(Some(known))
}

fn of_any_life(items: &Items) -> Option<(Known<'_>, Instant)> {
    match (&items.usage, &items.hold) {
        (Some(usage), _) => Some((Known::Bought(usage), usage.used_at)),
        (None, Some(hold)) => Some((Known::Held(hold), hold.made_at)),
        (None, None) => None,
    }
}

fn is_past(account: &Account, made_at: Instant) -> bool {
    account.life.as_ref().is_some_and(|life| made_at < life.requested_at)
}

/// The transaction, in the present life: what belongs to an earlier one is not there any more
/// (DECISIONS 20).
pub(super) fn transaction<'a>(
    account: &Account,
    items: &'a Items,
    id: &TransactionId,
) -> Result<Known<'a>, Rejection> {
    let present = of_any_life(items).filter(|(_, made_at)| !is_past(account, *made_at));
    let known = present.map(|(known, _)| known);
    known.ok_or_else(|| Rejection::TransactionNotFound { transaction: id.clone() })
}

/// The hold of a transaction, if it is live; a purchase that was never held has ended as settled.
pub(super) fn live_hold<'a>(
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
pub(super) fn grown(
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
