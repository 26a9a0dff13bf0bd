use crate::json::serialize_digits;
use fiado_core::money::{Amount, Balance, Currency, Percent, Printed, Rate, Tolerance};
use serde::{Serialize, Serializer};
use std::fmt;
use utoipa::openapi::{KnownFormat, ObjectBuilder, OneOfBuilder, RefOr, Schema, SchemaFormat, schema::Type};

/// An amount on the wire: a JSON number with exactly its currency's decimals, `10000.00`
/// (DECISIONS 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    value: Balance,
    currency: Currency,
}

impl Money {
    /// An amount of this currency.
    pub fn new(value: impl Into<Balance>, currency: Currency) -> Money {
        Money { value: value.into(), currency }
    }

    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Money {
        Money::new(Amount::ZERO, currency)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.printed(self.currency).fmt(f)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_printed(self.value.printed(self.currency), serializer)
    }
}

impl utoipa::ToSchema for Money {}

impl utoipa::PartialSchema for Money {
    fn schema() -> RefOr<Schema> {
        number("Importe con exactamente los decimales de la moneda (dos en USD, ninguno en CLP).", "5000.00")
    }
}

/// A sum of many amounts on the wire, which may be more than an amount can be: a JSON number with
/// exactly its currency's decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    minor: i128,
    currency: Currency,
}

impl Sum {
    /// A sum of so many minor units; one beyond all sums of real books is the largest there is.
    pub fn new(minor: u128, currency: Currency) -> Sum {
        Sum { minor: i128::try_from(minor).unwrap_or(i128::MAX), currency }
    }

    /// The sum of these.
    pub fn of(values: impl IntoIterator<Item = Balance>, currency: Currency) -> Sum {
        Sum { minor: values.into_iter().map(|value| i128::from(value.minor())).sum(), currency }
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        match self.currency.decimals() {
            0 => write!(f, "{sign}{minor}"),
            decimals => {
                let unit = 10_u128.pow(decimals);
                let width = usize::try_from(decimals).unwrap_or_default();
                write!(f, "{sign}{}.{:0width$}", minor / unit, minor % unit)
            }
        }
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_digits(&self.to_string(), serializer)
    }
}

/// An amount on the wire in its shortest form, as the gateway writes it: `250`, `62.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortMoney {
    value: Amount,
    currency: Currency,
}

impl ShortMoney {
    /// An amount of this currency.
    pub fn new(value: Amount, currency: Currency) -> ShortMoney {
        ShortMoney { value, currency }
    }
}

impl Serialize for ShortMoney {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_printed(self.value.printed(self.currency).shortest(), serializer)
    }
}

/// A rate on the wire in its shortest form: `0.02` is 2 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio(pub Rate);

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_digits(&self.0.to_decimal().to_string(), serializer)
    }
}

/// A fraction on the wire in its shortest form: `0.05` is 5 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction(pub Tolerance);

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_printed(self.0.printed(), serializer)
    }
}

impl utoipa::ToSchema for Fraction {}

impl utoipa::PartialSchema for Fraction {
    fn schema() -> RefOr<Schema> {
        number("Fracción con hasta seis decimales: 0.05 es 5 %.", "0.05")
    }
}

/// A percentage on the wire in its shortest form: `1.86` is 1.86 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentage(pub Percent);

impl Serialize for Percentage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_printed(self.0.printed(), serializer)
    }
}

impl utoipa::ToSchema for Percentage {}

impl utoipa::PartialSchema for Percentage {
    fn schema() -> RefOr<Schema> {
        number("Por ciento con hasta seis decimales: 1.86 es 1.86 %.", "1.86")
    }
}

/// How the documentation shows an amount in a body: a number, or the same as a text.
#[derive(Debug, Clone, Copy)]
pub enum MoneyInput {}

impl utoipa::ToSchema for MoneyInput {}

impl utoipa::PartialSchema for MoneyInput {
    fn schema() -> RefOr<Schema> {
        let description = "Importe: un número, o el mismo número como texto decimal. Nunca negativo, y con \
                           tantos decimales como tiene la moneda, o menos.";
        number_or_text(description, "10000.00", None)
    }
}

/// How the documentation shows a fraction in a body: a number, or the same as a text.
#[derive(Debug, Clone, Copy)]
pub enum FractionInput {}

impl utoipa::ToSchema for FractionInput {}

impl utoipa::PartialSchema for FractionInput {
    fn schema() -> RefOr<Schema> {
        let description = "Fracción de 0 a 100 con hasta seis decimales, un número o el mismo número como texto: 0.1 es 10 %.";
        number_or_text(description, "0.1", Some(100))
    }
}

fn number(description: &str, example: &str) -> RefOr<Schema> {
    number_schema().description(Some(description)).examples([number_of(example)]).into()
}

fn number_schema() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
}

fn number_of(digits: &str) -> serde_json::Value {
    digits.parse::<serde_json::Number>().map_or(serde_json::Value::Null, Into::into)
}

/// A number from zero, or a text in JSON's grammar of such a number.
fn number_or_text(description: &str, example: &str, most: Option<u64>) -> RefOr<Schema> {
    let number = number_schema().minimum(Some(0)).maximum(most);
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"));
    let either = OneOfBuilder::new().item(number).item(text).description(Some(description));
    RefOr::T(Schema::OneOf(either.examples([number_of(example), example.into()]).build()))
}

/// Writes a number that is printed as a JSON number, digit by digit.
#[cfg(not(target_family = "wasm"))]
fn serialize_printed<S: Serializer>(number: Printed, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_digits(&number.to_string(), serializer)
}

/// Hands a number to JavaScript as the one nearest to it, which has the same shortest digits: its units
/// and ten to the power of its decimals are exact, and IEEE 754 divides to the nearest.
#[cfg(target_family = "wasm")]
#[expect(clippy::float_arithmetic, reason = "JavaScript knows no other numbers")]
fn serialize_printed<S: Serializer>(number: Printed, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(number.units() as f64 / 10_u64.pow(number.decimals()) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_written_with_their_decimals() {
        let sum = |minor, currency| serde_json::to_string(&Sum::new(minor, currency)).unwrap();
        assert_eq!(sum(0, Currency::Usd), "0.00");
        assert_eq!(sum(7, Currency::Usd), "0.07");
        assert_eq!(sum(3_000_000_000_000_000_000_099, Currency::Usd), "30000000000000000000.99");
        assert_eq!(sum(1_234, Currency::Clp), "1234");
        let difference = Sum::of([-1_500, 99].map(Balance::from_minor), Currency::Usd);
        assert_eq!(difference.to_string(), "-14.01");
        assert_eq!(Sum::of([Balance::from_minor(-7)], Currency::Usd).to_string(), "-0.07");
    }

    #[test]
    fn the_gateways_numbers_are_written_as_short_as_they_are() {
        let short = |minor, currency| {
            let amount = Amount::from_minor(minor).unwrap();
            serde_json::to_string(&ShortMoney::new(amount, currency)).unwrap()
        };
        for (minor, expected) in [(25_000, "250"), (8_333, "83.33"), (6_250, "62.5"), (7, "0.07"), (0, "0")] {
            assert_eq!(short(minor, Currency::Usd), expected);
        }
        assert_eq!(short(25_000, Currency::Clp), "25000");
        let percentage = |text| serde_json::to_string(&Percentage(Percent::parse(text).unwrap())).unwrap();
        assert_eq!(["1.860", "25", "0"].map(percentage), ["1.86", "25", "0"]);
    }

    #[test]
    fn rates_are_written_as_short_as_they_are() {
        let ratio = |text| serde_json::to_string(&Ratio(Rate::parse(text).unwrap())).unwrap();
        assert_eq!(
            (ratio("0.0100"), ratio("0"), ratio("0.000333333333")),
            ("0.01".to_owned(), "0".to_owned(), "0.000333333333".to_owned())
        );
    }
}
