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
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(usages),
            " FROM usages WHERE account = $1 AND organization = $2 AND customer = $3 ",
            $rest
        )
    };
}

/// A page of them, each with the due day of its first unpaid invoice. An index has them by time; only those
/// of the page, and of the moment it ends with, are put in order of their transactions too.
macro_rules! list {
    ($beyond:literal, $order:literal) => {
        concat!(
            "SELECT usages.*, (SELECT min(invoices.due_day) FILTER (WHERE invoices.state = 'open') FROM invoices
                WHERE 's' || invoices.organization = 's' || $2::text
                  AND invoices.state IN ('open', 'paid', 'cancelled')
                  AND invoices.issued_at = usages.used_at AND invoices.customer = $3
                  AND invoices.transaction_id = usages.transaction_id)
             FROM (SELECT ",
            columns!(usages),
            " FROM usages WHERE account = $1 AND organization = $2 AND customer = $3
                AND (used_at, transaction_id) ",
            $beyond,
            " ($4, $5) ORDER BY used_at ",
            $order,
            " FETCH FIRST ($6) ROWS WITH TIES) AS usages ORDER BY used_at ",
            $order,
            ", transaction_id ",
            $order,
            " LIMIT $6"
        )
    };
}

const ALL: &str = select!("");
pub(crate) const NEWER: &str = list!(">", "ASC");
pub(crate) const OLDER: &str = list!("<", "DESC");

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
