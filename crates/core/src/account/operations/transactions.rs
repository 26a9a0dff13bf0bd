//! A transaction on its way: from a hold to a purchase, in the present life.

use crate::account::{Account, Context, Hold, HoldState, Items, Rejection, Usage};
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

/// What is known of a transaction in the present life; nothing: its id is free. One of an earlier
/// life is not there any more, and its id is not free again (DECISIONS 20).
pub(super) fn known_transaction<'a>(
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
pub(super) fn transaction<'a>(
    account: &Account,
    items: &'a Items,
    id: &TransactionId,
) -> Result<Known<'a>, Rejection> {
    let known = known_transaction(account, items, id)?;
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
