//! The engine in the buyer's browser: what the server would decide, before the order is placed.
//!
//! It promises the server's answers, to the cent and to the day: both run the same core. It never
//! decides anything of its own, and never throws: what cannot be read is answered as data, in the
//! façade's error shape.

mod javascript;
mod line;

use wasm_bindgen::prelude::*;

/// A third of the usual allocator's size, and faster.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The types are the package's, which has them from the façade's document.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { Answer, Availability, Cart, Installment, Language, Plan, PreviewNumbers, Reason, Snapshot, \
    WouldPass } from '../../src/types.js';";
