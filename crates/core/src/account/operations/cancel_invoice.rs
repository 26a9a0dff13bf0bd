use super::{known, open_invoice, within_largest};
use crate::account::{Account, CancelInvoice, Context, Event, Items, Rejection};

/// Cancels an open invoice with its value: nothing is owed of it any more. What had been paid of
/// it was paid for nothing, and waits for later invoices.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &CancelInvoice,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let invoice = open_invoice(items, &command.invoice)?;
    within_largest(account.totals.unapplied.checked_add(invoice.paid), context)?;
    Ok(vec![Event::InvoiceCancelled {
        invoice: invoice.id.clone(),
        due: invoice.due,
        left: invoice.left(),
        returned: invoice.paid,
    }])
}
