//! The addresses of those who may buy on an account: personal data, kept only while they may.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use fiado_core::identity::{AccountKey, ChildId, CustomerId, OrganizationId};
use fiado_core::profile::Email;
use rusqlite::Connection;

/// Keeps a holder's address.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    holder: ChildId,
    email: &Email,
) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO holder_emails (organization, customer, holder_id, email) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (organization, customer, holder_id) DO UPDATE SET email = ?4",
        cells![key.organization, key.customer, holder, email],
    )?;
    Ok(())
}

/// Erases a holder's address.
pub(crate) fn erase(connection: &Connection, key: &AccountKey, holder: ChildId) -> Result<(), StoreError> {
    query::run(
        connection,
        "DELETE FROM holder_emails WHERE organization = ?1 AND customer = ?2 AND holder_id = ?3",
        cells![key.organization, key.customer, holder],
    )?;
    Ok(())
}

/// Erases the addresses of all of an account's holders.
pub(crate) fn erase_all(connection: &Connection, key: &AccountKey) -> Result<(), StoreError> {
    query::run(
        connection,
        "DELETE FROM holder_emails WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
    )?;
    Ok(())
}

const OF_SHOPPER: &str =
    "SELECT holder_emails.customer FROM holder_emails INDEXED BY holder_emails_by_shopper
     CROSS JOIN accounts ON accounts.organization = holder_emails.organization
        AND accounts.customer = holder_emails.customer AND +accounts.is_open = 1
     WHERE holder_emails.organization = ?1 AND lower(holder_emails.email) = lower(?2)
     ORDER BY holder_emails.customer LIMIT 1";

/// The first open account that has a holder under an address, however that is written.
pub(crate) fn of_shopper(
    connection: &Connection,
    organization: &OrganizationId,
    email: &Email,
) -> Result<Option<CustomerId>, StoreError> {
    query::first(connection, OF_SHOPPER, cells![organization, email], |cells| cells.next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn an_address_leads_to_its_accounts() {
        plan::assert_searches(OF_SHOPPER);
        let steps = plan::steps(OF_SHOPPER);
        let shopper = "holder_emails_by_shopper (organization=? AND <expr>=?)";
        assert!(steps.iter().any(|step| step.contains(shopper)), "{steps:#?}");
    }
}
