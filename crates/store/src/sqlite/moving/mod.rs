//! Moving house, from a file and into one.
//!
//! While a file is being filled it has a mark, and indices that only serve to find are set aside: they
//! are made again at the end, when all their rows are there to be sorted. What is written is not synced
//! with every chunk; the last transaction, which takes the mark away, is, and everything before it.

mod mark;
mod rows;

pub(super) use mark::check_is_finished;

use super::database::immediate;
use super::log::Log;
use super::redo::Redo;
use super::tables::tail::{self, Tail};
use super::tables::{credentials, invoice_totals, organizations, payment_rules};
use super::{error, migrations, open, query};
use crate::StoreError;
use crate::cells::{Cell, Cells, cells};
use crate::moving::{Arrival, Arrived, Moment, Shops};
use crate::tally::Tally;
use fiado_core::identity::OrganizationId;
use mark::Mark;
use rusqlite::{Connection, Transaction, params_from_iter};
use std::collections::BTreeMap;
use std::path::Path;

/// A connection that sees the file as it is now, whatever is written to it meanwhile.
pub(super) fn leave(path: &Path) -> Result<Connection, StoreError> {
    let connection = open::reader(path)?;
    connection.execute_batch("BEGIN")?;
    // The moment is that of the first look.
    mark::check_is_finished(&connection)?;
    Ok(connection)
}

impl Moment for Connection {
    const LIVES: &'static str = "SELECT organization, customer FROM journal INDEXED BY journal_lives
         WHERE kind IN ('requested', 'opened')";

    fn all<T>(
        &self,
        sql: &str,
        bound: Vec<Cell<'_>>,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        query::all(self, sql, params_from_iter(bound), read)
    }

    fn signing_key(&self) -> Result<[u8; 32], StoreError> {
        credentials::signing_key(self)
    }
}

/// A file that is being filled.
pub(super) struct Filling {
    /// Nobody has the store to itself meanwhile.
    redo: Redo,
    connection: Connection,
    log: Log,
    mark: Mark,
    end: Tail,
    /// How many accounts there are.
    accounts: u64,
    /// The number of the last purchase.
    usage_id: i64,
}

impl Filling {
    /// Begins in a file that nothing has been left to be done in by a crash.
    pub(super) fn begin(path: &Path) -> Result<Filling, StoreError> {
        let redo = Redo::of(path)?;
        let mut connection = open::writer(path)?;
        // Where it was opened as a store before, its records are all in it.
        if mark::is_there(&connection)? && redo.has_records()? {
            return Err(StoreError::NotNew("what a crash has left in its -redo file"));
        }
        // What an older program has begun has none of the indices that migrations expect.
        if mark::is_there(&connection)? && !migrations::is_up_to_date(&connection)? {
            let transaction = immediate(&mut connection)?;
            mark::start_over(&transaction)?;
            transaction.commit().map_err(error::of_commit)?;
        }
        // A mark that is there stays, whatever the migrations do.
        migrations::bring_up_to_date(&mut connection)?;
        let transaction = immediate(&mut connection)?;
        let mark = mark::begin(&transaction)?;
        let end = tail::read(&transaction)?;
        if redo.records_after(end.batches, &tail::mark(&transaction)?)?.next().transpose()?.is_some() {
            return Err(StoreError::NotNew("what a crash has left in its -redo file"));
        }
        transaction.commit().map_err(error::of_commit)?;
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        Ok(Filling { redo, connection, log: Log::of(path), mark, end, accounts: 0, usage_id: 0 })
    }

    /// Runs `work` in one transaction, unless somebody else has begun anew.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = immediate(&mut self.connection)?;
        self.mark.check(&transaction)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(error::of_commit)?;
        self.log.keep_short(&self.connection)?;
        Ok(done)
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        if let Ok(transaction) = immediate(&mut self.connection) {
            let _ = self.redo.remove_if_alone();
            drop(transaction);
        }
    }
}

impl Arrival for Filling {
    fn shops(&mut self, shops: &Shops) -> Result<(), StoreError> {
        self.write(|transaction| write_shops(transaction, shops))
    }

    fn accounts(&mut self, chunk: &[Arrived]) -> Result<(), StoreError> {
        let (mut usage_id, mut end) = (self.usage_id, self.end);
        self.write(|transaction| {
            let mut tallies: BTreeMap<&OrganizationId, Tally> = BTreeMap::new();
            for arrived in chunk {
                let tally = rows::write(transaction, arrived, &mut usage_id, &mut end)?;
                tallies.entry(&arrived.belongings.key.organization).or_default().join(&tally);
            }
            let mut tallies = tallies.into_iter();
            tallies.try_for_each(|(shop, tally)| invoice_totals::change(transaction, shop, &tally))
        })?;
        let new = chunk.iter().filter(|arrived| arrived.belongings.head.is_some()).count();
        self.accounts = self.accounts.saturating_add(u64::try_from(new).unwrap_or(u64::MAX));
        (self.usage_id, self.end) = (usage_id, end);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        while self.write(mark::bring_back_one)? {}
        self.connection.execute_batch("PRAGMA synchronous = FULL")?;
        let (accounts, end) = (self.accounts, self.end);
        self.write(|transaction| {
            check_is_alone(transaction, accounts)?;
            tail::save(transaction, &end)?;
            mark::end(transaction)
        })
    }
}

fn write_shops(transaction: &Connection, shops: &Shops) -> Result<(), StoreError> {
    check_is_alone(transaction, 0)?;
    transaction.execute_batch("DELETE FROM organizations; DELETE FROM secrets")?;
    for organization in &shops.organizations {
        organizations::save(transaction, organization)?;
    }
    for (organization, rule) in &shops.rules {
        payment_rules::add(transaction, organization, rule, usize::MAX)?;
    }
    for key in &shops.keys {
        credentials::add_key(transaction, key)?;
    }
    credentials::keep_signing_key(transaction, &shops.signing_key)
}

/// Nobody else has made an account meanwhile.
fn check_is_alone(transaction: &Connection, accounts: u64) -> Result<(), StoreError> {
    let found = query::first(transaction, "SELECT count(*) FROM accounts", cells![], |cells| cells.next())?;
    if found == Some(accounts) {
        Ok(())
    } else {
        Err(StoreError::Damaged("somebody else has made accounts while it was being filled".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moving::statements;
    use crate::sqlite::Sqlite;
    use crate::sqlite::plan::assert_searches;

    #[test]
    fn customers_are_read_in_the_order_of_their_keys_without_passing_others() {
        statements::<Connection>().iter().for_each(|sql| assert_searches(sql));
    }

    #[test]
    fn every_index_is_there_again_when_a_store_was_filled() {
        let directory = tempfile::tempdir().unwrap();
        let (usual, filled) = (directory.path().join("usual.db"), directory.path().join("filled.db"));
        drop(Sqlite::open(&usual).unwrap());
        let mut arrival = Sqlite::fill(&filled).unwrap();
        assert!(schema(&filled).len() < schema(&usual).len(), "while it is filled, they are set aside");
        arrival.shops(&Shops::default()).unwrap();
        arrival.finish().unwrap();
        drop(arrival);
        assert_eq!(schema(&filled), schema(&usual));
    }

    #[test]
    fn an_import_that_an_older_version_has_begun_is_begun_anew() {
        const OLDER: [&str; 5] = [
            include_str!("../migrations/0001_journal_and_rows.sql"),
            include_str!("../migrations/0002_customer_credit.sql"),
            include_str!("../migrations/0003_payment_rules.sql"),
            include_str!("../migrations/0004_lives.sql"),
            include_str!("../migrations/0005_batches.sql"),
        ];
        let directory = tempfile::tempdir().unwrap();
        let (usual, older) = (directory.path().join("usual.db"), directory.path().join("older.db"));
        drop(Sqlite::open(&usual).unwrap());
        open::create_file(&older).unwrap();
        let connection = open::writer(&older).unwrap();
        OLDER.iter().for_each(|script| connection.execute_batch(script).unwrap());
        connection.execute_batch("DROP TABLE to_rebuild; PRAGMA user_version = 5").unwrap();
        let first = OrganizationId::new(crate::organization::FIRST_ORGANIZATION).unwrap();
        organizations::save(&connection, &crate::Organization::usual(first)).unwrap();
        drop(mark::begin(&connection).unwrap());
        drop(connection);
        let mut arrival = Sqlite::fill(&older).unwrap();
        arrival.shops(&Shops::default()).unwrap();
        arrival.finish().unwrap();
        drop(arrival);
        assert_eq!(schema(&older), schema(&usual));
    }

    fn schema(path: &Path) -> Vec<String> {
        let connection = open::reader(path).unwrap();
        let sql = "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name";
        query::all(&connection, sql, cells![], |cells| cells.next()).unwrap()
    }
}
