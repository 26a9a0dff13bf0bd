//! Payment rules, as their shops wrote them.
//!
//! A text is given back to the letter. Rules stay in the order they were made in, however often
//! they are replaced.

use super::organizations;
use crate::cells::cells;
use crate::sqlite::{error, query};
use crate::{RuleRecord, StoreError};
use fiado_core::identity::{OrganizationId, RuleId};
use rusqlite::Connection;

const LIST: &str = "SELECT rule, document FROM payment_rules WHERE organization = ?1 ORDER BY position";

/// Behind the last one, unless there are too many.
const INSERT: &str = "INSERT INTO payment_rules (organization, rule, position, document)
     SELECT ?1, ?2, coalesce(max(position), 0) + 1, ?3 FROM payment_rules WHERE organization = ?1
     HAVING count(*) < ?4";

const REPLACE: &str = "UPDATE payment_rules SET document = ?3 WHERE organization = ?1 AND rule = ?2";

const REMOVE: &str = "DELETE FROM payment_rules WHERE organization = ?1 AND rule = ?2";

/// An organization's rules, those made first first.
pub(crate) fn list(
    connection: &Connection,
    organization: &OrganizationId,
) -> Result<Vec<RuleRecord>, StoreError> {
    query::all(connection, LIST, cells![organization], |cells| {
        Ok(RuleRecord { id: cells.next()?, document: cells.next()? })
    })
}

/// Writes a new rule, unless its organization has `most` already; says whether it did. The
/// organization is made where it is not there yet. Inside a transaction that writes.
pub(crate) fn add(
    connection: &Connection,
    organization: &OrganizationId,
    rule: &RuleRecord,
    most: usize,
) -> Result<bool, StoreError> {
    organizations::find_or_make(connection, organization)?;
    let added = query::run(connection, INSERT, cells![organization, rule.id, rule.document, most]);
    match added {
        Ok(added) => Ok(added == 1),
        Err(error) if error::is_taken(&error) => Err(StoreError::RuleExists),
        Err(error) => Err(error.into()),
    }
}

/// Writes a rule over the one that has its id, in its place; says whether there is one.
pub(crate) fn replace(
    connection: &Connection,
    organization: &OrganizationId,
    rule: &RuleRecord,
) -> Result<bool, StoreError> {
    Ok(query::run(connection, REPLACE, cells![organization, rule.id, rule.document])? == 1)
}

/// Removes a rule; says whether there was one.
pub(crate) fn remove(
    connection: &Connection,
    organization: &OrganizationId,
    rule: &RuleId,
) -> Result<bool, StoreError> {
    Ok(query::run(connection, REMOVE, cells![organization, rule])? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::plan;

    #[test]
    fn only_an_organizations_own_rules_are_looked_at() {
        for (sql, index) in [
            (LIST, "(organization=?)"),
            (INSERT, "(organization=?)"),
            (REPLACE, "payment_rules_by_name (organization=? AND rule=?)"),
            (REMOVE, "payment_rules_by_name (organization=? AND rule=?)"),
        ] {
            plan::assert_searches(sql);
            let steps = plan::steps(sql);
            assert!(steps.iter().any(|step| step.contains(index)), "{steps:#?}");
        }
    }
}
