//! How many accounts of an organization are open, and how many closed; kept, never counted.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use fiado_core::identity::OrganizationId;
use rusqlite::Connection;

/// How many there are.
pub(crate) fn read(
    connection: &Connection,
    organization: &OrganizationId,
    is_open: bool,
) -> Result<u64, StoreError> {
    let accounts = query::first(
        connection,
        "SELECT accounts FROM account_totals WHERE organization = ?1 AND is_open = ?2",
        cells![organization, is_open],
        |cells| cells.next(),
    )?;
    Ok(accounts.unwrap_or_default())
}
