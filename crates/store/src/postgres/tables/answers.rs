//! What was answered under an idempotency key (DECISIONS 18).

use crate::cells::{Cell, ToCell, cells};
use crate::postgres::connection::Connection;
use crate::{AnswerKey, StoreError, numbers};
use fiado_core::calendar::Instant;

/// The half of a number in which the answers of one account differ.
const OWN_HALF: i64 = 0xffff_ffff;

/// Another server may be forgetting the same ones: what it has at hand is left to it. Nobody changes an
/// answer, so that each is still where it was found.
pub(crate) const FORGET: &str = "DELETE FROM answers WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM answers WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED))";

/// The number that an answer is found by. Those of an account are found together: half of it is the
/// account's.
pub(crate) fn number(key: &AnswerKey) -> i64 {
    (numbers::of_account(&key.account) & !OWN_HALF) | (numbers::of_answer(key) & OWN_HALF)
}

/// What an answer is looked for by.
pub(crate) fn sought(key: &AnswerKey) -> impl Iterator<Item = Cell<'_>> {
    let number = [number(key).to_cell().into_owned()];
    let AnswerKey { account, operation, key } = key;
    cells![account.organization, account.customer, *operation, *key].into_iter().chain(number)
}

/// Forgets the oldest answers given before a moment, at most so many; says how many.
pub(crate) fn forget(connection: &Connection, before: Instant, most: usize) -> Result<usize, StoreError> {
    let forgotten = connection.run(FORGET, cells![before, most])?;
    Ok(usize::try_from(forgotten).unwrap_or(usize::MAX))
}
