use super::objections::{Asked, gate};
use super::open::opened_automatically;
use super::{after, known, open_line};
use crate::account::{Account, Authorize, Context, Event, HoldTerms, Rejection};
use crate::calendar::Instant;
use crate::identity::{OrderId, TransactionId};

const SECONDS_A_DAY: u32 = 86_400;

/// Holds credit for a purchase, as if it were made now; a shopper nobody knows is given a line
/// first, where the shop says so.
pub(in crate::account) fn decide(
    account: &Account,
    command: &Authorize,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    hold(account, None, command, context)
}

/// Holds credit under an id, or under one of its own.
pub(super) fn hold(
    account: &Account,
    transaction: Option<TransactionId>,
    command: &Authorize,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let opened = Vec::from_iter(opened_automatically(account, context));
    let account = after(account, &opened, context);
    let life = known(&account)?;
    open_line(&account)?;
    let transaction = transaction.unwrap_or_else(|| life.id.child(account.version.saturating_add(1)).into());
    let terms = HoldTerms {
        amount: command.amount,
        installments: command.installments,
        firm: command.firm,
        expires_at: expiry(command.expires_at, command.firm, context)?,
        expiry_was_chosen: command.expires_at.is_some(),
    };
    gate(&account, Asked::new(command.amount, command.installments), context)?;
    // Where no order is named, the transaction stands in (DECISIONS 15).
    let order = command.order.clone().unwrap_or_else(|| OrderId::from(transaction.clone()));
    Ok([opened, vec![Event::Authorized { transaction, order, terms }]].concat())
}

/// The moment a hold ends by itself: the chosen one, if it is still to come; else a day from now,
/// 30 for a firm one (DECISIONS 15).
pub(super) fn expiry(
    chosen: Option<Instant>,
    firm: bool,
    context: &Context<'_>,
) -> Result<Instant, Rejection> {
    let now = context.now;
    match chosen {
        Some(expires_at) if expires_at <= now => Err(Rejection::ExpirationPassed { expires_at, now }),
        Some(expires_at) => Ok(expires_at),
        None if firm => Ok(now.plus_seconds(SECONDS_A_DAY.saturating_mul(30))),
        None => Ok(now.plus_seconds(SECONDS_A_DAY)),
    }
}
