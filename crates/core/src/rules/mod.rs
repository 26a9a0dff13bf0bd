//! Payment rules: which shops' customers may pay how, when and in how many parts (VTEX gateway,
//! `/api/pvt/rules`).
//!
//! A [`PaymentRule`] is a value: it says whether it matches what is [`Asked`], and [`offered`] makes
//! of all of a shop's rules what a payment system offers. It promises that an option appears once,
//! from the cheapest rule, and that terms of payment with other days are other options, however many
//! parts they have. It never decides whether an account may buy so, and keeps nothing of a rule that
//! no decision asks for: what was sent is kept by whoever stores it.

mod interval;
mod matching;
mod offers;
mod options;
mod rule;
#[cfg(test)]
mod samples;

pub use interval::{DateInterval, EdgeError, IntervalError, IntervalField};
pub use matching::Asked;
pub use offers::{Offer, Offering};
pub use options::{Offered, RuleOption, offered, systems};
pub use rule::{
    Country, InstallmentOptions, MethodKind, PaymentRule, PaymentSystem, Quantity, SalesChannels,
};
