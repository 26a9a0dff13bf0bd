//! Values over the boundary, both ways.

use fiado_contract::catalogue::Language;
use fiado_contract::json::Json;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What JavaScript handed over; what is no data (a function, a cycle) is read as nothing, so that
/// its absence is named.
pub(crate) fn from_javascript(value: JsValue) -> Json {
    serde_wasm_bindgen::from_value(value).unwrap_or(Json::Null)
}

/// Plain objects, as `JSON.parse` would make them of the server's answer.
pub(crate) fn to_javascript(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// A number, or `NaN` for everything that is none: taken as a value, because JavaScript throws where it
/// cannot make a number of it.
pub(crate) fn number(value: &JsValue) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// A language by its word; Spanish where none is said.
pub(crate) fn language(word: &JsValue) -> Language {
    if word.as_string().as_deref() == Some("en") { Language::English } else { Language::Spanish }
}
