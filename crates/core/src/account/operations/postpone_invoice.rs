use super::{known, open_invoice};
use crate::account::{Account, Context, Event, Invoice, Items, PostponeInvoice, Rejection};

/// Lets an open invoice fall due later, as often and as far as the shop lets.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &PostponeInvoice,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    let invoice = open_invoice(items, &command.invoice)?;
    let allowed = context.policy.postponement;
    if !allowed.enabled {
        return Err(Rejection::PostponementDisabled {});
    }
    let id = command.invoice.clone();
    if invoice.postponements >= allowed.most_times {
        return Err(Rejection::PostponedTooOften { invoice: id, most: allowed.most_times });
    }
    let already = days_postponed(invoice);
    if already.saturating_add(u32::from(command.days)) > u32::from(allowed.most_days) {
        let (most, days) = (allowed.most_days, command.days);
        return Err(Rejection::PostponedTooFar { invoice: id, most, already, days });
    }
    let to = invoice.due.plus_days(u32::from(command.days));
    Ok(vec![Event::InvoicePostponed { invoice: id, from: invoice.due, to, left: invoice.left() }])
}

fn days_postponed(invoice: &Invoice) -> u32 {
    let days = i64::from(invoice.due.days_since_epoch())
        .saturating_sub(i64::from(invoice.original_due.days_since_epoch()));
    u32::try_from(days).unwrap_or(0)
}
