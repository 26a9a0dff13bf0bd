//! An account with all that stands in other tables than its own: asked for together, and for any
//! number of accounts at once.

use super::connection::{Connection, Parameter, Request};
use super::tables::{accounts, holders, holds, invoices, payments, statement, usages};
use crate::cells::{Cell, Cells, ToCell, cells};
use crate::chain::Link;
use crate::head::{self, decision_to_remark, readable};
use crate::stored::{Stored, columns, named};
use crate::{AccountRecord, ListedAccount, StoreError};
use fiado_core::account::{Account, Adjustment, Book};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use fiado_core::money::Amount;
use fiado_core::profile::{Contact, Profile, Remark};
use std::collections::BTreeMap;

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
            columns!(accounts),
            ", profiles.tax_id IS NOT NULL, ",
            columns!(profiles),
            ", contacts.customer IS NOT NULL, ",
            columns!(contacts),
            " FROM accounts LEFT JOIN profiles USING (organization, customer)
                LEFT JOIN contacts USING (organization, customer)
             WHERE organization = $1 AND customer ",
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

/// Where the columns of a record begin: those of the account, then whether there is a profile.
const ACCOUNT: usize = 2;
const PROFILE: usize = ACCOUNT + count(columns!(accounts));
const CONTACT: usize = PROFILE + 1 + count(columns!(profiles));

/// How many columns are named.
const fn count(columns: &str) -> usize {
    let (mut rest, mut count) = (columns.as_bytes(), 1);
    while let [first, others @ ..] = rest {
        if *first == b',' {
            count += 1;
        }
        rest = others;
    }
    count
}

const REMARKS: &str =
    "SELECT customer, remark FROM unnest($2::text[], $3::bigint[]) AS decided (customer, sequence)
     JOIN remarks USING (customer, sequence) WHERE organization = $1";

const ADJUSTMENTS: &str =
    concat!("SELECT ", columns!(adjustments), " FROM adjustments WHERE organization = $1 AND customer = $2");

/// What stands beside an account.
#[derive(Default)]
pub(super) struct Beside {
    expired: Vec<Amount>,
    profile: Option<Profile>,
    contact: Option<Contact>,
    /// Where something of it cannot be read.
    damage: Option<StoreError>,
}

impl Beside {
    /// What the company says of itself; an error where anything of this account cannot be read.
    pub(super) fn profile(self) -> Result<Option<Profile>, StoreError> {
        self.damage.map_or(Ok(self.profile), Err)
    }

    fn note_profile(&mut self, cells: &mut Cells<'_>) {
        self.note(Profile::read(cells), |beside, profile| beside.profile = Some(profile));
    }

    fn note<T>(&mut self, read: Result<T, StoreError>, keep: impl FnOnce(&mut Beside, T)) {
        match read {
            Ok(value) => keep(self, value),
            Err(error) => self.damage = Some(error),
        }
    }
}

type Besides = BTreeMap<CustomerId, Beside>;

/// Profiles of some accounts of an organization.
pub(super) fn beside(
    connection: &Connection,
    organization: &OrganizationId,
    customers: &[CustomerId],
) -> Result<Besides, StoreError> {
    let mut besides = Besides::new();
    for reply in connection.ask(&[request(PROFILES, organization, customers, Vec::new())])? {
        reply.read(|cells| note_profile(&mut besides, cells))?;
    }
    Ok(besides)
}

fn note_profile(besides: &mut Besides, cells: &mut Cells<'_>) -> Result<(), StoreError> {
    besides.entry(cells.next()?).or_default().note_profile(cells);
    Ok(())
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
) -> Result<BTreeMap<CustomerId, Result<AccountRecord, StoreError>>, StoreError> {
    let now = Parameter::One(now.to_cell());
    let asked = match customers {
        [customer] => Request {
            sql: RECORD,
            parameters: vec![Parameter::One(organization.to_cell()), Parameter::One(customer.to_cell()), now],
        },
        customers => request(RECORDS, organization, customers, vec![now]),
    };
    let (mut accounts, mut besides) = (Vec::new(), Besides::new());
    for reply in connection.ask(&[asked])? {
        reply.read(|cells| note_row(&mut accounts, &mut besides, cells))?;
    }
    let mut records = BTreeMap::new();
    for (customer, account) in accounts {
        let beside = besides.remove(&customer).unwrap_or_default();
        records.insert(customer, account.and_then(|account| put_together(account, beside)));
    }
    add_remarks(connection, organization, &mut records)?;
    Ok(records)
}

/// A row of [`RECORDS`].
fn note_row(
    found: &mut Vec<(CustomerId, Result<Account, StoreError>)>,
    besides: &mut Besides,
    cells: &mut Cells<'_>,
) -> Result<(), StoreError> {
    let customer: CustomerId = cells.next()?;
    let expired: Result<Option<Amount>, _> = cells.next();
    let beside = besides.entry(customer.clone()).or_default();
    let Some(expired) = expired.transpose() else {
        if cells.at(PROFILE).next()? {
            beside.note_profile(&mut cells.at(PROFILE + 1));
        }
        if cells.at(CONTACT).next()? {
            let contact = Contact::read(&mut cells.at(CONTACT + 1));
            beside.note(contact, |beside, contact| beside.contact = Some(contact));
        }
        found.push((customer, head::read(&mut cells.at(ACCOUNT)).map(|(account, _)| account)));
        return Ok(());
    };
    beside.note(expired, |beside, amount| beside.expired.push(amount));
    Ok(())
}

/// Holds are looked at only where something is held.
fn put_together(mut account: Account, beside: Beside) -> Result<AccountRecord, StoreError> {
    if !account.totals.held.is_zero() {
        account = account.without_expired(Amount::saturating_sum(beside.expired.iter().copied()));
    }
    let contact = beside.contact.clone();
    Ok(AccountRecord { account, profile: beside.profile()?, contact, remark: None })
}

/// Adds the remarks beside the decisions that rejected, suspended or ended accounts.
fn add_remarks(
    connection: &Connection,
    organization: &OrganizationId,
    records: &mut BTreeMap<CustomerId, Result<AccountRecord, StoreError>>,
) -> Result<(), StoreError> {
    let (mut customers, mut sequences) = (Vec::new(), Vec::new());
    for (customer, record) in &*records {
        let account = record.as_ref().ok().map(|record| &record.account);
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
            if let Some(record) = records.get_mut(&customer) {
                add_remark(record, remark);
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn add_remark(record: &mut Result<AccountRecord, StoreError>, remark: Result<Remark, StoreError>) {
    match (record.as_mut(), remark) {
        (Ok(record), Ok(remark)) => record.remark = Some(remark),
        (Ok(_), Err(error)) => *record = Err(error),
        (Err(_), _) => {}
    }
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
