//! Purchases, and what has been paid of them.
//!
//! A purchase is found by its transaction through the transaction's short name, which follows from
//! it alone: one index serves those who know the account and those who do not.

use crate::cells::cells;
use crate::paging::{ByTime, Walk, page};
use crate::sqlite::query;
use crate::stored::{Stored, columns};
use crate::{ListedUsage, Page, PageRequest, StoreError};
use fiado_core::account::Usage;
use fiado_core::identity::{AccountKey, OrderId, TransactionId};
use fiado_core::money::{Amount, Balance};
use rusqlite::{Connection, params_from_iter};

/// A query of an account's purchases.
macro_rules! select {
    ($also:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            columns!(usages),
            $also,
            " FROM usages WHERE account = number(?1, ?2) AND organization = ?1 AND customer = ?2 ",
            $rest,
        )
    };
}

const FIND: &str = select!("", "AND friendly = ?3 AND transaction_id = ?4");

/// The unary plus lets the few of one order be sorted, instead of walking all in this order.
const OF_ORDER: &str = select!("", "AND order_id = ?3 ORDER BY +used_at, transaction_id LIMIT 1");

const CHANGE: &str = "UPDATE usages SET captured = coalesce(?5, captured), value = max(0, value + ?6)
     WHERE friendly = ?2 AND account = number(?1, ?3)
        AND organization = ?1 AND customer = ?3 AND transaction_id = ?4";

const CHANGE_PAID: &str = "UPDATE usages SET paid = max(0, paid + ?5)
     WHERE friendly = ?2 AND account = number(?1, ?3)
        AND organization = ?1 AND customer = ?3 AND transaction_id = ?4";

/// Writes a new purchase.
pub(crate) fn insert(connection: &Connection, key: &AccountKey, usage: &Usage) -> Result<(), StoreError> {
    let friendly = usage.transaction.friendly();
    let place = cells![key.organization, key.customer, friendly];
    query::run(
        connection,
        concat!(
            "INSERT INTO usages (account, organization, customer, friendly, ",
            columns!(usages),
            ") VALUES (number(?1, ?2), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
        ),
        params_from_iter(place.into_iter().chain(usage.cells()?)),
    )?;
    Ok(())
}

/// A purchase costs more or less; what was settled is another sum, if it is named.
pub(crate) fn change(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
    captured: Option<Amount>,
    by: Balance,
) -> Result<(), StoreError> {
    let changed = query::run(
        connection,
        CHANGE,
        cells![key.organization, transaction.friendly(), key.customer, transaction, captured, by],
    )?;
    there(changed, transaction)
}

/// More or less has been paid of a purchase.
pub(crate) fn change_paid(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
    by: Balance,
) -> Result<(), StoreError> {
    let changed = query::run(
        connection,
        CHANGE_PAID,
        cells![key.organization, transaction.friendly(), key.customer, transaction, by],
    )?;
    there(changed, transaction)
}

fn there(changed: usize, transaction: &TransactionId) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Damaged(format!("the purchase {transaction} is not there to be changed")))
    }
}

/// The purchase of a transaction.
pub(crate) fn find(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
) -> Result<Option<Usage>, StoreError> {
    query::first(
        connection,
        FIND,
        cells![key.organization, key.customer, transaction.friendly(), transaction],
        Usage::read,
    )
}

/// The purchase of an order: the first, where several transactions were of one order.
pub(crate) fn of_order(
    connection: &Connection,
    key: &AccountKey,
    order: &OrderId,
) -> Result<Option<Usage>, StoreError> {
    query::first(connection, OF_ORDER, cells![key.organization, key.customer, order], Usage::read)
}

/// All purchases.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Usage>, StoreError> {
    query::all(connection, select!("", ""), cells![key.organization, key.customer], Usage::read)
}

/// Purchases with the due day of their first unpaid invoice, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<ListedUsage>, StoreError> {
    page(request, Walk::Down, |walk, from: &ByTime, most| {
        query::all(
            connection,
            list_sql(walk),
            cells![key.organization, key.customer, from.used_at, from.transaction, most],
            |cells| {
                let usage = Usage::read(cells)?;
                let next_due = cells.next()?;
                Ok((ByTime::of(&usage), ListedUsage { usage, next_due }))
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
                    WHERE invoices.invoice_id > usages.usage_id * 128
                      AND invoices.invoice_id < (usages.usage_id + 1) * 128
                      AND +invoices.state = 'open')",
                $rest
            )
        };
    }
    match walk {
        Walk::Up => list!(
            "AND (used_at, transaction_id) > (?3, ?4) ORDER BY used_at ASC, transaction_id ASC LIMIT ?5"
        ),
        Walk::Down => list!(
            "AND (used_at, transaction_id) < (?3, ?4) ORDER BY used_at DESC, transaction_id DESC LIMIT ?5"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn the_list_looks_at_a_purchases_own_invoices_only() {
        for walk in [Walk::Up, Walk::Down] {
            plan::assert_searches_by_time(list_sql(walk));
            let invoices: Vec<String> =
                plan::steps(list_sql(walk)).into_iter().filter(|step| step.contains("invoices")).collect();
            assert!(invoices.iter().all(|step| step.contains("(rowid>? AND rowid<?)")), "{invoices:#?}");
        }
    }

    #[test]
    fn a_purchase_is_found_by_its_name() {
        let name = "usages_by_name (friendly=? AND account=?)";
        for sql in [FIND, CHANGE, CHANGE_PAID] {
            let steps = plan::steps(sql);
            assert!(steps.iter().all(|step| step.contains(name)), "{steps:#?}");
        }
        let steps = plan::steps(OF_ORDER);
        let order = "usages_by_order (order_id=? AND account=?)";
        assert!(steps.iter().any(|step| step.contains(order)), "{steps:#?}");
    }
}
