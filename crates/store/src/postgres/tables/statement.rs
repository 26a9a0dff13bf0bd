//! The statement: what each entry changed, line by line.

use crate::cells::cells;
use crate::paging::{ByLine, Walk, page};
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use crate::{Page, PageRequest, StoreError, Stretch};
use fiado_core::account::StatementLine;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;

/// A query of an account's statement.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(statement),
            " FROM statement WHERE organization = $1 AND customer = $2 ",
            $rest
        )
    };
}

const ALL: &str = select!("ORDER BY sequence, line");
pub(crate) const NEWER: &str =
    select!("AND (sequence, line) > ($3, $4) ORDER BY sequence ASC, line ASC LIMIT $5");
pub(crate) const OLDER: &str =
    select!("AND (sequence, line) < ($3, $4) ORDER BY sequence DESC, line DESC LIMIT $5");
pub(crate) const NEWEST_FIRST: &str =
    select!("AND sequence >= $3 AND at < $4 ORDER BY sequence DESC, line DESC LIMIT $5");

/// All lines, oldest first.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<StatementLine>, StoreError> {
    connection.all(ALL, cells![key.organization, key.customer], StatementLine::read)
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
    let parameters = cells![key.organization, key.customer, began, before, enough];
    let lines = connection.all(NEWEST_FIRST, parameters, StatementLine::read)?;
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
            Walk::Up => NEWER,
            Walk::Down => OLDER,
        };
        let parameters = cells![key.organization, key.customer, from.sequence, from.line, most];
        connection.all(sql, parameters, |cells| {
            let line = StatementLine::read(cells)?;
            Ok((ByLine { sequence: line.sequence, line: line.line }, line))
        })
    })
}
