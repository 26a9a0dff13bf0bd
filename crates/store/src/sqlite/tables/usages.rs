//! Purchases, and what has been paid of them.

use crate::sqlite::cells::{Cells, cells, json};
use crate::sqlite::paging::{BySequence, Walk, page};
use crate::sqlite::{error, query};
use crate::{ListedUsage, Page, PageRequest, StoreError};
use fiado_core::account::Usage;
use fiado_core::identity::{AccountKey, ChildId, OrderId};
use fiado_core::money::Amount;
use rusqlite::Connection;

/// A query of an account's purchases.
macro_rules! select {
    ($also:literal, $rest:literal) => {
        concat!(
            "SELECT transaction_id, order_id, amount, installments, parts, used_at, due_day, paid, used_after, available_after",
            $also,
            " FROM usages WHERE organization = ?1 AND customer = ?2 ",
            $rest,
        )
    };
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Usage, StoreError> {
    Ok(Usage {
        transaction: cells.next()?,
        order: cells.next()?,
        amount: cells.next()?,
        installments: cells.next()?,
        parts: cells.next_json()?,
        used_at: cells.next()?,
        due: cells.next()?,
        paid: cells.next()?,
        used_after: cells.next()?,
        available_after: cells.next()?,
    })
}

/// Writes a new purchase.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, usage: &Usage) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO usages (organization, customer, sequence, transaction_id, order_id, amount,
            installments, parts, used_at, due_day, paid, used_after, available_after)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        cells![
            key.organization,
            key.customer,
            usage.transaction.sequence(),
            usage.transaction,
            usage.order,
            usage.amount,
            usage.installments,
            json(&usage.parts)?,
            usage.used_at,
            usage.due,
            usage.paid,
            usage.used_after,
            usage.available_after,
        ],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// Adds to what has been paid of a purchase; says whether there is such a purchase.
pub(crate) fn add_payment(
    connection: &Connection,
    key: &AccountKey,
    transaction: ChildId,
    amount: Amount,
) -> Result<bool, StoreError> {
    let changed = query::run(
        connection,
        "UPDATE usages SET paid = paid + ?4
         WHERE organization = ?1 AND customer = ?2 AND sequence = ?3 AND transaction_id = ?5",
        cells![key.organization, key.customer, transaction.sequence(), amount, transaction],
    )?;
    Ok(changed == 1)
}

/// The purchase of an order.
pub(crate) fn of_order(
    connection: &Connection,
    key: &AccountKey,
    order: &OrderId,
) -> Result<Option<Usage>, StoreError> {
    query::first(
        connection,
        select!("", "AND order_id = ?3"),
        cells![key.organization, key.customer, order],
        read,
    )
}

/// All purchases, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Usage>, StoreError> {
    query::all(connection, select!("", "ORDER BY sequence"), cells![key.organization, key.customer], read)
}

/// Purchases with the due day of their first unpaid invoice, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<ListedUsage>, StoreError> {
    page(request, Walk::Down, |walk, from: &BySequence, most| {
        query::all(
            connection,
            list_sql(walk),
            cells![key.organization, key.customer, from.0, most],
            |cells| {
                let usage = read(cells)?;
                let next_due = cells.next()?;
                let mark = BySequence(usage.transaction.sequence());
                Ok((mark, ListedUsage { usage, next_due }))
            },
        )
    })
}

fn list_sql(walk: Walk) -> &'static str {
    // The unary plus keeps the index of what is open out of it: a purchase has at most 48
    // invoices, its account any number.
    macro_rules! list {
        ($rest:literal) => {
            select!(
                ", (SELECT min(invoices.due_day) FROM invoices
                    WHERE invoices.organization = usages.organization
                      AND invoices.customer = usages.customer
                      AND invoices.transaction_id = usages.transaction_id
                      AND +invoices.paid < invoices.value)",
                $rest
            )
        };
    }
    match walk {
        Walk::Up => list!("AND sequence > ?3 ORDER BY sequence ASC LIMIT ?4"),
        Walk::Down => list!("AND sequence < ?3 ORDER BY sequence DESC LIMIT ?4"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn the_list_looks_at_a_purchases_own_invoices_only() {
        for walk in [Walk::Up, Walk::Down] {
            plan::assert_searches(list_sql(walk));
            let invoices: Vec<String> =
                plan::steps(list_sql(walk)).into_iter().filter(|step| step.contains("invoices")).collect();
            let key = "(organization=? AND customer=? AND transaction_id=?)";
            assert!(invoices.iter().all(|step| step.contains(key)), "{invoices:#?}");
        }
    }
}
