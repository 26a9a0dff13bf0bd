//! Organizations: their calendar, their policy and their preferences.

use crate::cells::cells;
use crate::postgres::connection::Connection;
use crate::stored;
use crate::{Organization, StoreError};
use fiado_core::identity::OrganizationId;

const FIND: &str = "SELECT zone, country, policy, preferences FROM organizations WHERE organization = $1";

/// Whoever makes an account of the organization meanwhile is waited for, and waits.
const LOCK: &str =
    "SELECT zone, country, policy, preferences FROM organizations WHERE organization = $1 FOR UPDATE";

const MAKE: &str = "INSERT INTO organizations (organization, zone, country, policy, preferences)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization) DO NOTHING";

const SAVE: &str = "UPDATE organizations SET zone = $2, country = $3, policy = $4, preferences = $5
     WHERE organization = $1";

const HAS_ACCOUNTS: &str = "SELECT 1::bigint FROM accounts WHERE organization = $1 LIMIT 1";

/// An organization.
pub(crate) fn find(connection: &Connection, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
    connection.first(FIND, cells![id], |cells| stored::organization(id, cells))
}

/// An organization, made where it is not there yet; and whether it was made. Nobody's settings are
/// ever replaced by the usual ones. Inside a transaction that writes, in which nobody else changes it.
pub(crate) fn find_or_make(
    connection: &Connection,
    id: &OrganizationId,
) -> Result<(Organization, bool), StoreError> {
    let usual = Organization::usual(id.clone());
    let made = connection.run(MAKE, stored::organization_cells(&usual)?)? == 1;
    let organization = connection.first(LOCK, cells![id], |cells| stored::organization(id, cells))?;
    Ok((organization.unwrap_or(usual), made))
}

/// Changes an organization, made as new ones are where it is not there yet; its currency only while
/// it has no accounts. Inside a transaction that writes, so that no change is lost in another.
pub(crate) fn change(
    connection: &Connection,
    id: &OrganizationId,
    change: &mut dyn FnMut(&mut Organization),
) -> Result<Organization, StoreError> {
    let (mut organization, is_new) = find_or_make(connection, id)?;
    let currency = organization.policy.currency;
    change(&mut organization);
    organization.id = id.clone();
    if !is_new && currency != organization.policy.currency && has_accounts(connection, id)? {
        return Err(StoreError::CurrencyFixed);
    }
    connection.run(SAVE, stored::organization_cells(&organization)?)?;
    Ok(organization)
}

fn has_accounts(connection: &Connection, id: &OrganizationId) -> Result<bool, StoreError> {
    let one: Option<i64> = connection.first(HAS_ACCOUNTS, cells![id], |cells| cells.next())?;
    Ok(one.is_some())
}
