//! What a shop offers on account, for short and at random.

use super::commands::{instant, minor, parts};
use fiado_core::calendar::{Adjustment, BusinessDays, Day, Instant, Weekdays};
use fiado_core::identity::RuleId;
use fiado_core::installments::{DayOfMonth, Deadline, Deadlines, Due, DueDates, Rhythm};
use fiado_core::money::{Amount, Percent};
use fiado_core::rules::{
    Country, DateInterval, InstallmentOptions, MethodKind, Offering, PaymentRule, PaymentSystem, Quantity,
    SalesChannels,
};
use proptest::prelude::*;
use std::sync::Arc;

/// The one channel that some rules are for.
pub(crate) const CHANNEL: &str = "1";

pub(crate) fn percent(text: &str) -> Percent {
    Percent::parse(text).unwrap()
}

/// These rules, in a shop that sells in one country.
pub(crate) fn offering(rules: Vec<PaymentRule>) -> Offering {
    Offering { rules: Arc::from(rules), country: Country::parse("PA") }
}

/// A rule for Customer Credit that holds always and offers one payment.
pub(crate) fn rule(id: &str) -> PaymentRule {
    PaymentRule {
        id: RuleId::new(id).unwrap(),
        enabled: true,
        is_default: false,
        system: PaymentSystem { id: PaymentSystem::CUSTOMER_CREDIT, name: "Customer Credit".to_owned() },
        channels: SalesChannels::All,
        begins: None,
        ends: None,
        intervals: Vec::new(),
        merchants: Vec::new(),
        country: None,
        minimum: Amount::ZERO,
        options: None,
        deadlines: Vec::new(),
    }
}

/// A rule that offers so many parts at so much a period, each.
pub(crate) fn rule_of(id: &str, quantities: &[(u64, &str)]) -> PaymentRule {
    let quantity = |(count, rate): &(u64, &str)| quantity(*count, percent(rate));
    let quantities = quantities.iter().map(quantity).collect();
    PaymentRule { options: Some(options(Amount::ZERO, quantities)), ..rule(id) }
}

/// A rule that offers payment so many days after the purchase, each term at so much.
pub(crate) fn rule_after(id: &str, terms: &[(u16, &str)]) -> PaymentRule {
    let terms = terms.iter().map(|(days, rate)| Deadline { days: *days, rate: percent(rate) });
    PaymentRule { deadlines: vec![Deadlines::new(terms.collect()).unwrap()], ..rule(id) }
}

fn quantity(count: u64, rate: Percent) -> Quantity {
    Quantity { count: parts(count), rate, tax: None, is_external: None }
}

fn options(minimum_part: Amount, quantities: Vec<Quantity>) -> InstallmentOptions {
    InstallmentOptions { due: Due::End, method: MethodKind::Compound, minimum_part, quantities }
}

/// What a shop may offer: what its lines do by themselves, or up to four rules.
pub(crate) fn offerings() -> impl Strategy<Value = Offering> {
    let rules = (rules("a"), rules("b"), rules("c"), rules("d"), 0_usize..=4);
    rules.prop_map(|(a, b, c, d, count)| offering([a, b, c, d].into_iter().take(count).collect()))
}

fn rules(id: &'static str) -> impl Strategy<Value = PaymentRule> {
    let kinds = prop_oneof![
        3 => (minimums(), proptest::collection::vec((counts(), rates()), 0..4))
            .prop_map(move |(least, quantities)| paying(id, least, quantities)),
        2 => proptest::collection::vec(deadlines(), 1..3)
            .prop_map(move |deadlines| PaymentRule { deadlines, ..rule(id) }),
    ];
    let restrictions =
        (proptest::bool::weighted(0.9), any::<bool>(), 0..8, minimums(), proptest::bool::weighted(0.95));
    (kinds, restrictions, spans()).prop_map(
        |(rule, (enabled, is_default, place, minimum, is_credit), (begins, ends, intervals))| {
            let mut rule = PaymentRule {
                enabled,
                is_default,
                minimum,
                begins,
                ends,
                intervals,
                ..restricted(rule, place)
            };
            rule.system.id = if is_credit { PaymentSystem::CUSTOMER_CREDIT } else { 2 };
            rule
        },
    )
}

/// Each number of parts once, as rules are read.
fn paying(id: &str, minimum_part: Amount, mut quantities: Vec<(u64, Percent)>) -> PaymentRule {
    quantities.sort_unstable();
    quantities.dedup_by_key(|(count, _)| *count);
    let quantities = quantities.into_iter().map(|(count, rate)| quantity(count, rate)).collect();
    PaymentRule { options: Some(options(minimum_part, quantities)), ..rule(id) }
}

/// For a channel, a country or a merchant, or for none.
fn restricted(rule: PaymentRule, place: i32) -> PaymentRule {
    match place {
        0 | 1 => PaymentRule { channels: SalesChannels::These(vec![CHANNEL.to_owned()]), ..rule },
        2 => PaymentRule { country: Country::parse("pa"), ..rule },
        3 => PaymentRule { country: Country::parse("US"), ..rule },
        4 => PaymentRule { merchants: vec!["norte".to_owned()], ..rule },
        _ => rule,
    }
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![1_u64..=4, Just(12), Just(48)]
}

fn rates() -> impl Strategy<Value = Percent> {
    let rates = ["0", "0.000001", "1", "2.5", "10", "33.333333", "400"].map(percent);
    proptest::sample::select(rates.to_vec())
}

fn minimums() -> impl Strategy<Value = Amount> {
    prop_oneof![3 => Just(Amount::ZERO), 1 => (1_u64..150).prop_map(minor)]
}

fn deadlines() -> impl Strategy<Value = Deadlines> {
    let terms = (proptest::sample::select(vec![0_u16, 15, 30, 45, 60]), rates());
    proptest::collection::vec(terms, 1..4).prop_map(|terms| {
        let terms = terms.into_iter().map(|(days, rate)| Deadline { days, rate });
        Deadlines::new(terms.collect()).unwrap()
    })
}

type Span = (Option<Instant>, Option<Instant>, Vec<DateInterval>);

/// When a rule holds: mostly always, now and then from or until a day in the first weeks, or in
/// business hours.
fn spans() -> impl Strategy<Value = Span> {
    let first = Day::parse("2025-11-24").unwrap();
    let day = move |later: u32| instant(&format!("{}T10:00:00Z", first.plus_days(later)));
    let hours = DateInterval::parse("* * 08 * * * * -0500", "* * 18 * * * * -0500").unwrap();
    prop_oneof![
        10 => Just((None, None, Vec::new())),
        1 => (0_u32..20).prop_map(move |later| (Some(day(later)), None, Vec::new())),
        1 => (0_u32..40).prop_map(move |later| (None, Some(day(later)), Vec::new())),
        2 => Just((None, None, vec![hours])),
    ]
}

/// How due days follow on one another, and where days without business go.
pub(crate) fn due_dates() -> impl Strategy<Value = DueDates> {
    let rhythms = prop_oneof![
        3 => Just(Rhythm::EveryTerm),
        1 => Just(Rhythm::Monthly),
        1 => Just(Rhythm::EndOfMonth),
        1 => (1_u64..=31).prop_map(|day| Rhythm::DayOfMonth(DayOfMonth::new(day).unwrap())),
    ];
    let adjustments = proptest::sample::select(vec![
        Adjustment::None,
        Adjustment::Next,
        Adjustment::Previous,
        Adjustment::ModifiedFollowing,
    ]);
    (rhythms, adjustments).prop_map(|(rhythm, adjustment)| {
        let holidays = ["2025-12-24", "2025-12-25", "2026-01-01"].map(|day| Day::parse(day).unwrap());
        let business_days = BusinessDays::new(adjustment, Weekdays::SATURDAY_AND_SUNDAY, holidays).unwrap();
        DueDates { rhythm, business_days }
    })
}
