//! What an overdue invoice costs on a day: simple interest for each day, and a fine, once.
//!
//! It promises exact figures, each cut to the minor unit, from what is still owed of the invoice on
//! the day that is asked about. They are for whoever collects: no invoice becomes dearer by them,
//! nothing is recorded, and no rule asks for them.

use crate::account::Invoice;
use crate::calendar::Day;
use crate::money::{Amount, Rate};
use serde::{Deserialize, Serialize};

/// What a shop takes of overdue invoices (VTEX store configuration; fractions by DECISIONS 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LateCharges {
    /// Simple interest a day, as a fraction (`dailyInterestRate`).
    pub daily_interest: Rate,
    /// The fine, once, as a fraction (`taxRate`).
    pub fine: Rate,
}

/// What an overdue invoice costs on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateCost {
    /// For how many days it has been overdue: one on the day after its due day.
    pub days_overdue: u32,
    /// The interest of these days.
    pub interest: Amount,
    /// The fine.
    pub fine: Amount,
    /// What is owed of it, with both.
    pub total: Amount,
}

impl LateCharges {
    /// What an invoice costs on a day; `None` where the shop takes nothing, or the invoice is not
    /// overdue then.
    ///
    /// Interest is `left × rate × days` and the fine `left × rate`, both of what is left of the
    /// invoice and cut to the minor unit. A figure that would be larger than any amount is the
    /// largest one.
    pub fn of(self, invoice: &Invoice, on: Day) -> Option<LateCost> {
        self.of_debt(invoice.left(), invoice.days_overdue(on))
    }

    /// What a debt costs that has been overdue for so many days, as [`LateCharges::of`] an invoice of
    /// which so much is left.
    pub fn of_debt(self, left: Amount, days_overdue: u32) -> Option<LateCost> {
        if days_overdue == 0 || self == LateCharges::default() {
            return None;
        }
        let interest = charge(left, self.daily_interest, days_overdue);
        let fine = charge(left, self.fine, 1);
        let total = Amount::saturating_sum([left, interest, fine]);
        Some(LateCost { days_overdue, interest, fine, total })
    }
}

/// An amount times a rate, so many times, in one multiplication of integers and one cut.
fn charge(amount: Amount, rate: Rate, times: u32) -> Amount {
    // Below 10^15 × 10^14 × 3,652,058, the days of all years: far from the largest product.
    let product = u128::from(amount.minor())
        .saturating_mul(u128::from(rate.trillionths()))
        .saturating_mul(u128::from(times));
    u64::try_from(product / Rate::TRILLION).ok().and_then(Amount::from_minor).unwrap_or(Amount::LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::InvoiceState;
    use crate::calendar::Instant;
    use crate::identity::{InvoiceId, OrderId, TransactionId};
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn minor(minor: u64) -> Amount {
        Amount::from_minor(minor).unwrap()
    }

    fn charges(daily_interest: &str, fine: &str) -> LateCharges {
        let rate = |text| Rate::parse(text).unwrap();
        LateCharges { daily_interest: rate(daily_interest), fine: rate(fine) }
    }

    /// An open invoice that fell due on the first day of 2026.
    fn invoice(value: u64, paid: u64) -> Invoice {
        due_on(day("2026-01-01"), value, paid)
    }

    fn due_on(due: Day, value: u64, paid: u64) -> Invoice {
        Invoice {
            id: InvoiceId { transaction: TransactionId::new("pedido-77").unwrap(), installment: 1 },
            order: OrderId::new("order_789").unwrap(),
            value: minor(value),
            paid: minor(paid),
            installments: 1,
            issued_at: Instant::EPOCH,
            due,
            original_due: due,
            postponements: 0,
            state: InvoiceState::Open,
            updated_at: Instant::EPOCH,
            resolved_at: None,
            past: false,
        }
    }

    fn after(days: u32) -> Day {
        day("2026-01-01").plus_days(days)
    }

    /// Days overdue, interest, fine and total, in minor units.
    fn figures(cost: Option<LateCost>) -> Option<[u64; 4]> {
        cost.map(|cost| {
            [u64::from(cost.days_overdue), cost.interest.minor(), cost.fine.minor(), cost.total.minor()]
        })
    }

    #[test]
    fn interest_grows_by_the_day_and_the_fine_is_taken_once() {
        let charges = charges("0.001", "0.02");
        let on = |days| figures(charges.of(&invoice(100_000, 0), after(days)));
        assert_eq!(on(0), None, "on its due day");
        assert_eq!(on(1), Some([1, 100, 2_000, 102_100]));
        assert_eq!(on(15), Some([15, 1_500, 2_000, 103_500]));
        assert_eq!(on(365), Some([365, 36_500, 2_000, 138_500]));
        assert_eq!(charges.of(&invoice(100_000, 0), day("2025-12-31")), None, "before its due day");
    }

    #[test]
    fn what_has_been_paid_costs_nothing() {
        let cost = charges("0.001", "0.02").of(&invoice(100_000, 66_667), after(15));
        // 333.33 × 0.015 = 4.99995 and 333.33 × 0.02 = 6.6666.
        assert_eq!(figures(cost), Some([15, 499, 666, 34_498]));
    }

    #[test]
    fn days_are_multiplied_before_anything_is_cut() {
        let cost = charges("0.000333333333", "0").of(&invoice(999, 0), after(30));
        // 9.99 × 0.000333333333 × 30 = 0.0998999…; cut each day it would be nothing.
        assert_eq!(figures(cost), Some([30, 9, 0, 1_008]));
    }

    #[test]
    fn an_invoice_that_is_not_open_costs_nothing() {
        for state in [InvoiceState::Paid, InvoiceState::Cancelled] {
            let resolved = Invoice { state, ..invoice(100_000, 0) };
            assert_eq!(charges("1", "1").of(&resolved, after(100)), None, "{state:?}");
        }
    }

    #[test]
    fn a_shop_that_takes_nothing_is_told_from_one_that_takes_too_little() {
        assert_eq!(charges("0", "0.00").of(&invoice(100_000, 0), after(100)), None);
        assert_eq!(figures(charges("0.0001", "0").of(&invoice(1, 0), after(1))), Some([1, 0, 0, 1]));
    }

    #[test]
    fn the_largest_figures_are_exact_and_those_beyond_them_are_the_largest() {
        let (largest, days) = (Amount::LARGEST.minor(), 3_652_058);
        let on_the_last_day =
            |charges: LateCharges, left| figures(charges.of(&due_on(Day::FIRST, left, 0), Day::LAST));
        assert_eq!(i64::from(Day::FIRST.days_until(Day::LAST)), days);
        // 999,999,999,999,999 × 3,652,058 / 10^12 is a little less than 3,652,058,000.
        assert_eq!(
            on_the_last_day(charges("0.000000000001", "0.000000000001"), largest),
            Some([3_652_058, 3_652_057_999, 999, largest])
        );
        assert_eq!(
            on_the_last_day(charges("100", "100"), largest),
            Some([3_652_058, largest, largest, largest])
        );
        // The largest interest that still is one, and the next.
        assert_eq!(
            on_the_last_day(charges("1", "0"), 273_818_214),
            Some([3_652_058, 273_818_214 * 3_652_058, 0, largest])
        );
        assert!(273_818_215 * 3_652_058 > largest);
        assert_eq!(on_the_last_day(charges("1", "0"), 273_818_215), Some([3_652_058, largest, 0, largest]));
    }

    fn any_rate() -> impl Strategy<Value = Rate> {
        let trillionths = prop_oneof![
            1 => Just(0_u64),
            4 => 0..=50_000_000_000_u64,
            2 => 0..=100_000_000_000_000_u64,
            1 => Just(100_000_000_000_000),
        ];
        trillionths.prop_map(|trillionths| {
            let (whole, fraction) = (trillionths / 1_000_000_000_000, trillionths % 1_000_000_000_000);
            Rate::parse(&format!("{whole}.{fraction:012}")).unwrap()
        })
    }

    fn any_charges() -> impl Strategy<Value = LateCharges> {
        (any_rate(), any_rate()).prop_map(|(daily_interest, fine)| LateCharges { daily_interest, fine })
    }

    fn any_left() -> impl Strategy<Value = u64> {
        prop_oneof![1..=1_000_u64, 1..=1_000_000_000_u64, 1..=Amount::LARGEST.minor()]
    }

    fn any_days() -> impl Strategy<Value = u32> {
        prop_oneof![4 => 1..=400_u32, 1 => 1..=2_912_000_u32]
    }

    /// What it costs, where it is known to be overdue and to cost something or nothing.
    fn cost(charges: LateCharges, left: u64, days: u32) -> LateCost {
        let left_alone =
            LateCost { days_overdue: days, interest: Amount::ZERO, fine: Amount::ZERO, total: minor(left) };
        charges.of(&invoice(left, 0), after(days)).unwrap_or(left_alone)
    }

    proptest! {
        #[test]
        fn interest_and_fine_are_the_whole_cents_of_their_products(
            charges in any_charges(), left in any_left(), days in any_days(),
        ) {
            let found = cost(charges, left, days);
            for (figure, rate, times) in
                [(found.interest, charges.daily_interest, days), (found.fine, charges.fine, 1)]
            {
                let product = u128::from(left) * u128::from(rate.trillionths()) * u128::from(times);
                let whole = |minor: u64| u128::from(minor) * 1_000_000_000_000;
                prop_assert!(whole(figure.minor()) <= product);
                prop_assert!(figure == Amount::LARGEST || product < whole(figure.minor() + 1));
            }
            let sum = u128::from(left) + u128::from(found.interest.minor()) + u128::from(found.fine.minor());
            prop_assert_eq!(u128::from(found.total.minor()), sum.min(Amount::LARGEST.minor().into()));
        }

        #[test]
        fn figures_agree_with_decimals_where_those_are_exact(
            charges in any_charges(), left in 1..=1_000_000_000_u64, days in 1..=40_000_u32,
        ) {
            use rust_decimal::Decimal;
            let cut = |product: Decimal| u64::try_from(product.trunc().mantissa()).unwrap();
            let found = cost(charges, left, days);
            let interest = Decimal::from(left) * charges.daily_interest.to_decimal() * Decimal::from(days);
            prop_assert_eq!(found.interest.minor(), cut(interest).min(Amount::LARGEST.minor()));
            prop_assert_eq!(found.fine.minor(), cut(Decimal::from(left) * charges.fine.to_decimal()));
        }

        #[test]
        fn a_later_day_never_costs_less_and_the_fine_stays(
            charges in any_charges(), left in any_left(), days in any_days(), later in 0..=400_u32,
        ) {
            let (first, then) = (cost(charges, left, days), cost(charges, left, days + later));
            prop_assert!(first.interest <= then.interest && first.total <= then.total);
            prop_assert_eq!(first.fine, then.fine);
            prop_assert_eq!(then.days_overdue, first.days_overdue + later);
        }

        #[test]
        fn paying_a_part_never_makes_the_rest_dearer(
            charges in any_charges(), value in any_left(), share in 0..1_000_000_u64, days in any_days(),
        ) {
            let paid = u64::try_from(u128::from(value) * u128::from(share) / 1_000_000).unwrap();
            let part_paid = charges.of(&invoice(value, paid), after(days));
            prop_assert_eq!(part_paid, charges.of(&invoice(value - paid, 0), after(days)));
            let (before, now) = (cost(charges, value, days), cost(charges, value - paid, days));
            prop_assert!(now.interest <= before.interest && now.fine <= before.fine);
            prop_assert!(now.total <= before.total);
        }

        #[test]
        fn splitting_a_debt_never_costs_more_and_a_cent_less_at_most(
            charges in any_charges(), one in 1..=1_000_000_000_u64, other in 1..=1_000_000_000_u64,
            days in 1..=400_u32,
        ) {
            let whole = cost(charges, one + other, days);
            let parts = [cost(charges, one, days), cost(charges, other, days)];
            let sum = |figure: fn(&LateCost) -> Amount| parts.iter().map(|part| figure(part).minor()).sum::<u64>();
            for (whole, parts) in
                [(whole.interest, sum(|cost| cost.interest)), (whole.fine, sum(|cost| cost.fine))]
            {
                prop_assert!(parts <= whole.minor() && whole.minor() <= parts + 1);
            }
        }

        #[test]
        fn without_rates_nothing_is_ever_taken(left in any_left(), days in any_days()) {
            prop_assert_eq!(LateCharges::default().of(&invoice(left, 0), after(days)), None);
        }

        #[test]
        fn no_invoice_on_any_day_panics(
            charges in any_charges(), value in 0..=Amount::LARGEST.minor(), paid in 0..=Amount::LARGEST.minor(),
            due in Day::FIRST.days_since_epoch()..=Day::LAST.days_since_epoch(),
            on in Day::FIRST.days_since_epoch()..=Day::LAST.days_since_epoch(),
        ) {
            let [due, on] = [due, on].map(|days| Day::from_days_since_epoch(days).unwrap());
            let found = charges.of(&due_on(due, value, paid), on);
            prop_assert_eq!(found.is_some(), on > due && charges != LateCharges::default());
        }
    }
}
