//! What is to be bought, and how it is to be paid.

use crate::line::Line;
use crate::offering::{CHANNELS, COUNTS, RULES, TERMS};
use crate::written::{amount, number};
use fiado_core::calendar::Day;
use fiado_tests::Dice;
use serde_json::{Value, json};

const SECONDS_A_DAY: i64 = 86_400;

/// A cart for this line, sized so that it is accepted about as often as it is refused.
pub(crate) fn cart(dice: &mut Dice, line: &Line) -> Value {
    let minor = minor_units(dice, line);
    let mut cart = json!({ "amount": amount(dice, minor, line.currency) });
    if dice.one_in(2) {
        choose(dice, &mut cart);
    }
    if dice.one_in(8) {
        let days = dice.between(0, 60) as u32;
        cart["date"] = json!(line.today.plus_days(days).to_string());
    }
    if dice.one_in(3) {
        cart["sales_channel"] = json!(dice.pick(&CHANNELS));
    }
    if dice.one_in(3) {
        cart["now"] = json!(cart_time(dice, line.today));
    }
    if dice.one_in(3) {
        cart["language"] = dice.pick(&[json!("es"), json!("en"), Value::Null]);
    }
    cart
}

/// How it is to be paid: by what is offered, often enough.
fn choose(dice: &mut Dice, cart: &mut Value) {
    let count = if dice.one_in(3) { dice.between(1, 48) } else { dice.pick(&COUNTS) };
    let terms = dice.pick(&TERMS);
    match dice.between(1, 4) {
        1 | 2 => cart["installments"] = number(&count.to_string()),
        3 => cart["terms"] = json!(terms),
        _ => cart["plan_id"] = json!(plan_id(dice, count, terms)),
    }
}

fn plan_id(dice: &mut Dice, count: u64, terms: &[u16]) -> String {
    let rule = dice.pick(&RULES);
    let days: Vec<String> = terms.iter().map(u16::to_string).collect();
    match dice.between(1, 3) {
        1 => format!("line:{count}x"),
        2 => format!("{rule}:{count}x"),
        _ => format!("{rule}:{}d", days.join("-")),
    }
}

/// An amount in minor units and a moment in milliseconds, some of which are none.
pub(crate) fn amount_and_moment(dice: &mut Dice, line: &Line) -> Value {
    let minor = minor_units(dice, line);
    let odd = [json!(0), json!(-1), json!(0.5), json!(1e15), json!(1e300), json!("5"), Value::Null];
    let amount = if dice.one_in(10) { dice.pick(&odd) } else { json!(minor) };
    let midnight = i64::from(line.today.days_since_epoch()) * SECONDS_A_DAY;
    let at = |seconds: i64| json!((midnight + seconds) * 1_000);
    let odd = [at(54_300), json!(1e300), json!(54.75), json!("15:00")];
    let moment =
        if dice.one_in(5) { dice.pick(&odd) } else { dice.pick(&[Value::Null, at(54_000), at(54_299)]) };
    json!([amount, moment])
}

fn minor_units(dice: &mut Dice, line: &Line) -> u64 {
    let spendable = line.spendable();
    let largest = line.currency.largest().minor();
    let minor: u64 = match dice.between(1, 11) {
        1..=4 => dice.between(1, spendable.max(1)),
        5 => spendable,
        6 => spendable + 1,
        7 => dice.between(1, 60),
        8 => dice.between(spendable, largest),
        // Some of what is held is just what is missing.
        9 => dice.between(spendable, spendable + line.held / 3),
        _ => dice.of_any_size(largest),
    };
    minor.clamp(1, largest)
}

fn cart_time(dice: &mut Dice, today: Day) -> String {
    let valid = ["15:00:00Z", "15:02:00Z", "15:04:59.999Z"];
    let time = if dice.one_in(3) { dice.pick(&["15:05:00Z", "18:30:00.5Z"]) } else { dice.pick(&valid) };
    format!("{today}T{time}")
}
