//! Holds: credit kept for purchases that are not settled yet, and what became of it.
//!
//! Live ones have two indices by the moment they end: one in their account, for its commands, and
//! one over all accounts, for whoever tidies up.

use crate::StoreError;
use crate::cells::cells;
use crate::postgres::connection::Connection;
use crate::stored::{Stored, columns};
use fiado_core::account::Hold;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;

/// A query of an account's holds.
macro_rules! select {
    ($whose:literal, $rest:literal) => {
        concat!("SELECT ", columns!(holds), " FROM holds WHERE ", $whose, " AND customer = $2 ", $rest)
    };
}

const ALL: &str = select!("organization = $1", "");

/// Those that end at one moment come in the order they were made.
pub(crate) const LIVE: &str = select!(
    "'l' || organization = 'l' || $1::text",
    "AND state = 'held' AND expires_at > $3 ORDER BY expires_at, number LIMIT $4"
);

pub(crate) const EXPIRED_EVERYWHERE: &str = "SELECT organization, customer FROM (
        SELECT organization, customer, expires_at FROM holds
        WHERE state = 'held' AND 'e' || state = 'eheld' AND expires_at <= $1 ORDER BY expires_at, organization, customer LIMIT $2
     ) AS expired GROUP BY organization, customer ORDER BY min(expires_at), organization, customer";

/// How many holds of one account are looked at for each account that is asked for.
const HOLDS_AN_ACCOUNT: usize = 64;

/// The live holds whose time has not come at a moment, at most so many, those that end first first.
pub(crate) fn live(
    connection: &Connection,
    key: &AccountKey,
    now: Instant,
    most: usize,
) -> Result<Vec<Hold>, StoreError> {
    connection.all(LIVE, cells![key.organization, key.customer, now, most], Hold::read)
}

/// All holds, live and ended.
pub(crate) fn all(connection: &Connection, key: &AccountKey) -> Result<Vec<Hold>, StoreError> {
    connection.all(ALL, cells![key.organization, key.customer], Hold::read)
}

/// Accounts with live holds whose time has come by a moment, at most so many, those that have waited
/// longest first. Fewer may come where a few accounts have very many: the others come when theirs
/// are ended.
pub(crate) fn accounts_with_expired(
    connection: &Connection,
    by: Instant,
    most: usize,
) -> Result<Vec<AccountKey>, StoreError> {
    let holds = most.saturating_mul(HOLDS_AN_ACCOUNT);
    let mut accounts = connection.all(EXPIRED_EVERYWHERE, cells![by, holds], |cells| {
        Ok(AccountKey { organization: cells.next()?, customer: cells.next()? })
    })?;
    accounts.truncate(most);
    Ok(accounts)
}
