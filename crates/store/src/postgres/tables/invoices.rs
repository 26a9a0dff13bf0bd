//! Invoices: what is owed, part by part.
//!
//! Open and closed ones have an index each, in the order payments reach them. So the oldest open
//! ones are found at once, however many are open or closed.

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
    ($whose:literal, $($rest:expr),*) => {
        concat!(
            "SELECT ", columns!(invoices), " FROM invoices WHERE ", $whose, " AND customer = $2 ", $($rest),*
        )
    };
}

const ALL: &str = select!("organization = $1", "");

const OF_PURCHASE: &str = select!("organization = $1", "AND transaction_id = $3 ORDER BY installment");

const PRESENT: &str = concat!(
    "SELECT ",
    columns!(of invoices),
    ", observation, payment_link FROM invoices
     LEFT JOIN invoice_notes USING (organization, customer, transaction_id, installment)
     WHERE organization = $1 AND customer = $2 AND transaction_id = $3 AND installment = $4"
);

/// One invoice of the present life, with what was noted on it.
pub(crate) fn find_present(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
) -> Result<Option<InvoiceRecord>, StoreError> {
    let parameters = cells![key.organization, key.customer, id.transaction, id.installment];
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
    connection.all(OF_PURCHASE, cells![key.organization, key.customer, transaction], Invoice::read)
}

/// All invoices, of all lives.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Invoice>, StoreError> {
    connection.all(ALL, cells![key.organization, key.customer], Invoice::read)
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
        let parameters = cells![key.organization, key.customer].into_iter().chain(mark);
        connection.all(list_sql(walk, state), parameters.chain(cells![most]), |cells| {
            let invoice = Invoice::read(cells)?;
            Ok((ByDueDay::of(&invoice), invoice))
        })
    })
}

pub(crate) fn list_sql(walk: Walk, state: Option<InvoiceState>) -> &'static str {
    macro_rules! page {
        ($whose:literal, $which:expr, $beyond:literal, $order:literal) => {
            select!(
                $whose,
                $which,
                " AND (due_day, transaction_id, installment) ",
                $beyond,
                " ($3, $4, $5) ",
                "ORDER BY due_day ",
                $order,
                ", transaction_id ",
                $order,
                ", installment ",
                $order,
                " LIMIT $6"
            )
        };
    }
    macro_rules! open {
        ($beyond:literal, $order:literal) => {
            page!("'o' || organization = 'o' || $1::text", " AND state = 'open'", $beyond, $order)
        };
    }
    // What is closed is said twice, so that the index of what is closed is known to have it.
    macro_rules! closed {
        ($which:literal, $beyond:literal, $order:literal) => {
            page!(
                "'c' || organization = 'c' || $1::text",
                concat!(" AND state <> 'open'", $which),
                $beyond,
                $order
            )
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
                " LIMIT $6"
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
