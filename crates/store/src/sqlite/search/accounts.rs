//! Accounts by who they are: the open ones and the closed ones, in the order of their last change.

use super::{Reach, Sql};
use crate::sqlite::query;
use crate::sqlite::tables::account_totals;
use crate::{AccountFilter, AccountTerm, Range, StoreError};
use fiado_core::identity::{CustomerId, OrganizationId};
use rusqlite::Connection;

/// Which of the accounts that are open, or of those that are closed, match.
#[derive(Debug, Clone)]
enum Matching {
    All,
    /// Those for which this holds.
    Some(Sql),
    None,
}

/// The page's customers in order, and how many accounts match.
pub(crate) fn find(
    connection: &Connection,
    organization: &OrganizationId,
    filter: &AccountFilter,
    range: &Range,
) -> Result<(Vec<CustomerId>, u64), StoreError> {
    let (mut lists, mut count) = (Vec::new(), 0_u64);
    for is_open in [true, false] {
        let found = match matching(organization, filter, is_open) {
            Matching::None => continue,
            Matching::All => {
                lists.push(all(organization, is_open));
                account_totals::read(connection, organization, is_open)?
            }
            Matching::Some(condition) => {
                let some = some(organization, is_open, condition);
                lists.push(Sql::text("SELECT updated_at, customer ").then(some.clone()));
                counted(connection, &Sql::text("SELECT count(*) ").then(some))?
            }
        };
        count = count.saturating_add(found);
    }
    let reach = Reach::of(range, count);
    if reach.most == 0 {
        return Ok((Vec::new(), count));
    }
    let page = page(lists, &reach);
    let mut customers = query::all(connection, &page.text, page.parameters(), |cells| {
        let _updated_at: i64 = cells.next()?;
        cells.next()
    })?;
    if reach.from_the_end {
        customers.reverse();
    }
    Ok((customers, count))
}

fn counted(connection: &Connection, sql: &Sql) -> Result<u64, StoreError> {
    Ok(query::first(connection, &sql.text, sql.parameters(), |cells| cells.next())?.unwrap_or_default())
}

/// What is asked of the accounts that are open, or of those that are closed.
fn matching(organization: &OrganizationId, filter: &AccountFilter, is_open: bool) -> Matching {
    if filter.open.is_some_and(|open| open != is_open) {
        return Matching::None;
    }
    let (mut conditions, mut holds, mut fails) = (Vec::new(), false, false);
    for term in &filter.terms {
        match term {
            AccountTerm::Open(open) if *open == is_open => holds = true,
            AccountTerm::Open(_) => fails = true,
            AccountTerm::Email(email) => conditions.push(
                Sql::text("SELECT customer FROM contacts WHERE organization = ? AND email = ?")
                    .bind(organization)
                    .bind(email),
            ),
            AccountTerm::Document(document) => conditions.push(
                Sql::text(WITH_DOCUMENT).bind(organization).bind(document).bind(organization).bind(document),
            ),
            AccountTerm::User(user) => {
                conditions.push(Sql::text(WITH_USER).bind(user).bind(organization).bind(user));
            }
        }
    }
    let in_any =
        |conditions: Vec<Sql>| Sql::text("customer IN (").then(Sql::join(conditions, " UNION ")).then(")");
    match (filter.any && !filter.terms.is_empty(), conditions.is_empty()) {
        (true, _) if holds => Matching::All,
        (true, true) => Matching::None,
        (true, false) => Matching::Some(in_any(conditions)),
        (false, _) if fails => Matching::None,
        (false, true) => Matching::All,
        (false, false) => {
            let each = conditions.into_iter().map(|condition| in_any(vec![condition]));
            Matching::Some(Sql::join(each, " AND "))
        }
    }
}

/// A document is a contact's, or where there is no contact, a profile's tax number.
const WITH_DOCUMENT: &str = "SELECT customer FROM contacts WHERE organization = ? AND document = ?
     UNION ALL
     SELECT customer FROM profiles WHERE organization = ? AND tax_id = ? AND NOT EXISTS (
        SELECT 1 FROM contacts
        WHERE contacts.organization = profiles.organization AND contacts.customer = profiles.customer)";

const WITH_USER: &str = "SELECT ? AS customer
     UNION ALL
     SELECT customer FROM holders WHERE organization = ? AND holder_id = ? AND removed_at IS NULL";

/// All open ones, or all closed ones, as they stand in the index.
fn all(organization: &OrganizationId, is_open: bool) -> Sql {
    Sql::text(
        "SELECT updated_at, customer FROM accounts INDEXED BY accounts_by_update
         WHERE organization = ? AND is_open = ? AND is_open IS NOT NULL",
    )
    .bind(organization)
    .bind(&is_open)
}

/// Those for whose customers a condition holds, each found by its key.
fn some(organization: &OrganizationId, is_open: bool, condition: Sql) -> Sql {
    Sql::text(
        "FROM accounts INDEXED BY sqlite_autoindex_accounts_1
         WHERE organization = ? AND is_open = ? AND ",
    )
    .bind(organization)
    .bind(&is_open)
    .then(condition)
}

/// A stretch of the lists together, each of which is in order; backward, where it is reached from the
/// end.
fn page(lists: Vec<Sql>, reach: &Reach) -> Sql {
    Sql::join(lists, " UNION ALL ")
        .then(if reach.from_the_end {
            " ORDER BY updated_at DESC, customer DESC LIMIT ? OFFSET ?"
        } else {
            " ORDER BY updated_at, customer LIMIT ? OFFSET ?"
        })
        .bind(&reach.most)
        .bind(&reach.skipped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::desk::{ORGANIZATION, organization};
    use crate::sqlite::plan;
    use fiado_core::profile::{Document, Email};

    fn steps(filter: &AccountFilter, from_the_end: bool) -> Vec<String> {
        let organization = organization(ORGANIZATION);
        let lists =
            [true, false].into_iter().filter_map(|is_open| match matching(&organization, filter, is_open) {
                Matching::All => Some(all(&organization, is_open)),
                Matching::Some(condition) => Some(Sql::text("SELECT updated_at, customer ").then(some(
                    &organization,
                    is_open,
                    condition,
                ))),
                Matching::None => None,
            });
        let reach = Reach { from_the_end, skipped: 0, most: 20 };
        plan::steps(&page(lists.collect(), &reach).text)
    }

    #[test]
    fn a_list_of_all_is_walked_in_its_index() {
        let lists = [(Some(true), 1), (Some(false), 1), (None, 2)];
        for ((open, searches), from_the_end) in
            lists.into_iter().flat_map(|list| [(list, false), (list, true)])
        {
            let steps = steps(&AccountFilter { open, ..AccountFilter::default() }, from_the_end);
            let walks = steps.iter().filter(|step| {
                step.contains("USING COVERING INDEX accounts_by_update (organization=? AND is_open=?)")
            });
            assert_eq!(walks.count(), searches, "{steps:#?}");
            assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:#?}");
        }
    }

    #[test]
    fn whoever_is_named_is_found_by_an_index() {
        let terms = [
            AccountTerm::Email(Email::new("a@b.pa").unwrap()),
            AccountTerm::Document(Document::new("8-888-8888").unwrap()),
            AccountTerm::User("cust_456".to_owned()),
        ];
        let filters = terms.iter().map(|term| vec![term.clone()]).chain([terms.to_vec()]);
        for terms in filters {
            for any in [false, true] {
                let steps = steps(&AccountFilter { open: Some(true), terms: terms.clone(), any }, false);
                assert!(
                    steps.iter().any(|step| step.contains("accounts USING")
                        && step.contains("(organization=? AND customer=?)")),
                    "{steps:#?}"
                );
                let scans = steps.iter().filter(|step| step.starts_with("SCAN"));
                // The one row that SELECT ? makes is no table.
                assert!(scans.clone().all(|step| step == "SCAN CONSTANT ROW"), "{steps:#?}");
            }
        }
    }
}
