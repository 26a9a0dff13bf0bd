//! Payments, and where each went.

use crate::cells::cells;
use crate::paging::{BySequence, Walk, page};
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns};
use crate::{Page, PageRequest, StoreError};
use fiado_core::account::Payment;
use fiado_core::identity::{AccountKey, PaymentReference};
use rusqlite::{Connection, params_from_iter};

/// A query of an account's payments.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(payments),
            " FROM payments WHERE organization = ?1 AND customer = ?2 ",
            $rest
        )
    };
}

/// Writes a new payment.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, payment: &Payment) -> Result<(), StoreError> {
    let sequence = payment.id.sequence();
    let place = cells![key.organization, key.customer, sequence];
    query::run(
        connection,
        concat!(
            "INSERT INTO payments (organization, customer, sequence, ",
            columns!(payments),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        ),
        params_from_iter(place.into_iter().chain(payment.cells()?)),
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
        Payment::read,
    )
}

/// All payments, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Payment>, StoreError> {
    query::all(
        connection,
        select!("ORDER BY sequence"),
        cells![key.organization, key.customer],
        Payment::read,
    )
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
            let payment = Payment::read(cells)?;
            Ok((BySequence(payment.id.sequence()), payment))
        })
    })
}
