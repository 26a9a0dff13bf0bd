//! Invoices: what is owed, part by part.
//!
//! Open and closed ones have an index each, in the order payments reach them. So the oldest open
//! ones are found at once, however many are open or closed.

use super::usages;
use crate::sqlite::cells::{Cells, cells};
use crate::sqlite::paging::{Mark, Walk, page};
use crate::sqlite::{error, query};
use crate::{Page, PageRequest, StoreError};
use fiado_core::account::Invoice;
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{AccountKey, ChildId, InvoiceId};
use fiado_core::money::Amount;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// A query of an account's invoices.
macro_rules! select {
    ($($rest:literal),*) => {
        concat!(
            "SELECT transaction_id, installment, order_id, value, paid, installments, issued_at, due_day, resolved_at ",
            "FROM invoices WHERE organization = ?1 AND customer = ?2 ",
            $($rest),*
        )
    };
}

const OLDEST_OPEN: &str = select!("AND paid < value ORDER BY due_day, transaction_id, installment");

/// The unary plus keeps the index of what is open out of it: the id alone finds the invoice.
const FIND_OPEN: &str = select!("AND transaction_id = ?3 AND installment = ?4 AND +paid < value");

fn read(cells: &mut Cells<'_, '_>) -> Result<Invoice, StoreError> {
    Ok(Invoice {
        id: InvoiceId { transaction: cells.next()?, installment: cells.next()? },
        order: cells.next()?,
        value: cells.next()?,
        paid: cells.next()?,
        installments: cells.next()?,
        issued_at: cells.next()?,
        due: cells.next()?,
        resolved_at: cells.next()?,
    })
}

/// Writes a new invoice.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, invoice: &Invoice) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO invoices (organization, customer, transaction_id, installment, order_id, value,
            paid, installments, issued_at, due_day, resolved_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        cells![
            key.organization,
            key.customer,
            invoice.id.transaction,
            invoice.id.installment,
            invoice.order,
            invoice.value,
            invoice.paid,
            invoice.installments,
            invoice.issued_at,
            invoice.due,
            invoice.resolved_at,
        ],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// Money went to an invoice, and so to its purchase.
pub(crate) fn pay(
    connection: &Connection,
    key: &AccountKey,
    id: InvoiceId,
    amount: Amount,
    resolved_at: Option<Instant>,
) -> Result<(), StoreError> {
    let changed = query::run(
        connection,
        "UPDATE invoices SET paid = paid + ?5, resolved_at = ?6
         WHERE organization = ?1 AND customer = ?2 AND transaction_id = ?3 AND installment = ?4",
        cells![key.organization, key.customer, id.transaction, id.installment, amount, resolved_at],
    )?;
    if changed == 1 && usages::add_payment(connection, key, id.transaction, amount)? {
        Ok(())
    } else {
        let missing = format!("the invoice {id}, or its purchase, is not there to be paid");
        Err(StoreError::Damaged(missing))
    }
}

/// The open invoices that fall due first, as many as it takes to owe `amount` without those in
/// `named`, which are brought by [`named`].
pub(crate) fn oldest_covering(
    connection: &Connection,
    key: &AccountKey,
    amount: Amount,
    named: &BTreeSet<InvoiceId>,
) -> Result<Vec<Invoice>, StoreError> {
    let mut statement = connection.prepare_cached(OLDEST_OPEN)?;
    let mut rows = statement.query(cells![key.organization, key.customer])?;
    let mut missing = amount;
    let mut oldest = Vec::new();
    while !missing.is_zero()
        && let Some(row) = rows.next()?
    {
        let invoice = read(&mut Cells::of(row))?;
        if !named.contains(&invoice.id) {
            missing = missing.saturating_sub(invoice.left());
            oldest.push(invoice);
        }
    }
    Ok(oldest)
}

/// One invoice, if it is open.
pub(crate) fn find_open(
    connection: &Connection,
    key: &AccountKey,
    id: InvoiceId,
) -> Result<Option<Invoice>, StoreError> {
    query::first(
        connection,
        FIND_OPEN,
        cells![key.organization, key.customer, id.transaction, id.installment],
        read,
    )
}

/// The invoices of a purchase, in order.
pub(crate) fn of_purchase(
    connection: &Connection,
    key: &AccountKey,
    transaction: ChildId,
) -> Result<Vec<Invoice>, StoreError> {
    query::all(
        connection,
        select!("AND transaction_id = ?3 ORDER BY installment"),
        cells![key.organization, key.customer, transaction],
        read,
    )
}

/// All invoices, by purchase and installment.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Invoice>, StoreError> {
    query::all(
        connection,
        select!("ORDER BY transaction_id, installment"),
        cells![key.organization, key.customer],
        read,
    )
}

/// In the order payments reach invoices.
struct ByDueDay {
    due_day: i32,
    transaction: String,
    installment: u8,
}

impl ByDueDay {
    fn of(invoice: &Invoice) -> ByDueDay {
        ByDueDay {
            due_day: invoice.due.days_since_epoch(),
            transaction: invoice.id.transaction.to_string(),
            installment: invoice.id.installment,
        }
    }
}

impl Mark for ByDueDay {
    fn start() -> ByDueDay {
        ByDueDay { due_day: i32::MIN, transaction: String::new(), installment: 0 }
    }

    fn write(&self) -> String {
        format!("{}|{}-{:02}", self.due_day, self.transaction, self.installment)
    }

    fn read(text: &str) -> Option<ByDueDay> {
        let (due_day, id) = text.split_once('|')?;
        let id = InvoiceId::parse(id)?;
        Some(ByDueDay {
            due_day: Day::from_days_since_epoch(due_day.parse().ok()?)?.days_since_epoch(),
            transaction: id.transaction.to_string(),
            installment: id.installment,
        })
    }
}

/// Invoices, earliest due first: the open ones, the closed ones, or all.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    open: Option<bool>,
    request: &PageRequest,
) -> Result<Page<Invoice>, StoreError> {
    page(request, Walk::Up, |walk, from: &ByDueDay, most| {
        query::all(
            connection,
            list_sql(walk, open),
            cells![key.organization, key.customer, from.due_day, from.transaction, from.installment, most,],
            |cells| {
                let invoice = read(cells)?;
                Ok((ByDueDay::of(&invoice), invoice))
            },
        )
    })
}

fn list_sql(walk: Walk, open: Option<bool>) -> &'static str {
    macro_rules! beyond {
        ($which:literal, $beyond:literal) => {
            select!("AND ", $which, " AND (due_day, transaction_id, installment) ", $beyond, " (?3, ?4, ?5) ")
        };
    }
    macro_rules! list {
        ($beyond:literal, $order:literal, $which:literal $(, $and:literal)?) => {
            concat!(
                beyond!($which, $beyond),
                $("UNION ALL ", beyond!($and, $beyond),)?
                "ORDER BY due_day ", $order, ", transaction_id ", $order, ", installment ", $order, " LIMIT ?6",
            )
        };
    }
    match (walk, open) {
        (Walk::Up, Some(true)) => list!(">", "ASC", "paid < value"),
        (Walk::Up, Some(false)) => list!(">", "ASC", "paid >= value"),
        (Walk::Up, None) => list!(">", "ASC", "paid < value", "paid >= value"),
        (Walk::Down, Some(true)) => list!("<", "DESC", "paid < value"),
        (Walk::Down, Some(false)) => list!("<", "DESC", "paid >= value"),
        (Walk::Down, None) => list!("<", "DESC", "paid < value", "paid >= value"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn no_list_passes_what_it_does_not_show() {
        for walk in [Walk::Up, Walk::Down] {
            for open in [None, Some(true), Some(false)] {
                plan::assert_searches(list_sql(walk, open));
            }
        }
    }

    #[test]
    fn the_oldest_open_ones_are_found_by_the_index_of_what_is_open() {
        plan::assert_searches(OLDEST_OPEN);
        let steps = plan::steps(OLDEST_OPEN);
        assert!(steps.iter().all(|step| step.contains("USING INDEX invoices_open")), "{steps:#?}");
    }

    #[test]
    fn one_invoice_is_found_by_its_id() {
        let steps = plan::steps(FIND_OPEN);
        assert!(
            steps.iter().all(|step| step
                .contains("(organization=? AND customer=? AND transaction_id=? AND installment=?)")),
            "{steps:#?}"
        );
    }
}
