#[cfg(not(target_family = "wasm"))]
use super::DIGITS;
use super::Json;
use serde::{Serialize, Serializer};
use std::fmt;

impl fmt::Display for Json {
    /// As JSON text, without spaces between its tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Boolean(value) => write!(f, "{value}"),
            Json::Number(digits) => f.write_str(digits),
            Json::Text(text) => write_text(text, f),
            Json::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Json::Object(entries) => {
                f.write_str("{")?;
                for (index, (name, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "," })?;
                    write_text(name, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Boolean(value) => serializer.serialize_bool(*value),
            Json::Number(digits) => serialize_digits(digits, serializer),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(items) => serializer.collect_seq(items),
            Json::Object(entries) => {
                serializer.collect_map(entries.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// Writes the digits of a number as a JSON number, one by one: what serde_json does with a number of its
/// own, without reading one first.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn serialize_digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeStruct;
    let mut number = serializer.serialize_struct(DIGITS, 1)?;
    number.serialize_field(DIGITS, digits)?;
    number.end()
}

/// Writes the digits of a number as a number.
#[cfg(target_family = "wasm")]
pub(crate) fn serialize_digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    digits.parse::<serde_json::Number>().map_err(serde::ser::Error::custom)?.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_parsed_is_written_as_it_was() {
        let texts = [
            "null",
            r#"{"b":1.860,"a":[],"b":{},"c":[{"d":-0},true,false,null,"x"]}"#,
            r#"[0,10000.00,1.5e-7,1e+20,123456789012345678901234567890]"#,
            r#"{"ñandú \"dos\"":"línea\n\u0001\\/","":""}"#,
        ];
        for text in texts {
            let json = parse(text.as_bytes()).unwrap();
            assert_eq!(json.to_string(), text);
            assert_eq!(serde_json::to_string(&json).unwrap(), text);
        }
        assert_eq!(parse(b"[1E5,2e5,3E-5]").unwrap().to_string(), "[1e+5,2e+5,3e-5]");
        let spread = parse(b" { \"a\" : [ 1 , 2 ] } ").unwrap();
        assert_eq!(spread.to_string(), r#"{"a":[1,2]}"#);
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Boolean),
            r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?(e[+-][0-9]{1,3})?".prop_map(Json::Number),
            ".{0,20}".prop_map(Json::Text),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::List),
                proptest::collection::vec((".{0,8}", inner), 0..6).prop_map(Json::Object),
            ]
        })
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(json in any_json()) {
            let text = json.to_string();
            prop_assert_eq!(parse(text.as_bytes()), Ok(json.clone()));
            prop_assert_eq!(serde_json::to_string(&json).unwrap(), text);
        }
    }
}
