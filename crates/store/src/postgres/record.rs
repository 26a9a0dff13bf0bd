//! An account with all that stands in other tables than its own: asked for together, and for any
//! number of accounts at once.

use super::connection::{Connection, Parameter, Request};
use super::tables::{accounts, holders, holds, invoices, payments, statement, usages};
use crate::cells::{Cell, Cells, ToCell, cells};
use crate::chain::Link;
use crate::head::{decision_to_remark, readable};
use crate::stored::{self, Stored, columns, named, record_columns, record_tables};
use crate::{AccountRecord, ListedAccount, StoreError};
use fiado_core::account::{Adjustment, Book};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use fiado_core::money::Amount;
use fiado_core::profile::{Profile, Remark};
use std::collections::BTreeMap;
use std::sync::Arc;

const PROFILES: &str = concat!(
    "SELECT customer, ",
    columns!(profiles),
    " FROM profiles WHERE organization = $1 AND customer = ANY ($2)"
);

/// Accounts with what stands beside them, in one statement, which sees the database as it is at one
/// moment. A row is an account, or a hold of it whose time has come (an amount).
macro_rules! records {
    ($these:literal) => {
        concat!(
            "SELECT customer, NULL::bigint, ",
            record_columns!(),
            " FROM ",
            record_tables!(),
            " WHERE organization = $1 AND customer ",
            $these,
            " UNION ALL SELECT customer, amount, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
             FROM holds WHERE 'l' || organization = 'l' || $1::text AND customer ",
            $these,
            " AND state = 'held' AND expires_at <= $3"
        )
    };
}

pub(super) const RECORD: &str = records!("= $2");
pub(super) const RECORDS: &str = records!("= ANY ($2)");

const REMARKS: &str =
    "SELECT customer, remark FROM unnest($2::text[], $3::bigint[]) AS decided (customer, sequence)
     JOIN remarks USING (customer, sequence) WHERE organization = $1";

const ADJUSTMENTS: &str =
    concat!("SELECT ", columns!(adjustments), " FROM adjustments WHERE organization = $1 AND customer = $2");

/// Accounts of an organization, each with what was read of it.
type Found<T> = BTreeMap<CustomerId, Result<T, StoreError>>;

/// Profiles of some accounts of an organization, or why they cannot be read.
pub(super) fn profiles(
    connection: &Connection,
    organization: &OrganizationId,
    customers: &[CustomerId],
) -> Result<Found<Profile>, StoreError> {
    let mut profiles = Found::new();
    for reply in connection.ask(&[request(PROFILES, organization, customers, Vec::new())])? {
        reply.read(|cells| {
            profiles.insert(cells.next()?, Profile::read(cells));
            Ok(())
        })?;
    }
    Ok(profiles)
}

/// A statement about some accounts of an organization.
fn request<'a>(
    sql: &'a str,
    organization: &'a OrganizationId,
    customers: &'a [CustomerId],
    others: Vec<Parameter<'a>>,
) -> Request<'a> {
    let customers = customers.iter().map(ToCell::to_cell).collect();
    let two = [Parameter::One(organization.to_cell()), Parameter::Column(customers)];
    Request { sql, parameters: two.into_iter().chain(others).collect() }
}

/// Accounts as they stand at a moment, each with what is kept beside its journal, or why it cannot be
/// read. Those that nobody knows are left out.
fn records(
    connection: &Connection,
    organization: &OrganizationId,
    customers: &[CustomerId],
    now: Instant,
) -> Result<Found<AccountRecord>, StoreError> {
    let now = Parameter::One(now.to_cell());
    let asked = match customers {
        [customer] => Request {
            sql: RECORD,
            parameters: vec![Parameter::One(organization.to_cell()), Parameter::One(customer.to_cell()), now],
        },
        customers => request(RECORDS, organization, customers, vec![now]),
    };
    let (mut records, mut expired) = (Found::new(), Vec::new());
    for reply in connection.ask(&[asked])? {
        reply.read(|cells| note_row(&mut records, &mut expired, cells))?;
    }
    for (customer, amount) in expired {
        add(&mut records, &customer, amount, |record, amount| {
            let account = Arc::unwrap_or_clone(std::mem::take(&mut record.account));
            record.account = Arc::new(account.without_expired(amount));
        });
    }
    add_remarks(connection, organization, &mut records)?;
    Ok(records)
}

/// A row of [`RECORDS`].
fn note_row(
    records: &mut Found<AccountRecord>,
    expired: &mut Vec<(CustomerId, Result<Amount, StoreError>)>,
    cells: &mut Cells<'_>,
) -> Result<(), StoreError> {
    let customer: CustomerId = cells.next()?;
    let amount: Result<Option<Amount>, _> = cells.next();
    match amount.transpose() {
        Some(amount) => expired.push((customer, amount)),
        None => drop(records.insert(customer, stored::record(cells))),
    }
    Ok(())
}

/// Adds to a record what else was read of it; what cannot be read of it makes it unreadable.
fn add<T>(
    records: &mut Found<AccountRecord>,
    customer: &CustomerId,
    read: Result<T, StoreError>,
    keep: impl FnOnce(&mut AccountRecord, T),
) {
    let Some(record) = records.get_mut(customer) else { return };
    match (record.as_mut(), read) {
        (Ok(record), Ok(value)) => keep(record, value),
        (Ok(_), Err(error)) => *record = Err(error),
        (Err(_), _) => {}
    }
}

/// Adds the remarks beside the decisions that rejected, suspended or ended accounts.
fn add_remarks(
    connection: &Connection,
    organization: &OrganizationId,
    records: &mut Found<AccountRecord>,
) -> Result<(), StoreError> {
    let (mut customers, mut sequences) = (Vec::new(), Vec::new());
    for (customer, record) in &*records {
        let account = record.as_ref().ok().map(|record| &*record.account);
        if let Some(sequence) = account.and_then(decision_to_remark) {
            customers.push(customer.to_cell().into_owned());
            sequences.push(sequence.to_cell().into_owned());
        }
    }
    if customers.is_empty() {
        return Ok(());
    }
    let parameters = vec![
        Parameter::One(organization.to_cell()),
        Parameter::Column(customers),
        Parameter::Column(sequences),
    ];
    for reply in connection.ask(&[Request { sql: REMARKS, parameters }])? {
        reply.read(|cells| {
            let (customer, remark): (CustomerId, Result<Remark, StoreError>) = (cells.next()?, cells.next());
            add(records, &customer, remark, |record, remark| record.remark = Some(remark));
            Ok(())
        })?;
    }
    Ok(())
}

/// An account as it stands at a moment, with what is kept beside its journal.
pub(super) fn find(
    connection: &Connection,
    key: &AccountKey,
    now: Instant,
) -> Result<Option<AccountRecord>, StoreError> {
    let customers = std::slice::from_ref(&key.customer);
    records(connection, &key.organization, customers, now)?.into_values().next().transpose()
}

/// Accounts in the order they are named; one that cannot be read is left out.
pub(super) fn list(
    connection: &Connection,
    organization: &OrganizationId,
    customers: Vec<CustomerId>,
    now: Instant,
) -> Result<Vec<ListedAccount>, StoreError> {
    if customers.is_empty() {
        return Ok(Vec::new());
    }
    let mut records = records(connection, organization, &customers, now)?;
    let mut listed = Vec::new();
    for customer in customers {
        let record = records.remove(&customer).map(readable).transpose()?.flatten();
        let key = AccountKey { organization: organization.clone(), customer };
        listed.extend(record.map(|record| ListedAccount { key, record }));
    }
    Ok(listed)
}

/// An account with all of its rows, and the head of its chain.
pub(super) fn book(connection: &Connection, key: &AccountKey) -> Result<Option<(Book, Link)>, StoreError> {
    let Some((account, head)) = accounts::find(connection, key)? else {
        return Ok(None);
    };
    let whose: [Cell<'_>; 2] = cells![key.organization, key.customer];
    let book = Book {
        account,
        usages: named(usages::all(connection, key)?, |usage| usage.transaction.clone())?,
        invoices: named(invoices::all(connection, key)?, |invoice| invoice.id.clone())?,
        payments: named(payments::all(connection, key)?, |payment| payment.id)?,
        holds: named(holds::all(connection, key)?, |hold| hold.transaction.clone())?,
        holders: named(holders::all(connection, key)?, |holder| holder.id)?,
        adjustments: named(connection.all(ADJUSTMENTS, whose, Adjustment::read)?, |found| {
            found.statement.clone()
        })?,
        statement: statement::all(connection, key)?,
    };
    Ok(Some((book, head.link)))
}
