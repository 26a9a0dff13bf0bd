use super::objections::{Asked, growth_gate};
use super::shares::{change_open_invoices, equal_values};
use super::transactions::{Known, grown, transaction};
use super::{known, open_line, prepaid};
use crate::account::{Account, Context, Event, Hold, HoldState, Invoice, Items, Rejection, Settle, Usage};
use crate::installments::{InstallmentCount, PaymentTerm};
use crate::money::{Amount, Balance};

/// Turns a hold into invoices, the first due in 30 days and each next one 30 days later (VTEX
/// guide), where the shop has no due dates of its own. A second settlement changes what the first has made.
///
/// What was held may be settled whatever has become of the line; what comes on top, and the whole
/// of a hold that had expired, is new credit (DECISIONS 15).
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &Settle,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let hold = match transaction(account, items, &command.transaction)? {
        Known::Bought(usage) => return change(account, items, usage, command, context),
        Known::Held(hold) => hold,
    };
    let transaction = command.transaction.clone();
    let held = still_held(account, hold, context)?;
    let asked = Asked::growth(held, command.amount, hold.terms.installments);
    grown(&transaction, hold.authorized, command.amount, context.policy)?;
    growth_gate(account, asked, context)?;
    let parts = asked.split(PaymentTerm::USUAL, context)?;
    Ok(vec![Event::Settled {
        order: hold.order.clone(),
        authorized: hold.authorized,
        held,
        amount: command.amount,
        prepaid: prepaid(account, &transaction, &parts),
        parts,
        transaction,
    }])
}

/// What the hold still holds, if it may be settled at all: nothing where it has expired, and then
/// there must be a line.
fn still_held(account: &Account, hold: &Hold, context: &Context<'_>) -> Result<Amount, Rejection> {
    match hold.state_at(context.now) {
        HoldState::Held => Ok(hold.terms.amount),
        HoldState::Expired => Ok(open_line(account).map(|_| Amount::ZERO)?),
        state @ (HoldState::Released | HoldState::Settled) => {
            Err(Rejection::HoldEnded { transaction: hold.transaction.clone(), state })
        }
    }
}

/// Settles a settled purchase at another amount: its open invoices share the difference.
fn change(
    account: &Account,
    items: &Items,
    usage: &Usage,
    command: &Settle,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let (from, to) = (usage.captured, command.amount);
    if from == to {
        return Ok(Vec::new());
    }
    let transaction = command.transaction.clone();
    if to > from {
        open_line(account)?;
        if items.invoices.is_empty() {
            return Err(Rejection::NoOpenInvoice { transaction });
        }
        grown(&transaction, usage.authorized, to, context.policy)?;
        growth_gate(account, Asked::growth(from, to, InstallmentCount::ONE), context)?;
    }
    let least = from.saturating_sub(Amount::saturating_sum(items.invoices.iter().map(Invoice::left)));
    if to < least {
        return Err(Rejection::SettlementBelowPaid { transaction, least, required: to });
    }
    let values = Amount::saturating_sum(items.invoices.iter().map(|invoice| invoice.value));
    let share = Balance::from(values).minus(from).plus(to).floor_at_zero();
    let changes = change_open_invoices(items, equal_values(&items.invoices, share));
    Ok(vec![Event::SettlementChanged { transaction, order: usage.order.clone(), from, to, changes }])
}
