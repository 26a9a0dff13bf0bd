//! What companies say of themselves: personal data, beside the journal.

use crate::StoreError;
use crate::sqlite::cells::cells;
use crate::sqlite::query;
use fiado_core::identity::AccountKey;
use fiado_core::profile::Profile;
use rusqlite::Connection;

/// Writes a profile over the one that was there.
pub(crate) fn save(connection: &Connection, key: &AccountKey, profile: &Profile) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO profiles (organization, customer, business_name, tax_id, years_in_business)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (organization, customer) DO UPDATE SET
            business_name = ?3, tax_id = ?4, years_in_business = ?5",
        cells![
            key.organization,
            key.customer,
            profile.business_name,
            profile.tax_id,
            profile.years_in_business,
        ],
    )?;
    Ok(())
}

/// An account's profile.
pub(crate) fn find(connection: &Connection, key: &AccountKey) -> Result<Option<Profile>, StoreError> {
    query::first(
        connection,
        "SELECT business_name, tax_id, years_in_business FROM profiles
         WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
        |cells| {
            Ok(Profile {
                business_name: cells.next()?,
                tax_id: cells.next()?,
                years_in_business: cells.next()?,
            })
        },
    )
}
