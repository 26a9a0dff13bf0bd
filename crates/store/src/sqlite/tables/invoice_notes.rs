//! What shops note on invoices, beside the journal.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use crate::stored::Stored;
use fiado_core::identity::{AccountKey, InvoiceId};
use fiado_core::profile::{Notes, NotesChange};
use rusqlite::Connection;

/// Changes the notes on an invoice; where nothing is left of them there is no row.
pub(crate) fn change(
    connection: &Connection,
    key: &AccountKey,
    change: &NotesChange,
) -> Result<(), StoreError> {
    let id = &change.invoice;
    let notes = change.apply(find(connection, key, id)?);
    if notes == Notes::default() {
        query::run(
            connection,
            "DELETE FROM invoice_notes
             WHERE organization = ?1 AND customer = ?2 AND transaction_id = ?3 AND installment = ?4",
            cells![key.organization, key.customer, id.transaction, id.installment],
        )?;
        return Ok(());
    }
    query::run(
        connection,
        "INSERT INTO invoice_notes (organization, customer, transaction_id, installment, friendly,
            observation, payment_link)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (organization, customer, transaction_id, installment) DO UPDATE SET
            observation = ?6, payment_link = ?7",
        cells![
            key.organization,
            key.customer,
            id.transaction,
            id.installment,
            id.transaction.friendly(),
            notes.observation,
            notes.payment_link,
        ],
    )?;
    Ok(())
}

/// The notes on an invoice.
pub(crate) fn find(connection: &Connection, key: &AccountKey, id: &InvoiceId) -> Result<Notes, StoreError> {
    let notes = query::first(
        connection,
        "SELECT observation, payment_link FROM invoice_notes
         WHERE organization = ?1 AND customer = ?2 AND transaction_id = ?3 AND installment = ?4",
        cells![key.organization, key.customer, id.transaction, id.installment],
        Notes::read,
    )?;
    Ok(notes.unwrap_or_default())
}
