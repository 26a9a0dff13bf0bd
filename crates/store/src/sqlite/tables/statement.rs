//! The statement: what each entry changed, line by line.

use crate::cells::cells;
use crate::paging::{ByLine, Walk, page};
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns, owned};
use crate::{Page, PageRequest, StoreError, Stretch};
use fiado_core::account::StatementLine;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::{Connection, params_from_iter};

/// A query of an account's statement.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(statement),
            " FROM statement WHERE organization = ?1 AND customer = ?2 ",
            $rest
        )
    };
}

/// Writes a new line.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    line: &StatementLine,
) -> Result<(), StoreError> {
    query::run(
        connection,
        concat!(
            "INSERT INTO statement (organization, customer, ",
            columns!(statement),
            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params_from_iter(owned(key, line.cells()?)),
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// All lines, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<StatementLine>, StoreError> {
    query::all(
        connection,
        select!("ORDER BY sequence, line"),
        cells![key.organization, key.customer],
        StatementLine::read,
    )
}

const NEWEST_FIRST: &str =
    select!("AND sequence >= ?3 AND at < ?4 ORDER BY sequence DESC, line DESC LIMIT ?5");

/// The newest lines of a life from one moment until before another. `began` is the sequence the
/// life began with.
pub(crate) fn stretch(
    connection: &Connection,
    key: &AccountKey,
    began: u64,
    (from, before): (Option<Instant>, Option<Instant>),
    most: usize,
) -> Result<Stretch, StoreError> {
    let before = before.map_or(i64::MAX, Instant::microseconds);
    // One more than is wanted, for the balance that it left.
    let enough = most.saturating_add(1);
    let parameters = cells![key.organization, key.customer, began, before, enough];
    let lines = query::all(connection, NEWEST_FIRST, parameters, StatementLine::read)?;
    Ok(Stretch::of_newest(lines, from, most))
}

/// Lines, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<StatementLine>, StoreError> {
    page(request, Walk::Down, |walk, from: &ByLine, most| {
        let sql = match walk {
            Walk::Up => select!("AND (sequence, line) > (?3, ?4) ORDER BY sequence ASC, line ASC LIMIT ?5"),
            Walk::Down => {
                select!("AND (sequence, line) < (?3, ?4) ORDER BY sequence DESC, line DESC LIMIT ?5")
            }
        };
        query::all(
            connection,
            sql,
            cells![key.organization, key.customer, from.sequence, from.line, most],
            |cells| {
                let line = StatementLine::read(cells)?;
                let mark = ByLine { sequence: line.sequence, line: line.line };
                Ok((mark, line))
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn a_stretch_is_walked_from_its_end() {
        plan::assert_searches(NEWEST_FIRST);
    }
}
