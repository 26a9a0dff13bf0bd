//! What the tests of the rules have in common.

use super::{Asked, InstallmentOptions, MethodKind, PaymentRule, PaymentSystem, Quantity, SalesChannels};
use crate::calendar::Instant;
use crate::identity::RuleId;
use crate::installments::{Due, InstallmentCount};
use crate::money::{Amount, Currency, Percent};

pub(super) fn usd(text: &str) -> Amount {
    Amount::parse(text, Currency::Usd).unwrap()
}

pub(super) fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

pub(super) fn percent(text: &str) -> Percent {
    Percent::parse(text).unwrap()
}

/// A purchase of which nothing else is told.
pub(super) fn asked(value: &str) -> Asked<'static> {
    let at = instant("2023-12-13T15:00:00Z");
    Asked { value: usd(value), at, channel: None, merchant: None, country: None }
}

/// A rule of a payment system that holds always and offers one payment.
pub(super) fn rule(id: &str, system: u32) -> PaymentRule {
    PaymentRule {
        id: RuleId::new(id).unwrap(),
        enabled: true,
        is_default: false,
        system: PaymentSystem { id: system, name: format!("system {system}") },
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

/// So many parts at so much a period.
pub(super) fn quantity(count: u64, rate: &str) -> Quantity {
    let count = InstallmentCount::new(count).unwrap();
    Quantity { count, rate: percent(rate), tax: None, is_external: None }
}

/// These quantities, at compound interest due at the end.
pub(super) fn options(quantities: &[(u64, &str)]) -> InstallmentOptions {
    let quantities = quantities.iter().map(|(count, rate)| quantity(*count, rate)).collect();
    InstallmentOptions { due: Due::End, method: MethodKind::Compound, minimum_part: Amount::ZERO, quantities }
}
