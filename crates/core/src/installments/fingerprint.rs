//! The hash of a plan: what a buyer saw, sent back with the purchase.
//!
//! It describes the whole plan and ends in a SHA-256 over it, so that whoever gets it back can tell
//! whether the plan is still the same, and show both where it is not (our decision: a bare digest could only
//! tell that something has changed). It is no signature: it proves nothing but that nothing in it
//! was lost.
//!
//! ```text
//! USD~100000~1~2026-11-21~8884x12~30x12~3f1c…
//! │   │      │ │          │       │     └ the first 32 hexadecimal digits of SHA-256
//! │   │      │ │          │       └ days from the purchase to the first part, and from part to part
//! │   │      │ │          └ the parts, in minor units
//! │   │      │ └ the day of the purchase
//! │   │      └ the rate, in percent
//! │   └ what is bought, in minor units
//! └ the currency
//! ```

use super::{InstallmentCount, Part, Plan};
use crate::calendar::Day;
use crate::identity::PlanId;
use crate::money::{Amount, Currency, Percent};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

/// What stands before a plan in its digest: another form of hash gets another word.
const DOMAIN: &str = "fiado-plan-1";
const DIGEST_BYTES: usize = 16;

/// The hash of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlanHash(String);

impl PlanHash {
    /// The longest text that can be one.
    pub const LONGEST: usize = 1_200;

    /// The hash of a plan in a currency.
    pub fn of(plan: &Plan, currency: Currency) -> PlanHash {
        let text = describe(plan, currency);
        let digest = digest(&plan.id, &text);
        PlanHash(format!("{text}~{digest}"))
    }

    /// The plan a hash describes, if it is the hash of a plan of this id in this currency.
    pub fn read(text: &str, id: &PlanId, currency: Currency) -> Option<Plan> {
        if text.len() > PlanHash::LONGEST {
            return None;
        }
        let (description, _) = text.rsplit_once('~')?;
        let plan = parse(description, id, currency)?;
        // Only what we would write ourselves is ours: one plan has one hash.
        (PlanHash::of(&plan, currency).0 == text).then_some(plan)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlanHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn digest(id: &PlanId, description: &str) -> String {
    let mut hash = Sha256::new();
    for text in [DOMAIN, "\n", id.as_str(), "\n", description] {
        hash.update(text.as_bytes());
    }
    let mut digits = String::with_capacity(DIGEST_BYTES.saturating_mul(2));
    for byte in hash.finalize().iter().take(DIGEST_BYTES) {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

fn describe(plan: &Plan, currency: Currency) -> String {
    let amounts = plan.parts.iter().map(|part| part.amount.minor());
    let days = std::iter::once(plan.start).chain(plan.parts.iter().map(|part| part.due));
    let gaps = days.zip(plan.parts.iter().map(|part| part.due)).map(|(before, due)| before.days_until(due));
    format!(
        "{}~{}~{}~{}~{}~{}",
        currency.code(),
        plan.principal.minor(),
        plan.rate.printed(),
        plan.start,
        run_lengths(amounts),
        run_lengths(gaps.map(|gap| u64::try_from(gap).unwrap_or_default())),
    )
}

/// `8884x11,8890`: equal neighbours are written once.
fn run_lengths(values: impl Iterator<Item = u64>) -> String {
    let mut runs: Vec<(u64, usize)> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some((last, length)) if *last == value => *length = length.saturating_add(1),
            _ => runs.push((value, 1)),
        }
    }
    let run = |(value, length): &(u64, usize)| match length {
        1 => value.to_string(),
        _ => format!("{value}x{length}"),
    };
    runs.iter().map(run).collect::<Vec<String>>().join(",")
}

fn parse(description: &str, id: &PlanId, currency: Currency) -> Option<Plan> {
    let mut fields = description.split('~');
    let is_currency = fields.next()? == currency.code();
    let principal = fields.next()?.parse().ok().and_then(Amount::from_minor)?;
    let rate = Percent::parse(fields.next()?).ok()?;
    let start = Day::parse(fields.next()?)?;
    let amounts = read_runs(fields.next()?)?;
    let gaps = read_runs(fields.next()?)?;
    if !is_currency || fields.next().is_some() || amounts.len() != gaps.len() {
        return None;
    }
    let mut due = start;
    let parts = (1_u8..).zip(amounts).zip(gaps).map(|((number, amount), gap)| {
        due = due.plus_days(u32::try_from(gap).ok()?);
        Some(Part { number, due, amount: Amount::from_minor(amount)? })
    });
    Some(Plan { id: id.clone(), principal, rate, start, parts: parts.collect::<Option<_>>()? })
}

/// At most as many values as a plan has parts, however long a run says it is.
fn read_runs(text: &str) -> Option<Vec<u64>> {
    let most = usize::from(InstallmentCount::MOST.get());
    let mut values = Vec::new();
    for run in text.split(',') {
        let (value, length) = run.split_once('x').unwrap_or((run, "1"));
        let length = length.parse().ok().filter(|length| *length <= most)?;
        let value: u64 = value.parse().ok()?;
        values.extend(std::iter::repeat_n(value, length));
        if values.len() > most {
            return None;
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installments::{Due, DueDates, Interest, Method, PaymentTerm, Terms};
    use proptest::prelude::*;

    fn plan(principal: u64, count: u64, rate: u64, start: Day) -> Option<Plan> {
        let interest = Interest {
            rate: Percent::from_millionths(rate).unwrap(),
            method: Method::Compound,
            due: Due::End,
        };
        let terms = Terms::Equal { count: InstallmentCount::new(count).unwrap(), interest };
        let id = PlanId::new(format!("line:{count}x")).unwrap();
        let principal = Amount::from_minor(principal).unwrap();
        Plan::new(id, &terms, principal, start, PaymentTerm::USUAL, &DueDates::default())
    }

    #[test]
    fn a_hash_says_what_the_plan_was() {
        let plan = plan(100_000, 12, 1_000_000, Day::parse("2026-11-21").unwrap()).unwrap();
        let hash = PlanHash::of(&plan, Currency::Usd);
        let (description, digest) = hash.as_str().rsplit_once('~').unwrap();
        assert_eq!(description, "USD~100000~1~2026-11-21~8884x12~30x12");
        assert_eq!(digest.len(), 32);
        assert_eq!(PlanHash::read(hash.as_str(), &plan.id, Currency::Usd), Some(plan));
    }

    #[test]
    fn a_hash_of_something_else_is_none() {
        let plan = plan(100_000, 3, 0, Day::parse("2026-11-21").unwrap()).unwrap();
        let hash = PlanHash::of(&plan, Currency::Usd).to_string();
        let other = PlanId::new("line:4x").unwrap();
        assert_eq!(PlanHash::read(&hash, &other, Currency::Usd), None);
        assert_eq!(PlanHash::read(&hash, &plan.id, Currency::Mxn), None);
        for (found, instead) in
            [("100000", "100001"), ("33333x2", "33333,33333"), ("30x3", "30x4"), ("~0~", "~0.0~")]
        {
            assert!(hash.contains(found), "{hash}");
            assert_eq!(PlanHash::read(&hash.replace(found, instead), &plan.id, Currency::Usd), None);
        }
        let huge = "USD~1~0~2026-11-21~1x99999999999~30~00";
        for text in ["", "~", "~~~~~~", "USD", huge, &"9".repeat(5_000)] {
            assert_eq!(PlanHash::read(text, &plan.id, Currency::Usd), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_plan_is_read_back_from_its_hash(
            principal in 1..=Amount::LARGEST.minor() / 100, count in 1_u64..=48, rate in 0_u64..10_000_000,
            start in 0..30_000,
        ) {
            let start = Day::from_days_since_epoch(start).unwrap();
            if let Some(plan) = plan(principal, count, rate, start) {
                let hash = PlanHash::of(&plan, Currency::Usd);
                prop_assert!(hash.as_str().len() <= PlanHash::LONGEST);
                prop_assert_eq!(PlanHash::read(hash.as_str(), &plan.id, Currency::Usd), Some(plan));
            }
        }

        #[test]
        fn no_text_panics(text in "[A-Z0-9~x,.a-f-]{0,60}") {
            let _ = PlanHash::read(&text, &PlanId::new("line:1x").unwrap(), Currency::Usd);
        }
    }
}
