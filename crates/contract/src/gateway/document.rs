use super::rule;
use crate::catalogue::{FaultMessage, Language};
use crate::fields::FieldError;
use crate::json::{Json, MalformedJson, parse};
use fiado_core::identity::RuleId;
use fiado_core::money::Currency;
use fiado_core::rules::PaymentRule;
use serde::{Serialize, Serializer};
use std::fmt;

/// A rule as its shop wrote it, with the id it has here: what is stored, and what is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDocument(Json);

impl RuleDocument {
    /// Reads a stored text.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn parse(text: &str) -> Result<RuleDocument, MalformedJson> {
        parse(text.as_bytes()).map(RuleDocument)
    }

    /// A body with this id: where it had one, in its place; else first.
    pub(super) fn with_id(body: &Json, id: &RuleId) -> RuleDocument {
        let Json::Object(entries) = body else { return RuleDocument(body.clone()) };
        let place = entries.iter().position(|(name, _)| name == "id").unwrap_or_default();
        let mut entries: Vec<(String, Json)> =
            entries.iter().filter(|(name, _)| name != "id").cloned().collect();
        entries.insert(place, ("id".to_owned(), Json::Text(id.to_string())));
        RuleDocument(Json::Object(entries))
    }

    /// The text to be stored.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// An example.
    pub fn sample() -> RuleDocument {
        RuleDocument::parse(include_str!("sample_rule.json")).unwrap_or(RuleDocument(Json::Null))
    }
}

impl Serialize for RuleDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Reads a stored rule again, in the shop's currency of today.
///
/// # Errors
/// Where it is damaged, or is no rule any more.
pub fn read_stored(document: &str, currency: Currency, id: &RuleId) -> Result<PaymentRule, UnreadableRule> {
    let unreadable = |why| UnreadableRule { id: id.clone(), why };
    let json = parse(document.as_bytes()).map_err(|error| unreadable(Why::Malformed(error)))?;
    rule::read(&json, currency, id).map_err(|errors| unreadable(Why::Invalid(errors)))
}

/// A stored rule that cannot be read any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRule {
    /// Its id.
    pub id: RuleId,
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    Malformed(MalformedJson),
    Invalid(Vec<FieldError>),
}

impl std::error::Error for UnreadableRule {}

impl fmt::Display for UnreadableRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the payment rule {} cannot be read: ", self.id)?;
        match &self.why {
            Why::Malformed(place) => write!(f, "no JSON in line {}, column {}", place.line, place.column),
            Why::Invalid(errors) => {
                let told = errors.iter().map(|error| {
                    let field = if error.field.is_empty() { "it" } else { &error.field };
                    format!("{field} {}", FaultMessage::of(&error.fault).sentence_in(Language::English))
                });
                f.write_str(&told.collect::<Vec<String>>().join("; "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_in_its_place_or_first_and_once() {
        let id = RuleId::new("new").unwrap();
        let with_id = |body: &str| RuleDocument::with_id(&parse(body.as_bytes()).unwrap(), &id).text();
        assert_eq!(with_id(r#"{"name":"a","id":"old","x":1.0}"#), r#"{"name":"a","id":"new","x":1.0}"#);
        assert_eq!(with_id(r#"{"name":"a"}"#), r#"{"id":"new","name":"a"}"#);
        assert_eq!(with_id(r#"{"a":1,"id":null,"id":2}"#), r#"{"a":1,"id":"new"}"#);
        assert_eq!(with_id("{}"), r#"{"id":"new"}"#);
    }

    #[test]
    fn a_damaged_rule_says_what_is_wrong_with_it() {
        let id = RuleId::new("r-1").unwrap();
        let read = |text: &str| read_stored(text, Currency::Usd, &id).unwrap_err().to_string();
        assert_eq!(read("{"), "the payment rule r-1 cannot be read: no JSON in line 1, column 1");
        assert_eq!(read("[]"), "the payment rule r-1 cannot be read: it must be an object");
        let other =
            r#"{"id":"r-2","name":"","salesChannels":[{"id":1}],"paymentSystem":{"id":2},"enabled":true}"#;
        assert_eq!(
            read(other),
            "the payment rule r-1 cannot be read: id must be r-1 as in the address, or not be sent; name cannot be empty"
        );
    }

    #[test]
    fn the_example_is_a_rule() {
        let id = RuleId::new("38426c64-fb35-412c-9900-c3fc0e812109").unwrap();
        let sample = RuleDocument::sample().text();
        assert_eq!(read_stored(&sample, Currency::Usd, &id).unwrap().deadlines.len(), 3);
        assert_eq!(serde_json::to_string(&RuleDocument::sample()).unwrap(), sample);
    }
}
