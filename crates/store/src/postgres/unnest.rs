//! Statements for any number of rows: the values of each column are bound as one array, and unnested
//! into a table of what is new or wanted. So a batch takes as many statements as there are tables,
//! whatever it holds.
//!
//! Columns are given with their types, such as `"customer text, sequence bigint"`, those of a key
//! first.

use super::connection::{Parameter, Request};
use crate::cells::Cell;

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
}

/// The rows that are bound, as a table of that name.
pub(super) fn unnest(name: &str, columns: &str) -> String {
    let types = split(columns).map(|(_, kind)| kind);
    let arrays: Vec<String> = (1..).zip(types).map(|(number, kind)| format!("${number}::{kind}[]")).collect();
    format!("unnest({}) AS {name} ({})", arrays.join(", "), names(columns))
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

/// Removes the rows that have these keys.
pub(super) fn delete(table: &str, key: &str) -> String {
    format!("DELETE FROM {table} WHERE ({}) IN (SELECT * FROM {})", names(key), unnest("gone", key))
}

/// The columns' names.
pub(super) fn names(columns: &str) -> String {
    split(columns).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

fn split(columns: &str) -> impl Iterator<Item = (&str, &str)> {
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
             unnest($1::text[], $2::bigint[], $3::bigint[]) AS new (customer, sequence, value) \
             ON CONFLICT (customer, sequence) DO UPDATE SET value = excluded.value"
        );
        assert_eq!(
            delete("rows", "customer text, sequence bigint"),
            "DELETE FROM rows WHERE (customer, sequence) IN (SELECT * FROM \
             unnest($1::text[], $2::bigint[]) AS gone (customer, sequence))"
        );
    }
}
