//! What the page and the module tell each other in lists, in places that never move.

use crate::shop::Schedule;
use fiado_core::calendar::{BusinessDays, Day};
use fiado_core::installments::InstallmentCount;
use fiado_core::money::Amount;
use std::cell::Cell;
use wasm_bindgen::prelude::*;

/// One holiday more than there may be, so that it is seen where there are too many.
const MOST_QUESTIONS: usize = BusinessDays::MOST_HOLIDAYS + 1;
/// Numbers of a schedule beside its parts, and of a part.
const OF_SCHEDULE: usize = 3;
const OF_PART: usize = 2;
const MOST_PARTS: usize = InstallmentCount::MOST.get() as usize;
const MOST_ANSWERS: usize = OF_SCHEDULE + OF_PART * MOST_PARTS;
/// Characters of a date: `YYYY-MM-DD`.
const OF_DATE: usize = 10;

thread_local! {
    static QUESTIONS: [Cell<f64>; MOST_QUESTIONS] = const { [const { Cell::new(0.0) }; MOST_QUESTIONS] };
    static ANSWERS: [Cell<f64>; MOST_ANSWERS] = const { [const { Cell::new(0.0) }; MOST_ANSWERS] };
    static DATES: [Cell<u8>; OF_DATE * MOST_PARTS] = const { [const { Cell::new(0) }; OF_DATE * MOST_PARTS] };
}

/// Where the page writes lists that it asks with.
#[wasm_bindgen(js_name = questionsAt)]
pub fn questions_at() -> *const f64 {
    QUESTIONS.with(|questions| questions.as_ptr().cast())
}

/// Where the page reads the last schedule: number of parts, total, interest, and of each part its due
/// day and its amount.
///
/// Amounts are minor units and days are counted from 1970-01-01; all are whole and below 2^53, so that
/// a JavaScript number holds each exactly.
#[wasm_bindgen(js_name = answersAt)]
pub fn answers_at() -> *const f64 {
    ANSWERS.with(|answers| answers.as_ptr().cast())
}

/// Writes the due days of the last schedule, `YYYY-MM-DD` each and nothing between them, and says where.
#[wasm_bindgen(js_name = datesAt)]
pub fn dates_at() -> *const u8 {
    ANSWERS.with(|answers| DATES.with(|dates| write_dates(answers, dates)));
    DATES.with(|dates| dates.as_ptr().cast())
}

fn write_dates(answers: &[Cell<f64>], dates: &[Cell<u8>]) {
    let count = answers.first().map_or(0.0, Cell::get) as usize;
    let days = answers.iter().skip(OF_SCHEDULE).step_by(OF_PART).take(count);
    let (dates, _) = dates.as_chunks::<OF_DATE>();
    for (day, date) in days.zip(dates) {
        let Some(day) = Day::from_days_since_epoch(day.get() as i32) else { return };
        let (year, month, day) = day.date();
        let [y3, y2, y1, y0, hyphen, m1, m0, other_hyphen, d1, d0] = date;
        let year = year.unsigned_abs();
        write_two(y3, y2, year / 100);
        write_two(y1, y0, year % 100);
        hyphen.set(b'-');
        write_two(m1, m0, month);
        other_hyphen.set(b'-');
        write_two(d1, d0, day);
    }
}

/// Writes the two digits of a number below a hundred.
fn write_two(tens: &Cell<u8>, ones: &Cell<u8>, number: u32) {
    tens.set(b'0' + (number / 10) as u8);
    ones.set(b'0' + (number % 10) as u8);
}

/// The first numbers that the page asks with.
pub(crate) fn read<Read>(count: usize, read: impl FnOnce(&[Cell<f64>]) -> Read) -> Read {
    QUESTIONS.with(|questions| read(questions.get(..count).unwrap_or(questions)))
}

/// Writes a schedule, and says how many parts it has.
pub(crate) fn write(schedule: &Schedule) -> i32 {
    let Schedule { parts, total, interest } = schedule;
    let count = parts.len() as i32;
    ANSWERS.with(|answers| {
        let mut places = answers.iter();
        let mut write = |number| {
            if let Some(place) = places.next() {
                place.set(number);
            }
        };
        write(f64::from(count));
        write(exact(*total));
        write(exact(*interest));
        for part in parts {
            write(f64::from(part.due.days_since_epoch()));
            write(exact(part.amount));
        }
    });
    count
}

/// An amount is below 2^53 minor units.
fn exact(amount: Amount) -> f64 {
    amount.minor() as f64
}
