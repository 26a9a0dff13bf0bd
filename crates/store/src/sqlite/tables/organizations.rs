//! Organizations: their calendar, their policy and their preferences.

use crate::cells::cells;
use crate::sqlite::query;
use crate::stored;
use crate::{Organization, StoreError};
use fiado_core::identity::OrganizationId;
use rusqlite::{Connection, params_from_iter};

/// An organization.
pub(crate) fn find(connection: &Connection, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
    query::first(
        connection,
        "SELECT zone, country, policy, preferences FROM organizations WHERE organization = ?1",
        cells![id],
        |cells| stored::organization(id, cells),
    )
}

/// An organization, made where it is not there yet; and whether it was made. Inside a transaction
/// that writes, so that nobody's settings are ever replaced by the usual ones.
pub(crate) fn find_or_make(
    connection: &Connection,
    id: &OrganizationId,
) -> Result<(Organization, bool), StoreError> {
    if let Some(organization) = find(connection, id)? {
        return Ok((organization, false));
    }
    let organization = Organization::usual(id.clone());
    save(connection, &organization)?;
    Ok((organization, true))
}

/// Changes an organization, made as new ones are where it is not there yet; its currency only while
/// it has no accounts. Inside a transaction that writes, so that no change is lost in another.
pub(crate) fn change(
    connection: &Connection,
    id: &OrganizationId,
    change: &mut dyn FnMut(&mut Organization),
) -> Result<Organization, StoreError> {
    let before = find(connection, id)?;
    let mut organization = before.clone().unwrap_or_else(|| Organization::usual(id.clone()));
    change(&mut organization);
    organization.id = id.clone();
    let currency = before.map(|before| before.policy.currency);
    if currency.is_some_and(|currency| currency != organization.policy.currency)
        && has_accounts(connection, id)?
    {
        return Err(StoreError::CurrencyFixed);
    }
    save(connection, &organization)?;
    Ok(organization)
}

/// Writes an organization over what was there.
pub(crate) fn save(connection: &Connection, organization: &Organization) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO organizations (organization, zone, country, policy, preferences)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (organization) DO UPDATE SET zone = ?2, country = ?3, policy = ?4, preferences = ?5",
        params_from_iter(stored::organization_cells(organization)?),
    )?;
    Ok(())
}

fn has_accounts(connection: &Connection, id: &OrganizationId) -> Result<bool, StoreError> {
    let one = query::first(
        connection,
        "SELECT 1 FROM accounts WHERE organization = ?1 LIMIT 1",
        cells![id],
        |_| Ok(()),
    )?;
    Ok(one.is_some())
}
