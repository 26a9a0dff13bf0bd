//! Purchases, and what has been paid of them.

use crate::cells::cells;
use crate::paging::{ByTime, Walk, page};
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{ListedUsage, Page, PageRequest, StoreError};
use fiado_core::account::Usage;
use fiado_core::identity::AccountKey;

/// A query of an account's purchases.
macro_rules! select {
    ($also:literal, $whose:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            columns!(usages),
            $also,
            " FROM usages WHERE ",
            $whose,
            " AND customer = $2 ",
            $rest
        )
    };
}

/// A page of them, each with the due day of its first unpaid invoice.
macro_rules! list {
    ($rest:literal) => {
        select!(
            ", (SELECT min(invoices.due_day) FROM invoices
                WHERE invoices.organization = usages.organization AND invoices.customer = usages.customer
                  AND invoices.transaction_id = usages.transaction_id AND invoices.state = 'open')",
            "'t' || organization = 't' || $1::text",
            $rest
        )
    };
}

const ALL: &str = select!("", "organization = $1", "");
pub(crate) const NEWER: &str =
    list!("AND (used_at, transaction_id) > ($3, $4) ORDER BY used_at ASC, transaction_id ASC LIMIT $5");
pub(crate) const OLDER: &str =
    list!("AND (used_at, transaction_id) < ($3, $4) ORDER BY used_at DESC, transaction_id DESC LIMIT $5");

/// All purchases.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Usage>, StoreError> {
    connection.all(ALL, cells![key.organization, key.customer], Usage::read)
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
        let parameters = cells![key.organization, key.customer, from.used_at, from.transaction, most];
        connection.all(sql, parameters, |cells| {
            let usage = Usage::read(cells)?;
            let next_due = cells.next()?;
            Ok((ByTime::of(&usage), ListedUsage { usage, next_due }))
        })
    })
}
