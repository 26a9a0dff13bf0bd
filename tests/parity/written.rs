//! Numbers in JSON in each of the ways they are written.
//!
//! At most fifteen digits: beyond that a JavaScript number is no longer exact, so such numbers are
//! no part of what the two builds must agree on. Decimal texts are exact at any length.

use fiado_core::money::Currency;
use fiado_tests::Dice;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A number with exactly these digits.
pub(crate) fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap()
}

/// So many minor units of a currency.
pub(crate) fn amount(dice: &mut Dice, minor: u64, currency: Currency) -> Value {
    decimal(dice, minor, currency.decimals())
}

/// `units` with the point so many places from the right, as a number or as a text.
pub(crate) fn decimal(dice: &mut Dice, units: u64, places: u32) -> Value {
    let full = with_point(units, places);
    match dice.between(1, 6) {
        1..=3 => number(&full),
        4 => number(&shortest(&full)),
        5 => number(&format!("{units}e-{places}")),
        _ => Value::String(full),
    }
}

fn with_point(units: u64, places: u32) -> String {
    if places == 0 {
        return units.to_string();
    }
    let one = 10_u64.pow(places);
    format!("{}.{:0width$}", units / one, units % one, width = places as usize)
}

/// The same number without the zeros that say nothing: `10000.00` is `10000`.
pub(crate) fn shortest(digits: &str) -> String {
    if !digits.contains('.') {
        return digits.to_owned();
    }
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// SHA-256 of an answer, written so that both builds write the same: fields in the order of their
/// names, numbers as short as they are.
pub(crate) fn digest(answer: &Value) -> String {
    let mut text = String::new();
    write_canonical(answer, &mut text);
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => text.push_str(&shortest(&number.to_string())),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write_canonical(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let fields: BTreeMap<&String, &Value> = fields.iter().collect();
            text.push('{');
            for (index, (name, value)) in fields.into_iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}
