//! Figures of whole organizations, and the latest instant of all: kept in slots, added up when they
//! are asked for.

use crate::cells::cells;
use crate::postgres::connection::Connection;
use crate::tally;
use crate::{InvoiceTotals, StoreError, Total};
use fiado_core::account::InvoiceState;
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, OrganizationId};

const ACCOUNTS: &str = "SELECT coalesce(sum(accounts), 0)::bigint FROM account_totals
     WHERE organization = $1 AND is_open = $2";

const INVOICES: &str = "SELECT state, sum(invoices)::bigint, sum(high)::bigint, sum(low)::bigint
     FROM invoice_totals WHERE organization = $1 GROUP BY state";

const OF_ACCOUNT: &str = "SELECT open_count, open_high, open_low, paid_count, paid_high, paid_low,
        cancelled_count, cancelled_high, cancelled_low
     FROM accounts WHERE organization = $1 AND customer = $2";

/// The latest instant of journal and refusals.
pub(crate) const NEWEST: &str = "SELECT max(newest_at) FROM tail";

/// How many accounts are open, or closed.
pub(crate) fn accounts(
    connection: &Connection,
    organization: &OrganizationId,
    is_open: bool,
) -> Result<u64, StoreError> {
    let accounts = connection.first(ACCOUNTS, cells![organization, is_open], |cells| cells.next())?;
    Ok(accounts.unwrap_or_default())
}

/// The totals of an organization's invoices.
pub(crate) fn of_organization(
    connection: &Connection,
    organization: &OrganizationId,
) -> Result<InvoiceTotals, StoreError> {
    let states: Vec<(InvoiceState, Total)> =
        connection.all(INVOICES, cells![organization], |cells| Ok((cells.next()?, tally::read(cells)?)))?;
    let mut totals = InvoiceTotals::default();
    for (state, total) in states {
        *totals.of_mut(state) = total;
    }
    Ok(totals)
}

/// The totals of an account's invoices.
pub(crate) fn of_account(connection: &Connection, key: &AccountKey) -> Result<InvoiceTotals, StoreError> {
    let totals = connection.first(OF_ACCOUNT, cells![key.organization, key.customer], tally::read_all)?;
    Ok(totals.unwrap_or_default())
}

/// The latest instant of any entry or refusal.
pub(crate) fn newest_at(connection: &Connection) -> Result<Option<Instant>, StoreError> {
    Ok(connection.first(NEWEST, [], |cells| cells.next())?.flatten())
}
