//! Accounts: the state their journal leaves them in, and the last link of their chain.

use super::profiles;
use crate::cells::{cells, json};
use crate::chain::Link;
use crate::head::{self, Head, Listed, readable, rungs};
use crate::paging::{ByRequest, Walk, page};
use crate::sqlite::{error, query};
use crate::stored::columns;
use crate::tally::{self, Tally};
use crate::{InvoiceTotals, Page, PageRequest, RequestRecord, StoreError};
use fiado_core::account::{Account, Status};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use rusqlite::Connection;

/// An account with its ladder, and its head.
pub(crate) fn find(connection: &Connection, key: &AccountKey) -> Result<Option<(Account, Head)>, StoreError> {
    query::first(
        connection,
        concat!("SELECT ", columns!(accounts), " FROM accounts WHERE organization = ?1 AND customer = ?2"),
        cells![key.organization, key.customer],
        head::read,
    )
}

/// The head of an account's journal.
pub(crate) fn head(connection: &Connection, key: &AccountKey) -> Result<Option<Head>, StoreError> {
    query::first(
        connection,
        concat!("SELECT ", columns!(accounts), " FROM accounts WHERE organization = ?1 AND customer = ?2"),
        cells![key.organization, key.customer],
        Head::read,
    )
}

/// Writes the account as it stands after its journal has grown to `link`, and its invoices have
/// changed by a tally. What lists are made by is written only where it has changed, so that a
/// purchase touches no index.
pub(crate) fn save(
    connection: &Connection,
    key: &AccountKey,
    account: &Account,
    before: &Head,
    link: &Link,
    tally: &Tally,
) -> Result<(), StoreError> {
    let listed = Listed::of(account);
    let is_new = before.version == 0;
    if is_new || before.listed != listed {
        query::run(
            connection,
            if is_new { INSERT } else { UPDATE_LISTED },
            cells![
                key.organization,
                key.customer,
                listed.status,
                listed.requested_at,
                listed.is_open,
                listed.updated_at,
            ],
        )
        .map_err(|error| error::of_insert(error, key))?;
    }
    query::run(
        connection,
        UPDATE,
        cells![
            key.organization,
            key.customer,
            account.version,
            link,
            json(account)?,
            json(&rungs(account))?,
            tally.open.count,
            tally.open.high,
            tally.open.low,
            tally.paid.count,
            tally.paid.high,
            tally.paid.low,
            tally.cancelled.count,
            tally.cancelled.high,
            tally.cancelled.low,
        ],
    )?;
    Ok(())
}

const INSERT: &str =
    "INSERT INTO accounts (organization, customer, status, requested_at, is_open, updated_at,
        version, head, state, ladder, open_count, open_high, open_low, paid_count, paid_high, paid_low,
        cancelled_count, cancelled_high, cancelled_low)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, x'', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0)";

const UPDATE_LISTED: &str =
    "UPDATE accounts SET status = ?3, requested_at = ?4, is_open = ?5, updated_at = ?6
     WHERE organization = ?1 AND customer = ?2";

const UPDATE: &str = "UPDATE accounts SET version = ?3, head = ?4, state = ?5, ladder = ?6,
        open_count = open_count + ?7, open_high = open_high + ?8, open_low = open_low + ?9,
        paid_count = paid_count + ?10, paid_high = paid_high + ?11, paid_low = paid_low + ?12,
        cancelled_count = cancelled_count + ?13, cancelled_high = cancelled_high + ?14,
        cancelled_low = cancelled_low + ?15
     WHERE organization = ?1 AND customer = ?2";

/// The totals of an account's invoices.
pub(crate) fn invoice_totals(connection: &Connection, key: &AccountKey) -> Result<InvoiceTotals, StoreError> {
    let totals = query::first(
        connection,
        "SELECT open_count, open_high, open_low, paid_count, paid_high, paid_low,
            cancelled_count, cancelled_high, cancelled_low
         FROM accounts WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
        tally::read_all,
    )?;
    Ok(totals.unwrap_or_default())
}

/// Every account after `after`, in order of its key. An account whose row is lost is still found
/// by where its journal begins.
pub(crate) fn keys(
    connection: &Connection,
    after: Option<&AccountKey>,
    most: usize,
) -> Result<Vec<AccountKey>, StoreError> {
    let mut keys: Vec<AccountKey> = Vec::new();
    while keys.len() < most {
        let Some(key) = next_key(connection, keys.last().or(after))? else {
            break;
        };
        keys.push(key);
    }
    Ok(keys)
}

const NEXT_KEY: &str = "SELECT * FROM (SELECT organization, customer FROM accounts
             WHERE (organization, customer) > (?1, ?2) ORDER BY organization, customer LIMIT 1)
         UNION ALL
         SELECT * FROM (SELECT organization, customer FROM journal INDEXED BY journal_lives
             WHERE kind IN ('requested', 'opened') AND (organization, customer) > (?1, ?2)
             ORDER BY organization, customer LIMIT 1)
         ORDER BY organization, customer LIMIT 1";

fn next_key(connection: &Connection, after: Option<&AccountKey>) -> Result<Option<AccountKey>, StoreError> {
    let (organization, customer) =
        after.map_or(("", ""), |key| (key.organization.as_str(), key.customer.as_str()));
    query::first(connection, NEXT_KEY, cells![organization, customer], |cells| {
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
        let found = query::all(
            connection,
            requests_sql(walk, status),
            cells![organization, from.requested_at, from.customer, most, status],
            |cells| Ok((cells.next()?, cells.next()?, readable(head::read(cells))?)),
        )?;
        let complete = |(requested_at, customer, account): (i64, CustomerId, Option<(Account, Head)>)| {
            let mark = ByRequest { requested_at, customer: customer.as_str().to_owned() };
            let key = AccountKey { organization: organization.clone(), customer };
            let record = account.map(|(account, _)| request_record(connection, key, account));
            Ok((mark, record.map(readable).transpose()?.flatten()))
        };
        found.into_iter().map(complete).collect()
    })?;
    Ok(found.filter_map(|record| record))
}

fn request_record(
    connection: &Connection,
    key: AccountKey,
    account: Account,
) -> Result<RequestRecord, StoreError> {
    let profile = profiles::find(connection, &key)?;
    Ok(RequestRecord { key, account, profile })
}

fn requests_sql(walk: Walk, status: Option<Status>) -> &'static str {
    macro_rules! requests {
        ($which:literal, $beyond:literal, $order:literal) => {
            concat!(
                "SELECT requested_at, customer, ",
                columns!(accounts),
                " FROM accounts ",
                "WHERE organization = ?1 AND ",
                $which,
                " AND (requested_at, customer) ",
                $beyond,
                " (?2, ?3) ",
                "ORDER BY requested_at ",
                $order,
                ", customer ",
                $order,
                " LIMIT ?4",
            )
        };
    }
    match (walk, status) {
        (Walk::Up, Some(_)) => requests!("status = ?5", ">", "ASC"),
        (Walk::Down, Some(_)) => requests!("status = ?5", "<", "DESC"),
        (Walk::Up, None) => requests!("?5 IS NULL", ">", "ASC"),
        (Walk::Down, None) => requests!("?5 IS NULL", "<", "DESC"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn no_list_passes_what_it_does_not_show() {
        for walk in [Walk::Up, Walk::Down] {
            for status in [None, Some(Status::Pending)] {
                plan::assert_searches(requests_sql(walk, status));
            }
        }
    }

    #[test]
    fn the_next_key_is_found_without_passing_journals() {
        let steps = plan::steps(NEXT_KEY);
        let searches = steps.iter().filter(|step| step.starts_with("SEARCH")).count();
        assert_eq!(searches, 2, "{steps:#?}");
    }
}
