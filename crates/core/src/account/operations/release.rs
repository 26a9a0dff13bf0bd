use super::known;
use super::transactions::{live_hold, transaction};
use crate::account::{Account, Context, Event, Items, Rejection, Release};

/// Gives up a live hold; a firm one is settled or expires, and is never released (DECISIONS 15).
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &Release,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let known = transaction(account, items, &command.transaction)?;
    let hold = live_hold(known, &command.transaction, context)?;
    let transaction = command.transaction.clone();
    if hold.terms.firm {
        return Err(Rejection::HoldFirm { transaction, expires_at: hold.terms.expires_at });
    }
    Ok(vec![Event::HoldReleased { transaction, amount: hold.terms.amount }])
}
