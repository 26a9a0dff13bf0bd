//! What a shop offers: its payment rules, how its due days follow on one another, and the holds that
//! will end by themselves, as a snapshot tells of them.

use crate::written::{amount, decimal};
use fiado_core::calendar::Day;
use fiado_core::money::Currency;
use fiado_tests::Dice;
use serde_json::{Value, json};

/// The days of terms that rules offer and carts ask for.
pub(crate) const TERMS: [&[u16]; 6] = [&[30], &[30, 60], &[15, 30], &[0, 30, 60, 90], &[45], &[7, 7]];
/// The sales channels that rules name and carts are of.
pub(crate) const CHANNELS: [&str; 3] = ["1", "2", "mayoreo"];
/// The ids that rules have.
pub(crate) const RULES: [&str; 3] = ["regla-1", "38426c64-fb35-412c-9900-c3fc0e812109", "ñandú:2"];
/// In how many parts rules let pay, and carts ask to.
pub(crate) const COUNTS: [u64; 8] = [1, 2, 3, 4, 6, 9, 12, 48];

/// One to three rules, most of which hold.
pub(crate) fn rules(dice: &mut Dice, currency: Currency, today: Day) -> Value {
    let count = dice.between(1, 3) as usize;
    RULES[..count].iter().map(|id| rule(dice, id, currency, today)).collect()
}

fn rule(dice: &mut Dice, id: &str, currency: Currency, today: Day) -> Value {
    let least = |dice: &mut Dice, most: u64| if dice.one_in(3) { dice.between(0, most) } else { 0 };
    let (minimum, minimum_part) = (least(dice, 100_000), least(dice, 5_000));
    let mut rule = json!({
        "rule_id": id,
        "enabled": !dice.one_in(8),
        "is_default": dice.one_in(4),
        "hours": if dice.one_in(4) { hours(dice) } else { json!([]) },
        "merchants": if dice.one_in(12) { json!(["norte"]) } else { json!([]) },
        "minimum_amount": amount(dice, minimum, currency),
        "minimum_installment": amount(dice, minimum_part, currency),
        "quantities": quantities(dice),
        "deadlines": if dice.one_in(2) { deadlines(dice) } else { json!([]) },
    });
    if dice.one_in(4) {
        rule["sales_channels"] = json!([dice.pick(&CHANNELS)]);
    }
    if dice.one_in(4) {
        rule["country"] = json!(dice.pick(&["PA", "pa", "US"]));
    }
    if dice.one_in(4) {
        rule["begins_at"] = json!(format!("{}T12:00:00Z", near(dice, today)));
    }
    if dice.one_in(4) {
        rule["ends_at"] = json!(format!("{}T12:00:00Z", near(dice, today).plus_days(3)));
    }
    rule
}

fn near(dice: &mut Dice, today: Day) -> Day {
    today.minus_days(2).plus_days(dice.between(0, 4) as u32)
}

/// The published hours, hours over midnight, and days of their own.
fn hours(dice: &mut Dice) -> Value {
    let all = [
        ("* * 05 * * * * -0300", "* * 23 * * * * -0300"),
        ("* * 11 * * 1,3,4 * -0300", "* * 18 * * 1,3,4 * -0300"),
        ("* 30 20 * * * * +0530", "* * 06 * * * * +0530"),
        ("* * * 1-15 * * * +0000", "* * * * * * * +0000"),
    ];
    let count = dice.between(1, 2);
    (0..count)
        .map(|_| {
            let (start, end) = dice.pick(&all);
            json!({ "start": start, "end": end })
        })
        .collect()
}

fn quantities(dice: &mut Dice) -> Value {
    let kept: Vec<u64> = COUNTS.into_iter().filter(|_| dice.one_in(2)).collect();
    let quantity = |count| json!({ "installments": count, "interest_rate": rate(dice) });
    kept.into_iter().map(quantity).collect()
}

fn deadlines(dice: &mut Dice) -> Value {
    let count = dice.between(1, 3);
    let lists: Vec<&[u16]> = (0..count).map(|_| dice.pick(&TERMS)).collect();
    let term = |dice: &mut Dice, days: u16| json!({ "days": days, "interest_rate": rate(dice) });
    let list = |days: &[u16]| -> Value { days.iter().map(|days| term(dice, *days)).collect() };
    lists.into_iter().map(list).map(|terms| json!({ "terms": terms })).collect()
}

/// A rate in percent: often none, seldom absurd.
fn rate(dice: &mut Dice) -> Value {
    let millionths = match dice.between(1, 6) {
        1..=2 => 0,
        3..=4 => dice.between(1, 500) * 10_000,
        5 => dice.between(1, 100_000_000),
        _ => dice.between(1, 10_000_000_000),
    };
    decimal(dice, millionths, 6)
}

/// How due days follow on one another.
pub(crate) fn due_dates(dice: &mut Dice, today: Day) -> Value {
    let mut due_dates = json!({
        "rhythm": "day_of_month",
        "adjustment": dice.pick(&["none", "next", "previous", "modified_following"]),
        "weekend": dice.pick(&[json!(["saturday", "sunday"]), json!([]), json!(["friday"])]),
        "holidays": (0..dice.between(0, 5))
            .map(|_| today.plus_days(dice.between(1, 120) as u32).to_string())
            .collect::<Vec<String>>(),
    });
    match dice.pick(&["every_term", "monthly", "end_of_month", "day_of_month"]) {
        "day_of_month" => due_dates["day"] = json!(dice.between(1, 31)),
        rhythm => due_dates["rhythm"] = json!(rhythm),
    }
    due_dates
}

/// What is held in one to three holds that end within a month, the earliest first.
pub(crate) fn holds(dice: &mut Dice, held: u64, currency: Currency, today: Day) -> Value {
    let mut days: Vec<u64> = (0..dice.between(1, 3)).map(|_| dice.between(0, 30)).collect();
    days.sort_unstable();
    let mut rest = held;
    let holds = days.iter().map(|days| {
        let share = dice.between(0, rest);
        rest -= share;
        let day = today.plus_days(*days as u32);
        json!({
            "ends_at": format!("{day}T15:02:00Z"),
            "ends_on": day.to_string(),
            "amount": amount(dice, share, currency),
        })
    });
    holds.collect()
}
