//! How cells stand in PostgreSQL's columns: numbers as whatever number, truth, day or instant the
//! column is of.

use crate::StoreError;
use crate::cells::{Cell, Source};
use bytes::BytesMut;
use std::borrow::Cow;
use std::error::Error;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// 2000-01-01, from which PostgreSQL counts days, in days since 1970.
const FIRST_DAY: i64 = 10_957;

/// 2000-01-01, from which it counts microseconds, in microseconds since 1970.
const FIRST_INSTANT: i64 = FIRST_DAY * 86_400_000_000;

/// Days and instants that PostgreSQL knows, counted as it does, for some hundred thousand years.
/// Whatever lies beyond is infinity: a bound that everything is within.
const DAYS: (i64, i64) = (-2_451_545, 100_000_000);
const INSTANTS: (i64, i64) = (-211_813_488_000_000_000, 9_000_000_000_000_000_000);

type Refusal = Box<dyn Error + Sync + Send>;

impl ToSql for Cell<'_> {
    fn to_sql(&self, column: &Type, out: &mut BytesMut) -> Result<IsNull, Refusal> {
        match self {
            Cell::Null => Ok(IsNull::Yes),
            Cell::Integer(number) => write_number(*number, column, out),
            // PostgreSQL's texts cannot hold this character, and would only say so later.
            Cell::Text(text) if text.contains('\0') => Err("a text with a NUL".into()),
            Cell::Text(text) => text.as_ref().to_sql(column, out),
            Cell::Bytes(bytes) => bytes.as_ref().to_sql(column, out),
        }
    }

    fn accepts(_column: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn write_number(number: i64, column: &Type, out: &mut BytesMut) -> Result<IsNull, Refusal> {
    match *column {
        Type::BOOL => (number != 0).to_sql(column, out),
        Type::INT2 => i16::try_from(number)?.to_sql(column, out),
        Type::INT4 => i32::try_from(number)?.to_sql(column, out),
        Type::INT8 => number.to_sql(column, out),
        Type::DATE => {
            let day = within(number.saturating_sub(FIRST_DAY), DAYS, (i32::MIN.into(), i32::MAX.into()));
            i32::try_from(day)?.to_sql(&Type::INT4, out)
        }
        Type::TIMESTAMPTZ => {
            let instant = within(number.saturating_sub(FIRST_INSTANT), INSTANTS, (i64::MIN, i64::MAX));
            instant.to_sql(&Type::INT8, out)
        }
        _ => Err(format!("a number for a column of {column}").into()),
    }
}

/// The number, or infinity on the side where it lies beyond.
fn within(number: i64, (first, last): (i64, i64), infinities: (i64, i64)) -> i64 {
    if number < first {
        infinities.0
    } else if number > last {
        infinities.1
    } else {
        number
    }
}

/// A cell of a row.
struct Read<'a>(Cell<'a>);

impl<'a> FromSql<'a> for Read<'a> {
    fn from_sql(column: &Type, raw: &'a [u8]) -> Result<Read<'a>, Refusal> {
        Ok(Read(match *column {
            Type::BOOL => Cell::Integer(bool::from_sql(column, raw)?.into()),
            Type::INT2 => Cell::Integer(i16::from_sql(column, raw)?.into()),
            Type::INT4 => Cell::Integer(i32::from_sql(column, raw)?.into()),
            Type::INT8 => Cell::Integer(i64::from_sql(column, raw)?),
            Type::DATE => {
                Cell::Integer(i64::from(i32::from_sql(&Type::INT4, raw)?).saturating_add(FIRST_DAY))
            }
            Type::TIMESTAMPTZ => {
                Cell::Integer(i64::from_sql(&Type::INT8, raw)?.saturating_add(FIRST_INSTANT))
            }
            Type::BYTEA => Cell::Bytes(Cow::Borrowed(raw)),
            _ => Cell::Text(Cow::Borrowed(std::str::from_utf8(raw)?)),
        }))
    }

    fn from_sql_null(_column: &Type) -> Result<Read<'a>, Refusal> {
        Ok(Read(Cell::Null))
    }

    fn accepts(column: &Type) -> bool {
        matches!(
            *column,
            Type::BOOL
                | Type::INT2
                | Type::INT4
                | Type::INT8
                | Type::DATE
                | Type::TIMESTAMPTZ
                | Type::BYTEA
                | Type::TEXT
        )
    }
}

impl Source for Row {
    fn cell(&self, column: usize) -> Result<Cell<'_>, StoreError> {
        let read: Result<Read<'_>, _> = self.try_get(column);
        read.map(|read| read.0).map_err(|_| {
            StoreError::Damaged(format!("a value in the column {} cannot be read", self.name(column)))
        })
    }

    fn name(&self, column: usize) -> &str {
        self.columns().get(column).map_or("?", |column| column.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::{FromCell, ToCell};
    use fiado_core::calendar::{Day, Instant};

    fn through<T: ToCell + FromCell>(value: &T, column: &Type) -> Option<T> {
        let mut out = BytesMut::new();
        value.to_cell().to_sql(column, &mut out).unwrap();
        T::from_cell(&Read::from_sql(column, &out).unwrap().0)
    }

    #[test]
    fn days_and_instants_come_back_as_they_were() {
        for text in ["1970-01-01", "1999-12-31", "2000-01-01", "2024-02-29", "9999-12-31"] {
            let day = Day::parse(text).unwrap();
            assert_eq!(through(&day, &Type::DATE), Some(day));
        }
        for text in ["1970-01-01T00:00:00Z", "2025-11-24T10:00:00.000001Z", "9999-12-31T23:59:59.999999Z"] {
            let instant = Instant::parse(text).unwrap();
            assert_eq!(through(&instant, &Type::TIMESTAMPTZ), Some(instant));
        }
    }

    #[test]
    fn a_bound_beyond_all_days_is_infinity() {
        let written = |number: i64, column: &Type| {
            let mut out = BytesMut::new();
            number.to_cell().to_sql(column, &mut out).unwrap();
            out.to_vec()
        };
        assert_eq!(written(i64::MIN, &Type::TIMESTAMPTZ), i64::MIN.to_be_bytes());
        assert_eq!(written(i64::MAX, &Type::TIMESTAMPTZ), i64::MAX.to_be_bytes());
        assert_eq!(written(i32::MIN.into(), &Type::DATE), i32::MIN.to_be_bytes());
        assert_eq!(written(i32::MAX.into(), &Type::DATE), i32::MAX.to_be_bytes());
    }

    #[test]
    fn a_text_that_no_column_can_hold_is_refused_before_it_is_sent() {
        let mut out = BytesMut::new();
        assert!("a\0b".to_cell().to_sql(&Type::TEXT, &mut out).is_err());
    }
}
