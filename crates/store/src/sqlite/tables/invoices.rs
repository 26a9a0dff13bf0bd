//! Invoices: what is owed, part by part.
//!
//! Open and closed ones have an index each, in the order payments reach them. So the oldest open
//! ones are found at once, however many are open or closed.

use super::{invoice_notes, usages};
use crate::cells::{Cells, ToCell, cells};
use crate::paging::{ByDueDay, Walk, page};
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns};
use crate::tally::{self, Tally};
use crate::{InvoiceRecord, Page, PageRequest, StoreError};
use fiado_core::account::{Invoice, InvoiceState};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{AccountKey, InvoiceId, TransactionId};
use fiado_core::money::{Amount, Balance};
use rusqlite::{Connection, params_from_iter};

/// The invoices of a purchase in `usages`.
macro_rules! of_usage {
    () => {
        "invoices.invoice_id > usages.usage_id * 128 AND invoices.invoice_id < (usages.usage_id + 1) * 128"
    };
}
pub(crate) use of_usage;

/// A query of an account's invoices.
macro_rules! select {
    ($($rest:expr),*) => {
        concat!(
            "SELECT ", columns!(invoices), " FROM invoices
             WHERE account = number(?1, ?2) AND +organization = ?1 AND customer = ?2 ",
            $($rest),*
        )
    };
}

/// The purchase of the transaction ?4, whose short name is ?3.
macro_rules! usage {
    () => {
        "(SELECT usage_id FROM usages WHERE friendly = ?3 AND account = number(?1, ?2) \
         AND organization = ?1 AND customer = ?2 AND transaction_id = ?4)"
    };
}

/// The installment ?5 of that purchase. No purchase has as many as 128.
macro_rules! installment {
    () => {
        concat!(usage!(), " * 128 + ?5")
    };
}

/// A change of it.
macro_rules! update {
    ($set:literal) => {
        concat!("UPDATE invoices SET ", $set, " WHERE transaction_id = ?4 AND invoice_id = ", installment!())
    };
}

const OLDEST_OPEN: &str = select!("AND state = 'open' ORDER BY due_day, transaction_id, installment");

/// In two parts, each of which has an index: there is none of both together.
const ALL: &str = concat!(select!("AND state = 'open'"), " UNION ALL ", select!("AND state <> 'open'"));

const FIND: &str = concat!(
    "SELECT ",
    columns!(invoices),
    " FROM invoices WHERE transaction_id = ?4 AND invoice_id = ",
    installment!()
);

const OF_PURCHASE: &str = concat!(
    "SELECT ",
    columns!(of invoices),
    " FROM usages CROSS JOIN invoices ON ",
    of_usage!(),
    " WHERE usages.friendly = ?3 AND usages.account = number(?1, ?2)
        AND usages.organization = ?1 AND usages.customer = ?2 AND usages.transaction_id = ?4
     ORDER BY invoices.invoice_id"
);

const PAY: &str = update!(
    "paid = paid + ?6, updated_at = ?7,
     state = iif(?8, 'paid', state), resolved_at = iif(?8 AND state = 'open', ?7, resolved_at)"
);

const CHANGE: &str = update!(
    "value = ?6, paid = max(0, paid - ?9), updated_at = ?7,
     state = ?8, resolved_at = iif(?8 <> 'open' AND state = 'open', ?7, resolved_at)"
);

const CANCEL: &str = update!(
    "paid = max(0, paid - ?6), updated_at = ?7,
     state = 'cancelled', resolved_at = iif(state = 'open', ?7, resolved_at)"
);

const POSTPONE: &str = update!("due_day = ?6, updated_at = ?7, postponements = postponements + 1");

const ANNOTATE: &str = update!("updated_at = ?6");

const PRESENT: &str = concat!(
    "SELECT invoices.state, count(*), sum(invoices.value >> 32), sum(invoices.value & 4294967295)
     FROM usages CROSS JOIN invoices ON ",
    of_usage!(),
    " WHERE usages.account = number(?1, ?2) AND usages.organization = ?1 AND usages.customer = ?2
        AND invoices.past = 0
     GROUP BY invoices.state"
);

const BEGIN_LIFE: &str = concat!(
    "UPDATE invoices SET past = 1 WHERE past = 0 AND invoice_id IN (
        SELECT invoices.invoice_id FROM usages CROSS JOIN invoices ON ",
    of_usage!(),
    " WHERE usages.account = number(?1, ?2) AND usages.organization = ?1 AND usages.customer = ?2)"
);

/// Writes a new invoice of a purchase that is there, and that need not be looked for where its number is
/// known.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    invoice: &Invoice,
    purchase: Option<i64>,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let friendly = invoice.id.transaction.friendly();
    let place = cells![key.organization, key.customer, friendly];
    query::run(
        connection,
        concat!(
            "INSERT INTO invoices (invoice_id, account, organization, customer, ",
            columns!(invoices),
            ") VALUES (coalesce(?18, ",
            usage!(),
            ") * 128 + ?5,
                number(?1, ?2), ?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
        ),
        params_from_iter(place.into_iter().chain(invoice.cells()?).chain([purchase.to_cell()])),
    )
    .map_err(|error| error::of_insert(error, key))?;
    if !invoice.past {
        tally.add(invoice.state, invoice.value);
    }
    Ok(())
}

/// The parameters that say which invoice, and those of the change.
macro_rules! which {
    ($key:ident, $id:ident $(, $change:expr)*) => {
        cells![
            $key.organization,
            $key.customer,
            $id.transaction.friendly(),
            $id.transaction,
            $id.installment
            $(, $change)*
        ]
    };
}

/// Money went to an invoice, and so to its purchase.
pub(crate) fn pay(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
    (amount, at, in_full): (Amount, Instant, bool),
    tally: &mut Tally,
) -> Result<(), StoreError> {
    if in_full {
        recount(connection, key, id, tally, |invoice| (InvoiceState::Paid, invoice.value))?;
    }
    there(query::run(connection, PAY, which!(key, id, amount, at, in_full))?, id)?;
    usages::change_paid(connection, key, &id.transaction, amount.into())
}

/// An invoice got another value, and perhaps another state by it; what was returned of what had been
/// paid of it and its purchase is paid no more.
pub(crate) fn change(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
    (value, returned, state, at): (Amount, Amount, InvoiceState, Instant),
    tally: &mut Tally,
) -> Result<(), StoreError> {
    recount(connection, key, id, tally, |_| (state, value))?;
    there(query::run(connection, CHANGE, which!(key, id, value, at, state, returned))?, id)?;
    if returned.is_zero() {
        return Ok(());
    }
    usages::change_paid(connection, key, &id.transaction, Balance::from(returned).negated())
}

/// An invoice was cancelled; what had been paid of it and its purchase is paid no more.
pub(crate) fn cancel(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
    (returned, at): (Amount, Instant),
    tally: &mut Tally,
) -> Result<(), StoreError> {
    recount(connection, key, id, tally, |invoice| (InvoiceState::Cancelled, invoice.value))?;
    there(query::run(connection, CANCEL, which!(key, id, returned, at))?, id)?;
    usages::change_paid(connection, key, &id.transaction, Balance::from(returned).negated())
}

/// Tells the tally that an invoice will have another state or value.
fn recount(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
    tally: &mut Tally,
    after: impl FnOnce(&Invoice) -> (InvoiceState, Amount),
) -> Result<(), StoreError> {
    if let Some(before) = find(connection, key, id)?.filter(|invoice| !invoice.past) {
        let (state, value) = after(&before);
        tally.take(before.state, before.value);
        tally.add(state, value);
    }
    Ok(())
}

/// An invoice falls due later.
pub(crate) fn postpone(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
    due: Day,
    at: Instant,
) -> Result<(), StoreError> {
    there(query::run(connection, POSTPONE, which!(key, id, due, at))?, id)
}

/// Notes were written on an invoice.
pub(crate) fn annotate(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
    at: Instant,
) -> Result<(), StoreError> {
    there(query::run(connection, ANNOTATE, which!(key, id, at))?, id)
}

fn there(changed: usize, id: &InvoiceId) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Damaged(format!("the invoice {id} is not there to be changed")))
    }
}

/// What belongs to an earlier life is past, and counted no more.
pub(crate) fn begin_life(
    connection: &Connection,
    key: &AccountKey,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let present = query::all(connection, PRESENT, cells![key.organization, key.customer], |cells| {
        Ok((cells.next()?, tally::read_change(cells)?))
    })?;
    if !present.is_empty() {
        tally.take_all(&present);
        query::run(connection, BEGIN_LIFE, cells![key.organization, key.customer])?;
    }
    Ok(())
}

/// The open invoices that fall due first, as many as it takes to owe `amount` without those that
/// are `known` already.
pub(crate) fn oldest_covering(
    connection: &Connection,
    key: &AccountKey,
    amount: Amount,
    known: impl Fn(&InvoiceId) -> bool,
) -> Result<Vec<Invoice>, StoreError> {
    let mut statement = connection.prepare_cached(OLDEST_OPEN)?;
    let mut rows = statement.query(cells![key.organization, key.customer])?;
    let mut missing = amount;
    let mut oldest = Vec::new();
    while !missing.is_zero()
        && let Some(row) = rows.next()?
    {
        let invoice = Invoice::read(&mut Cells::of(row))?;
        if !known(&invoice.id) {
            missing = missing.saturating_sub(invoice.left());
            oldest.push(invoice);
        }
    }
    Ok(oldest)
}

/// One invoice, of whichever life.
pub(crate) fn find(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
) -> Result<Option<Invoice>, StoreError> {
    query::first(connection, FIND, which!(key, id), Invoice::read)
}

/// One invoice of the present life, with what was noted on it.
pub(crate) fn find_present(
    connection: &Connection,
    key: &AccountKey,
    id: &InvoiceId,
) -> Result<Option<InvoiceRecord>, StoreError> {
    match find(connection, key, id)?.filter(|invoice| !invoice.past) {
        Some(invoice) => {
            let notes = invoice_notes::find(connection, key, id)?;
            Ok(Some(InvoiceRecord { key: key.clone(), invoice, notes }))
        }
        None => Ok(None),
    }
}

/// The invoices of a purchase, in order; at most 48.
pub(crate) fn of_purchase(
    connection: &Connection,
    key: &AccountKey,
    transaction: &TransactionId,
) -> Result<Vec<Invoice>, StoreError> {
    query::all(
        connection,
        OF_PURCHASE,
        cells![key.organization, key.customer, transaction.friendly(), transaction],
        Invoice::read,
    )
}

/// All invoices, of all lives: also such as no purchase leads to any more.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Invoice>, StoreError> {
    query::all(connection, ALL, cells![key.organization, key.customer], Invoice::read)
}

/// Invoices of all lives, earliest due first: the open ones, the closed ones, or all.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    state: Option<InvoiceState>,
    request: &PageRequest,
) -> Result<Page<Invoice>, StoreError> {
    page(request, Walk::Up, |walk, from: &ByDueDay, most| {
        query::all(
            connection,
            list_sql(walk, state),
            cells![key.organization, key.customer, from.due_day, from.transaction, from.installment, most],
            |cells| {
                let invoice = Invoice::read(cells)?;
                Ok((ByDueDay::of(&invoice), invoice))
            },
        )
    })
}

fn list_sql(walk: Walk, state: Option<InvoiceState>) -> &'static str {
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
    // What is closed is said twice, so that the index of what is closed is known to have it.
    match (walk, state) {
        (Walk::Up, Some(InvoiceState::Open)) => list!(">", "ASC", "state = 'open'"),
        (Walk::Up, Some(InvoiceState::Paid)) => list!(">", "ASC", "state <> 'open' AND state = 'paid'"),
        (Walk::Up, Some(InvoiceState::Cancelled)) => {
            list!(">", "ASC", "state <> 'open' AND state = 'cancelled'")
        }
        (Walk::Up, None) => list!(">", "ASC", "state = 'open'", "state <> 'open'"),
        (Walk::Down, Some(InvoiceState::Open)) => list!("<", "DESC", "state = 'open'"),
        (Walk::Down, Some(InvoiceState::Paid)) => list!("<", "DESC", "state <> 'open' AND state = 'paid'"),
        (Walk::Down, Some(InvoiceState::Cancelled)) => {
            list!("<", "DESC", "state <> 'open' AND state = 'cancelled'")
        }
        (Walk::Down, None) => list!("<", "DESC", "state = 'open'", "state <> 'open'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn no_list_passes_what_it_does_not_show() {
        for walk in [Walk::Up, Walk::Down] {
            for state in [None].into_iter().chain(InvoiceState::ALL.map(Some)) {
                plan::assert_searches(list_sql(walk, state));
            }
        }
    }

    #[test]
    fn all_of_an_account_are_found_without_passing_those_of_others() {
        plan::assert_searches(ALL);
    }

    #[test]
    fn the_oldest_open_ones_are_found_by_the_index_of_what_is_open() {
        plan::assert_searches(OLDEST_OPEN);
        let steps = plan::steps(OLDEST_OPEN);
        assert!(steps.iter().all(|step| step.contains("USING INDEX invoices_open")), "{steps:#?}");
    }

    #[test]
    fn one_invoice_is_found_by_its_purchase_and_number() {
        for sql in [FIND, PAY, CHANGE, CANCEL, POSTPONE, ANNOTATE] {
            plan::assert_searches(sql);
            let steps = plan::steps(sql);
            assert!(steps.iter().any(|step| step.contains("INTEGER PRIMARY KEY (rowid=?)")), "{steps:#?}");
            let name = "(friendly=? AND account=?)";
            assert!(steps.iter().any(|step| step.contains(name)), "{steps:#?}");
        }
    }

    #[test]
    fn the_invoices_of_purchases_are_found_by_their_purchases() {
        for sql in [OF_PURCHASE, PRESENT, BEGIN_LIFE] {
            let steps = plan::steps(sql);
            let found =
                |what: &str| steps.iter().any(|step| step.starts_with("SEARCH") && step.contains(what));
            assert!(
                (found("usages_by_name (friendly=? AND account=?)")
                    || found("usages_by_account (account=?)"))
                    && found("(rowid>? AND rowid<?)"),
                "{steps:#?}"
            );
        }
        let steps = plan::steps(OF_PURCHASE);
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "only its own are sorted\n{steps:#?}");
    }
}
