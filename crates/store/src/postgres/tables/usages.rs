//! Purchases, and what has been paid of them.

use super::whose;
use crate::cells::cells;
use crate::paging::{ByTime, Walk, page};
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{ListedUsage, Page, PageRequest, StoreError};
use fiado_core::account::Usage;
use fiado_core::identity::AccountKey;

/// A query of an account's purchases.
macro_rules! select {
    ($also:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            columns!(usages),
            $also,
            " FROM usages WHERE account = $1 AND organization = $2 AND customer = $3 ",
            $rest
        )
    };
}

/// A page of them, each with the due day of its first unpaid invoice.
macro_rules! list {
    ($rest:literal) => {
        select!(
            ", (SELECT min(invoices.due_day) FROM invoices
                WHERE 's' || invoices.organization = 's' || $2::text AND invoices.state = 'open'
                  AND invoices.issued_at = usages.used_at AND invoices.customer = $3
                  AND invoices.transaction_id = usages.transaction_id)",
            $rest
        )
    };
}

const ALL: &str = select!("", "");
pub(crate) const NEWER: &str =
    list!("AND (used_at, transaction_id) > ($4, $5) ORDER BY used_at ASC, transaction_id ASC LIMIT $6");
pub(crate) const OLDER: &str =
    list!("AND (used_at, transaction_id) < ($4, $5) ORDER BY used_at DESC, transaction_id DESC LIMIT $6");

/// The purchase of a transaction is found by its friendly name, which follows from it.
macro_rules! of_transaction {
    ($columns:expr, $transaction:literal, $friendly:literal, $organization:literal, $customer:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM usages WHERE usages.friendly = ",
            $friendly,
            " AND usages.transaction_id = ",
            $transaction,
            " AND usages.organization = ",
            $organization,
            " AND usages.customer = ",
            $customer,
            " OFFSET 0"
        )
    };
}
pub(crate) use of_transaction;

/// All purchases.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Usage>, StoreError> {
    connection.all(ALL, whose(key), Usage::read)
}

/// Purchases with the due day of their first unpaid invoice, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<ListedUsage>, StoreError> {
    page(request, Walk::Down, |walk, from: &ByTime, most| {
        let sql = match walk {
            Walk::Up => NEWER,
            Walk::Down => OLDER,
        };
        let parameters = whose(key).into_iter().chain(cells![from.used_at, from.transaction, most]);
        connection.all(sql, parameters, |cells| {
            let usage = Usage::read(cells)?;
            let next_due = cells.next()?;
            Ok((ByTime::of(&usage), ListedUsage { usage, next_due }))
        })
    })
}
