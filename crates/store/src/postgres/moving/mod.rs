//! Moving house, from a database and into one.
//!
//! While a database is being filled it has a mark, and indices that only serve to find are set aside:
//! they are made again at the end, when all their rows are there to be sorted. A chunk is not waited
//! for until it is on the disk; the last transaction, which takes the mark away, is, and everything
//! before it.

mod mark;
mod rows;

pub(super) use mark::check_is_finished;

use super::address::Address;
use super::connection::Connection;
use super::connections::Connections;
use super::migrations;
use super::tables::{credentials, organizations, payment_rules};
use crate::cells::{Cell, Cells, cells};
use crate::head::Listed;
use crate::moving::{self, Arrival, Arrived, Moment, Shops, Table};
use crate::tally::{Change, Tally};
use crate::{StoreError, numbers};
use fiado_core::account::InvoiceState;
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, OrganizationId};
use mark::Mark;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How long the making of an index is waited for.
const LONGEST_MAKING: Duration = Duration::from_secs(24 * 60 * 60);

/// What holds for a session that reads all there is, in the order of keys: whoever takes it in may take
/// their time, and nothing is sorted that an index has in order.
const PATIENT: &str = "
    SET statement_timeout = 0;
    SET idle_in_transaction_session_timeout = 0;
    SET enable_bitmapscan = off;
    SET enable_sort = off;";

/// What holds for one transaction of many.
const HURRIED: &str = "SET LOCAL synchronous_commit = off; SET LOCAL statement_timeout = 0";

/// What holds where an index is made. Its rows are sorted in memory as far as they go.
const MAKING: &str = "SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '256MB'";

/// A connection that sees the database as it is now, whatever is written to it meanwhile.
pub(super) fn leave(connections: &Connections) -> Result<Connection, StoreError> {
    let connection = connections.apart(PATIENT)?;
    // The moment is that of the first look.
    check_is_finished(&connection)?;
    Ok(connection)
}

impl Moment for Connection {
    const LIVES: &'static str =
        "SELECT organization, customer FROM journal WHERE kind IN ('requested', 'opened')";

    fn all<T>(
        &self,
        sql: &str,
        bound: Vec<Cell<'_>>,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        Connection::all(self, sql, bound, read)
    }

    fn signing_key(&self) -> Result<[u8; 32], StoreError> {
        credentials::signing_key(self)
    }

    /// An answer's number begins with its account's (see the schema).
    fn among(table: Table, accounts: &[&AccountKey]) -> String {
        match table {
            (columns, "answers", order) => {
                // Two accounts may have the same upper half, and are asked for once.
                let halves: BTreeSet<i64> =
                    accounts.iter().map(|key| numbers::of_account(key) & !0xffff_ffff).collect();
                let halves: Vec<String> = halves.iter().map(|half| format!("({half})")).collect();
                format!(
                    "SELECT organization, customer, {columns} FROM (VALUES {}) AS asked (half) \
                     JOIN answers ON number >= asked.half \
                        AND number <= asked.half | 4294967295 ORDER BY asked.half{order}",
                    halves.join(", ")
                )
            }
            table => moving::among(table, accounts),
        }
    }
}

/// A database that is being filled.
pub(super) struct Filling {
    connections: Connections,
    mark: Mark,
    sums: Sums,
}

/// What stands in figures of whole organizations and of the whole store, once all is there.
#[derive(Debug, Clone, Default)]
struct Sums {
    /// How many accounts there are.
    accounts: u64,
    /// The last position of journal and refusals, and their latest instant.
    position: u64,
    newest_at: Option<Instant>,
    invoices: BTreeMap<OrganizationId, Tally>,
    /// How many accounts are open, and closed.
    standing: BTreeMap<(OrganizationId, bool), u64>,
}

impl Sums {
    fn pass(&mut self, position: u64, at: Instant) {
        self.position = self.position.max(position);
        self.newest_at = self.newest_at.max(Some(at));
    }

    fn add(&mut self, arrived: &Arrived) {
        let belongings = &arrived.belongings;
        let shop = &belongings.key.organization;
        belongings.journal.iter().for_each(|row| self.pass(row.position, row.at));
        belongings.refusals.iter().for_each(|(position, refusal)| self.pass(*position, refusal.at));
        if belongings.head.is_some() {
            self.accounts = self.accounts.saturating_add(1);
            self.invoices.entry(shop.clone()).or_default().join(&arrived.tally());
        }
        if let Some(is_open) = Listed::of(&arrived.book.account).is_open {
            let count = self.standing.entry((shop.clone(), is_open)).or_default();
            *count = count.saturating_add(1);
        }
    }
}

impl Filling {
    pub(super) fn begin(url: &str) -> Result<Filling, StoreError> {
        let connections = Connections::new(Address::parse(url)?, 1)?;
        // A mark that is there stays, whatever the migrations do.
        connections.write(migrations::bring_up_to_date)?;
        let mark = connections.write(|transaction| {
            transaction.script(MAKING)?;
            mark::begin(transaction)
        })?;
        Ok(Filling { connections, mark, sums: Sums::default() })
    }

    /// Runs `work` in one transaction, unless somebody else has begun anew.
    fn write<T>(
        &self,
        settings: &str,
        mut work: impl FnMut(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.connections.write(|transaction| {
            transaction.script(settings)?;
            self.mark.check(transaction)?;
            work(transaction)
        })
    }
}

impl Arrival for Filling {
    fn shops(&mut self, shops: &Shops) -> Result<(), StoreError> {
        self.write(HURRIED, |transaction| write_shops(transaction, shops))
    }

    fn accounts(&mut self, chunk: &[Arrived]) -> Result<(), StoreError> {
        self.write(HURRIED, |transaction| rows::write(transaction, chunk))?;
        chunk.iter().for_each(|arrived| self.sums.add(arrived));
        Ok(())
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        let bring_back_one = |transaction: &Connection| {
            transaction.waits_at_most(LONGEST_MAKING);
            mark::bring_back_one(transaction)
        };
        while self.write(MAKING, bring_back_one)? {}
        self.write(MAKING, |transaction| {
            check_is_alone(transaction, self.sums.accounts)?;
            write_sums(transaction, &self.sums)?;
            mark::end(transaction)
        })
    }
}

fn write_shops(transaction: &Connection, shops: &Shops) -> Result<(), StoreError> {
    check_is_alone(transaction, 0)?;
    transaction.script("DELETE FROM organizations; DELETE FROM secrets")?;
    for organization in &shops.organizations {
        organizations::change(transaction, &organization.id, &mut |there| *there = organization.clone())?;
    }
    for (organization, rule) in &shops.rules {
        payment_rules::add(transaction, organization, rule, usize::MAX)?;
    }
    for key in &shops.keys {
        credentials::add_key(transaction, key)?;
    }
    credentials::keep_signing_key(transaction, &shops.signing_key)
}

const ACCOUNT_TOTALS: &str =
    "INSERT INTO account_totals (organization, is_open, slot, accounts) VALUES ($1, $2, 0, $3)";

const INVOICE_TOTALS: &str = "INSERT INTO invoice_totals (organization, state, slot, invoices, high, low)
     VALUES ($1, $2, 0, $3, $4, $5)";

fn write_sums(transaction: &Connection, sums: &Sums) -> Result<(), StoreError> {
    for ((organization, is_open), accounts) in &sums.standing {
        transaction.run(ACCOUNT_TOTALS, cells![organization, is_open, accounts])?;
    }
    for (organization, tally) in &sums.invoices {
        for state in InvoiceState::ALL {
            let Change { count, high, low } = tally.of(state);
            transaction.run(INVOICE_TOTALS, cells![organization, state, count, high, low])?;
        }
    }
    if let Some(newest_at) = sums.newest_at {
        transaction.run("INSERT INTO tail (slot, newest_at) VALUES (0, $1)", cells![newest_at])?;
        transaction.first("SELECT setval('positions', $1)", cells![sums.position], |_| Ok(()))?;
    }
    Ok(())
}

/// Nobody else has made an account meanwhile.
fn check_is_alone(transaction: &Connection, accounts: u64) -> Result<(), StoreError> {
    let found = transaction.first("SELECT count(*) FROM accounts", [], |cells| cells.next())?;
    if found == Some(accounts) {
        Ok(())
    } else {
        Err(StoreError::Damaged("somebody else has made accounts while it was being filled".to_owned()))
    }
}
