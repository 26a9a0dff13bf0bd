//! Accounts: the state their journal leaves them in, and the last link of their chain.

use crate::cells::{ToCell, cells};
use crate::head::{self, Head, readable};
use crate::paging::{ByRequest, Walk, page};
use crate::postgres::connection::Connection;
use crate::postgres::record;
use crate::stored::columns;
use crate::{Page, PageRequest, RequestRecord, StoreError};
use fiado_core::account::{Account, Status};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};

const FIND: &str =
    concat!("SELECT ", columns!(accounts), " FROM accounts WHERE organization = $1 AND customer = $2");

/// An account whose row is lost is still found by the beginning of its journal.
pub(crate) const KEYS: &str = "WITH RECURSIVE keys (organization, customer, number) AS (
        SELECT * FROM (
            SELECT organization, customer, 1 FROM (
                (SELECT organization, customer FROM accounts
                    WHERE (organization, customer) > ($1, $2) ORDER BY organization, customer LIMIT 1)
                UNION ALL
                (SELECT organization, customer FROM journal
                    WHERE kind IN ('requested', 'opened')
                        AND (organization, customer) > ($1, $2)
                    ORDER BY organization, customer LIMIT 1)
            ) AS nearest ORDER BY organization, customer LIMIT 1
        ) AS first
        UNION ALL
        SELECT next.organization, next.customer, keys.number + 1 FROM keys CROSS JOIN LATERAL (
            SELECT * FROM (
                (SELECT accounts.organization, accounts.customer FROM accounts
                    WHERE (accounts.organization, accounts.customer) > (keys.organization, keys.customer)
                    ORDER BY accounts.organization, accounts.customer LIMIT 1)
                UNION ALL
                (SELECT journal.organization, journal.customer FROM journal
                    WHERE journal.kind IN ('requested', 'opened')
                        AND (journal.organization, journal.customer) > (keys.organization, keys.customer)
                    ORDER BY journal.organization, journal.customer LIMIT 1)
            ) AS nearest ORDER BY organization, customer LIMIT 1
        ) AS next WHERE keys.number < $3
     ) SELECT organization, customer FROM keys ORDER BY number";

/// An account with its ladder, and its head.
pub(crate) fn find(connection: &Connection, key: &AccountKey) -> Result<Option<(Account, Head)>, StoreError> {
    connection.first(FIND, cells![key.organization, key.customer], head::read)
}

/// Every account after `after`, in order of its key.
pub(crate) fn keys(
    connection: &Connection,
    after: Option<&AccountKey>,
    most: usize,
) -> Result<Vec<AccountKey>, StoreError> {
    let (organization, customer) =
        after.map_or(("", ""), |key| (key.organization.as_str(), key.customer.as_str()));
    connection.all(KEYS, cells![organization, customer, most], |cells| {
        Ok(AccountKey { organization: cells.next()?, customer: cells.next()? })
    })
}

/// The accounts of an organization, oldest request first.
pub(crate) fn requests(
    connection: &Connection,
    organization: &OrganizationId,
    status: Option<Status>,
    request: &PageRequest,
) -> Result<Page<RequestRecord>, StoreError> {
    let found = page(request, Walk::Up, |walk, from: &ByRequest, most| {
        let mark = cells![organization, from.requested_at, from.customer, most];
        let parameters = mark.into_iter().chain(status.as_ref().map(ToCell::to_cell));
        let found = connection.all(&requests_sql(walk, status), parameters, |cells| {
            Ok((cells.next()?, cells.next::<CustomerId>()?, readable(head::read(cells))?))
        })?;
        let customers: Vec<CustomerId> = found.iter().map(|(_, customer, _)| customer.clone()).collect();
        let mut profiles = record::profiles(connection, organization, &customers)?;
        let complete = |(requested_at, customer, account): (i64, CustomerId, Option<(Account, Head)>)| {
            let mark = ByRequest { requested_at, customer: customer.as_str().to_owned() };
            let profile = profiles.remove(&customer).transpose().ok();
            let key = AccountKey { organization: organization.clone(), customer };
            let record =
                account.zip(profile).map(|((account, _), profile)| RequestRecord { key, account, profile });
            (mark, record)
        };
        Ok(found.into_iter().map(complete).collect())
    })?;
    Ok(found.filter_map(|record| record))
}

pub(crate) fn requests_sql(walk: Walk, status: Option<Status>) -> String {
    let (beyond, order) = match walk {
        Walk::Up => (">", "ASC"),
        Walk::Down => ("<", "DESC"),
    };
    let whose = match status {
        Some(_) => "'s' || organization = 's' || $1::text AND status = $5",
        None => "'r' || organization = 'r' || $1::text",
    };
    format!(
        "SELECT requested_at, customer, {} FROM accounts \
         WHERE {whose} AND (requested_at, customer) {beyond} ($2, $3) \
         ORDER BY requested_at {order}, customer {order} LIMIT $4",
        columns!(accounts)
    )
}
