use fiado_core::money::{Amount, Balance, Currency, Tolerance};
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
        self.value.to_decimal(self.currency).fmt(f)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_number(&self.to_string(), serializer)
    }
}

impl utoipa::ToSchema for Money {}

impl utoipa::PartialSchema for Money {
    fn schema() -> RefOr<Schema> {
        number("Importe con exactamente los decimales de la moneda (dos en USD, ninguno en CLP).", "5000.00")
    }
}

/// A fraction on the wire in its shortest form: `0.05` is 5 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction(pub Tolerance);

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_number(&self.0.to_decimal().to_string(), serializer)
    }
}

impl utoipa::ToSchema for Fraction {}

impl utoipa::PartialSchema for Fraction {
    fn schema() -> RefOr<Schema> {
        number("Fracción con hasta seis decimales: 0.05 es 5 %.", "0.05")
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

/// Writes a decimal as a JSON number, digit by digit.
#[cfg(not(target_family = "wasm"))]
fn serialize_number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    digits.parse::<serde_json::Number>().map_err(serde::ser::Error::custom)?.serialize(serializer)
}

/// Hands a decimal to JavaScript as the number nearest to it, which has the same shortest digits:
/// an amount has at most fifteen.
#[cfg(target_family = "wasm")]
fn serialize_number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(digits.parse::<f64>().map_err(serde::ser::Error::custom)?)
}
