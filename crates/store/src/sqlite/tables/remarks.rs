//! What people wrote beside an entry.

use crate::StoreError;
use crate::cells::cells;
use crate::head::decision_to_remark;
use crate::sqlite::{error, query};
use fiado_core::account::Account;
use fiado_core::identity::AccountKey;
use fiado_core::profile::Remark;
use rusqlite::Connection;

/// Writes the remark beside an entry.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    sequence: u64,
    remark: &Remark,
) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO remarks (organization, customer, sequence, remark) VALUES (?1, ?2, ?3, ?4)",
        cells![key.organization, key.customer, sequence, remark],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// The remark beside the decision that rejected, suspended or ended an account.
pub(crate) fn of_standing(
    connection: &Connection,
    key: &AccountKey,
    account: &Account,
) -> Result<Option<Remark>, StoreError> {
    let Some(sequence) = decision_to_remark(account) else {
        return Ok(None);
    };
    query::first(
        connection,
        "SELECT remark FROM remarks WHERE organization = ?1 AND customer = ?2 AND sequence = ?3",
        cells![key.organization, key.customer, sequence],
        |cells| cells.next(),
    )
}
