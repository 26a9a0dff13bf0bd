//! Statements for any number of rows: the values of each column are bound as one array, and unnested
//! into a table of what is new or wanted. So a batch takes as many statements as there are tables,
//! whatever it holds.
//!
//! Columns are given with their types, such as `"customer text, sequence bigint"`, those of a key
//! first.

use super::connection::{Parameter, Request};
use crate::cells::{Cell, ToCell};

/// Statements that are put together once, when they are first needed.
macro_rules! statements {
    ($($(#[$about:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$about])* static $name: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| $sql);)*
    };
}
pub(super) use statements;

/// Rows to be bound, column by column.
#[derive(Debug, Default)]
pub(super) struct Rows<'a>(Vec<Vec<Cell<'a>>>);

impl<'a> Rows<'a> {
    /// One more row.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = Cell<'a>>) {
        for (column, cell) in row.into_iter().enumerate() {
            match self.0.get_mut(column) {
                Some(cells) => cells.push(cell),
                None => self.0.push(vec![cell]),
            }
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The statement that they are bound to.
    pub(super) fn bound_to(self, sql: &'a str) -> Request<'a> {
        Request { sql, parameters: self.0.into_iter().map(Parameter::Column).collect() }
    }

    /// The statement that they are bound to, which is told how many they are behind them.
    pub(super) fn counted_for(self, sql: &'a str) -> Request<'a> {
        let count = self.len().to_cell().into_owned();
        let mut request = self.bound_to(sql);
        request.parameters.push(Parameter::One(count));
        request
    }

    /// The columns of other rows behind so many of these.
    pub(super) fn beside(mut self, others: Rows<'a>, width: usize) -> Rows<'a> {
        self.0.resize_with(width, Vec::new);
        self.0.extend(others.0);
        self
    }

    /// The rows as so many columns, of which there are none where there are no rows.
    fn columns(mut self, width: usize) -> impl Iterator<Item = Parameter<'a>> {
        self.0.resize_with(width, Vec::new);
        self.0.into_iter().map(Parameter::Column)
    }
}

/// Statements that write, sent as one, and what is looked at before them: each has its own parameters, and
/// any may have no rows. One statement takes a fraction of what the same ones take one by one.
#[derive(Debug)]
pub(super) struct Together {
    sql: String,
    /// How many parameters each of them has.
    widths: Vec<usize>,
}

impl Together {
    /// These statements, by their names, and what is looked at before them.
    pub(super) fn new<const COUNT: usize>(statements: [(&str, &str); COUNT], first: &str) -> Together {
        let (mut parts, mut widths, mut bound) = (Vec::new(), Vec::new(), 0);
        for (name, sql) in statements {
            parts.push(format!("{name} AS ({})", renumbered(sql, bound)));
            widths.push(width(sql));
            bound = bound.saturating_add(width(sql));
        }
        widths.push(width(first));
        Together { sql: format!("WITH {} {}", parts.join(", "), renumbered(first, bound)), widths }
    }

    /// These rows, in the order of the statements, and those of what is looked at behind them.
    pub(super) fn bound<'a>(&'a self, rows: impl IntoIterator<Item = Rows<'a>>) -> Request<'a> {
        let columns = rows.into_iter().zip(&self.widths).flat_map(|(rows, width)| rows.columns(*width));
        Request { sql: &self.sql, parameters: columns.collect() }
    }

    #[cfg(test)]
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }
}

/// The numbers of the parameters that a statement names.
fn parameters(sql: &str) -> impl Iterator<Item = usize> {
    sql.split('$').skip(1).filter_map(|piece| {
        let digits = piece.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(piece.len());
        piece.get(..digits)?.parse().ok()
    })
}

/// How many parameters a statement has.
pub(super) fn width(sql: &str) -> usize {
    parameters(sql).max().unwrap_or(0)
}

/// A statement whose parameters come behind so many others.
pub(super) fn renumbered(sql: &str, before: usize) -> String {
    let mut pieces = sql.split('$');
    let mut renumbered = pieces.next().unwrap_or_default().to_owned();
    for (piece, number) in pieces.zip(parameters(sql)) {
        let number = number.saturating_add(before);
        renumbered.push_str(&format!(
            "${number}{}",
            piece.trim_start_matches(|digit: char| digit.is_ascii_digit())
        ));
    }
    renumbered
}

/// The rows that are bound, as a table of that name. Arrays that are unnested in the list of what is
/// selected go straight on, those in `FROM` are first copied as a whole.
pub(super) fn unnest(name: &str, columns: &str) -> String {
    let arrays: Vec<String> = (1..)
        .zip(split(columns))
        .map(|(number, (column, kind)): (usize, _)| format!("unnest(${number}::{kind}[]) AS {column}"))
        .collect();
    format!("(SELECT {}) AS {name}", arrays.join(", "))
}

/// The columns of the rows of a table that have these keys, each looked for by itself (`OFFSET 0`): while a
/// table is small, the planner would read it from end to end for all of them, and go on so while it grows.
pub(super) fn each_of(columns: &str, table: &str, key: &str) -> String {
    format!(
        "SELECT wanted.organization, wanted.customer, found.* FROM {}",
        found(columns, table, key, "OFFSET 0")
    )
}

/// Whether no row of a table has one of these keys.
pub(super) fn none_of(table: &str, key: &str) -> String {
    format!("NOT EXISTS (SELECT FROM {})", found("1", table, key, "LIMIT 1"))
}

fn found(columns: &str, table: &str, key: &str, bound: &str) -> String {
    let same: Vec<String> = split(key).map(|(name, _)| format!("{table}.{name} = wanted.{name}")).collect();
    format!(
        "{} CROSS JOIN LATERAL (SELECT {columns} FROM {table} WHERE {} {bound}) AS found",
        unnest("wanted", key),
        same.join(" AND ")
    )
}

/// Adds rows to a table.
pub(super) fn insert(table: &str, columns: &str) -> String {
    format!("INSERT INTO {table} ({}) SELECT * FROM {}", names(columns), unnest("new", columns))
}

/// Adds rows to a table, or writes them over those that have their keys: the first so many columns.
pub(super) fn upsert(table: &str, key: usize, columns: &str) -> String {
    let mut key_names: Vec<&str> = split(columns).map(|(name, _)| name).collect();
    let others = key_names.split_off(key.min(key_names.len()));
    let set: Vec<String> = others.iter().map(|name| format!("{name} = excluded.{name}")).collect();
    format!(
        "{} ON CONFLICT ({}) DO UPDATE SET {}",
        insert(table, columns),
        key_names.join(", "),
        set.join(", ")
    )
}

/// Writes rows over those that are known by the first so many columns, where no index that is unique tells
/// which those are: each is looked for by a condition on `sought`, by itself. Fails where one is not there;
/// the last parameter says how many there are.
pub(super) fn overwrite(table: &str, key: usize, columns: &str, condition: &str) -> String {
    let all = names(columns);
    let names: Vec<&str> = all.split(", ").collect();
    let set: Vec<String> = names.iter().skip(key).map(|name| format!("{name} = new.{name}")).collect();
    all_or_none(&format!(
        "UPDATE {table} SET {} FROM (SELECT sought.*, found.place FROM {} \
         CROSS JOIN LATERAL (SELECT {table}.ctid AS place FROM {table} WHERE {condition} OFFSET 0) AS found) AS new \
         WHERE {table}.ctid = new.place RETURNING 1",
        set.join(", "),
        unnest("sought", columns)
    ))
}

/// A statement that changes or locks rows and returns something for each; fails where they are not as many
/// as its last parameter says.
pub(super) fn all_or_none(change: &str) -> String {
    let count = width(change).saturating_add(1);
    format!("WITH changed AS ({change}) SELECT 1 / ((SELECT count(*) FROM changed) = ${count}::bigint)::int")
}

/// Removes the rows that have these keys.
pub(super) fn delete(table: &str, key: &str) -> String {
    format!("DELETE FROM {table} WHERE ({}) IN (SELECT * FROM {})", names(key), unnest("gone", key))
}

/// The columns' names.
pub(super) fn names(columns: &str) -> String {
    split(columns).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// Columns with their types.
pub(super) fn split(columns: &str) -> impl Iterator<Item = (&str, &str)> {
    columns.split(',').filter_map(|column| column.trim().split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_made_of_columns_and_their_types() {
        let columns = "customer text, sequence bigint, value bigint";
        assert_eq!(
            upsert("rows", 2, columns),
            "INSERT INTO rows (customer, sequence, value) SELECT * FROM \
             (SELECT unnest($1::text[]) AS customer, unnest($2::bigint[]) AS sequence, \
             unnest($3::bigint[]) AS value) AS new \
             ON CONFLICT (customer, sequence) DO UPDATE SET value = excluded.value"
        );
        assert_eq!(
            delete("rows", "customer text, sequence bigint"),
            "DELETE FROM rows WHERE (customer, sequence) IN (SELECT * FROM \
             (SELECT unnest($1::text[]) AS customer, unnest($2::bigint[]) AS sequence) AS gone)"
        );
    }

    #[test]
    fn statements_that_are_sent_as_one_keep_their_own_parameters() {
        let two = [("one", "UPDATE a SET b = $2 WHERE c = $1"), ("other", "DELETE FROM d WHERE e = $1")];
        let together = Together::new(two, "SELECT count(*) FROM f WHERE g = $1");
        assert_eq!(
            together.sql(),
            "WITH one AS (UPDATE a SET b = $2 WHERE c = $1), other AS (DELETE FROM d WHERE e = $3) \
             SELECT count(*) FROM f WHERE g = $4"
        );
        let mut rows = Rows::default();
        rows.push([Cell::Integer(7), Cell::Integer(8)]);
        assert_eq!(together.bound([rows, Rows::default(), Rows::default()]).parameters.len(), 4);
    }
}
