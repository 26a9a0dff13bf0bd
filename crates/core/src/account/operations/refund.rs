use super::transactions::{self, Known};
use super::{known, within_largest};
use crate::account::{
    Account, Context, Event, Invoice, InvoiceChange, InvoiceState, Items, Refund, Rejection,
};
use crate::money::Amount;

/// Takes a refund off the purchase's invoices, from the last installment back: first what is owed,
/// then what was paid, which waits for later invoices since. At most what the purchase costs can be
/// refunded: what was captured, less what was refunded or cancelled before.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &Refund,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let transaction = command.transaction.clone();
    let too_large = |most| {
        Err(Rejection::RefundTooLarge { transaction: transaction.clone(), most, required: command.amount })
    };
    let Known::Bought(usage) = transactions::transaction(account, items, &transaction)? else {
        return too_large(Amount::ZERO);
    };
    if command.amount > usage.value {
        return too_large(usage.value);
    }
    let changes = changes(&items.invoices, command.amount);
    let returned = Amount::saturating_sum(changes.iter().map(|change| change.returned));
    within_largest(account.totals.unapplied.checked_add(returned), context)?;
    Ok(vec![Event::Refunded { transaction, order: usage.order.clone(), amount: command.amount, changes }])
}

fn changes(invoices: &[Invoice], refund: Amount) -> Vec<InvoiceChange> {
    let owed = take_from_last(invoices, refund, Invoice::left);
    let rest = refund.saturating_sub(Amount::saturating_sum(owed.iter().copied()));
    let returned = take_from_last(invoices, rest, paid);
    let taken = invoices.iter().zip(owed.into_iter().zip(returned));
    let changed = taken.filter(|(_, (owed, returned))| !owed.is_zero() || !returned.is_zero());
    changed
        .map(|(invoice, (owed, returned))| InvoiceChange {
            invoice: invoice.id.clone(),
            due: invoice.due,
            before: invoice.value,
            after: invoice.value.saturating_sub(owed).saturating_sub(returned),
            paid: invoice.paid,
            returned,
        })
        .collect()
}

/// What has been paid of an invoice and can be given back.
fn paid(invoice: &Invoice) -> Amount {
    match invoice.state {
        InvoiceState::Open | InvoiceState::Paid => invoice.paid,
        InvoiceState::Cancelled => Amount::ZERO,
    }
}

/// How much is taken of each invoice, the last first, where each has so much to take.
fn take_from_last(invoices: &[Invoice], amount: Amount, has: impl Fn(&Invoice) -> Amount) -> Vec<Amount> {
    let mut rest = amount;
    let mut taken: Vec<Amount> = invoices
        .iter()
        .rev()
        .map(|invoice| {
            let part = rest.min(has(invoice));
            rest = rest.saturating_sub(part);
            part
        })
        .collect();
    taken.reverse();
    taken
}
