//! Payments, and where each went.

use crate::sqlite::cells::{Cells, cells, json};
use crate::sqlite::paging::{BySequence, Walk, page};
use crate::sqlite::{error, query};
use crate::{Page, PageRequest, StoreError};
use fiado_core::account::Payment;
use fiado_core::identity::{AccountKey, PaymentReference};
use rusqlite::Connection;

/// A query of an account's payments.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT payment_id, reference, amount, paid_day, received_at, unapplied, applied, used_after, available_after ",
            "FROM payments WHERE organization = ?1 AND customer = ?2 ",
            $rest
        )
    };
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Payment, StoreError> {
    Ok(Payment {
        id: cells.next()?,
        reference: cells.next()?,
        amount: cells.next()?,
        date: cells.next()?,
        received_at: cells.next()?,
        unapplied: cells.next()?,
        applied: cells.next_json()?,
        used_after: cells.next()?,
        available_after: cells.next()?,
    })
}

/// Writes a new payment.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, payment: &Payment) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO payments (organization, customer, sequence, payment_id, reference, amount,
            paid_day, received_at, unapplied, applied, used_after, available_after)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        cells![
            key.organization,
            key.customer,
            payment.id.sequence(),
            payment.id,
            payment.reference,
            payment.amount,
            payment.date,
            payment.received_at,
            payment.unapplied,
            json(&payment.applied)?,
            payment.used_after,
            payment.available_after,
        ],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// The payment of a reference.
pub(crate) fn of_reference(
    connection: &Connection,
    key: &AccountKey,
    reference: &PaymentReference,
) -> Result<Option<Payment>, StoreError> {
    query::first(
        connection,
        select!("AND reference = ?3"),
        cells![key.organization, key.customer, reference],
        read,
    )
}

/// All payments, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Payment>, StoreError> {
    query::all(connection, select!("ORDER BY sequence"), cells![key.organization, key.customer], read)
}

/// Payments, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<Payment>, StoreError> {
    page(request, Walk::Down, |walk, from: &BySequence, most| {
        let sql = match walk {
            Walk::Up => select!("AND sequence > ?3 ORDER BY sequence ASC LIMIT ?4"),
            Walk::Down => select!("AND sequence < ?3 ORDER BY sequence DESC LIMIT ?4"),
        };
        query::all(connection, sql, cells![key.organization, key.customer, from.0, most], |cells| {
            let payment = read(cells)?;
            Ok((BySequence(payment.id.sequence()), payment))
        })
    })
}
