//! How many invoices stand at each state and what they come to; kept, never summed up.

use crate::sqlite::cells::{Cells, cells};
use crate::sqlite::query;
use crate::{InvoiceTotals, StoreError, Total};
use fiado_core::account::InvoiceState;
use fiado_core::identity::{AccountKey, OrganizationId};
use rusqlite::Connection;

/// A total in the next three columns. Its sum stands in two halves, so that no sum can overflow.
pub(crate) fn read(cells: &mut Cells<'_, '_>) -> Result<Total, StoreError> {
    let (count, high, low): (u64, u64, u64) = (cells.next()?, cells.next()?, cells.next()?);
    Ok(Total { count, minor: (u128::from(high) << 32).saturating_add(u128::from(low)) })
}

/// The totals in the next nine columns: of what is open, paid and cancelled.
pub(crate) fn read_all(cells: &mut Cells<'_, '_>) -> Result<InvoiceTotals, StoreError> {
    Ok(InvoiceTotals { open: read(cells)?, paid: read(cells)?, cancelled: read(cells)? })
}

/// Those of an organization.
pub(crate) fn of_organization(
    connection: &Connection,
    organization: &OrganizationId,
) -> Result<InvoiceTotals, StoreError> {
    let states: Vec<(InvoiceState, Total)> = query::all(
        connection,
        "SELECT state, invoices, high, low FROM invoice_totals WHERE organization = ?1",
        cells![organization],
        |cells| Ok((cells.next()?, read(cells)?)),
    )?;
    let mut totals = InvoiceTotals::default();
    for (state, total) in states {
        *totals.of_mut(state) = total;
    }
    Ok(totals)
}

/// Those of one account.
pub(crate) fn of_account(connection: &Connection, key: &AccountKey) -> Result<InvoiceTotals, StoreError> {
    let totals = query::first(
        connection,
        "SELECT open_count, open_high, open_low, paid_count, paid_high, paid_low,
            cancelled_count, cancelled_high, cancelled_low
         FROM accounts WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
        read_all,
    )?;
    Ok(totals.unwrap_or_default())
}
