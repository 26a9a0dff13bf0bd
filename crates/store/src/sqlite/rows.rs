//! The rows that events leave behind, each in its table. They can all be made again from the
//! journal; what is kept beside it is no business of theirs.

use super::tables::{adjustments, holders, holds, invoices, payments, usages};
use crate::StoreError;
use crate::tally::Tally;
use fiado_core::account::Row;
use fiado_core::identity::AccountKey;
use rusqlite::Connection;

/// Writes one change of the rows, and tells the tally how it changes the totals of invoices.
pub(super) fn write(
    connection: &Connection,
    key: &AccountKey,
    row: &Row,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    match row {
        Row::Usage(usage) => usages::insert(connection, key, usage),
        Row::UsageChanged { transaction, captured, change } => {
            usages::change(connection, key, transaction, *captured, *change)
        }
        Row::Payment(payment) => payments::insert(connection, key, payment),
        // It is written with its entry.
        Row::Statement(_) => Ok(()),
        Row::Adjustment(adjustment) => adjustments::insert(connection, key, adjustment),
        Row::Hold(hold) => holds::insert(connection, key, hold),
        Row::HoldChanged { transaction, terms } => holds::change(connection, key, transaction, terms),
        Row::HoldEnded { transaction, state } => holds::end(connection, key, transaction, *state),
        Row::Holder(holder) => holders::insert(connection, key, holder),
        Row::HolderRemoved { holder, at } => holders::remove(connection, key, *holder, *at),
        Row::LifeBegan { at } => {
            invoices::begin_life(connection, key, tally)?;
            holders::remove_all(connection, key, *at)?;
            adjustments::forget(connection, key)
        }
        Row::Invoice(_)
        | Row::InvoicePaid { .. }
        | Row::InvoiceChanged { .. }
        | Row::InvoiceCancelled { .. }
        | Row::InvoicePostponed { .. }
        | Row::InvoiceAnnotated { .. } => write_invoice(connection, key, row, tally),
    }
}

fn write_invoice(
    connection: &Connection,
    key: &AccountKey,
    row: &Row,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    match row {
        Row::Invoice(invoice) => invoices::insert(connection, key, invoice, tally),
        Row::InvoicePaid { invoice, amount, at, in_full } => {
            invoices::pay(connection, key, invoice, (*amount, *at, *in_full), tally)
        }
        Row::InvoiceChanged { invoice, value, returned, state, at } => {
            invoices::change(connection, key, invoice, (*value, *returned, *state, *at), tally)
        }
        Row::InvoiceCancelled { invoice, returned, at } => {
            invoices::cancel(connection, key, invoice, (*returned, *at), tally)
        }
        Row::InvoicePostponed { invoice, due, at } => invoices::postpone(connection, key, invoice, *due, *at),
        Row::InvoiceAnnotated { invoice, at } => invoices::annotate(connection, key, invoice, *at),
        _ => Ok(()),
    }
}
