//! How cells stand in SQLite's columns.

use crate::StoreError;
use crate::cells::{Cell, Source};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, Statement, ToSql};
use std::borrow::Cow;

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>, rusqlite::Error> {
        Ok(match self {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

impl Source for Row<'_> {
    /// A number with a fraction, which no column has, and a text that is none are bytes: no value is
    /// read from those by mistake.
    fn cell(&self, column: usize) -> Result<Cell<'_>, StoreError> {
        let text = |bytes| std::str::from_utf8(bytes).map(Cow::Borrowed);
        Ok(match self.get_ref(column)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(_) => Cell::Bytes(Cow::Borrowed(&[])),
            ValueRef::Text(bytes) => text(bytes).map_or(Cell::Bytes(Cow::Borrowed(bytes)), Cell::Text),
            ValueRef::Blob(bytes) => Cell::Bytes(Cow::Borrowed(bytes)),
        })
    }

    fn name(&self, column: usize) -> &str {
        let statement: &Statement<'_> = self.as_ref();
        statement.column_name(column).unwrap_or("?")
    }
}
