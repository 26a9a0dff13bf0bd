//! How companies are reached and named: personal data, beside the journal.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use crate::stored::{Stored, columns, owned};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use fiado_core::profile::{Contact, ContactChange, Email};
use rusqlite::{Connection, params_from_iter};

/// Changes an account's contact.
pub(crate) fn change(
    connection: &Connection,
    key: &AccountKey,
    change: &ContactChange,
) -> Result<(), StoreError> {
    let contact = change.apply(find(connection, key)?);
    query::run(
        connection,
        concat!(
            "INSERT INTO contacts (organization, customer, ",
            columns!(contacts),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (organization, customer) DO UPDATE SET
                email = ?3, document = ?4, document_type = ?5, description = ?6"
        ),
        params_from_iter(owned(key, contact.cells()?)),
    )?;
    Ok(())
}

/// An account's contact.
pub(crate) fn find(connection: &Connection, key: &AccountKey) -> Result<Option<Contact>, StoreError> {
    query::first(
        connection,
        concat!("SELECT ", columns!(contacts), " FROM contacts WHERE organization = ?1 AND customer = ?2"),
        cells![key.organization, key.customer],
        Contact::read,
    )
}

const OF_SHOPPER: &str = "SELECT contacts.customer FROM contacts INDEXED BY contacts_by_shopper
     CROSS JOIN accounts ON accounts.organization = contacts.organization
        AND accounts.customer = contacts.customer AND (+accounts.is_open IS 1) = ?3
     WHERE contacts.organization = ?1 AND contacts.email IS NOT NULL AND lower(contacts.email) = lower(?2)
     ORDER BY contacts.customer LIMIT 1";

/// The first account that is reached under an address, however that is written: an open one, or one
/// that is not.
pub(crate) fn of_shopper(
    connection: &Connection,
    organization: &OrganizationId,
    email: &Email,
    is_open: bool,
) -> Result<Option<CustomerId>, StoreError> {
    query::first(connection, OF_SHOPPER, cells![organization, email, is_open], |cells| cells.next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn an_address_leads_to_its_accounts() {
        plan::assert_searches(OF_SHOPPER);
        let steps = plan::steps(OF_SHOPPER);
        let shopper = "contacts_by_shopper (organization=? AND <expr>=?)";
        assert!(steps.iter().any(|step| step.contains(shopper)), "{steps:#?}");
    }
}
