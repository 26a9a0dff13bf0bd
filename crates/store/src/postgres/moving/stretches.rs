//! How a stretch of customers is read where rows are found by their account's number, which says nothing of
//! the order of keys: who is in it is found by keys, then the rows of each by number.

use crate::moving::Table;

/// The rows that the customers of a stretch have in a table, where no key of it begins with the customer.
pub(super) fn within((columns, table, order): Table, ends: bool) -> Option<String> {
    match table {
        "journal" => Some(journal(columns, order, ends)),
        "answers" => Some(answers(columns, order, ends)),
        _ => None,
    }
}

/// Every journal has a beginning, also that of an account whose row is lost.
fn journal(columns: &str, order: &str, ends: bool) -> String {
    format!(
        "SELECT journal.organization, journal.customer, {columns} \
         FROM (SELECT DISTINCT organization, customer, account FROM journal \
            WHERE kind IN ('requested', 'opened') AND {}) AS begun \
         JOIN journal ON journal.account = begun.account AND journal.organization = begun.organization \
            AND journal.customer = begun.customer \
         ORDER BY journal.organization, journal.customer{order}",
        tagged("l", ends)
    )
}

/// Those of accounts, and those of customers who had none and have none.
fn answers(columns: &str, order: &str, ends: bool) -> String {
    let end = if ends { " AND (organization, customer) <= ($3, $4)" } else { "" };
    format!(
        "SELECT answers.organization, answers.customer, {columns} \
         FROM (SELECT organization, customer, account FROM accounts \
            WHERE (organization, customer) > ($1, $2){end}) AS asked \
         JOIN answers ON answers.number >= asked.account & -4294967296 \
            AND answers.number <= asked.account | 4294967295 \
            AND answers.organization = asked.organization AND answers.customer = asked.customer \
         UNION ALL SELECT answers.organization, answers.customer, {columns} FROM answers \
         WHERE of_nobody AND {} AND NOT EXISTS (SELECT FROM accounts \
            WHERE accounts.organization = answers.organization AND accounts.customer = answers.customer) \
         ORDER BY organization, customer{order}",
        tagged("n", ends)
    )
}

/// The customers of a stretch, as an index has them that begins with this tag.
fn tagged(tag: &str, ends: bool) -> String {
    let after = format!("('{tag}' || organization, customer) > ('{tag}' || $1::text, $2)");
    if ends {
        format!("{after} AND ('{tag}' || organization, customer) <= ('{tag}' || $3::text, $4)")
    } else {
        after
    }
}

/// The customer with whom there are so many rows of a table after another's, where no key of it begins with
/// the customer. The entries of an account are counted together with its answers: its version says how
/// many there are.
pub(super) fn end_of(table: &str) -> Option<&'static str> {
    match table {
        "journal" => Some(
            "SELECT organization, customer FROM (
                SELECT organization, customer, sum(version + (SELECT count(*) FROM answers
                    WHERE number >= account & -4294967296 AND number <= account | 4294967295))
                    OVER (ORDER BY organization, customer) AS passed
                FROM accounts WHERE (organization, customer) > ($1, $2)
             ) AS counted WHERE passed > $3::bigint ORDER BY organization, customer LIMIT 1",
        ),
        "answers" => Some(
            "SELECT organization, customer FROM answers
             WHERE of_nobody AND ('n' || organization, customer) > ('n' || $1::text, $2)
             ORDER BY 'n' || organization, customer LIMIT 1 OFFSET $3",
        ),
        _ => None,
    }
}
