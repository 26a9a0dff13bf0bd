//! What companies say of themselves: personal data, beside the journal.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use crate::stored::{Stored, columns, owned};
use fiado_core::identity::AccountKey;
use fiado_core::profile::Profile;
use rusqlite::{Connection, params_from_iter};

/// Writes a profile over the one that was there.
pub(crate) fn save(connection: &Connection, key: &AccountKey, profile: &Profile) -> Result<(), StoreError> {
    query::run(
        connection,
        concat!(
            "INSERT INTO profiles (organization, customer, ",
            columns!(profiles),
            ") VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (organization, customer) DO UPDATE SET
                business_name = ?3, tax_id = ?4, years_in_business = ?5"
        ),
        params_from_iter(owned(key, profile.cells()?)),
    )?;
    Ok(())
}

/// An account's profile.
pub(crate) fn find(connection: &Connection, key: &AccountKey) -> Result<Option<Profile>, StoreError> {
    query::first(
        connection,
        concat!("SELECT ", columns!(profiles), " FROM profiles WHERE organization = ?1 AND customer = ?2"),
        cells![key.organization, key.customer],
        Profile::read,
    )
}
