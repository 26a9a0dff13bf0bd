//! Organizations: their calendar and their policy.

use crate::sqlite::cells::{cells, json};
use crate::sqlite::query;
use crate::{Organization, StoreError};
use fiado_core::identity::OrganizationId;
use fiado_core::policy::Policy;
use rusqlite::Connection;

/// An organization.
pub(crate) fn find(connection: &Connection, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
    query::first(
        connection,
        "SELECT zone, country, policy FROM organizations WHERE organization = ?1",
        cells![id],
        |cells| {
            Ok(Organization {
                id: id.clone(),
                zone: cells.next()?,
                country: cells.next()?,
                policy: cells.next_json::<Policy>()?,
            })
        },
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

/// Makes or changes an organization; its currency only while it has no accounts.
pub(crate) fn save(connection: &Connection, organization: &Organization) -> Result<(), StoreError> {
    let currency = organization.policy.currency;
    if let Some(before) = find(connection, &organization.id)?
        && before.policy.currency != currency
        && has_accounts(connection, &organization.id)?
    {
        return Err(StoreError::CurrencyFixed);
    }
    query::run(
        connection,
        "INSERT INTO organizations (organization, zone, country, policy) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (organization) DO UPDATE SET zone = ?2, country = ?3, policy = ?4",
        cells![organization.id, organization.zone, organization.country, json(&organization.policy)?,],
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
