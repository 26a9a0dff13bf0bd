//! Who may buy on an account, and how they are reached.

use crate::cells::cells;
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{HolderRecord, StoreError};
use fiado_core::account::Holder;
use fiado_core::identity::AccountKey;

const LIST: &str = concat!(
    "SELECT ",
    columns!(holders),
    ", email FROM holders LEFT JOIN holder_emails USING (organization, customer, holder_id)
     WHERE organization = $1 AND customer = $2 AND removed_at IS NULL ORDER BY added_at, holder_id"
);

const ALL: &str =
    concat!("SELECT ", columns!(holders), " FROM holders WHERE organization = $1 AND customer = $2");

/// The present ones with their addresses, those added first first.
pub(crate) fn list(connection: &Connection, key: &AccountKey) -> Result<Vec<HolderRecord>, StoreError> {
    connection.all(LIST, cells![key.organization, key.customer], |cells| {
        Ok(HolderRecord { holder: Holder::read(cells)?, email: cells.next()? })
    })
}

/// All of them, present and past.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Holder>, StoreError> {
    connection.all(ALL, cells![key.organization, key.customer], Holder::read)
}
