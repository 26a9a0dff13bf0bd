//! New values for the open invoices of a purchase that costs more or less than before.

use crate::account::{Invoice, InvoiceChange, Items};
use crate::money::Amount;

/// The open invoices of a purchase with their new values; those that stay are left out.
pub(super) fn change_open_invoices(items: &Items, values: Vec<Amount>) -> Vec<InvoiceChange> {
    let changes = items.invoices.iter().zip(values).filter(|(invoice, value)| invoice.value != *value);
    changes
        .map(|(invoice, after)| InvoiceChange {
            invoice: invoice.id.clone(),
            due: invoice.due,
            before: invoice.value,
            after,
            paid: invoice.paid,
            returned: Amount::ZERO,
        })
        .collect()
}

/// A sum as equal values of open invoices: each cut to the minor unit, the remainder on the last,
/// and none below what has been paid of it; the sum is at least what has been paid of all.
pub(super) fn equal_values(invoices: &[Invoice], sum: Amount) -> Vec<Amount> {
    let mut floor: Vec<bool> = invoices.iter().map(|_| false).collect();
    loop {
        let fixed = invoices.iter().zip(&floor).filter(|(_, fixed)| **fixed);
        let rest = sum.saturating_sub(Amount::saturating_sum(fixed.map(|(invoice, _)| invoice.paid)));
        let sharers = floor.iter().filter(|fixed| !**fixed).count();
        let count = u64::try_from(sharers).unwrap_or(u64::MAX);
        let share = rest.minor().checked_div(count).and_then(Amount::from_minor).unwrap_or_default();
        let below = invoices.iter().zip(&floor).position(|(invoice, fixed)| !fixed && invoice.paid > share);
        if let Some(fixed) = below.and_then(|index| floor.get_mut(index)) {
            *fixed = true;
            continue;
        }
        return spread(invoices, &floor, rest, share);
    }
}

/// Every fixed invoice at what has been paid of it, every other one at its share, the last of
/// these with the remainder.
fn spread(invoices: &[Invoice], fixed: &[bool], mut rest: Amount, share: Amount) -> Vec<Amount> {
    let last = fixed.iter().rposition(|fixed| !fixed);
    let values = invoices.iter().zip(fixed).enumerate().map(|(index, (invoice, fixed))| {
        if *fixed {
            return invoice.paid;
        }
        let value = if Some(index) == last { rest } else { share };
        rest = rest.saturating_sub(value);
        value
    });
    values.collect()
}
