use crate::clock::zone;
use fiado_contract::gateway::{RuleDocument, read_stored};
use fiado_core::identity::RuleId;
use fiado_core::money::Currency;
use fiado_core::rules::{Country, Offering, PaymentRule};
use fiado_store::{Organization, RuleRecord};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An organization with its time zone and its payment rules at hand.
#[derive(Debug)]
pub(crate) struct Shop {
    /// As it is stored. Its policy knows what its rules offer on account.
    pub(crate) organization: Organization,
    /// The zone its name stands for.
    pub(crate) zone: TimeZone,
    /// Its payment rules.
    pub(crate) rules: Arc<Rules>,
}

impl Shop {
    /// An organization with its rules; `None` where its time zone is none.
    pub(crate) fn new(mut organization: Organization, rules: Arc<Rules>) -> Option<Shop> {
        let zone = zone(&organization.zone)?;
        organization.policy.offering =
            Offering { rules: Arc::clone(&rules.on_account), country: Country::parse(&organization.country) };
        Some(Shop { organization, zone, rules })
    }
}

/// The payment rules of an organization: as they were sent, and what they say.
#[derive(Debug)]
pub(crate) struct Rules {
    currency: Currency,
    records: Vec<RuleRecord>,
    /// Those of them that are not even JSON.
    damaged: BTreeSet<RuleId>,
    /// What the others say, as far as they can be read.
    readable: Vec<PaymentRule>,
    /// Those of them that are for Customer Credit.
    on_account: Arc<[PaymentRule]>,
}

impl Rules {
    /// Reads stored rules in a currency; what was read before is not read again.
    ///
    /// One that is no rule any more offers nothing and is still shown, so that it can be changed.
    pub(crate) fn read(
        records: Vec<RuleRecord>,
        currency: Currency,
        before: Option<&Arc<Rules>>,
    ) -> Arc<Rules> {
        if let Some(same) = before.filter(|before| before.currency == currency && before.records == records) {
            return Arc::clone(same);
        }
        let before = before.filter(|before| before.currency == currency).map(|before| before.by_id());
        let known = |record: &RuleRecord| {
            let (document, rule) = before.as_ref()?.get(&record.id)?;
            (record.document == *document).then(|| (*rule).clone())
        };
        let (mut readable, mut damaged) = (Vec::new(), BTreeSet::new());
        for record in &records {
            let RuleRecord { id, document } = record;
            match known(record).map_or_else(|| read_stored(document, currency, id), Ok) {
                Ok(rule) => readable.push(rule),
                Err(error) => {
                    tracing::error!(%error, "a payment rule offers nothing");
                    damaged.extend(RuleDocument::parse(document).is_err().then(|| id.clone()));
                }
            }
        }
        let on_account = readable.iter().filter(|rule| rule.is_customer_credit()).cloned().collect();
        Arc::new(Rules { currency, records, damaged, readable, on_account })
    }

    /// Each that can be read, with what it was read from.
    fn by_id(&self) -> BTreeMap<&RuleId, (&str, &PaymentRule)> {
        let rules: BTreeMap<&RuleId, &PaymentRule> =
            self.readable.iter().map(|rule| (&rule.id, rule)).collect();
        let read = self
            .records
            .iter()
            .filter_map(|record| Some((&record.id, (record.document.as_str(), *rules.get(&record.id)?))));
        read.collect()
    }

    /// What those say that can be read, in their order.
    pub(crate) fn readable(&self) -> &[PaymentRule] {
        &self.readable
    }

    /// What was sent of all of them, in their order.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &str> {
        let shown = self.records.iter().filter(|record| !self.damaged.contains(&record.id));
        shown.map(|record| record.document.as_str())
    }

    /// What was sent of one.
    pub(crate) fn document(&self, id: &RuleId) -> Option<&str> {
        let record = self.records.iter().find(|record| record.id == *id);
        record.filter(|_| !self.damaged.contains(id)).map(|record| record.document.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, body: &str) -> RuleRecord {
        let rule = r#""name":"rule","salesChannels":[{"id":":ALL:"}],"enabled":true"#;
        let document = format!(r#"{{"id":"{id}",{rule},{body}}}"#);
        RuleRecord { id: RuleId::new(id).unwrap(), document }
    }

    fn ids(rules: &[PaymentRule]) -> Vec<&str> {
        rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    #[test]
    fn rules_are_read_anew_where_they_or_the_currency_changed() {
        let records =
            vec![record("a", r#""paymentSystem":{"id":2}"#), record("b", r#""paymentSystem":{"id":64}"#)];
        let read =
            |records: &[RuleRecord], currency, before| Rules::read(records.to_vec(), currency, Some(before));
        let first = Rules::read(records.clone(), Currency::Usd, None);
        assert_eq!((ids(first.readable()), ids(&first.on_account)), (vec!["a", "b"], vec!["b"]));
        assert!(Arc::ptr_eq(&first, &read(&records, Currency::Usd, &first)));
        let other_currency = read(&records, Currency::Clp, &first);
        assert!(!Arc::ptr_eq(&first, &other_currency) && other_currency.readable() == first.readable());
        let changed = [record("b", r#""paymentSystem":{"id":2}"#), records[0].clone()];
        let changed = read(&changed, Currency::Usd, &first);
        assert_eq!((ids(changed.readable()), changed.on_account.len()), (vec!["b", "a"], 0));
        assert_eq!(changed.readable()[0].system.id, 2, "by its own text, and not by its id");
    }

    #[test]
    fn what_is_no_rule_offers_nothing_and_is_shown_as_far_as_it_can_be() {
        let mut records = ["a", "b", "c"].map(|id| record(id, r#""paymentSystem":{"id":64}"#)).to_vec();
        records[1].document = r#"{"id":"b"}"#.to_owned();
        records[2].document = r#"{"id":"#.to_owned();
        let rules = Rules::read(records.clone(), Currency::Usd, None);
        assert_eq!((ids(rules.readable()), ids(&rules.on_account)), (vec!["a"], vec!["a"]));
        let shown: Vec<&str> = rules.documents().collect();
        assert_eq!(shown, [records[0].document.as_str(), r#"{"id":"b"}"#]);
        let document = |id: &str| rules.document(&RuleId::new(id).unwrap());
        assert_eq!([document("b"), document("c"), document("d")], [Some(r#"{"id":"b"}"#), None, None]);
    }

    #[test]
    fn the_policy_offers_what_is_for_customer_credit_in_the_shops_country() {
        let id = fiado_core::identity::OrganizationId::new("org_1").unwrap();
        let records =
            ["2", "64"].map(|system| record(system, &format!(r#""paymentSystem":{{"id":{system}}}"#)));
        let shop = |country: &str| {
            let rules = Rules::read(records.to_vec(), Currency::Usd, None);
            let organization =
                Organization { country: country.to_owned(), ..Organization::usual(id.clone()) };
            Shop::new(organization, rules).unwrap().organization.policy.offering
        };
        assert_eq!(ids(&shop("PA").rules), ["64"]);
        assert_eq!([shop("PA").country, shop("").country], [Country::parse("pa"), None]);
        let nowhere = Organization { zone: "Nowhere".to_owned(), ..Organization::usual(id.clone()) };
        assert!(Shop::new(nowhere, Rules::read(Vec::new(), Currency::Usd, None)).is_none());
    }
}
