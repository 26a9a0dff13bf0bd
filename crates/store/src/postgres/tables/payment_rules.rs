//! Payment rules, as their shops wrote them.
//!
//! A text is given back to the letter. Rules stay in the order they were made in, however often
//! they are replaced.

use super::organizations;
use crate::cells::cells;
use crate::postgres::connection::Connection;
use crate::{RuleRecord, StoreError};
use fiado_core::identity::{OrganizationId, RuleId};

const LIST: &str = "SELECT rule, document FROM payment_rules WHERE organization = $1 ORDER BY position";

/// How many there are, the last position, and whether one has this id.
const STAND: &str = "SELECT count(*), coalesce(max(position), 0), coalesce(bool_or(rule = $2), false)
     FROM payment_rules WHERE organization = $1";

const INSERT: &str =
    "INSERT INTO payment_rules (organization, rule, position, document) VALUES ($1, $2, $3, $4)";

const REPLACE: &str = "UPDATE payment_rules SET document = $3 WHERE organization = $1 AND rule = $2";

const REMOVE: &str = "DELETE FROM payment_rules WHERE organization = $1 AND rule = $2";

/// An organization's rules, those made first first.
pub(crate) fn list(
    connection: &Connection,
    organization: &OrganizationId,
) -> Result<Vec<RuleRecord>, StoreError> {
    connection.all(LIST, cells![organization], |cells| {
        Ok(RuleRecord { id: cells.next()?, document: cells.next()? })
    })
}

/// Writes a new rule, unless its organization has `most` already; says whether it did. The
/// organization is made where it is not there yet, and nobody else adds to its rules meanwhile.
pub(crate) fn add(
    connection: &Connection,
    organization: &OrganizationId,
    rule: &RuleRecord,
    most: usize,
) -> Result<bool, StoreError> {
    organizations::find_or_make(connection, organization)?;
    let stand = connection.first(STAND, cells![organization, rule.id], |cells| {
        Ok((cells.next::<usize>()?, cells.next::<u64>()?, cells.next::<bool>()?))
    })?;
    let (rules, last, is_there) = stand.unwrap_or_default();
    if rules >= most {
        return Ok(false);
    }
    if is_there {
        return Err(StoreError::RuleExists);
    }
    let position = last.saturating_add(1);
    connection.run(INSERT, cells![organization, rule.id, position, rule.document])?;
    Ok(true)
}

/// Writes a rule over the one that has its id, in its place; says whether there is one.
pub(crate) fn replace(
    connection: &Connection,
    organization: &OrganizationId,
    rule: &RuleRecord,
) -> Result<bool, StoreError> {
    Ok(connection.run(REPLACE, cells![organization, rule.id, rule.document])? == 1)
}

/// Removes a rule; says whether there was one.
pub(crate) fn remove(
    connection: &Connection,
    organization: &OrganizationId,
    rule: &RuleId,
) -> Result<bool, StoreError> {
    Ok(connection.run(REMOVE, cells![organization, rule])? == 1)
}
