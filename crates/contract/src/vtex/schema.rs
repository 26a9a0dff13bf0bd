//! How the documentation shows numbers.

use utoipa::openapi::schema::{OneOfBuilder, Type};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

/// Declares how a number is shown: in an answer, or in a body.
macro_rules! numbers {
    ($($(#[$documentation:meta])* $name:ident = $schema:expr;)*) => {
        $(
            $(#[$documentation])*
            #[derive(Debug, Clone, Copy)]
            pub(crate) enum $name {}

            impl ToSchema for $name {}

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    $schema
                }
            }
        )*
    };
}

numbers! {
    /// An amount in an answer.
    Amount = number("An amount with exactly the decimals of the currency (two in USD, none in CLP).").into();
    /// A rate in an answer.
    Rate = number("A rate as a fraction: 0.05 is 5 %.").into();
    /// An amount in a body.
    AmountInput = number_or_text(
        "An amount: a number, or the same number as a text. It has as many decimals as the currency, or fewer.",
        number_type().minimum(Some(0)),
        r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    );
    /// An amount with a sign in a body.
    SignedAmountInput = number_or_text(
        "An amount with its sign: a number, or the same number as a text.",
        number_type(),
        r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    );
    /// A rate in a body.
    RateInput = number_or_text(
        "A fraction from 0 to 100, a number or the same number as a text: 0.05 is 5 %.",
        number_type().minimum(Some(0)).maximum(Some(100)),
        r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    );
    /// A percentage in a body.
    PercentInput = number_or_text(
        "A percentage from 0 to 10,000, a number or the same number as a text: 1.86 is 1.86 %.",
        number_type().minimum(Some(0)).maximum(Some(10_000)),
        r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    );
    /// A name in a body.
    LabelInput = either(
        "A name: a text, or a whole number whose digits are the name.",
        ObjectBuilder::new().schema_type(Type::Integer),
        r"^.+$",
    );
    /// A whole number in a body.
    WholeInput = number_or_text(
        "A whole number, or the same number as a text.",
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)),
        r"^[0-9]+$",
    );
    /// A boolean in a body.
    BooleanInput = either(
        "`true` or `false`, also as a text.",
        ObjectBuilder::new().schema_type(Type::Boolean),
        r"^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$",
    );
}

fn number_type() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
}

fn number(description: &str) -> ObjectBuilder {
    number_type().description(Some(description))
}

fn number_or_text(description: &str, number: ObjectBuilder, pattern: &str) -> RefOr<Schema> {
    either(description, number, pattern)
}

/// A value, or a text in this form.
fn either(description: &str, value: ObjectBuilder, pattern: &str) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern));
    RefOr::T(Schema::OneOf(OneOfBuilder::new().item(value).item(text).description(Some(description)).build()))
}
