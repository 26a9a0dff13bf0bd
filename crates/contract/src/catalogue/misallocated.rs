//! What is said of a payment that cannot go where its payer says.

use super::Figure;
use super::figures::Figures;
use super::messages::{self, Message};
use fiado_core::account::Misallocation;
use fiado_core::money::Currency;

/// Its line in the catalogue.
pub(crate) fn misallocation_message(misallocation: &Misallocation) -> &'static Message {
    match misallocation {
        Misallocation::InvoiceNotOpen { .. } => &messages::INVOICE_NOT_OPEN,
        Misallocation::AllocationAboveInvoice { .. } => &messages::ALLOCATION_ABOVE_INVOICE,
        Misallocation::AllocationsAbovePayment { .. } => &messages::ALLOCATIONS_ABOVE_PAYMENT,
    }
}

/// Its figures, by the names its sentence uses.
pub(crate) fn misallocation_figures(currency: Currency, misallocation: &Misallocation) -> Figures {
    match misallocation {
        Misallocation::InvoiceNotOpen { invoice } => vec![("invoice_id", Figure::text(invoice))],
        Misallocation::AllocationAboveInvoice { invoice, left, allocated } => vec![
            ("invoice_id", Figure::text(invoice)),
            ("outstanding", Figure::money(*left, currency)),
            ("allocated", Figure::money(*allocated, currency)),
        ],
        Misallocation::AllocationsAbovePayment { amount, allocated } => vec![
            ("amount", Figure::money(*amount, currency)),
            ("allocated", Figure::money(*allocated, currency)),
        ],
    }
}
