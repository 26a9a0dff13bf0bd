//! What is overdue by how long, and what falls due when, is what a look at each invoice finds.

use crate::support::history::Taken;
use crate::support::world::open_invoices;
use crate::{always, total};
use fiado_core::account::{Aging, DueCalendar, Invoice};
use fiado_core::calendar::Day;
use fiado_core::late::LateCharges;
use fiado_core::money::{Amount, Rate};
use proptest::prelude::*;

fn charges() -> LateCharges {
    let rate = |text| Rate::parse(text).unwrap();
    LateCharges { daily_interest: rate("0.001"), fine: rate("0.02") }
}

/// Days before and after the step, so that debts are of every age.
fn days_around(step: &Taken) -> impl Iterator<Item = Day> {
    let today = step.scene.today;
    [0, 1, 29, 30, 31, 60, 61, 90, 91, 500].into_iter().map(move |days| today.plus_days(days)).chain([
        today.minus_days(40),
        Day::FIRST,
        Day::LAST,
    ])
}

fn aging(step: &Taken, on: Day) -> Aging {
    Aging::of(&step.after.account.ladder, charges(), on)
}

/// What is left of the open invoices that have been overdue for so many days.
fn owed(invoices: &[Invoice], on: Day, is_within: impl Fn(u32) -> bool) -> u64 {
    total(invoices.iter().filter(|invoice| is_within(invoice.days_overdue(on))).map(Invoice::left))
}

#[test]
fn what_is_due_and_what_is_not_add_up_to_what_is_owed() {
    always(|step| {
        for on in days_around(step) {
            let aging = aging(step, on);
            prop_assert_eq!(aging.total(), step.after.account.totals.outstanding);
            let buckets = aging.buckets.iter().map(|bucket| bucket.amount);
            prop_assert_eq!(aging.not_due.minor() + total(buckets), aging.total().minor());
            prop_assert_eq!(aging.overdue(), step.after.account.ladder.due_before(on));
        }
        Ok(())
    });
}

#[test]
fn every_bucket_is_the_sum_of_the_invoices_of_its_days() {
    always(|step| {
        let invoices = open_invoices(&step.after);
        for on in days_around(step) {
            let aging = aging(step, on);
            prop_assert_eq!(aging.not_due.minor(), owed(&invoices, on, |days| days == 0));
            for bucket in aging.buckets {
                let last = bucket.to_days.unwrap_or(u32::MAX);
                let expected = owed(&invoices, on, |days| (bucket.from_days..=last).contains(&days));
                prop_assert_eq!(bucket.amount.minor(), expected, "{:?} on {}", bucket, on);
            }
            let oldest =
                invoices.iter().filter(|invoice| invoice.days_overdue(on) > 0).map(|one| one.due).min();
            prop_assert_eq!(aging.oldest, oldest);
            let longest = invoices.iter().map(|invoice| invoice.days_overdue(on)).max();
            prop_assert_eq!(aging.days_overdue(), longest.unwrap_or_default());
        }
        Ok(())
    });
}

#[test]
fn what_is_overdue_costs_what_its_invoices_cost_but_for_less_than_a_minor_unit_each() {
    always(|step| {
        let invoices = open_invoices(&step.after);
        for on in days_around(step) {
            let late = aging(step, on).late;
            let each: Vec<_> = invoices.iter().filter_map(|invoice| charges().of(invoice, on)).collect();
            let slack = u64::try_from(each.len() - late.len()).unwrap();
            let figures: [fn(&fiado_core::late::LateCost) -> Amount; 2] =
                [|cost| cost.interest, |cost| cost.fine];
            for figure in figures {
                let (one_by_one, together) = (total(each.iter().map(figure)), total(late.iter().map(figure)));
                // A cost that is more than an amount can be is the largest one, once for each day.
                let is_cut = late.iter().any(|cost| figure(cost) == Amount::LARGEST);
                prop_assert!(is_cut || one_by_one <= together && together <= one_by_one + slack);
            }
        }
        Ok(())
    });
}

#[test]
fn a_shop_that_takes_nothing_of_what_is_overdue_shows_no_cost_of_it() {
    always(|step| {
        let aging = Aging::of(&step.after.account.ladder, LateCharges::default(), Day::LAST);
        prop_assert_eq!(aging.late, vec![]);
        Ok(())
    });
}

#[test]
fn a_calendar_tells_each_day_once_and_all_that_falls_due_between_its_ends() {
    always(|step| {
        let (ladder, invoices) = (&step.after.account.ladder, open_invoices(&step.after));
        for from in days_around(step) {
            for length in [0, 1, 30, 366] {
                let to = from.plus_days(length);
                let calendar = DueCalendar::of(ladder, from, to, usize::MAX);
                let within = invoices.iter().filter(|invoice| (from..=to).contains(&invoice.due));
                prop_assert_eq!(calendar.total.minor(), total(within.map(Invoice::left)));
                prop_assert_eq!(
                    total(calendar.days.iter().map(|(_, amount)| *amount)),
                    calendar.total.minor()
                );
                prop_assert!(calendar.days.windows(2).all(|pair| pair[0].0 < pair[1].0));
                prop_assert!(calendar.days.iter().all(|(due, owed)| ladder.due_on(*due) == *owed));
                prop_assert!(!calendar.is_cut);
            }
        }
        Ok(())
    });
}

#[test]
fn a_calendar_that_is_cut_goes_on_on_the_day_after_its_last() {
    always(|step| {
        let ladder = &step.after.account.ladder;
        let whole = DueCalendar::of(ladder, Day::FIRST, Day::LAST, usize::MAX);
        for most in 1..4 {
            let (mut told, mut from) = (Vec::new(), Day::FIRST);
            loop {
                let part = DueCalendar::of(ladder, from, Day::LAST, most);
                prop_assert!(part.days.len() <= most);
                told.extend(part.days);
                match told.last() {
                    Some((last, _)) if part.is_cut => from = last.plus_days(1),
                    _ => break,
                }
            }
            prop_assert_eq!(&told, &whole.days);
        }
        Ok(())
    });
}
