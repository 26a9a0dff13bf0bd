//! Schedules alone, in the browser: what falls due when, and what it costs, for a page that knows its
//! terms and asks no line of credit.
//!
//! It promises the core's figures to the minor unit and the core's days, because it calls the core
//! and nothing else. Only numbers cross the boundary; `pkg/src/plans/` has the words for them. Nothing
//! is ever thrown, and nothing is rounded: what cannot be is answered by a number below zero.
//!
//! Lists go through `memory`, where the page reads and writes them in place. There is one
//! shop at a time ([`load`]): a page with several loads the one it is about to ask.

mod memory;
mod questions;
mod shop;
mod wrong;

use fiado_core::calendar::Day;
use fiado_core::installments::{PaymentTerm, Terms};
#[cfg(target_arch = "wasm32")]
use lol_alloc::{FreeListAllocator, LockedAllocator};
use shop::Shop;
use std::sync::Mutex;
use wasm_bindgen::prelude::*;
use wrong::Wrong;

/// A schedule takes a handful of small pieces of memory and gives all of them back, so the smallest
/// allocator there is will do.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> = LockedAllocator::new(FreeListAllocator::new());

static SHOP: Mutex<Option<Shop>> = Mutex::new(None);

/// Loads what the schedules of a shop have in common: its currency, by the three bytes of its code;
/// the rhythm of its due days, and the day of the month where they have one; its adjustment, its
/// weekend (a bit for each day of the week, Monday's the lowest), and so many holidays, which are
/// asked with.
///
/// The number of the currency's decimals, or why there is no such shop: then none is loaded.
#[wasm_bindgen]
pub fn load(
    currency: u32,
    rhythm: u32,
    day_of_month: u32,
    adjustment: u32,
    weekend: u32,
    holidays: usize,
) -> i32 {
    let shop = Shop::new(currency, rhythm, day_of_month, adjustment, weekend, holidays);
    let told = shop.as_ref().map_or_else(|wrong| wrong.code(), Shop::decimals);
    if let Ok(mut loaded) = SHOP.try_lock() {
        *loaded = shop.ok();
    }
    told
}

/// The schedule of equal parts: an amount in minor units, in how many parts, the day of the purchase,
/// days to the first due day and from each to the next; a rate in millionths of a percent, how
/// interest is counted, the tax on it, and when in its period a part is paid.
///
/// The number of parts, or why there are none. The answer holds both, and all there is to say.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "numbers cross the boundary faster than an object does")]
pub fn equal(
    amount: f64,
    installments: u32,
    date: i32,
    term: u32,
    rate: f64,
    method: u32,
    tax: f64,
    due: u32,
) -> i32 {
    answer(|shop| {
        let interest = questions::interest(rate, method, tax, due)?;
        let terms = Terms::Equal { count: questions::count(installments)?, interest };
        shop.schedule(amount, date, &terms, questions::term(term)?)
    })
}

/// The schedule of terms of their own, which are asked with in so many numbers: days after the
/// purchase and the rate of each. Answers as [`equal`] does.
#[wasm_bindgen(js_name = byTerms)]
pub fn by_terms(amount: f64, date: i32, numbers: usize) -> i32 {
    answer(|shop| {
        let deadlines = questions::deadlines(numbers)?;
        shop.schedule(amount, date, &Terms::Deadlines(&deadlines), PaymentTerm::USUAL)
    })
}

/// The day of a date, counted from 1970-01-01; below all days where there is no such date.
#[wasm_bindgen(js_name = dayOf)]
pub fn day_of(year: i32, month: u32, day: u32) -> i32 {
    Day::from_date(year, month, day).map_or(i32::MIN, Day::days_since_epoch)
}

/// Puts a schedule of the shop that is loaded into the answer.
fn answer(schedule: impl FnOnce(&Shop) -> Result<shop::Schedule, Wrong>) -> i32 {
    let loaded = SHOP.try_lock();
    let shop = loaded.as_ref().ok().and_then(|shop| shop.as_ref());
    let schedule = shop.ok_or(Wrong::Shop).and_then(schedule);
    match schedule {
        Ok(schedule) => memory::write(&schedule),
        Err(wrong) => wrong.code(),
    }
}
