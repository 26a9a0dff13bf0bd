//! Invoices: what is owed, part by part.
//!
//! Open and closed ones have an index each, in the order payments reach them. So the oldest open
//! ones are found at once, however many are open or closed.

use super::usages::of_transaction;
use super::whose;
use crate::cells::cells;
use crate::paging::{ByDueDay, Walk, page};
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{InvoiceRecord, Page, PageRequest, StoreError};
use fiado_core::account::{Invoice, InvoiceState};
use fiado_core::identity::{AccountKey, InvoiceId, TransactionId};
use fiado_core::profile::Notes;

/// A query of an account's invoices.
macro_rules! select {
    ($($rest:expr),*) => {
        concat!(
            "SELECT ", columns!(invoices),
            " FROM invoices WHERE account = $1 AND organization = $2 AND customer = $3 ", $($rest),*
        )
    };
}

/// Those that are open and those that are not, so that either index is known to have them.
pub(crate) const ALL: &str =
    concat!(select!("AND state = 'open'"), " UNION ALL ", select!("AND state <> 'open'"));

/// The invoices of a purchase, which were issued when it was made.
macro_rules! of_purchase {
    ($columns:expr, $at:literal, $transaction:literal, $organization:literal, $customer:literal, $also:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM invoices WHERE 's' || invoices.organization = 's' || ",
            $organization,
            " AND invoices.state IN ('open', 'paid', 'cancelled') AND invoices.issued_at = ",
            $at,
            " AND invoices.customer = ",
            $customer,
            " AND invoices.transaction_id = ",
            $transaction,
            $also,
            " OFFSET 0"
        )
    };
}
pub(crate) use of_purchase as select_of_purchase;

pub(crate) const OF_PURCHASE: &str = concat!(
    "SELECT invoices.* FROM (",
    of_transaction!("used_at", "$3", "$4", "$1", "$2"),
    ") AS bought CROSS JOIN LATERAL (",
    of_purchase!(columns!(invoices), "bought.used_at", "$3", "$1::text", "$2", ""),
    ") AS invoices ORDER BY installment"
);

pub(crate) const PRESENT: &str = concat!(
    "SELECT invoices.*, observation, payment_link FROM (",
    of_transaction!("used_at", "$3", "$4", "$1", "$2"),
    ") AS bought CROSS JOIN LATERAL (",
    of_purchase!(
        columns!(invoices),
        "bought.used_at",
        "$3",
        "$1::text",
        "$2",
        " AND invoices.installment = $5"
    ),
    ") AS invoices LEFT JOIN invoice_notes AS notes ON notes.organization = $1 AND notes.customer = $2
        AND notes.transaction_id = $3 AND notes.installment = $5"
);

/// One invoice of the present life, with what was noted on it.
pub(crate) fn find_present(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
) -> Result<Option<InvoiceRecord>, StoreError> {
    let friendly = id.transaction.friendly();
    let parameters = cells![key.organization, key.customer, id.transaction, friendly, id.installment];
    let found = connection.first(PRESENT, parameters, |cells| {
        Ok(InvoiceRecord { key: key.clone(), invoice: Invoice::read(cells)?, notes: Notes::read(cells)? })
    })?;
    Ok(found.filter(|record| !record.invoice.past))
}

/// The invoices of a purchase, in order; at most 48.
pub(crate) fn of_purchase(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
) -> Result<Vec<Invoice>, StoreError> {
    let friendly = transaction.friendly();
    let parameters = cells![key.organization, key.customer, transaction, friendly];
    connection.all(OF_PURCHASE, parameters, Invoice::read)
}

/// All invoices, of all lives.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Invoice>, StoreError> {
    connection.all(ALL, whose(key), Invoice::read)
}

/// Invoices of all lives, earliest due first: those at a state, or all.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    state: Option<InvoiceState>,
    request: &PageRequest,
) -> Result<Page<Invoice>, StoreError> {
    page(request, Walk::Up, |walk, from: &ByDueDay, most| {
        let mark = cells![from.due_day, from.transaction, from.installment];
        let parameters = whose(key).into_iter().chain(mark);
        connection.all(list_sql(walk, state), parameters.chain(cells![most]), |cells| {
            let invoice = Invoice::read(cells)?;
            Ok((ByDueDay::of(&invoice), invoice))
        })
    })
}

pub(crate) fn list_sql(walk: Walk, state: Option<InvoiceState>) -> &'static str {
    macro_rules! page {
        ($which:expr, $beyond:literal, $order:literal) => {
            select!(
                $which,
                " AND (due_day, transaction_id, installment) ",
                $beyond,
                " ($4, $5, $6) ",
                "ORDER BY due_day ",
                $order,
                ", transaction_id ",
                $order,
                ", installment ",
                $order,
                " LIMIT $7"
            )
        };
    }
    macro_rules! open {
        ($beyond:literal, $order:literal) => {
            page!(" AND state = 'open'", $beyond, $order)
        };
    }
    // What is closed is said twice, so that the index of what is closed is known to have it.
    macro_rules! closed {
        ($which:literal, $beyond:literal, $order:literal) => {
            page!(concat!(" AND state <> 'open'", $which), $beyond, $order)
        };
    }
    macro_rules! both {
        ($beyond:literal, $order:literal) => {
            concat!(
                "SELECT * FROM (",
                open!($beyond, $order),
                ") AS open UNION ALL SELECT * FROM (",
                closed!("", $beyond, $order),
                ") AS closed ORDER BY due_day ",
                $order,
                ", transaction_id ",
                $order,
                ", installment ",
                $order,
                " LIMIT $7"
            )
        };
    }
    match (walk, state) {
        (Walk::Up, Some(InvoiceState::Open)) => open!(">", "ASC"),
        (Walk::Up, Some(InvoiceState::Paid)) => closed!(" AND state = 'paid'", ">", "ASC"),
        (Walk::Up, Some(InvoiceState::Cancelled)) => closed!(" AND state = 'cancelled'", ">", "ASC"),
        (Walk::Up, None) => both!(">", "ASC"),
        (Walk::Down, Some(InvoiceState::Open)) => open!("<", "DESC"),
        (Walk::Down, Some(InvoiceState::Paid)) => closed!(" AND state = 'paid'", "<", "DESC"),
        (Walk::Down, Some(InvoiceState::Cancelled)) => closed!(" AND state = 'cancelled'", "<", "DESC"),
        (Walk::Down, None) => both!("<", "DESC"),
    }
}
