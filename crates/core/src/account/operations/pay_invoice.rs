use super::{known, open_invoice};
use crate::account::{Account, AppliedPart, Context, Event, Invoice, Items, PayInvoice, Rejection};
use crate::money::Amount;

/// Pays all that is left of one open invoice.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &PayInvoice,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    let invoice = open_invoice(items, &command.invoice)?;
    Ok(vec![Event::Paid {
        payment: life.id.child(account.version.saturating_add(1)),
        reference: None,
        amount: invoice.left(),
        date: context.today,
        applied: vec![whole(invoice)],
        unapplied: Amount::ZERO,
    }])
}

fn whole(invoice: &Invoice) -> AppliedPart {
    AppliedPart { invoice: invoice.id.clone(), due: invoice.due, amount: invoice.left(), left: Amount::ZERO }
}
