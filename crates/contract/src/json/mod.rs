//! JSON as it was written: numbers keep their digits, objects keep their order and their
//! duplicates.
//!
//! What was parsed is written as it was: the same values in the same order, every digit of a number,
//! texts escaped no more than JSON asks. Only an exponent has one spelling: `1E5` becomes `1e+5`.
//!
//! One reader serves both sides. Natively a number comes as its text (serde_json's
//! `arbitrary_precision`); in the browser it comes as a JavaScript number, whose shortest digits
//! are taken (DECISIONS 8). It never rounds, and it never recurses deeper than [`DEEPEST`].

mod parse;
mod write;

pub use parse::{MalformedJson, parse};
pub(crate) use write::serialize_digits;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// How deep objects and lists may lie in each other.
pub const DEEPEST: u8 = 16;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`; in the browser also `undefined`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number's digits as they were written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, in its order; a name written twice is here twice.
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        Nested { levels_left: DEEPEST }.deserialize(deserializer)
    }
}

/// Reads a value that may hold so many levels more.
#[derive(Clone, Copy)]
struct Nested {
    levels_left: u8,
}

impl Nested {
    fn deeper<E: Error>(self) -> Result<Nested, E> {
        let levels_left = self.levels_left.checked_sub(1).ok_or_else(|| E::custom("nested too deeply"))?;
        Ok(Nested { levels_left })
    }
}

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The name under which serde_json hands over a number's digits.
const DIGITS: &str = "$serde_json::private::Number";

/// What stands under that name: a number's digits, which are handed over as an owned text, or the
/// text of an object that really has a field of that name, which is lent from the body.
enum Digits {
    OfNumber(String),
    OfText(String),
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digits, D::Error> {
        deserializer.deserialize_any(DigitsVisitor)
    }
}

struct DigitsVisitor;

impl Visitor<'_> for DigitsVisitor {
    type Value = Digits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_string<E: Error>(self, digits: String) -> Result<Digits, E> {
        Ok(Digits::OfNumber(digits))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Digits, E> {
        Ok(Digits::OfText(text.to_owned()))
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        // JavaScript reads 1e400 as Infinity: written as a number too large for any amount.
        let digits = match value {
            f64::INFINITY => "1e999".to_owned(),
            f64::NEG_INFINITY => "-1e999".to_owned(),
            _ => value.to_string(),
        };
        Ok(Json::Number(digits))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let deeper = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(deeper)? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(name) = object.next_key::<String>()? {
            if name == DIGITS && cfg!(not(target_family = "wasm")) {
                match object.next_value()? {
                    Digits::OfNumber(digits) => return Ok(Json::Number(digits)),
                    Digits::OfText(text) => entries.push((name, Json::Text(text))),
                }
                continue;
            }
            entries.push((name, object.next_value_seed(self.deeper()?)?));
        }
        Ok(Json::Object(entries))
    }
}
