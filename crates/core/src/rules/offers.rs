//! The plans a line of credit is paid by: what the shop's rules for Customer Credit offer, or what
//! the line itself does where the shop has none.

use super::options::steps_of;
use super::{Asked, Country, PaymentRule, PaymentSystem, offered};
use crate::calendar::{Day, Instant};
use crate::identity::PlanId;
use crate::installments::{DueDates, InstallmentCount, PaymentTerm, Plan, Terms};
use crate::money::Amount;
use crate::policy::Policy;
use std::sync::Arc;

/// What stands in a plan's id where no rule offers it.
const LINE: &str = "line";
/// In up to how many parts a line offers plans without being asked.
const LISTED: u64 = 12;

/// What a shop offers on account: its rules for Customer Credit, and the country it sells in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offering {
    /// The rules of [`PaymentSystem::CUSTOMER_CREDIT`], those made first first. None at all: a line
    /// offers equal parts at its own term, without interest.
    pub rules: Arc<[PaymentRule]>,
    /// The country of the shop: what is bought on account is sold there.
    pub country: Option<Country>,
}

/// One way to pay, at whatever amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The rule that offers it; `None`: the line itself.
    pub rule: Option<&'a PaymentRule>,
    /// In which parts, and at what interest.
    pub terms: Terms<'a>,
}

impl<'a> Asked<'a> {
    /// A purchase on account, in the shop's own country.
    pub fn on_account(value: Amount, channel: Option<&'a str>, at: Instant, policy: &'a Policy) -> Asked<'a> {
        Asked { value, at, channel, merchant: None, country: policy.offering.country.as_ref() }
    }
}

impl Offering {
    /// Everything that is offered, in the order of the number of parts ([`offered`]).
    pub fn offers(&self, asked: &Asked<'_>) -> Vec<Offer<'_>> {
        if self.rules.is_empty() {
            return (1..=LISTED).filter_map(InstallmentCount::new).map(line).collect();
        }
        let offered = offered(&self.rules, PaymentSystem::CUSTOMER_CREDIT, asked.value, asked);
        let options = offered.map(|offered| offered.options).unwrap_or_default();
        options.into_iter().map(|option| Offer { rule: Some(option.rule), terms: option.terms }).collect()
    }

    /// The offer of an id, if there is one now.
    pub fn offer(&self, asked: &Asked<'_>, id: &PlanId) -> Option<Offer<'_>> {
        if self.rules.is_empty() {
            let count = id.as_str().strip_prefix(LINE)?.strip_prefix(':')?.strip_suffix('x')?;
            let offer = line(InstallmentCount::new(count.parse().ok()?)?);
            return (offer.id() == *id).then_some(offer);
        }
        self.offers(asked).into_iter().find(|offer| offer.id() == *id)
    }

    /// The cheapest offer in so many parts, whichever days they fall due on.
    pub fn cheapest(&self, asked: &Asked<'_>, count: InstallmentCount) -> Option<Offer<'_>> {
        if self.rules.is_empty() {
            return Some(line(count));
        }
        let offers = self.offers(asked).into_iter().filter(|offer| offer.terms.count() == count);
        offers.min_by_key(|offer| {
            // One whose total is no amount any more goes behind every other.
            let total = offer.terms.total(asked.value);
            (total.is_none(), total)
        })
    }

    /// The amounts from which on something more is offered, each once, the smallest first. Between two
    /// of them the same is offered, if everything else that is asked stays as it is.
    pub fn steps(&self) -> Vec<Amount> {
        let mut steps = vec![Amount::SMALLEST];
        for step in self.rules.iter().filter(|rule| rule.is_customer_credit()).flat_map(steps_of) {
            if let Err(place) = steps.binary_search(&step) {
                steps.insert(place, step);
            }
        }
        steps
    }

    /// The offer that falls due so many days after the purchase.
    pub fn on_days(&self, asked: &Asked<'_>, days: &[u16]) -> Option<Offer<'_>> {
        self.offers(asked).into_iter().find(|offer| match offer.terms {
            Terms::Deadlines(deadlines) => deadlines.days().eq(days.iter().copied()),
            Terms::Equal { .. } => false,
        })
    }
}

fn line(count: InstallmentCount) -> Offer<'static> {
    Offer { rule: None, terms: Terms::interest_free(count) }
}

impl Offer<'_> {
    /// Its id, which says where it comes from and how it is paid: `line:3x` in three parts,
    /// `….:15-30d` after 15 and 30 days.
    pub fn id(&self) -> PlanId {
        let source = self.rule.map_or(LINE, |rule| rule.id.as_str());
        let terms = match self.terms {
            Terms::Equal { count, .. } => format!("{}x", count.get()),
            Terms::Deadlines(deadlines) => {
                let days: Vec<String> = deadlines.days().map(|days| days.to_string()).collect();
                format!("{}d", days.join("-"))
            }
        };
        PlanId::of(source, &terms)
    }

    /// Its plan for an amount bought on a day; `None` where a part would be empty or the total no
    /// amount.
    pub fn plan(&self, amount: Amount, start: Day, term: PaymentTerm, due_dates: &DueDates) -> Option<Plan> {
        Plan::new(self.id(), &self.terms, amount, start, term, due_dates)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{asked, options, percent, rule, usd};
    use super::*;
    use crate::installments::{Deadline, Deadlines};
    use crate::money::Amount;

    const CREDIT: u32 = PaymentSystem::CUSTOMER_CREDIT;

    fn offering(rules: Vec<PaymentRule>) -> Offering {
        Offering { rules: rules.into(), country: None }
    }

    fn count(count: u64) -> InstallmentCount {
        InstallmentCount::new(count).unwrap()
    }

    fn ids(offering: &Offering, value: &str) -> Vec<String> {
        offering.offers(&asked(value)).iter().map(|offer| offer.id().to_string()).collect()
    }

    #[test]
    fn a_line_offers_parts_by_itself_only_where_the_shop_has_no_rule_at_all() {
        assert_eq!(ids(&Offering::default(), "10").len(), 12);
        let asleep = PaymentRule { enabled: false, ..rule("r", CREDIT) };
        assert_eq!(ids(&offering(vec![asleep]), "10"), Vec::<String>::new());
    }

    #[test]
    fn a_line_knows_its_own_ids_as_it_writes_them() {
        let line = Offering::default();
        let known = |id: &str| line.offer(&asked("10"), &PlanId::new(id).unwrap()).is_some();
        for (id, expected) in [
            ("line:1x", true),
            ("line:48x", true),
            ("line:49x", false),
            ("line:0x", false),
            ("line:03x", false),
        ] {
            assert_eq!(known(id), expected, "{id}");
        }
        assert!(!known("line:+3x") && !known("line:30d") && !known("rule:3x"));
    }

    #[test]
    fn in_so_many_parts_the_offer_that_costs_least_is_meant_and_one_that_is_no_amount_never() {
        let deadline = |days, rate| Deadline { days, rate: percent(rate) };
        let terms = Deadlines::new(vec![deadline(30, "1"), deadline(60, "1")]).unwrap();
        let rules = vec![
            PaymentRule { options: Some(options(&[(2, "50")])), ..rule("parts", CREDIT) },
            PaymentRule { deadlines: vec![terms], ..rule("terms", CREDIT) },
        ];
        let offering = offering(rules);
        for value in ["10", "9000000000000"] {
            let offer = offering.cheapest(&asked(value), count(2)).unwrap();
            assert_eq!(offer.id().as_str(), "terms:30-60d", "{value}");
        }
        assert_eq!(offering.cheapest(&asked("10"), count(3)), None);
    }

    #[test]
    fn more_is_offered_from_a_cent_on_and_from_where_a_rule_for_credit_begins() {
        let dear = PaymentRule { minimum: usd("5"), ..rule("r", CREDIT) };
        let card = PaymentRule { minimum: usd("7"), ..rule("card", 2) };
        let steps = offering(vec![dear, card]).steps();
        assert_eq!(steps.into_iter().map(Amount::minor).collect::<Vec<u64>>(), [1, 500]);
    }
}
