//! The statement: what each entry changed, line by line, kept beside the entry.
//!
//! A list is one of entries that have lines, each of which brings all of its own.

use super::whose;
use crate::cells::{Cells, cells};
use crate::paging::{ByLine, Walk, page};
use crate::postgres::connection::Connection;
use crate::stored::statement_lines;
use crate::{Page, PageRequest, StoreError, Stretch};
use fiado_core::account::StatementLine;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;

/// A query of the entries of an account that have lines.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT sequence, at, statement FROM journal \
             WHERE account = $1 AND organization = $2 AND customer = $3 AND statement IS NOT NULL ",
            $rest
        )
    };
}

const ALL: &str = select!("ORDER BY sequence");
pub(crate) const NEWER: &str = select!("AND sequence >= $4 ORDER BY sequence ASC LIMIT $5");
pub(crate) const OLDER: &str = select!("AND sequence <= $4 ORDER BY sequence DESC LIMIT $5");
pub(crate) const NEWEST_FIRST: &str =
    select!("AND sequence >= $4 AND at < $5 ORDER BY sequence DESC LIMIT $6");

/// All lines, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<StatementLine>, StoreError> {
    Ok(connection.all(ALL, whose(key), statement_lines)?.into_iter().flatten().collect())
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
    // One more than is wanted, for the balance that it left.
    let enough = most.saturating_add(1);
    let parameters = whose(key).into_iter().chain(cells![began, before, enough]);
    let lines = connection.all(NEWEST_FIRST, parameters, last_line_first)?;
    Ok(Stretch::of_newest(lines.into_iter().flatten(), from, most))
}

/// Lines, newest first.
pub(crate) fn list(
    connection: &Connection,
    key: &AccountKey,
    request: &PageRequest,
) -> Result<Page<StatementLine>, StoreError> {
    page(request, Walk::Down, |walk, from: &ByLine, most| {
        // The entry of the mark may have no line beyond it, every other has one.
        let entries = most.saturating_add(1);
        let parameters = whose(key).into_iter().chain(cells![from.sequence, entries]);
        let lines = match walk {
            Walk::Up => connection.all(NEWER, parameters, statement_lines)?,
            Walk::Down => connection.all(OLDER, parameters, last_line_first)?,
        };
        let marked = |line: StatementLine| (ByLine { sequence: line.sequence, line: line.line }, line);
        let beyond = lines.into_iter().flatten().map(marked).filter(|(mark, _)| mark.is_beyond(from, walk));
        Ok(beyond.take(most).collect())
    })
}

fn last_line_first(cells: &mut Cells<'_>) -> Result<Vec<StatementLine>, StoreError> {
    let mut lines = statement_lines(cells)?;
    lines.reverse();
    Ok(lines)
}
