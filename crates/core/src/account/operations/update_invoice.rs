use super::{cancel_invoice, known, known_invoice, pay_invoice};
use crate::account::{
    Account, CancelInvoice, Context, Event, InvoiceState, Items, PayInvoice, Rejection, UpdateInvoice,
};

/// Writes notes on an invoice, and pays or cancels it if another state is named. The state it has
/// already is no change; one that is resolved stays so.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &UpdateInvoice,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let invoice = known_invoice(items, &command.invoice)?;
    let id = command.invoice.clone();
    let mut events = match command.state {
        Some(state) if state != invoice.state => match state {
            InvoiceState::Paid => pay_invoice::decide(account, items, &PayInvoice { invoice: id }, context)?,
            InvoiceState::Cancelled => {
                cancel_invoice::decide(account, items, &CancelInvoice { invoice: id }, context)?
            }
            InvoiceState::Open => {
                return Err(Rejection::InvoiceResolved { invoice: id, state: invoice.state });
            }
        },
        _ => Vec::new(),
    };
    if command.annotated {
        events.push(Event::InvoiceAnnotated { invoice: command.invoice.clone() });
    }
    Ok(events)
}
