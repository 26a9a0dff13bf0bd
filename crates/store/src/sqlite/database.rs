//! The one connection that writes to the database.

use super::batch::{self, Care};
use super::log::Log;
use super::redo::Record;
use super::tables::tail;
use super::turn::Turn;
use super::{error, query};
use crate::head::Head;
use crate::known::Known;
use crate::{Changes, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(super) struct Database {
    pub(super) connection: Connection,
    /// Where the journals stand in the database.
    heads: Known<Head>,
    log: Log,
    sync: Sync,
    /// What SQLite says of the others' writing.
    written_by_others: Option<i64>,
    /// A sync failed, with this message. Nothing is written any more.
    broken: Option<String>,
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
        Database { connection, heads, log, sync: Sync::Now, written_by_others: None, broken: None }
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
        self.is_sound()?;
        if !self.connection.is_autocommit() {
            // Whoever had begun before did not come to an end.
            self.roll_back()?;
        }
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
        let committed = query::run(&self.connection, "COMMIT", []).map_err(error::of_commit);
        let committed = committed.and_then(|_| self.log.keep_short(&self.connection));
        self.judge(committed)
    }

    fn is_sound(&self) -> Result<(), StoreError> {
        match &self.broken {
            Some(message) => Err(StoreError::SyncFailed(message.clone())),
            None => Ok(()),
        }
    }

    /// After a sync that failed nothing is written any more, by whoever waits for the connection just now either:
    /// the next sync might say what is not so.
    fn judge<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::SyncFailed(message)) = &done {
            self.broken = Some(message.clone());
        }
        done
    }

    /// Nothing of what was begun is written.
    pub(super) fn roll_back(&mut self) -> Result<(), StoreError> {
        self.heads.forget_all();
        // Where a statement has failed, SQLite may have ended the transaction by itself.
        if !self.connection.is_autocommit() {
            query::run(&self.connection, "ROLLBACK", [])?;
        }
        Ok(())
    }

    /// Writes what a batch has done.
    pub(super) fn write(&mut self, batch: &[Changes; 1]) -> Result<(), StoreError> {
        self.write_carefully(batch, Care::All, &mut || {})
    }

    /// Writes again what a crash has taken.
    pub(super) fn write_again(&mut self, record: Record<'_>) -> Result<(), StoreError> {
        batch::write_again(&self.connection, &mut self.heads, record)
    }

    /// Writes a turn in a transaction of its own, and calls `passed` behind each command, once more where
    /// it is tried once more. Says whether somebody else has written before.
    pub(super) fn write_turn(&mut self, turn: &Turn, passed: &mut dyn FnMut()) -> Result<bool, StoreError> {
        let is_by_others = self.begin(Sync::Later)?;
        let written = match self.write_carefully(&turn.batches, Care::All, passed) {
            // It was answered: what is damaged of one account keeps nobody else's from the database.
            Err(StoreError::Damaged(_) | StoreError::Conflict(_)) => self.write_what_fits(turn, passed),
            written => written.map(|()| is_by_others),
        };
        if written.is_err() {
            let _ = self.roll_back();
        }
        Ok(written? || is_by_others)
    }

    /// Commits the turn that was written.
    pub(super) fn commit_turn(&mut self) -> Result<(), StoreError> {
        self.commit().inspect_err(|_| drop(self.roll_back()))
    }

    fn write_what_fits(&mut self, turn: &Turn, passed: &mut dyn FnMut()) -> Result<bool, StoreError> {
        self.roll_back()?;
        let is_by_others = self.begin(Sync::Later)?;
        self.write_carefully(&turn.batches, Care::WhatFits, passed)?;
        Ok(is_by_others)
    }

    fn write_carefully(
        &mut self,
        batches: &[Changes],
        care: Care,
        passed: &mut dyn FnMut(),
    ) -> Result<(), StoreError> {
        batch::write(&self.connection, &mut self.heads, batches, care, passed)
    }

    /// Runs `work` in a transaction and makes it durable, with all that was committed before; says how many
    /// batches there are then. Where `work` fails, nothing was written.
    pub(super) fn settle<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, u64), StoreError> {
        self.is_sound()?;
        let settled = self.settle_with(work);
        self.judge(settled)
    }

    fn settle_with<T>(
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
    pub(super) fn copy_log(&mut self) -> Result<(), StoreError> {
        let copied = self.log.copy(&self.connection);
        self.judge(copied)
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
