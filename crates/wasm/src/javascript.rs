//! Values over the boundary, both ways.

use fiado_contract::catalogue::Language;
use fiado_contract::json::{DEEPEST, Json};
use js_sys::{Array, Object};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `String(value)`: of a number its shortest digits.
    #[wasm_bindgen(js_name = String)]
    fn written(value: &JsValue) -> String;
}

/// What JavaScript handed over; what is no data (a function, a cycle) is read as nothing, so that
/// its absence is named.
///
/// A number is read by the digits that JavaScript itself writes it with, which are the shortest that
/// mean it.
pub(crate) fn from_javascript(value: &JsValue) -> Json {
    nested(value, DEEPEST).unwrap_or(Json::Null)
}

/// The value, unless more than so many levels lie in each other.
fn nested(value: &JsValue, levels_left: u8) -> Option<Json> {
    if let Some(text) = value.as_string() {
        return Some(Json::Text(text));
    }
    if let Some(truth) = value.as_bool() {
        return Some(Json::Boolean(truth));
    }
    if value.as_f64().is_some() || value.is_bigint() {
        return Some(Json::Number(digits(value)));
    }
    if !value.is_object() {
        return Some(Json::Null);
    }
    let deeper = levels_left.checked_sub(1)?;
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|item| nested(&item, deeper)).collect::<Option<Vec<Json>>>().map(Json::List);
    }
    let entries = Object::entries(value.unchecked_ref()).into_iter().map(|entry| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, nested(&entry.get(1), deeper)?))
    });
    entries.collect::<Option<Vec<(String, Json)>>>().map(Json::Object)
}

/// A number's digits. JavaScript reads `1e400` as `Infinity`: written as a number too large for any
/// amount.
fn digits(number: &JsValue) -> String {
    match number.as_f64() {
        Some(f64::INFINITY) => "1e999".to_owned(),
        Some(f64::NEG_INFINITY) => "-1e999".to_owned(),
        _ => written(number),
    }
}

/// Plain objects, as `JSON.parse` would make them of the server's answer.
pub(crate) fn to_javascript(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// A language by its word; Spanish where none is said.
pub(crate) fn language(word: &JsValue) -> Language {
    if word.as_string().as_deref() == Some("en") { Language::English } else { Language::Spanish }
}
