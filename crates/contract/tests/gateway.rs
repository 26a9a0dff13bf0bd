//! What the gateway's clients send is read as they write it, kept to the letter, and answered as it is
//! published.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of tests may panic like one"
)]

mod gateway {
    mod documented;
    mod installments;
    mod rules;

    use fiado_contract::fields::{FieldError, Fields, read_query};
    use fiado_contract::gateway::RuleView;
    use fiado_contract::json::{Json, parse};
    use fiado_core::identity::RuleId;
    use fiado_core::money::Currency;
    use fiado_core::rules::PaymentRule;

    const USD: Currency = Currency::Usd;

    /// The published rules, one a line as it is answered.
    fn published() -> Vec<&'static str> {
        let list = include_str!("gateway/published_rules.json");
        list.lines().map(|line| line.trim_end_matches(',')).filter(|line| line.starts_with('{')).collect()
    }

    fn published_rule(name: &str) -> &'static str {
        let named = format!(r#""name":"{name}","salesChannels""#);
        published().into_iter().find(|rule| rule.contains(&named)).unwrap()
    }

    fn json(body: &str) -> Json {
        parse(body.as_bytes()).unwrap()
    }

    /// The id a rule was published with.
    fn id_of(rule: &str) -> RuleId {
        let (id, _) = rule.strip_prefix(r#"{"id":""#).and_then(|rest| rest.split_once('"')).unwrap();
        RuleId::new(id).unwrap()
    }

    fn read(body: &str) -> Result<PaymentRule, Vec<FieldError>> {
        RuleView::read(&json(body), USD, &RuleId::new("new").unwrap()).map(|(_, rule)| rule)
    }

    /// The fields that are wrong.
    fn named<T>(result: Result<T, Vec<FieldError>>) -> Vec<String> {
        result.err().unwrap_or_default().into_iter().map(|error| error.field).collect()
    }

    /// A query as the server hands it over.
    fn query<T>(text: &str, reader: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Result<T, Vec<FieldError>> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), Json::Text(value.to_owned()))
        });
        read_query(&pairs.collect::<Vec<_>>(), reader)
    }
}
