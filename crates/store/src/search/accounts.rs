//! Accounts by who they are: the open ones and the closed ones, in the order of their last change.

use super::{Database, Reach, Sql};
use crate::{AccountFilter, AccountTerm, Range, StoreError};
use fiado_core::identity::{CustomerId, OrganizationId};

/// Which of the accounts that are open, or of those that are closed, match.
#[derive(Debug, Clone)]
enum Matching {
    All,
    /// Those for which this holds.
    Some(Sql),
    None,
}

/// The page's customers in order, and how many accounts match.
pub(crate) fn find<D: Database>(
    database: &D,
    organization: &OrganizationId,
    filter: &AccountFilter,
    range: &Range,
) -> Result<(Vec<CustomerId>, u64), StoreError> {
    let (mut lists, mut count) = (Vec::new(), 0_u64);
    for is_open in [true, false] {
        let found = match matching(organization, filter, is_open) {
            Matching::None => continue,
            Matching::All => {
                lists.push(all::<D>(organization, is_open));
                database.accounts_kept(organization, is_open)?
            }
            Matching::Some(condition) => {
                let some = some::<D>(organization, is_open, condition);
                lists.push(Sql::text("SELECT updated_at, customer ").then(some.clone()));
                counted(database, &Sql::text("SELECT count(*) ").then(some))?
            }
        };
        count = count.saturating_add(found);
    }
    let reach = Reach::of(range, count);
    if reach.most == 0 {
        return Ok((Vec::new(), count));
    }
    let page = page(lists, &reach);
    let mut customers = database.all(&page, |cells| {
        let _updated_at: i64 = cells.next()?;
        cells.next()
    })?;
    if reach.from_the_end {
        customers.reverse();
    }
    Ok((customers, count))
}

fn counted(database: &impl Database, sql: &Sql) -> Result<u64, StoreError> {
    Ok(database.all(sql, |cells| cells.next())?.into_iter().next().unwrap_or_default())
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
            // No name has this character, and not every database can be asked for it.
            AccountTerm::User(user) if user.contains('\0') => fails = true,
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

const WITH_USER: &str = "SELECT CAST(? AS TEXT) AS customer
     UNION ALL
     SELECT customer FROM holders WHERE organization = ? AND holder_id = ? AND removed_at IS NULL";

/// All open ones, or all closed ones, as they stand in the index.
fn all<D: Database>(organization: &OrganizationId, is_open: bool) -> Sql {
    Sql::text(D::ACCOUNTS).bind(organization).bind(&is_open)
}

/// Those for whose customers a condition holds, each found by its key.
fn some<D: Database>(organization: &OrganizationId, is_open: bool, condition: Sql) -> Sql {
    Sql::text(D::ACCOUNTS_WHERE).bind(organization).bind(&is_open).then(condition)
}

/// The page of a filter, as it would be asked for.
#[cfg(test)]
pub(crate) fn page_of<D: Database>(
    organization: &OrganizationId,
    filter: &AccountFilter,
    reach: &Reach,
) -> Sql {
    let lists =
        [true, false].into_iter().filter_map(|is_open| match matching(organization, filter, is_open) {
            Matching::All => Some(all::<D>(organization, is_open)),
            Matching::Some(condition) => {
                let some = some::<D>(organization, is_open, condition);
                Some(Sql::text("SELECT updated_at, customer ").then(some))
            }
            Matching::None => None,
        });
    page(lists.collect(), reach)
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
