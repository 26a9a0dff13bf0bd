//! The rows that events leave behind, each in its table. They can all be made again from the
//! journal; what is kept beside it is no business of theirs.

use super::tables::{adjustments, holders, holds, invoices, payments, usages};
use crate::StoreError;
use crate::tally::Tally;
use fiado_core::account::Row;
use fiado_core::identity::{AccountKey, TransactionId};
use rusqlite::Connection;

/// What an account's rows have come to while they were written.
#[derive(Default)]
pub(super) struct Written {
    /// How they change the totals of invoices.
    pub(super) tally: Tally,
    /// The last purchase, by whose number its invoices are numbered: they mostly come right behind it.
    purchase: Option<(TransactionId, i64)>,
}

/// Writes one change of the rows.
pub(super) fn write(
    connection: &Connection,
    key: &AccountKey,
    row: &Row,
    written: &mut Written,
) -> Result<(), StoreError> {
    let tally = &mut written.tally;
    match row {
        Row::Usage(usage) => {
            let number = usages::insert(connection, key, usage)?;
            written.purchase = Some((usage.transaction.clone(), number));
            Ok(())
        }
        Row::Invoice(invoice) => {
            let purchase = written.purchase.as_ref().filter(|(id, _)| *id == invoice.id.transaction);
            let number = purchase.map(|(_, number)| *number);
            invoices::insert(connection, key, invoice, number, tally)
        }
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
        Row::InvoicePaid { .. }
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
