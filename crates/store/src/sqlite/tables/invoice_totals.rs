//! How many invoices of present lives stand at each state and what they come to, over all accounts of
//! an organization; kept, never summed up. Those of one account stand in its own row.

use crate::cells::cells;
use crate::sqlite::query;
use crate::tally::{self, Change, Tally};
use crate::{InvoiceTotals, StoreError, Total};
use fiado_core::account::InvoiceState;
use fiado_core::identity::OrganizationId;
use rusqlite::Connection;

/// Changes the totals of an organization.
pub(crate) fn change(
    connection: &Connection,
    organization: &OrganizationId,
    tally: &Tally,
) -> Result<(), StoreError> {
    for state in InvoiceState::ALL {
        let change = tally.of(state);
        if change != Change::default() {
            query::run(
                connection,
                "INSERT INTO invoice_totals (organization, state, invoices, high, low)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (organization, state) DO UPDATE SET
                    invoices = invoices + ?3, high = high + ?4, low = low + ?5",
                cells![organization, state, change.count, change.high, change.low],
            )?;
        }
    }
    Ok(())
}

/// The totals of an organization.
pub(crate) fn of_organization(
    connection: &Connection,
    organization: &OrganizationId,
) -> Result<InvoiceTotals, StoreError> {
    let states: Vec<(InvoiceState, Total)> = query::all(
        connection,
        "SELECT state, invoices, high, low FROM invoice_totals WHERE organization = ?1",
        cells![organization],
        |cells| Ok((cells.next()?, tally::read(cells)?)),
    )?;
    let mut totals = InvoiceTotals::default();
    for (state, total) in states {
        *totals.of_mut(state) = total;
    }
    Ok(totals)
}
