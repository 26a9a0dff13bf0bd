//! How the core's values stand in columns, written and read back in one place for every store.
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
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
}

impl Cell<'_> {
    /// A value as JSON text.
    pub(crate) fn json(value: &impl Serialize) -> Result<Cell<'static>, StoreError> {
        Ok(Cell::Text(Cow::Owned(json(value)?)))
    }

    /// The same, holding what it refers to.
    pub(crate) fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Null => Cell::Null,
            Cell::Integer(number) => Cell::Integer(number),
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Bytes(bytes) => Cell::Bytes(Cow::Owned(bytes.into_owned())),
        }
    }

    fn integer(&self) -> Option<i64> {
        match self {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Cell::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// A value that is written to columns.
pub(crate) trait ToCell {
    /// What stands in the column.
    fn to_cell(&self) -> Cell<'_>;
}

/// A value that is read from columns.
pub(crate) trait FromCell: Sized {
    /// The value, if that is what stands in the column.
    fn from_cell(cell: &Cell<'_>) -> Option<Self>;
}

/// The parameters of a statement, or the columns of a row, in order.
macro_rules! cells {
    ($($value:expr),* $(,)?) => {
        [$($crate::cells::ToCell::to_cell(&$value)),*]
    };
}
pub(crate) use cells;

/// A row as a database gives it.
pub(crate) trait Source {
    /// What stands in a column.
    fn cell(&self, column: usize) -> Result<Cell<'_>, StoreError>;

    /// What the column is called.
    fn name(&self, column: usize) -> &str;
}

/// The columns of a row, read one after the other in the order they were selected.
pub(crate) struct Cells<'a> {
    row: &'a dyn Source,
    column: usize,
}

impl<'a> Cells<'a> {
    pub(crate) fn of(row: &'a dyn Source) -> Cells<'a> {
        Cells { row, column: 0 }
    }

    /// The value of the next column.
    pub(crate) fn next<T: FromCell>(&mut self) -> Result<T, StoreError> {
        let (column, cell) = self.advance()?;
        T::from_cell(&cell).ok_or_else(|| self.unreadable(column))
    }

    /// Passes so many columns.
    pub(crate) fn skip(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns);
    }

    /// The value of the next column, which holds JSON.
    pub(crate) fn next_json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let (column, cell) = self.advance()?;
        let bytes = cell.text().map(str::as_bytes).or(cell.bytes());
        bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()).ok_or_else(|| self.unreadable(column))
    }

    fn advance(&mut self) -> Result<(usize, Cell<'a>), StoreError> {
        let column = self.column;
        self.column = column.saturating_add(1);
        Ok((column, self.row.cell(column)?))
    }

    fn unreadable(&self, column: usize) -> StoreError {
        StoreError::Damaged(format!("a value in the column {} cannot be read", self.row.name(column)))
    }
}

/// A value as JSON text.
pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Damaged(format!("a value cannot be written: {error}")))
}

/// Numbers that fit in 64 bits with a sign, whatever their type: counts, sequences, minor units.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl ToCell for $number {
            fn to_cell(&self) -> Cell<'_> {
                Cell::Integer(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }

        impl FromCell for $number {
            fn from_cell(cell: &Cell<'_>) -> Option<$number> {
                <$number>::try_from(cell.integer()?).ok()
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, i32, i64, usize);

/// Values that are one number inside.
macro_rules! counted {
    ($($value:ty: $write:expr, $read:expr;)*) => {$(
        impl ToCell for $value {
            fn to_cell(&self) -> Cell<'_> {
                let write: fn($value) -> _ = $write;
                Cell::Integer(i64::try_from(write(*self)).unwrap_or(i64::MAX))
            }
        }

        impl FromCell for $value {
            fn from_cell(cell: &Cell<'_>) -> Option<$value> {
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
            fn to_cell(&self) -> Cell<'_> {
                self.as_str().to_cell()
            }
        }

        impl FromCell for $text {
            fn from_cell(cell: &Cell<'_>) -> Option<$text> {
                <$text>::new(cell.text()?).ok()
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
            fn to_cell(&self) -> Cell<'_> {
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
            fn from_cell(cell: &Cell<'_>) -> Option<$word> {
                <$word>::from_word(cell.text()?)
            }
        }
    )*};
}
read_words!(Status, InvoiceState, HoldState);

impl FromCell for Operation {
    fn from_cell(cell: &Cell<'_>) -> Option<Operation> {
        let word = cell.text()?;
        Operation::ALL.iter().copied().find(|operation| operation.word() == word)
    }
}

impl ToCell for bool {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Integer(i64::from(*self))
    }
}

impl FromCell for bool {
    fn from_cell(cell: &Cell<'_>) -> Option<bool> {
        match cell.integer()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl ToCell for ChildId {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Owned(self.to_string()))
    }
}

impl FromCell for ChildId {
    fn from_cell(cell: &Cell<'_>) -> Option<ChildId> {
        ChildId::parse(cell.text()?)
    }
}

impl ToCell for str {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self))
    }
}

impl ToCell for String {
    fn to_cell(&self) -> Cell<'_> {
        self.as_str().to_cell()
    }
}

impl FromCell for String {
    fn from_cell(cell: &Cell<'_>) -> Option<String> {
        cell.text().map(str::to_owned)
    }
}

impl ToCell for Vec<u8> {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Bytes(Cow::Borrowed(self))
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: &Cell<'_>) -> Option<Vec<u8>> {
        cell.bytes().map(<[u8]>::to_vec)
    }
}

impl ToCell for [u8; 32] {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Bytes(Cow::Borrowed(self))
    }
}

impl FromCell for [u8; 32] {
    fn from_cell(cell: &Cell<'_>) -> Option<[u8; 32]> {
        cell.bytes()?.try_into().ok()
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn to_cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, ToCell::to_cell)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: &Cell<'_>) -> Option<Option<T>> {
        match cell {
            Cell::Null => Some(None),
            _ => T::from_cell(cell).map(Some),
        }
    }
}

impl<T: ToCell + ?Sized> ToCell for &T {
    fn to_cell(&self) -> Cell<'_> {
        (**self).to_cell()
    }
}
