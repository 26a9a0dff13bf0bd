//! The statement: what each entry changed, line by line. Its lines stand beside their entry in the journal.

use crate::cells::{Cells, cells};
use crate::paging::{ByLine, Walk, page};
use crate::sqlite::query;
use crate::stored::{statement_cell, statement_lines};
use crate::{Page, PageRequest, StoreError, Stretch};
use fiado_core::account::{Row, StatementLine};
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::{Connection, params_from_iter};

/// A query of those of an account's entries that have lines.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT sequence, at, statement FROM journal
             WHERE account = number(?1, ?2) AND organization = ?1 AND customer = ?2 AND statement IS NOT NULL ",
            $rest
        )
    };
}

const ALL: &str = select!("ORDER BY sequence");
const FROM: &str = select!("AND sequence >= ?3 ORDER BY sequence ASC LIMIT ?4");
const UP_TO: &str = select!("AND sequence <= ?3 ORDER BY sequence DESC LIMIT ?4");
const NEWEST_FIRST: &str = select!("AND sequence >= ?3 AND at < ?4 ORDER BY sequence DESC LIMIT ?5");

/// Those of these rows that are an entry's lines.
pub(crate) fn of_entry(rows: &[Row], sequence: u64) -> impl Iterator<Item = &StatementLine> {
    rows.iter().filter_map(move |row| match row {
        Row::Statement(line) if line.sequence == sequence => Some(line),
        _ => None,
    })
}

/// Writes the lines of an entry that is there.
pub(crate) fn save(
    connection: &Connection,
    key: &AccountKey,
    sequence: u64,
    rows: &[Row],
) -> Result<(), StoreError> {
    let place = cells![key.organization, key.customer, sequence];
    let lines = statement_cell(of_entry(rows, sequence))?;
    query::run(
        connection,
        "UPDATE journal SET statement = ?4
         WHERE account = number(?1, ?2) AND organization = ?1 AND customer = ?2 AND sequence = ?3",
        params_from_iter(place.into_iter().chain([lines])),
    )?;
    Ok(())
}

/// All lines, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<StatementLine>, StoreError> {
    let lines = query::all(connection, ALL, cells![key.organization, key.customer], statement_lines)?;
    Ok(lines.into_iter().flatten().collect())
}

/// The lines of an entry, its last first.
fn last_first(cells: &mut Cells<'_>) -> Result<Vec<StatementLine>, StoreError> {
    let mut lines = statement_lines(cells)?;
    lines.reverse();
    Ok(lines)
}

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
    // One more than is wanted, for the balance that it left. An entry has at least one.
    let enough = most.saturating_add(1);
    let parameters = cells![key.organization, key.customer, began, before, enough];
    let lines = query::all(connection, NEWEST_FIRST, parameters, last_first)?;
    Ok(Stretch::of_newest(lines.into_iter().flatten(), from, most))
}

/// Lines, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<StatementLine>, StoreError> {
    page(request, Walk::Down, |walk, from: &ByLine, most| {
        // The entry of the mark may have no line beyond it.
        let enough = most.saturating_add(1);
        let parameters = cells![key.organization, key.customer, from.sequence, enough];
        let lines = match walk {
            Walk::Up => query::all(connection, FROM, parameters, statement_lines)?,
            Walk::Down => query::all(connection, UP_TO, parameters, last_first)?,
        };
        let mark = |line: StatementLine| (ByLine { sequence: line.sequence, line: line.line }, line);
        let marked = lines.into_iter().flatten().map(mark);
        Ok(marked.filter(|(mark, _)| mark.is_beyond(from, walk)).take(most).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn lines_are_walked_with_their_entries_from_either_end() {
        for sql in [ALL, FROM, UP_TO, NEWEST_FIRST] {
            plan::assert_searches(sql);
        }
    }
}
