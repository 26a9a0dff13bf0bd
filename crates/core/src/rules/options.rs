use super::{Asked, PaymentRule, PaymentSystem, Quantity};
use crate::installments::{InstallmentCount, Interest, Method, Terms};
use crate::money::{Amount, Percent};

/// What a payment system offers for an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered<'a> {
    /// The system, as its first rule that matches names it.
    pub system: &'a PaymentSystem,
    /// Whether one of its rules that match goes before others.
    pub is_default: bool,
    /// In which ways it may be paid, in the order of their number of parts. None where all of them
    /// would make parts that are too small.
    pub options: Vec<RuleOption<'a>>,
}

/// One way to pay an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleOption<'a> {
    /// The rule it comes from, the cheapest of those that offer it.
    pub rule: &'a PaymentRule,
    /// In which parts, at what interest.
    pub terms: Terms<'a>,
    /// The rule's quantity it is of; `None` for terms of payment, and for what a rule offers that has
    /// no quantities.
    pub quantity: Option<&'a Quantity>,
    /// What each part is, cut to the minor unit; the largest of them, by terms of payment.
    pub value: Amount,
}

impl RuleOption<'_> {
    /// In how many parts.
    pub fn count(&self) -> InstallmentCount {
        self.terms.count()
    }

    /// The interest of a period, or the highest of the terms of payment.
    pub fn rate(&self) -> Percent {
        self.terms.rate()
    }

    /// What tells it apart from other options: its number of parts and, by terms of payment, its days.
    fn key(&self) -> (InstallmentCount, Vec<u16>) {
        let days = match self.terms {
            Terms::Equal { .. } => Vec::new(),
            Terms::Deadlines(deadlines) => deadlines.days().collect(),
        };
        (self.count(), days)
    }

    /// Whether it goes before another one of the same key that comes from an earlier rule: because it
    /// costs less, or as much and its rule is a default one.
    ///
    /// Equal parts that are less each are less in all. By terms of payment the largest part says
    /// nothing of the others, so that the total is what tells.
    fn is_better_than(&self, other: &RuleOption<'_>, principal: Amount) -> bool {
        let rank = |option: &RuleOption<'_>| {
            let cost = match option.terms {
                Terms::Equal { .. } => Some(option.value),
                Terms::Deadlines(_) => option.terms.total(principal),
            };
            (cost, !option.rule.is_default)
        };
        rank(self) < rank(other)
    }
}

/// The payment systems that have rules, each once, in the order of their first ones.
pub fn systems(rules: &[PaymentRule]) -> Vec<u32> {
    let mut systems = Vec::new();
    for rule in rules {
        if !systems.contains(&rule.system.id) {
            systems.push(rule.system.id);
        }
    }
    systems
}

/// What a payment system offers for an amount, which is what is asked or a share of it. `None` where
/// no rule of that system matches.
///
/// A number of parts, or the same days of payment, appear once: from the rule by which they cost
/// least, of equal ones from a default rule, then from the earlier one. What would make a part smaller than
/// its rule lets, or an empty one, is not offered.
pub fn offered<'a>(
    rules: &'a [PaymentRule],
    system: u32,
    principal: Amount,
    asked: &Asked<'_>,
) -> Option<Offered<'a>> {
    let candidates = || rules.iter().filter(|rule| rule.system.id == system && rule.matches(asked));
    let first = candidates().next()?;
    let mut best: Vec<RuleOption<'a>> = Vec::new();
    for option in candidates().flat_map(|rule| options_of(rule, principal)) {
        match best.binary_search_by(|other| other.key().cmp(&option.key())) {
            Err(place) => best.insert(place, option),
            Ok(place) => {
                if let Some(other) =
                    best.get_mut(place).filter(|other| option.is_better_than(other, principal))
                {
                    *other = option;
                }
            }
        }
    }
    Some(Offered {
        system: &first.system,
        is_default: candidates().any(|rule| rule.is_default),
        options: best,
    })
}

/// Every option of one rule.
fn options_of<'a>(rule: &'a PaymentRule, principal: Amount) -> impl Iterator<Item = RuleOption<'a>> {
    let least = least_part(rule);
    terms_of(rule).into_iter().filter_map(move |(terms, quantity)| {
        smallest_part(&terms, principal).filter(|part| *part >= least)?;
        Some(RuleOption { rule, terms, quantity, value: value_of(&terms, principal)? })
    })
}

/// The least a part may be: never nothing.
fn least_part(rule: &PaymentRule) -> Amount {
    let minimum = rule.options.as_ref().map(|options| options.minimum_part);
    minimum.unwrap_or_default().max(Amount::SMALLEST)
}

/// What no part is below: each of equal ones, or a share without the interest of its term.
fn smallest_part(terms: &Terms<'_>, principal: Amount) -> Option<Amount> {
    match terms {
        Terms::Equal { count, interest } => interest.part(principal, *count),
        Terms::Deadlines(deadlines) => Interest::NONE.part(principal, deadlines.count()),
    }
}

/// The amounts from which on a rule offers something more.
pub(super) fn steps_of(rule: &PaymentRule) -> impl Iterator<Item = Amount> {
    let least = least_part(rule);
    let parts = terms_of(rule).into_iter().filter_map(move |(terms, _)| least_principal(&terms, least));
    std::iter::once(rule.minimum).chain(parts)
}

/// The least amount no part of which is below `part`; `None` where it would be no amount.
fn least_principal(terms: &Terms<'_>, part: Amount) -> Option<Amount> {
    let enough = part.minor().checked_mul(u64::from(terms.count().get()))?;
    let (mut too_little, mut enough) = (0, Amount::from_minor(enough)?.minor());
    while enough.saturating_sub(too_little) > 1 {
        let middle = Amount::from_minor(too_little.midpoint(enough))?;
        if smallest_part(terms, middle).is_none_or(|smallest| smallest >= part) {
            enough = middle.minor();
        } else {
            too_little = middle.minor();
        }
    }
    Amount::from_minor(enough)
}

/// What a rule offers: its terms of payment for Customer Credit; else its quantities; else one payment.
fn terms_of(rule: &PaymentRule) -> Vec<(Terms<'_>, Option<&Quantity>)> {
    if rule.is_customer_credit() && !rule.deadlines.is_empty() {
        return rule.deadlines.iter().map(|deadlines| (Terms::Deadlines(deadlines), None)).collect();
    }
    let Some(options) = rule.options.as_ref().filter(|options| !options.quantities.is_empty()) else {
        return vec![(Terms::interest_free(InstallmentCount::ONE), None)];
    };
    let quantities = options.quantities.iter().map(|quantity| {
        let interest = match options.interest(quantity) {
            // Customer Credit knows simple interest alone (vtex.md section 6).
            interest if rule.is_customer_credit() => Interest { method: Method::Simple, ..interest },
            interest => interest,
        };
        (Terms::Equal { count: quantity.count, interest }, Some(quantity))
    });
    quantities.collect()
}

/// What each part of an amount is by these terms, as the gateway shows it.
fn value_of(terms: &Terms<'_>, principal: Amount) -> Option<Amount> {
    match terms {
        Terms::Equal { count, interest } => interest.part(principal, *count),
        Terms::Deadlines(_) => terms.amounts(principal)?.into_iter().max(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{asked, options, percent, rule, usd};
    use super::super::{InstallmentOptions, MethodKind};
    use super::*;
    use crate::installments::{Deadline, Deadlines, Due};
    use proptest::prelude::*;

    const CARD: u32 = 2;
    const CREDIT: u32 = PaymentSystem::CUSTOMER_CREDIT;

    /// What is offered for a value: quantity, value and rule of each option.
    fn offers(rules: &[PaymentRule], system: u32, value: &str) -> Option<Vec<(u8, Amount, String)>> {
        let offered = offered(rules, system, usd(value), &asked(value))?;
        let told = offered
            .options
            .iter()
            .map(|option| (option.count().get(), option.value, option.rule.id.to_string()));
        Some(told.collect())
    }

    fn expected(offers: &[(u8, &str, &str)]) -> Option<Vec<(u8, Amount, String)>> {
        Some(offers.iter().map(|(count, value, rule)| (*count, usd(value), (*rule).to_owned())).collect())
    }

    fn paying(id: &str, system: u32, options: InstallmentOptions) -> PaymentRule {
        PaymentRule { options: Some(options), ..rule(id, system) }
    }

    fn deadlines(terms: &[(u16, &str)]) -> Deadlines {
        let deadline = |(days, rate): &(u16, &str)| Deadline { days: *days, rate: percent(rate) };
        Deadlines::new(terms.iter().map(deadline).collect()).unwrap()
    }

    #[test]
    fn the_published_quantities_are_offered_at_their_values() {
        let rules = [paying("qr", 72, options(&[(1, "0"), (2, "0"), (3, "0"), (4, "0")]))];
        let parts = [(1, "250", "qr"), (2, "125", "qr"), (3, "83.33", "qr"), (4, "62.5", "qr")];
        assert_eq!(offers(&rules, 72, "250"), expected(&parts));
        assert_eq!(offers(&rules, CARD, "250"), None);
        let shop = [rule("a", 72), rule("b", 2), rule("c", 72)];
        assert_eq!(systems(&shop), [72, 2]);
    }

    #[test]
    fn interest_is_counted_as_each_rule_says() {
        let with = |method, due, quantities| InstallmentOptions { method, due, ..options(quantities) };
        let value = |options: InstallmentOptions, system, value| {
            offers(&[paying("r", system, options)], system, value).unwrap()[0].1
        };
        let compound = |due| with(MethodKind::Compound, due, &[(12, "1")]);
        assert_eq!(value(options(&[(2, "1")]), CARD, "197.99"), usd("100.48"));
        assert_eq!(value(compound(Due::End), CARD, "1000"), usd("88.84"));
        assert_eq!(value(compound(Due::Beginning), CARD, "1000"), usd("87.96"));
        assert_eq!(value(with(MethodKind::Simple, Due::End, &[(4, "100")]), CARD, "150"), usd("187.50"));
        let mut taxed = with(MethodKind::SimpleWithTax, Due::End, &[(2, "10")]);
        assert_eq!(value(taxed.clone(), CARD, "100"), usd("60"));
        taxed.quantities[0].tax = Some(percent("20"));
        assert_eq!(value(taxed, CARD, "100"), usd("62"));
        for method in [MethodKind::Compound, MethodKind::SimpleWithTax, MethodKind::Simple] {
            assert_eq!(value(with(method, Due::Beginning, &[(4, "100")]), CREDIT, "150"), usd("187.50"));
        }
    }

    #[test]
    fn a_quantity_comes_from_the_cheapest_rule() {
        let rules = [
            paying("dear", CARD, options(&[(1, "0"), (2, "5"), (6, "1")])),
            paying("cheap", CARD, options(&[(2, "1"), (3, "1")])),
            paying("another", CREDIT, options(&[(2, "0")])),
            PaymentRule { enabled: false, ..paying("asleep", CARD, options(&[(2, "0")])) },
            PaymentRule { minimum: usd("200"), ..paying("large", CARD, options(&[(2, "0")])) },
        ];
        let parts = [(1, "100", "dear"), (2, "50.75", "cheap"), (3, "34", "cheap"), (6, "17.25", "dear")];
        assert_eq!(offers(&rules, CARD, "100"), expected(&parts));
        assert_eq!(offers(&rules, CARD, "200").unwrap()[1].2, "large");
    }

    #[test]
    fn of_equally_cheap_rules_a_default_one_is_meant_then_the_earlier_one() {
        let plain = |id| paying(id, CARD, options(&[(2, "1")]));
        let default = |id| PaymentRule { is_default: true, ..plain(id) };
        let chosen = |rules: &[PaymentRule]| offers(rules, CARD, "100").unwrap()[0].2.clone();
        assert_eq!(chosen(&[plain("a"), plain("b")]), "a");
        assert_eq!(chosen(&[plain("a"), default("b"), default("c")]), "b");
        assert_eq!(chosen(&[default("a"), plain("b")]), "a");
        let dear = PaymentRule { options: Some(options(&[(2, "2")])), ..default("dear") };
        assert_eq!(chosen(&[dear, plain("b")]), "b", "cheaper goes before default");
        // 100.00 in two parts at 0.9901 % and at 0.99 % are cut to the same cents.
        let hardly = paying("hardly", CARD, options(&[(2, "0.99")]));
        assert_eq!(chosen(&[paying("a", CARD, options(&[(2, "0.9901")])), hardly]), "a");
    }

    #[test]
    fn the_system_says_whether_a_rule_that_matches_is_a_default_one() {
        let default = PaymentRule { is_default: true, ..rule("b", CARD) };
        let is_default = |rules: &[PaymentRule]| {
            offered(rules, CARD, usd("10"), &asked("10")).map(|offered| offered.is_default)
        };
        assert_eq!(is_default(&[rule("a", CARD), default.clone()]), Some(true));
        let asleep = PaymentRule { enabled: false, ..default };
        assert_eq!(is_default(&[rule("a", CARD), asleep.clone()]), Some(false));
        assert_eq!(is_default(&[asleep]), None);
    }

    #[test]
    fn parts_below_the_minimum_are_not_offered() {
        let least = |minimum| InstallmentOptions {
            minimum_part: usd(minimum),
            ..options(&[(1, "0"), (2, "0"), (3, "0")])
        };
        let rules = [paying("r", CARD, least("50"))];
        assert_eq!(offers(&rules, CARD, "100"), expected(&[(1, "100", "r"), (2, "50", "r")]));
        assert_eq!(offers(&rules, CARD, "99.99"), expected(&[(1, "99.99", "r")]));
        assert_eq!(offers(&rules, CARD, "49.99"), expected(&[]), "the system is there, and offers nothing");
        let dearer = paying("dearer", CARD, options(&[(3, "1")]));
        let offered = offers(&[paying("r", CARD, least("50")), dearer], CARD, "100").unwrap();
        assert_eq!(offered[2].2, "dearer", "what falls out stands in nobody's way");
    }

    #[test]
    fn no_part_is_empty() {
        let rules = [paying("r", CARD, options(&[(1, "0"), (2, "0"), (3, "10000")]))];
        assert_eq!(offers(&rules, CARD, "0.01"), expected(&[(1, "0.01", "r"), (3, "1", "r")]));
    }

    #[test]
    fn a_rule_without_quantities_offers_one_payment() {
        let rules = [rule("r", CARD)];
        assert_eq!(offers(&rules, CARD, "250"), expected(&[(1, "250", "r")]));
        let empty = InstallmentOptions { minimum_part: usd("10"), ..options(&[]) };
        let rules = [paying("r", CARD, empty)];
        assert_eq!(offers(&rules, CARD, "250"), expected(&[(1, "250", "r")]));
        assert_eq!(offers(&rules, CARD, "9.99"), expected(&[]));
    }

    #[test]
    fn terms_of_payment_are_told_apart_by_their_days() {
        let terms =
            [deadlines(&[(30, "0")]), deadlines(&[(30, "0"), (60, "0")]), deadlines(&[(15, "0"), (30, "0")])];
        let rules = [PaymentRule {
            deadlines: terms.to_vec(),
            ..paying("r", CREDIT, options(&[(1, "0"), (4, "0")]))
        }];
        let offered = offered(&rules, CREDIT, usd("250"), &asked("250")).unwrap();
        let days = offered.options.iter().map(|option| match option.terms {
            Terms::Deadlines(deadlines) => deadlines.days().collect::<Vec<u16>>(),
            Terms::Equal { .. } => Vec::new(),
        });
        assert_eq!(days.collect::<Vec<_>>(), [vec![30], vec![15, 30], vec![30, 60]]);
        assert_eq!(
            offers(&rules, CREDIT, "250"),
            expected(&[(1, "250", "r"), (2, "125", "r"), (2, "125", "r")])
        );
        let elsewhere = [PaymentRule { system: rule("r", CARD).system, ..rules[0].clone() }];
        assert_eq!(offers(&elsewhere, CARD, "250"), expected(&[(1, "250", "r"), (4, "62.5", "r")]));
    }

    #[test]
    fn the_value_of_terms_of_payment_is_their_largest_part_and_their_rate_the_highest() {
        let rules = |terms: Deadlines| [PaymentRule { deadlines: vec![terms], ..rule("r", CREDIT) }];
        let told = |terms: &[(u16, &str)], value: &str| {
            let rules = rules(deadlines(terms));
            let offered = offered(&rules, CREDIT, usd(value), &asked(value)).unwrap();
            (offered.options[0].value, offered.options[0].rate())
        };
        assert_eq!(told(&[(30, "0"), (60, "0"), (90, "0")], "100"), (usd("33.34"), percent("0")));
        assert_eq!(told(&[(60, "1"), (30, "3")], "200"), (usd("103"), percent("3")));
        assert_eq!(told(&[(30, "0"), (60, "2.5")], "197.99"), (usd("101.47"), percent("2.5")));
    }

    #[test]
    fn the_same_days_of_several_rules_come_from_the_cheapest() {
        let with = |id, rate| PaymentRule { deadlines: vec![deadlines(&[(30, rate)])], ..rule(id, CREDIT) };
        let rules = [with("dear", "2"), with("cheap", "1"), paying("plain", CREDIT, options(&[(1, "5")]))];
        let parts = [(1, "105", "plain"), (1, "101", "cheap")];
        assert_eq!(offers(&rules, CREDIT, "100"), expected(&parts));
    }

    #[test]
    fn of_the_same_days_those_that_cost_least_in_all_are_offered() {
        let with = |id, terms| PaymentRule { deadlines: vec![deadlines(terms)], ..rule(id, CREDIT) };
        // 50 and 55 are less than 54.50 twice, though 55 is more than each of these.
        let rules = [with("even", &[(30, "9"), (60, "9")]), with("late", &[(30, "0"), (60, "10")])];
        assert_eq!(offers(&rules, CREDIT, "100"), expected(&[(2, "55", "late")]));
    }

    #[test]
    fn terms_of_payment_are_not_offered_where_a_share_is_below_the_minimum() {
        let least = |minimum| InstallmentOptions { minimum_part: usd(minimum), ..options(&[]) };
        let terms = deadlines(&[(30, "0"), (60, "0"), (90, "0")]);
        let rules =
            |minimum| [PaymentRule { deadlines: vec![terms.clone()], ..paying("r", CREDIT, least(minimum)) }];
        assert_eq!(offers(&rules("33.33"), CREDIT, "100"), expected(&[(3, "33.34", "r")]));
        assert_eq!(offers(&rules("33.34"), CREDIT, "100"), expected(&[]), "two of the three are less");
    }

    #[test]
    fn a_rule_offers_more_from_its_minimum_and_from_where_each_part_is_large_enough() {
        let steps = |rule: &PaymentRule| steps_of(rule).map(Amount::minor).collect::<Vec<u64>>();
        let quantities = InstallmentOptions { minimum_part: usd("1"), ..options(&[(2, "0"), (3, "10")]) };
        let rule = PaymentRule { minimum: usd("5"), ..paying("r", CREDIT, quantities) };
        // 2.31 in three at 10 % a period are 1.001 each.
        assert_eq!(steps(&rule), [500, 200, 231]);
        let terms = PaymentRule { deadlines: vec![deadlines(&[(30, "400"), (60, "0")])], ..rule };
        assert_eq!(steps(&terms), [500, 200]);
    }

    proptest! {
        #[test]
        fn what_is_offered_is_the_cheapest_of_what_each_rule_offers_alone(
            rates in proptest::collection::vec((1_u64..6, 0_u32..4, any::<bool>()), 1..8), value in 1_u64..100_000,
        ) {
            let rules: Vec<PaymentRule> = rates.iter().enumerate().map(|(index, (count, rate, is_default))| {
                let options = options(&[(*count, &rate.to_string())]);
                PaymentRule { is_default: *is_default, ..paying(&index.to_string(), CARD, options) }
            }).collect();
            let value = Amount::from_minor(value).unwrap();
            let asked = Asked { value, ..asked("1") };
            let all = offered(&rules, CARD, value, &asked).unwrap();
            let alone: Vec<RuleOption<'_>> = rules.iter().flat_map(|rule| {
                offered(std::slice::from_ref(rule), CARD, value, &asked).unwrap().options
            }).collect();
            for option in &alone {
                let chosen = all.options.iter().find(|chosen| chosen.count() == option.count()).unwrap();
                prop_assert!(chosen.value <= option.value);
                prop_assert!(chosen.value < option.value || chosen.rule.is_default || !option.rule.is_default);
            }
            prop_assert!(all.options.iter().all(|option| alone.contains(option)));
            prop_assert!(all.options.windows(2).all(|pair| pair[0].count() < pair[1].count()));
        }
    }
}
