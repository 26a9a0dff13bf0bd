//! How the core's values stand in columns, written and read back in one place.
//!
//! Amounts are counts of minor units, days are days and instants microseconds since 1970, names
//! are the text that was checked. What cannot be read back is a damaged store, never a guess.

use crate::StoreError;
use fiado_core::account::{HoldState, InvoiceState, Operation, Status};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{
    ActorId, ChildId, CustomerId, OrderId, OrganizationId, PaymentReference, PlanId, RuleId, StatementId,
    TransactionId,
};
use fiado_core::installments::InstallmentCount;
use fiado_core::money::{Amount, Balance};
use fiado_core::profile::{
    BusinessName, Description, Document, DocumentType, Email, Observation, PaymentLink, Remark, TaxId,
    YearsInBusiness,
};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, Statement};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that is written to columns.
pub(super) trait ToCell {
    /// What stands in the column.
    fn to_cell(&self) -> ToSqlOutput<'_>;
}

/// A value that is read from columns.
pub(super) trait FromCell: Sized {
    /// The value, if that is what stands in the column.
    fn from_cell(cell: ValueRef<'_>) -> Option<Self>;
}

/// The parameters of a statement, in order.
macro_rules! cells {
    ($($value:expr),* $(,)?) => {
        [$($crate::sqlite::cells::ToCell::to_cell(&$value)),*]
    };
}
pub(super) use cells;

/// The columns of a row, read one after the other in the order they were selected.
pub(super) struct Cells<'row, 'statement> {
    row: &'row Row<'statement>,
    column: usize,
}

impl<'row, 'statement> Cells<'row, 'statement> {
    pub(super) fn of(row: &'row Row<'statement>) -> Cells<'row, 'statement> {
        Cells { row, column: 0 }
    }

    /// The value of the next column.
    pub(super) fn next<T: FromCell>(&mut self) -> Result<T, StoreError> {
        let column = self.column;
        self.column = column.saturating_add(1);
        T::from_cell(self.row.get_ref(column)?).ok_or_else(|| self.unreadable(column))
    }

    /// The value of the next column, which holds JSON.
    pub(super) fn next_json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let column = self.column;
        self.column = column.saturating_add(1);
        let cell = self.row.get_ref(column)?;
        cell.as_bytes()
            .ok()
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .ok_or_else(|| self.unreadable(column))
    }

    fn unreadable(&self, column: usize) -> StoreError {
        let statement: &Statement<'_> = self.row.as_ref();
        let name = statement.column_name(column).unwrap_or("?");
        StoreError::Damaged(format!("a value in the column {name} cannot be read"))
    }
}

/// A value as JSON text.
pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Damaged(format!("a value cannot be written: {error}")))
}

fn integer(cell: ValueRef<'_>) -> Option<i64> {
    cell.as_i64().ok()
}

fn text(cell: ValueRef<'_>) -> Option<&str> {
    cell.as_str().ok()
}

/// Numbers that fit in SQLite's integers, whatever their type: counts, sequences, minor units.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl ToCell for $number {
            fn to_cell(&self) -> ToSqlOutput<'_> {
                ToSqlOutput::Owned(Value::Integer(i64::try_from(*self).unwrap_or(i64::MAX)))
            }
        }

        impl FromCell for $number {
            fn from_cell(cell: ValueRef<'_>) -> Option<$number> {
                <$number>::try_from(integer(cell)?).ok()
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, i32, i64, usize);

/// Values that are one number inside.
macro_rules! counted {
    ($($value:ty: $write:expr, $read:expr;)*) => {$(
        impl ToCell for $value {
            fn to_cell(&self) -> ToSqlOutput<'_> {
                let write: fn($value) -> _ = $write;
                ToSqlOutput::Owned(Value::Integer(i64::try_from(write(*self)).unwrap_or(i64::MAX)))
            }
        }

        impl FromCell for $value {
            fn from_cell(cell: ValueRef<'_>) -> Option<$value> {
                let read: fn(_) -> Option<$value> = $read;
                read(FromCell::from_cell(cell)?)
            }
        }
    )*};
}
counted! {
    Amount: Amount::minor, Amount::from_minor;
    Balance: Balance::minor, |minor| Some(Balance::from_minor(minor));
    Day: Day::days_since_epoch, Day::from_days_since_epoch;
    Instant: Instant::microseconds, Instant::from_microseconds;
    InstallmentCount: InstallmentCount::get, InstallmentCount::new;
    YearsInBusiness: YearsInBusiness::get, YearsInBusiness::new;
}

/// Texts that were checked when they came in, and are checked again when they are read back.
macro_rules! checked_texts {
    ($($text:ty),*) => {$(
        impl ToCell for $text {
            fn to_cell(&self) -> ToSqlOutput<'_> {
                self.as_str().to_cell()
            }
        }

        impl FromCell for $text {
            fn from_cell(cell: ValueRef<'_>) -> Option<$text> {
                <$text>::new(text(cell)?).ok()
            }
        }
    )*};
}
checked_texts!(OrganizationId, CustomerId, ActorId, OrderId, TransactionId, StatementId, PaymentReference);
checked_texts!(PlanId, RuleId);
checked_texts!(BusinessName, TaxId, Remark, Email, Document, DocumentType, Description);
checked_texts!(Observation, PaymentLink);

/// Words of a closed list.
macro_rules! words {
    ($($word:ty),*) => {$(
        impl ToCell for $word {
            fn to_cell(&self) -> ToSqlOutput<'_> {
                self.word().to_cell()
            }
        }
    )*};
}
words!(Status, Operation, InvoiceState, HoldState);

/// Words of a closed list that are read back.
macro_rules! read_words {
    ($($word:ty),*) => {$(
        impl FromCell for $word {
            fn from_cell(cell: ValueRef<'_>) -> Option<$word> {
                <$word>::from_word(text(cell)?)
            }
        }
    )*};
}
read_words!(Status, InvoiceState, HoldState);

impl ToCell for bool {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Owned(Value::Integer(i64::from(*self)))
    }
}

impl FromCell for bool {
    fn from_cell(cell: ValueRef<'_>) -> Option<bool> {
        match integer(cell)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl ToCell for ChildId {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Owned(Value::Text(self.to_string()))
    }
}

impl FromCell for ChildId {
    fn from_cell(cell: ValueRef<'_>) -> Option<ChildId> {
        ChildId::parse(text(cell)?)
    }
}

impl ToCell for str {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes()))
    }
}

impl ToCell for String {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        self.as_str().to_cell()
    }
}

impl FromCell for String {
    fn from_cell(cell: ValueRef<'_>) -> Option<String> {
        text(cell).map(str::to_owned)
    }
}

impl ToCell for Vec<u8> {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Blob(self))
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: ValueRef<'_>) -> Option<Vec<u8>> {
        cell.as_blob().ok().map(<[u8]>::to_vec)
    }
}

impl ToCell for [u8; 32] {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Blob(self))
    }
}

impl FromCell for [u8; 32] {
    fn from_cell(cell: ValueRef<'_>) -> Option<[u8; 32]> {
        cell.as_blob().ok()?.try_into().ok()
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        self.as_ref().map_or(ToSqlOutput::Owned(Value::Null), ToCell::to_cell)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: ValueRef<'_>) -> Option<Option<T>> {
        match cell {
            ValueRef::Null => Some(None),
            _ => T::from_cell(cell).map(Some),
        }
    }
}

impl<T: ToCell + ?Sized> ToCell for &T {
    fn to_cell(&self) -> ToSqlOutput<'_> {
        (**self).to_cell()
    }
}
