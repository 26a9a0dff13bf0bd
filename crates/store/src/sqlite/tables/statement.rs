//! The statement: what each entry changed, line by line.

use crate::sqlite::cells::{Cells, cells, json};
use crate::sqlite::paging::{Mark, Walk, page};
use crate::sqlite::{error, query};
use crate::{Page, PageRequest, StoreError, Stretch};
use fiado_core::account::StatementLine;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::Connection;

/// A query of an account's statement.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT sequence, line, at, value, used_after, balance_after, kind ",
            "FROM statement WHERE organization = ?1 AND customer = ?2 ",
            $rest
        )
    };
}

fn read(cells: &mut Cells<'_, '_>) -> Result<StatementLine, StoreError> {
    Ok(StatementLine {
        sequence: cells.next()?,
        line: cells.next()?,
        at: cells.next()?,
        value: cells.next()?,
        used_after: cells.next()?,
        balance_after: cells.next()?,
        kind: cells.next_json()?,
    })
}

/// Writes a new line.
pub(crate) fn insert(
    connection: &Connection,
    key: &AccountKey,
    line: &StatementLine,
) -> Result<(), StoreError> {
    query::run(
        connection,
        "INSERT INTO statement (organization, customer, sequence, line, at, value, used_after,
            balance_after, kind)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        cells![
            key.organization,
            key.customer,
            line.sequence,
            line.line,
            line.at,
            line.value,
            line.used_after,
            line.balance_after,
            json(&line.kind)?,
        ],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// All lines, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<StatementLine>, StoreError> {
    query::all(connection, select!("ORDER BY sequence, line"), cells![key.organization, key.customer], read)
}

const NEWEST_FIRST: &str = select!("AND sequence >= ?3 AND at < ?4 ORDER BY sequence DESC, line DESC");

/// The newest lines of a life from one moment until before another. `began` is the sequence the
/// life began with.
pub(crate) fn stretch(
    connection: &Connection,
    key: &AccountKey,
    began: u64,
    (from, before): (Option<Instant>, Option<Instant>),
    most: usize,
) -> Result<Stretch, StoreError> {
    let mut statement = connection.prepare_cached(NEWEST_FIRST)?;
    let before = before.map_or(i64::MAX, Instant::microseconds);
    let mut rows = statement.query(cells![key.organization, key.customer, began, before])?;
    let mut stretch = Stretch::default();
    while let Some(row) = rows.next()? {
        let line = read(&mut Cells::of(row))?;
        // What the line before those listed left is the balance before them; a life begins with none.
        if stretch.lines.len() >= most || from.is_some_and(|from| line.at < from) {
            stretch.balance_before = line.balance_after;
            break;
        }
        stretch.lines.push(line);
    }
    stretch.lines.reverse();
    Ok(stretch)
}

/// Newest entry first, and its last line first.
struct ByLine {
    sequence: u64,
    line: u32,
}

impl Mark for ByLine {
    fn start() -> ByLine {
        ByLine { sequence: u64::MAX, line: u32::MAX }
    }

    fn write(&self) -> String {
        format!("{}|{}", self.sequence, self.line)
    }

    fn read(text: &str) -> Option<ByLine> {
        let (sequence, line) = text.split_once('|')?;
        Some(ByLine { sequence: sequence.parse().ok()?, line: line.parse().ok()? })
    }
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
                let line = read(cells)?;
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
