use crate::offering;
use crate::written::{amount, decimal};
use fiado_core::calendar::Day;
use fiado_core::money::Currency;
use fiado_tests::Dice;
use serde_json::{Value, json};

/// A line of credit as a snapshot shows it, in minor units.
pub(crate) struct Line {
    pub(crate) currency: Currency,
    pub(crate) today: Day,
    limit: u64,
    tolerance_millionths: u64,
    tolerance_enabled: bool,
    used: u64,
    pub(crate) held: u64,
    unapplied: u64,
}

const HUNDRED_PERCENT: u64 = 1_000_000;

impl Line {
    pub(crate) fn random(dice: &mut Dice) -> Line {
        let currency = dice.pick(Currency::ALL);
        let largest = currency.largest().minor();
        let limit = match dice.between(1, 10) {
            1 => 0,
            2 => largest,
            _ => dice.of_any_size(largest),
        };
        let tolerance_millionths = match dice.between(1, 6) {
            1..=3 => 0,
            4 => dice.pick(&[50_000, 100_000, 300_000, 1_000_000]),
            5 => dice.between(1, HUNDRED_PERCENT),
            _ => dice.between(1, 100 * HUNDRED_PERCENT),
        };
        let used = match dice.between(1, 8) {
            1 => 0,
            2 => limit,
            3 => dice.between(limit, limit.saturating_mul(2)).min(largest),
            _ => dice.between(0, limit),
        };
        let some = |dice: &mut Dice| if dice.one_in(3) { dice.between(0, limit / 3) } else { 0 };
        Line {
            currency,
            today: random_day(dice),
            limit,
            tolerance_millionths,
            tolerance_enabled: !dice.one_in(5),
            used,
            held: if dice.one_in(2) { dice.between(0, limit / 3) } else { 0 },
            unapplied: some(dice),
        }
    }

    /// The largest purchase that passes, counted here on its own: near it the answer turns.
    pub(crate) fn spendable(&self) -> u64 {
        let tolerance = if self.tolerance_enabled { self.tolerance_millionths } else { 0 };
        let ceiling =
            u128::from(self.limit) * u128::from(HUNDRED_PERCENT + tolerance) / u128::from(HUNDRED_PERCENT);
        let spendable = (ceiling + u128::from(self.unapplied))
            .saturating_sub(u128::from(self.used) + u128::from(self.held));
        spendable.min(u128::from(self.currency.largest().minor())) as u64
    }

    pub(crate) fn snapshot(&self, dice: &mut Dice) -> Value {
        let Line { currency, today, .. } = *self;
        let mut snapshot = json!({
            "version": dice.of_any_size(9_999_999_999_999),
            "status": self.status(dice),
            "currency": currency.code(),
            "credit_limit": amount(dice, self.limit, currency),
            "tolerance": decimal(dice, self.tolerance_millionths, 6),
            "tolerance_enabled": self.tolerance_enabled,
            "payment_term_days": dice.pick(&[1, 7, 15, 28, 30, 30, 30, 31, 45, 60, 90, 365]),
            "credit_used": amount(dice, self.used, currency),
            "credit_held": amount(dice, self.held, currency),
            "unapplied": amount(dice, self.unapplied, currency),
            "due": self.due(dice),
            "taken_at": format!("{today}T15:00:00Z"),
            "today": today.to_string(),
            "today_ends_at": format!("{}T05:00:00Z", today.plus_days(1)),
            "valid_until": format!("{today}T15:05:00Z"),
        });
        if !dice.one_in(3) {
            let available = self.limit.saturating_sub(self.used).saturating_sub(self.held);
            snapshot["credit_available"] = amount(dice, available, currency);
        }
        if dice.one_in(3) {
            let above = dice.between(0, self.used / 2);
            snapshot["overdue_stop"] =
                json!({ "above": amount(dice, above, currency), "grace_days": dice.between(0, 30) });
        }
        self.add_offering(dice, &mut snapshot);
        snapshot
    }

    /// What an older server says nothing of.
    fn add_offering(&self, dice: &mut Dice, snapshot: &mut Value) {
        let Line { currency, today, held, .. } = *self;
        if !dice.one_in(3) {
            snapshot["rules"] = offering::rules(dice, currency, today);
        }
        if dice.one_in(2) {
            snapshot["due_dates"] = offering::due_dates(dice, today);
        }
        if held > 0 && !dice.one_in(4) {
            snapshot["holds"] = offering::holds(dice, held, currency, today);
        }
        if !dice.one_in(4) {
            snapshot["country"] = json!("PA");
        }
    }

    fn status(&self, dice: &mut Dice) -> &'static str {
        if dice.one_in(8) {
            dice.pick(&["pending", "rejected", "suspended", "cancelled"])
        } else {
            "approved"
        }
    }

    /// What is owed in a few parts, some of them before today.
    fn due(&self, dice: &mut Dice) -> Value {
        let parts = dice.between(1, 5);
        let mut rest = self.used;
        let rungs = (1..=parts).map(|part| {
            let share = if part == parts { rest } else { dice.between(0, rest) };
            rest -= share;
            let days = dice.between(0, 90) as u32;
            let day = if dice.one_in(2) { self.today.minus_days(days) } else { self.today.plus_days(days) };
            json!({ "due_date": day.to_string(), "amount": amount(dice, share, self.currency) })
        });
        if self.used == 0 { json!([]) } else { rungs.collect() }
    }
}

/// A day near the end of a month more often than not: that is where calendars go wrong.
fn random_day(dice: &mut Dice) -> Day {
    let first = Day::parse("2019-12-31").unwrap();
    let day = first.plus_days(dice.between(0, 5_000) as u32);
    let (year, month, _) = day.date();
    if dice.one_in(2) {
        return day;
    }
    (28..=31).rev().find_map(|last| Day::from_date(year, month, last)).unwrap()
}
