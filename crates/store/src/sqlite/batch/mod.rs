//! A batch of commands: load what is wanted, let it be decided, write what was done.

mod beside;
mod load;
mod write;

pub(super) use load::{Sources, load_one};
pub(super) use write::{Care, write};

use super::redo::Record;
use crate::StoreError;
use crate::head::Head;
use crate::known::Known;
use rusqlite::Connection;

/// Does again what a batch has done that a crash has taken from the database, where the next one finds it.
pub(super) fn write_again(
    connection: &Connection,
    heads: &mut Known<Head>,
    record: Record<'_>,
) -> Result<(), StoreError> {
    write(connection, heads, &[record.changes(connection)?], Care::WhatFits, &mut || {})
}
