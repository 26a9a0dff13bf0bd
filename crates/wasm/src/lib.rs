//! The engine in the buyer's browser: what the server would decide, before the order is placed.
//!
//! It promises the server's answers, to the cent and to the day: both run the same core. It never
//! decides anything of its own, and never throws: what cannot be read is answered as data, in the
//! façade's error shape.

use fiado_contract::facade;
use fiado_contract::json::Json;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Previews a cart against a snapshot of its buyer's line: the verdict, every reason against it,
/// and the figures after it.
#[wasm_bindgen(unchecked_return_type = "Preview<Assessment>")]
pub fn assess(
    #[wasm_bindgen(unchecked_param_type = "Snapshot")] snapshot: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Cart")] cart: JsValue,
) -> JsValue {
    to_javascript(&facade::assess(&from_javascript(snapshot), &from_javascript(cart)))
}

/// The plans a cart can be paid by, from one installment upwards: due dates and amounts that add
/// up to the total.
#[wasm_bindgen(unchecked_return_type = "Preview<Plan[]>")]
pub fn plans(
    #[wasm_bindgen(unchecked_param_type = "Snapshot")] snapshot: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PlansCart")] cart: JsValue,
) -> JsValue {
    to_javascript(&facade::plans(&from_javascript(snapshot), &from_javascript(cart)))
}

/// What JavaScript handed over; what is no data (a function, a cycle) is read as nothing, so that
/// its absence is named.
fn from_javascript(value: JsValue) -> Json {
    serde_wasm_bindgen::from_value(value).unwrap_or(Json::Null)
}

/// Plain objects, as `JSON.parse` would make them of the server's answer.
fn to_javascript(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
