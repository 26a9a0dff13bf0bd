use super::authorize::{expiry, hold};
use super::objections::{Asked, growth_gate};
use super::transactions::{grown, known_transaction, live_hold};
use crate::account::{Account, Authorize, ChangeHold, Context, Event, Hold, HoldTerms, Items, Rejection};
use crate::identity::ChildId;
use crate::installments::InstallmentCount;

/// Changes a live hold, within the growth the shop lets; makes one nobody knows under its id.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &ChangeHold,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let Some(known) = known_transaction(account, items, &command.transaction)? else {
        return new_hold(account, command, context);
    };
    let hold = live_hold(known, &command.transaction, context)?;
    let terms = changed(hold, command, context)?;
    if terms == hold.terms {
        return Ok(Vec::new());
    }
    grown(&command.transaction, hold.authorized, terms.amount, context.policy)?;
    growth_gate(account, Asked::growth(hold.terms.amount, terms.amount, terms.installments), context)?;
    let transaction = command.transaction.clone();
    Ok(vec![Event::HoldChanged { transaction, from: hold.terms.amount, terms }])
}

/// A hold under a client's own id; never under one that this account would make itself one day.
fn new_hold(account: &Account, command: &ChangeHold, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    let life = account.life.as_ref().map(|life| life.id);
    let made_here = ChildId::parse(command.transaction.as_str());
    if made_here.is_some_and(|id| Some(id.life()) == life) {
        return Err(Rejection::TransactionNotFound { transaction: command.transaction.clone() });
    }
    let authorize = Authorize {
        order: command.order.clone(),
        amount: command.amount,
        installments: command.installments.unwrap_or(InstallmentCount::ONE),
        firm: command.firm.unwrap_or(false),
        expires_at: command.expires_at,
    };
    hold(account, Some(command.transaction.clone()), &authorize, context)
}

/// The hold's terms with what is named. Its end stays, unless it is named or the hold becomes firm;
/// a firm one stays firm, or it could be released by a detour.
fn changed(hold: &Hold, command: &ChangeHold, context: &Context<'_>) -> Result<HoldTerms, Rejection> {
    let firm = hold.terms.firm || command.firm.unwrap_or(false);
    let becomes_firm = firm && !hold.terms.firm && !hold.terms.expiry_was_chosen;
    let expires_at = match command.expires_at {
        None if !becomes_firm => hold.terms.expires_at,
        chosen => expiry(chosen, firm, context)?,
    };
    Ok(HoldTerms {
        amount: command.amount,
        installments: command.installments.unwrap_or(hold.terms.installments),
        firm,
        expires_at,
        expiry_was_chosen: hold.terms.expiry_was_chosen || command.expires_at.is_some(),
    })
}
