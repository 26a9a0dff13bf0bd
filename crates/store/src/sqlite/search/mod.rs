//! How SQLite finds what is searched for.
//!
//! Which index a piece is found by is said in it: without statistics SQLite would have to guess.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod invoices;

use super::query;
use super::tables::invoices::of_usage;
use super::tables::{account_totals, accounts as account, invoice_totals};
use crate::cells::Cells;
use crate::search::{Database, Reach, Sql};
use crate::stored::columns;
use crate::{InvoiceTotals, StoreError};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use rusqlite::{Connection, params_from_iter};

impl Database for Connection {
    const ACCOUNTS: &'static str = "SELECT updated_at, customer FROM accounts INDEXED BY accounts_by_update
         WHERE organization = ? AND is_open = ? AND is_open IS NOT NULL";

    const ACCOUNTS_WHERE: &'static str = "FROM accounts INDEXED BY sqlite_autoindex_accounts_1
         WHERE organization = ? AND is_open = ? AND ";

    const LISTED: &'static str = "SELECT invoices.issued_at, invoices.customer, invoices.transaction_id,
     invoices.invoice_id AS number ";

    const LISTED_OF_ACCOUNT: &'static str = "SELECT usages.used_at, usages.customer, usages.transaction_id,
     invoices.invoice_id AS number ";

    const ROWS: &'static str = "SELECT invoices.invoice_id ";

    const NO_ROW: &'static str = "SELECT NULL";

    const BY_ISSUE: &'static str = "FROM invoices INDEXED BY invoices_by_issue
     WHERE invoices.past = 0 AND invoices.organization = ?";

    const BY_STATE: &'static str = "FROM invoices INDEXED BY invoices_by_state
     WHERE invoices.past = 0 AND invoices.organization = ? AND invoices.state = ?";

    const AT_STATE: &'static str = " AND +invoices.state = ?";

    const OF_CUSTOMER: &'static str = " AND +invoices.customer = ?";

    const BY_DUE: &'static str = "SELECT invoices.invoice_id FROM invoices INDEXED BY invoices_by_due
     WHERE past = 0 AND organization = ? AND state IN (";

    /// The stretches of purchases there are, each found from the one before, and in each the invoices
    /// of a value.
    const BY_VALUE: &'static str = "SELECT invoice_id FROM (
     WITH RECURSIVE stretches (number) AS (
        SELECT -1
        UNION ALL
        SELECT (SELECT min(invoices.invoice_id >> 17) FROM invoices INDEXED BY invoices_by_value
            WHERE invoices.past = 0 AND invoices.organization = ?
                AND invoices.invoice_id >> 17 > stretches.number)
        FROM stretches WHERE stretches.number IS NOT NULL)
     SELECT invoices.invoice_id FROM stretches CROSS JOIN invoices INDEXED BY invoices_by_value
        ON invoices.past = 0 AND invoices.organization = ?
            AND invoices.invoice_id >> 17 = stretches.number AND invoices.value = ?)";

    const BY_NAME: &'static str = concat!(
        "SELECT invoices.invoice_id FROM usages INDEXED BY usages_by_name CROSS JOIN invoices ON ",
        of_usage!(),
        " WHERE usages.organization = ? AND usages.friendly = ? AND invoices.installment = ?"
    );

    const BY_ORDER: &'static str = concat!(
        "SELECT invoices.invoice_id FROM usages INDEXED BY usages_by_order CROSS JOIN invoices ON ",
        of_usage!(),
        " WHERE usages.organization = ? AND usages.order_id = ?"
    );

    const BY_OBSERVATION: &'static str = concat!(
        "SELECT invoices.invoice_id FROM invoice_notes INDEXED BY invoice_notes_by_observation
     CROSS JOIN usages USING (organization, friendly, customer, transaction_id)
     CROSS JOIN invoices ON invoices.installment = invoice_notes.installment AND ",
        of_usage!(),
        " WHERE invoice_notes.organization = ? AND invoice_notes.observation = ?"
    );

    fn of_account(organization: &OrganizationId, customer: &CustomerId) -> Sql {
        Sql::text(concat!(
            "FROM usages INDEXED BY usages_by_account CROSS JOIN invoices ON ",
            of_usage!(),
            " WHERE invoices.past = 0 AND usages.account = number(?, ?)
                AND usages.organization = ? AND usages.customer = ?"
        ))
        .bind(organization)
        .bind(customer)
        .bind(organization)
        .bind(customer)
    }

    fn invoices_among(_organization: &OrganizationId, keys: Sql) -> Sql {
        Sql::text("FROM invoices WHERE +invoices.past = 0 AND invoices.invoice_id IN (").then(keys).then(")")
    }

    fn page_of_invoices(_organization: &OrganizationId, lists: Sql, reach: &Reach) -> Sql {
        let order = if reach.from_the_end {
            " ORDER BY 1 DESC, 2 DESC, 3 DESC, 4 DESC LIMIT ? OFFSET ?))"
        } else {
            " ORDER BY 1, 2, 3, 4 LIMIT ? OFFSET ?))"
        };
        Sql::text(concat!(
            "SELECT invoices.customer, ",
            columns!(of invoices),
            ", observation, payment_link FROM invoices
             LEFT JOIN invoice_notes USING (organization, customer, transaction_id, installment)
             WHERE invoices.invoice_id IN (SELECT number FROM ("
        ))
        .then(lists)
        .then(order)
        .bind(&reach.most)
        .bind(&reach.skipped)
        .then(" ORDER BY invoices.issued_at, invoices.customer, invoices.transaction_id, invoices.invoice_id")
    }

    fn all<T>(
        &self,
        sql: &Sql,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        query::all(self, &sql.text, params_from_iter(&sql.bound), read)
    }

    fn accounts_kept(&self, organization: &OrganizationId, is_open: bool) -> Result<u64, StoreError> {
        account_totals::read(self, organization, is_open)
    }

    fn totals_kept(
        &self,
        organization: &OrganizationId,
        customer: Option<&CustomerId>,
    ) -> Result<InvoiceTotals, StoreError> {
        match customer {
            None => invoice_totals::of_organization(self, organization),
            Some(customer) => {
                let (organization, customer) = (organization.clone(), customer.clone());
                account::invoice_totals(self, &AccountKey { organization, customer })
            }
        }
    }
}
