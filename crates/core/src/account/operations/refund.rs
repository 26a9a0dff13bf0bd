use super::known;
use super::shares::change_open_invoices;
use super::transactions::{self, Known};
use crate::account::{Account, Event, Invoice, Items, Refund, Rejection};
use crate::money::Amount;

/// Takes a refund off the purchase's open invoices, from the last installment back. What has been
/// paid is not given back by credit: at most what is still owed can be refunded.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &Refund,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let transaction = command.transaction.clone();
    let too_large = |most| {
        Err(Rejection::RefundTooLarge { transaction: transaction.clone(), most, required: command.amount })
    };
    let Known::Bought(usage) = transactions::transaction(account, items, &transaction)? else {
        return too_large(Amount::ZERO);
    };
    let most = Amount::saturating_sum(items.invoices.iter().map(Invoice::left));
    if command.amount > most {
        return too_large(most);
    }
    let mut rest = command.amount;
    let mut values: Vec<Amount> = items.invoices.iter().map(|invoice| invoice.value).collect();
    for (value, invoice) in values.iter_mut().zip(&items.invoices).rev() {
        let taken = rest.min(invoice.left());
        *value = value.saturating_sub(taken);
        rest = rest.saturating_sub(taken);
    }
    let changes = change_open_invoices(items, values);
    Ok(vec![Event::Refunded { transaction, order: usage.order.clone(), amount: command.amount, changes }])
}
