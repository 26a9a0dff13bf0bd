//! The one connection that writes to the database.

use super::batch::{self, Care, Growth};
use super::known::Known;
use super::log::Log;
use super::redo::Record;
use super::tables::tail;
use super::turn::Turn;
use super::{error, query};
use crate::head::Head;
use crate::{Changes, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::sync::Arc;

pub(super) struct Database {
    pub(super) connection: Connection,
    /// Where the journals stand in the database.
    heads: Known<Head>,
    /// What the transaction that goes on has done to accounts.
    growth: Growth,
    log: Log,
    sync: Sync,
    /// What SQLite says of the others' writing.
    written_by_others: Option<i64>,
    /// How many turns are written in the transaction that goes on, and with what care.
    turns: usize,
    care: Care,
}

/// When the disk has to have what is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sync {
    /// Before the commit returns, and all that was committed before.
    Now,
    /// With the next commit that is synced.
    Later,
}

impl Database {
    pub(super) fn new(connection: Connection, heads: Known<Head>, log: Log) -> Database {
        let growth = Growth::default();
        Database {
            connection,
            heads,
            growth,
            log,
            sync: Sync::Now,
            written_by_others: None,
            turns: 0,
            care: Care::All,
        }
    }

    fn sync(&mut self, sync: Sync) -> Result<(), StoreError> {
        if self.sync != sync {
            self.connection.execute_batch(match sync {
                Sync::Now => "PRAGMA synchronous = FULL",
                Sync::Later => "PRAGMA synchronous = NORMAL",
            })?;
            self.sync = sync;
        }
        Ok(())
    }

    /// Begins to write; says whether somebody else has written meanwhile.
    pub(super) fn begin(&mut self, sync: Sync) -> Result<bool, StoreError> {
        if !self.connection.is_autocommit() {
            // Whoever had begun before did not come to an end.
            self.roll_back()?;
        }
        (self.turns, self.care) = (0, Care::All);
        self.growth.forget();
        self.sync(sync)?;
        query::run(&self.connection, "BEGIN IMMEDIATE", [])?;
        let version = query::first(&self.connection, "PRAGMA data_version", [], |cells| cells.next())?;
        let is_by_others = self.written_by_others != version;
        if is_by_others {
            self.heads.forget_all();
            self.written_by_others = version;
        }
        Ok(is_by_others)
    }

    /// Makes what was written since it began visible to everybody.
    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        self.growth.save(&self.connection, &mut self.heads)?;
        query::run(&self.connection, "COMMIT", []).map_err(error::of_commit)?;
        self.turns = 0;
        self.log.keep_short(&self.connection)
    }

    /// Nothing of what was begun is written.
    pub(super) fn roll_back(&mut self) -> Result<(), StoreError> {
        self.heads.forget_all();
        self.growth.forget();
        self.turns = 0;
        self.roll_back_open()
    }

    /// Where a statement has failed, SQLite may have ended the transaction by itself.
    fn roll_back_open(&self) -> Result<(), StoreError> {
        if !self.connection.is_autocommit() {
            query::run(&self.connection, "ROLLBACK", [])?;
        }
        Ok(())
    }

    /// Writes what a batch has done.
    pub(super) fn write(&mut self, batch: &[Changes; 1]) -> Result<(), StoreError> {
        batch::write(&self.connection, &mut self.heads, &mut self.growth, batch, Care::All)
    }

    /// Writes again what a crash has taken.
    pub(super) fn write_again(&mut self, record: Record<'_>) -> Result<(), StoreError> {
        batch::write_again(&self.connection, &mut self.heads, record)
    }

    /// Writes turns, of which it may have written the first before, in a transaction that goes on. Says
    /// whether somebody else has written before it began.
    pub(super) fn write_turns(&mut self, turns: &[Arc<Turn>]) -> Result<bool, StoreError> {
        let written = match self.try_turns(turns) {
            // They were answered: what is damaged of one account keeps nobody else's from the database.
            Err(StoreError::Damaged(_) | StoreError::Conflict(_)) if self.care == Care::All => {
                self.try_what_fits(turns)
            }
            written => written,
        };
        if written.is_err() {
            let _ = self.roll_back();
        }
        written
    }

    /// Commits the turns that were written: all of them or none.
    pub(super) fn commit_turns(&mut self) -> Result<(), StoreError> {
        self.commit().inspect_err(|_| drop(self.roll_back()))
    }

    fn try_what_fits(&mut self, turns: &[Arc<Turn>]) -> Result<bool, StoreError> {
        self.roll_back()?;
        let is_by_others = self.begin(Sync::Later)?;
        self.care = Care::WhatFits;
        Ok(self.try_turns(turns)? || is_by_others)
    }

    fn try_turns(&mut self, turns: &[Arc<Turn>]) -> Result<bool, StoreError> {
        let is_by_others = if self.connection.is_autocommit() { self.begin(Sync::Later)? } else { false };
        for turn in turns.iter().skip(self.turns) {
            batch::write(&self.connection, &mut self.heads, &mut self.growth, &turn.batches, self.care)?;
            self.turns = self.turns.saturating_add(1);
        }
        Ok(is_by_others)
    }

    /// Runs `work` in a transaction and makes it durable, with all that was committed before; says how many
    /// batches there are then. Where `work` fails, nothing was written.
    pub(super) fn settle<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, u64), StoreError> {
        self.sync(Sync::Now)?;
        let transaction = immediate(&mut self.connection)?;
        let done = work(&transaction)?;
        // SQLite writes no page that is as it was, and syncs nothing then.
        tail::touch(&transaction)?;
        let batches = tail::read(&transaction)?.batches;
        transaction.commit().map_err(error::of_commit)?;
        self.log.keep_short(&self.connection)?;
        Ok((done, batches))
    }

    /// Copies what little of the log is left.
    pub(super) fn copy_log(&self) -> Result<(), StoreError> {
        self.log.copy(&self.connection)
    }

    /// Nothing of the log is copied when it is closed.
    pub(super) fn leave_log(&self) {
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
}

/// Begins a transaction that may write at once, so that it cannot fail for being too late.
pub(super) fn immediate(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    if !connection.is_autocommit() {
        // A transaction before this one could not be rolled back when it failed.
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}
