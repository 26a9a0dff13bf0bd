//! Payments, and where each went.

use crate::cells::cells;
use crate::paging::{BySequence, Walk, page};
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{Page, PageRequest, StoreError};
use fiado_core::account::Payment;
use fiado_core::identity::AccountKey;

/// A query of an account's payments.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(payments),
            " FROM payments WHERE organization = $1 AND customer = $2 ",
            $rest
        )
    };
}

const ALL: &str = select!("ORDER BY sequence");
pub(crate) const NEWER: &str = select!("AND sequence > $3 ORDER BY sequence ASC LIMIT $4");
pub(crate) const OLDER: &str = select!("AND sequence < $3 ORDER BY sequence DESC LIMIT $4");

/// All payments, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Payment>, StoreError> {
    connection.all(ALL, cells![key.organization, key.customer], Payment::read)
}

/// Payments, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<Payment>, StoreError> {
    page(request, Walk::Down, |walk, from: &BySequence, most| {
        let sql = match walk {
            Walk::Up => NEWER,
            Walk::Down => OLDER,
        };
        connection.all(sql, cells![key.organization, key.customer, from.0, most], |cells| {
            let payment = Payment::read(cells)?;
            Ok((BySequence(payment.id.sequence()), payment))
        })
    })
}
