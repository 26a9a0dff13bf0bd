//! Whose account an address leads to: its own, or that of a holder.

use crate::StoreError;
use crate::cells::cells;
use crate::postgres::connection::Connection;
use fiado_core::identity::{CustomerId, OrganizationId};
use fiado_core::profile::Email;

/// An open account that has the address as its own, else an open one that has a holder with it, else
/// one that has it and is not open; the first by customer. However the address is written.
pub(crate) const OF_SHOPPER: &str = r#"SELECT customer FROM (
        SELECT customer, CASE WHEN is_open IS TRUE THEN 1 ELSE 3 END AS place
        FROM contacts JOIN accounts USING (organization, customer)
        WHERE 's' || contacts.organization = 's' || $1::text AND contacts.email IS NOT NULL
            AND lower(contacts.email) = lower($2 COLLATE "C")
        UNION ALL
        SELECT customer, 2 AS place
        FROM holder_emails JOIN accounts USING (organization, customer)
        WHERE 's' || holder_emails.organization = 's' || $1::text AND is_open IS TRUE
            AND lower(holder_emails.email) = lower($2 COLLATE "C")
     ) AS known ORDER BY place, customer LIMIT 1"#;

/// The account of somebody who shops under an address.
pub(crate) fn find(
    connection: &Connection,
    organization: &OrganizationId,
    email: &Email,
) -> Result<Option<CustomerId>, StoreError> {
    connection.first(OF_SHOPPER, cells![organization, email], |cells| cells.next())
}
