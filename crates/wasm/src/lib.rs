//! The engine in the buyer's browser: what the server would decide, before the order is placed.
//!
//! It promises the server's answers, to the cent and to the day: both run the same core. It never
//! decides anything of its own, and never throws: what cannot be read is answered as data, in the
//! façade's error shape.

mod javascript;
mod line;

use fiado_contract::facade;
use javascript::{from_javascript, to_javascript};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Previews a cart against a snapshot of its buyer's line: the verdict, every reason against it, the
/// figures after it, every plan that is offered, and what would make it pass. It is what
/// `POST /api/v1/customers/{id}/credit/preview` answers.
///
/// Whoever asks often reads the snapshot once: `Line`, or `createCredit`.
#[wasm_bindgen(unchecked_return_type = "Answer<Preview>")]
pub fn preview(
    #[wasm_bindgen(unchecked_param_type = "Snapshot")] snapshot: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Cart")] cart: JsValue,
) -> JsValue {
    to_javascript(&facade::preview(&from_javascript(snapshot), &from_javascript(cart)))
}
