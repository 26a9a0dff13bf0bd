//! The engine behind a form, in the browser: what the server would say against a body before it is sent,
//! and where a payment would go.
//!
//! A module of its own, which a page loads when a form is sent: whoever only previews carries nothing of
//! it. It promises the server's answers, and never throws: what cannot be read is answered as data.

#[path = "../../wasm/src/javascript.rs"]
mod javascript;

use fiado_contract::facade;
use javascript::{from_javascript, language, to_javascript};
use wasm_bindgen::prelude::*;

/// A third of the usual allocator's size, and faster.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The types are the package's, which has them from the façade's document.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { Answer, Language, OpenInvoice, PaymentAllocation, PaymentToAllocate, Shop } \
    from '../../src/types.js';";

/// Reads a body as the server would, before it is sent.
///
/// `shop` says which `operation` the body is for (`use`, `request` or `payment`), the line's `currency`, and
/// what day it is `today`.
#[wasm_bindgen(unchecked_return_type = "Answer<null>")]
pub fn validate(
    #[wasm_bindgen(unchecked_param_type = "unknown")] body: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Shop")] shop: &JsValue,
    #[wasm_bindgen(js_name = language, unchecked_optional_param_type = "Language")] word: &JsValue,
) -> JsValue {
    to_javascript(&facade::validate(&from_javascript(body), &from_javascript(shop), language(word)))
}

/// Allocates a payment among open invoices: which of them get what of it, and what would be left for later
/// ones. It is what `POST /api/v1/customers/{id}/credit/payment/preview` answers, without what only the
/// server knows.
///
/// `payment` has an `amount`, and `allocations` where its payer tells them; `invoices` are as
/// `GET …/credit/invoices` lists them, those that fall due first first; `currency` is ISO 4217.
#[wasm_bindgen(js_name = allocatePayment, unchecked_return_type = "Answer<PaymentAllocation>")]
pub fn allocate_payment(
    #[wasm_bindgen(unchecked_param_type = "PaymentToAllocate")] payment: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "OpenInvoice[]")] invoices: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] currency: &JsValue,
    #[wasm_bindgen(js_name = language, unchecked_optional_param_type = "Language")] word: &JsValue,
) -> JsValue {
    let [payment, invoices, currency] = [payment, invoices, currency].map(from_javascript);
    to_javascript(&facade::allocate_payment(&payment, &invoices, &currency, language(word)))
}
