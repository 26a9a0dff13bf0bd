//! How PostgreSQL finds what is searched for. Each piece says the tag of the index that is to serve
//! it (see the schema).

use super::connection::Connection;
use super::tables::totals;
use crate::cells::Cells;
use crate::search::{Database, Reach, Sql};
use crate::stored::columns;
use crate::{InvoiceTotals, StoreError, numbers};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};

/// The key of an invoice in its organization, in the order of the lists: when it was issued comes first.
macro_rules! key {
    () => {
        "invoices.issued_at, invoices.customer, invoices.transaction_id, invoices.installment"
    };
}

/// The invoices of purchases, which were issued when they were made.
macro_rules! of_usages {
    () => {
        "invoices ON 's' || invoices.organization = 's' || usages.organization \
         AND invoices.state IN ('open', 'paid', 'cancelled') AND invoices.issued_at = usages.used_at \
         AND invoices.customer = usages.customer AND invoices.transaction_id = usages.transaction_id"
    };
}

impl Database for Connection {
    const ACCOUNTS: &'static str = "SELECT updated_at, customer FROM accounts
         WHERE 'u' || organization = 'u' || ?::text AND is_open = ? AND is_open IS NOT NULL";

    const ACCOUNTS_WHERE: &'static str = "FROM accounts WHERE organization = ? AND is_open = ? AND ";

    const LISTED: &'static str = concat!("SELECT ", key!(), " ");

    const LISTED_OF_ACCOUNT: &'static str =
        "SELECT usages.used_at, usages.customer, usages.transaction_id, invoices.installment ";

    const ROWS: &'static str = concat!("SELECT ", key!(), " ");

    const NO_ROW: &'static str = "SELECT NULL::timestamptz, NULL::text, NULL::text, NULL::smallint";

    const BY_ISSUE: &'static str =
        "FROM invoices WHERE NOT invoices.past AND 's' || invoices.organization = 's' || ?::text
         AND invoices.state IN ('open', 'paid', 'cancelled')";

    const IS_WALKED_AS_A_WHOLE: bool = false;

    const BY_STATE: &'static str =
        "FROM invoices WHERE NOT invoices.past AND 's' || invoices.organization = 's' || ?::text
         AND invoices.state = ?";

    const AT_STATE: &'static str = " AND invoices.state = ?";

    const OF_CUSTOMER: &'static str = " AND invoices.customer = ?";

    const BY_DUE: &'static str = concat!(
        "SELECT ",
        key!(),
        " FROM invoices WHERE NOT invoices.past AND 'd' || invoices.organization = 'd' || ?::text
         AND invoices.state IN ("
    );

    /// The days on which something falls due, each found from the one before, and of each the invoices of
    /// a value.
    const BY_VALUE: &'static str = concat!(
        "SELECT issued_at, customer, transaction_id, installment FROM (
         WITH RECURSIVE days (day) AS (
            SELECT '-infinity'::date
            UNION ALL
            SELECT (SELECT min(invoices.due_day) FROM invoices
                WHERE NOT invoices.past AND 'd' || invoices.organization = 'd' || ?::text
                    AND invoices.due_day > days.day)
            FROM days WHERE days.day IS NOT NULL)
         SELECT ",
        key!(),
        " FROM days CROSS JOIN invoices WHERE NOT invoices.past AND 'd' || invoices.organization = 'd' || ?::text
                AND invoices.due_day = days.day AND invoices.value = ?) AS of_value"
    );

    const BY_NAME: &'static str = concat!(
        "SELECT ",
        key!(),
        " FROM usages JOIN ",
        of_usages!(),
        " WHERE usages.organization = ? AND usages.friendly = ? AND invoices.installment = ?"
    );

    const BY_ORDER: &'static str = concat!(
        "SELECT ",
        key!(),
        " FROM usages JOIN ",
        of_usages!(),
        " WHERE usages.organization = ? AND usages.order_id = ?"
    );

    const BY_OBSERVATION: &'static str = concat!(
        "SELECT ",
        key!(),
        " FROM (SELECT ?::text AS organization, ?::text AS observation) AS asked
         JOIN invoice_notes AS notes ON 'o' || notes.organization = 'o' || asked.organization
            AND md5(notes.observation) = md5(asked.observation) AND notes.observation = asked.observation
         JOIN usages ON usages.friendly = notes.friendly AND usages.transaction_id = notes.transaction_id
            AND usages.organization = notes.organization AND usages.customer = notes.customer
         JOIN ",
        of_usages!(),
        " AND invoices.installment = notes.installment"
    );

    fn of_account(organization: &OrganizationId, customer: &CustomerId) -> Sql {
        let key = AccountKey { organization: organization.clone(), customer: customer.clone() };
        Sql::text(concat!(
            "FROM usages JOIN ",
            of_usages!(),
            " WHERE NOT invoices.past AND usages.account = ? AND usages.organization = ? AND usages.customer = ?"
        ))
        .bind(&numbers::of_account(&key))
        .bind(organization)
        .bind(customer)
    }

    fn invoices_among(organization: &OrganizationId, keys: Sql) -> Sql {
        Sql::text("FROM invoices WHERE NOT invoices.past AND 's' || invoices.organization = 's' || ?::text")
            .bind(organization)
            .then(concat!(" AND (", key!(), ") IN ("))
            .then(keys)
            .then(")")
    }

    fn page_of_invoices(organization: &OrganizationId, lists: Sql, reach: &Reach) -> Sql {
        let order = if reach.from_the_end {
            " ORDER BY 1 DESC, 2 DESC, 3 DESC, 4 DESC LIMIT ? OFFSET ?"
        } else {
            " ORDER BY 1, 2, 3, 4 LIMIT ? OFFSET ?"
        };
        Sql::text(concat!(
            "SELECT invoices.customer, ",
            columns!(of invoices),
            ", observation, payment_link FROM ("
        ))
        .then(lists)
        .then(order)
        .bind(&reach.most)
        .bind(&reach.skipped)
        .then(
            ") AS listed (at, customer, transaction_id, installment)
             JOIN invoices ON 's' || invoices.organization = 's' || ?::text
                AND invoices.state IN ('open', 'paid', 'cancelled')",
        )
        .bind(organization)
        .then(concat!(
            " AND (",
            key!(),
            ") = (listed.at, listed.customer, listed.transaction_id, listed.installment)
             LEFT JOIN invoice_notes ON invoice_notes.organization = invoices.organization
                AND invoice_notes.customer = invoices.customer
                AND invoice_notes.transaction_id = invoices.transaction_id
                AND invoice_notes.installment = invoices.installment
             ORDER BY ",
            key!()
        ))
    }

    fn all<T>(
        &self,
        sql: &Sql,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        Connection::all(self, &numbered(&sql.text), sql.bound.iter().cloned(), read)
    }

    fn accounts_kept(&self, organization: &OrganizationId, is_open: bool) -> Result<u64, StoreError> {
        totals::accounts(self, organization, is_open)
    }

    fn totals_kept(
        &self,
        organization: &OrganizationId,
        customer: Option<&CustomerId>,
    ) -> Result<InvoiceTotals, StoreError> {
        match customer {
            None => totals::of_organization(self, organization),
            Some(customer) => {
                let (organization, customer) = (organization.clone(), customer.clone());
                totals::of_account(self, &AccountKey { organization, customer })
            }
        }
    }
}

/// The text with its parameters numbered, as PostgreSQL names them.
pub(super) fn numbered(text: &str) -> String {
    let mut pieces = text.split('?');
    let mut numbered = pieces.next().unwrap_or_default().to_owned();
    for (number, piece) in (1..).zip(pieces) {
        let number: u32 = number;
        numbered.push_str(&format!("${number}{piece}"));
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_in_their_order() {
        assert_eq!(numbered("a = ? AND b IN (?, ?) LIMIT ?"), "a = $1 AND b IN ($2, $3) LIMIT $4");
        assert_eq!(numbered("SELECT 1"), "SELECT 1");
    }
}
