use super::{Country, PaymentRule, SalesChannels};
use crate::calendar::Instant;
use crate::money::Amount;

/// What is asked of a shop's rules: a purchase, as far as it is told.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What the purchase comes to.
    pub value: Amount,
    /// When it is made.
    pub at: Instant,
    /// In which sales channel, if it is told.
    pub channel: Option<&'a str>,
    /// Whose goods they are, if it is told.
    pub merchant: Option<&'a str>,
    /// In which country, if it is told.
    pub country: Option<&'a Country>,
}

impl PaymentRule {
    /// Whether it is enabled, holds at that moment and is for that purchase.
    ///
    /// A restriction matches only what is told: a rule for channel 1 is not for a purchase of which
    /// no channel is told (our decision).
    pub fn matches(&self, asked: &Asked<'_>) -> bool {
        self.enabled
            && self.minimum <= asked.value
            && self.holds_at(asked.at)
            && self.channels.contain(asked.channel)
            && (self.merchants.is_empty() || is_among(&self.merchants, asked.merchant))
            && (self.country.is_none() || self.country.as_ref() == asked.country)
    }

    fn holds_at(&self, at: Instant) -> bool {
        let has_begun = self.begins.is_none_or(|begins| begins <= at);
        let has_ended = self.ends.is_some_and(|ends| ends <= at);
        let is_open =
            || self.intervals.is_empty() || self.intervals.iter().any(|interval| interval.contains(at));
        has_begun && !has_ended && is_open()
    }
}

impl SalesChannels {
    fn contain(&self, channel: Option<&str>) -> bool {
        match self {
            SalesChannels::All => true,
            SalesChannels::These(channels) => is_among(channels, channel),
        }
    }
}

fn is_among(names: &[String], told: Option<&str>) -> bool {
    told.is_some_and(|told| names.iter().any(|name| name == told))
}

#[cfg(test)]
mod tests {
    use super::super::DateInterval;
    use super::super::samples::{asked, instant, rule, usd};
    use super::*;

    #[test]
    fn a_rule_without_restrictions_matches_whatever_is_told() {
        let told = Asked { channel: Some("1"), merchant: Some("norte"), ..asked("250") };
        assert!(rule("r", 2).matches(&asked("250")));
        assert!(rule("r", 2).matches(&Asked { country: Country::parse("pa").as_ref(), ..told }));
        assert!(!PaymentRule { enabled: false, ..rule("r", 2) }.matches(&told));
    }

    #[test]
    fn a_restriction_matches_only_what_is_told() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        let [pa, us] = ["pa", "US"].map(|code| Country::parse(code).unwrap());
        let channel = PaymentRule { channels: SalesChannels::These(names(&["1", "3"])), ..rule("r", 2) };
        let merchant = PaymentRule { merchants: names(&["norte", "sur"]), ..rule("r", 2) };
        let country = PaymentRule { country: Some(us), ..rule("r", 2) };
        let silent = asked("250");
        let cases = [
            (&channel, silent, false),
            (&channel, Asked { channel: Some("3"), ..silent }, true),
            (&channel, Asked { channel: Some("2"), ..silent }, false),
            (&channel, Asked { channel: Some(":ALL:"), ..silent }, false),
            (&merchant, silent, false),
            (&merchant, Asked { merchant: Some("sur"), ..silent }, true),
            (&merchant, Asked { merchant: Some("Sur"), ..silent }, false),
            (&country, silent, false),
            (&country, Asked { country: Some(&us), ..silent }, true),
            (&country, Asked { country: Some(&pa), ..silent }, false),
        ];
        for (rule, asked, expected) in cases {
            assert_eq!(rule.matches(&asked), expected, "{asked:?} {rule:?}");
        }
    }

    #[test]
    fn a_rule_holds_from_its_first_moment_to_before_its_last() {
        let rule = PaymentRule {
            begins: Some(instant("2023-12-10T17:00:00Z")),
            ends: Some(instant("2023-12-22T01:00:00Z")),
            ..rule("r", 2)
        };
        let cases = [
            ("2023-12-10T16:59:59.999999Z", false),
            ("2023-12-10T17:00:00Z", true),
            ("2023-12-22T00:59:59.999999Z", true),
            ("2023-12-22T01:00:00Z", false),
        ];
        for (at, expected) in cases {
            assert_eq!(rule.matches(&Asked { at: instant(at), ..asked("250") }), expected, "{at}");
        }
    }

    #[test]
    fn any_of_several_intervals_is_enough() {
        let interval = |hours: [&str; 2]| {
            let [start, end] = hours.map(|hour| format!("* * {hour} * * * * -0300"));
            DateInterval::parse(&start, &end).unwrap()
        };
        let rule =
            PaymentRule { intervals: vec![interval(["05", "06"]), interval(["11", "18"])], ..rule("r", 2) };
        let cases = [("08:00", true), ("09:00", false), ("13:59", false), ("14:00", true), ("21:00", false)];
        for (time, expected) in cases {
            let at = instant(&format!("2023-12-13T{time}:00Z"));
            assert_eq!(rule.matches(&Asked { at, ..asked("250") }), expected, "{time}");
        }
    }

    #[test]
    fn a_rule_is_for_its_least_purchase_and_above() {
        let rule = PaymentRule { minimum: usd("100"), ..rule("r", 2) };
        assert!(rule.matches(&asked("100")));
        assert!(!rule.matches(&asked("99.99")));
    }
}
