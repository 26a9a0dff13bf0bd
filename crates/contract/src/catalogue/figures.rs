use super::{CredentialFault, FieldProblem, Language};
use crate::Money;
use fiado_core::account::{HoldState, InvoiceState, Status};
use fiado_core::money::{Balance, Currency};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A figure of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Money; with its currency where people read it.
    Money(Money, Currency),
    /// A whole number.
    Number(u64),
    /// A text as it was given.
    Text(String),
    /// Where an account stands.
    Status(Status),
    /// How a hold stands.
    Hold(HoldState),
    /// How an invoice stands.
    Invoice(InvoiceState),
    /// What is wrong with a credential.
    Credential(CredentialFault),
    /// Several texts.
    List(Vec<String>),
    /// Wrong fields.
    Fields(Vec<FieldProblem>),
}

impl Figure {
    /// Money in this currency.
    pub fn money(value: impl Into<Balance>, currency: Currency) -> Figure {
        Figure::Money(Money::new(value, currency), currency)
    }

    /// As people read it.
    pub fn in_language(&self, language: Language) -> String {
        match self {
            Figure::Money(money, currency) => format!("{money} {}", currency.code()),
            Figure::Number(number) => number.to_string(),
            Figure::Text(text) => text.clone(),
            Figure::Status(status) => status_word(*status, language).to_owned(),
            Figure::Hold(state) => hold_word(*state, language).to_owned(),
            Figure::Invoice(state) => invoice_word(*state, language).to_owned(),
            Figure::Credential(fault) => fault.sentence().into_language(language),
            Figure::List(texts) => texts.join(", "),
            Figure::Fields(fields) => wrong_fields(fields, language),
        }
    }
}

/// The first with what is wrong with it, and the names of the others.
fn wrong_fields(fields: &[FieldProblem], language: Language) -> String {
    let Some((FieldProblem { field, message, .. }, others)) = fields.split_first() else {
        return String::new();
    };
    if others.is_empty() {
        return format!("{field} {message}");
    }
    let names: Vec<&str> = others.iter().map(|other| other.field.as_str()).collect();
    let also = match language {
        Language::Spanish => "también están mal",
        Language::English => "also wrong",
    };
    format!("{field} {message}; {also}: {}", names.join(", "))
}

fn status_word(status: Status, language: Language) -> &'static str {
    match (language, status) {
        (Language::Spanish, Status::Pending) => "pendiente",
        (Language::Spanish, Status::Rejected) => "rechazada",
        (Language::Spanish, Status::Approved) => "aprobada",
        (Language::Spanish, Status::Suspended) => "suspendida",
        (Language::Spanish, Status::Cancelled) => "cancelada",
        (Language::English, status) => status.word(),
    }
}

fn hold_word(state: HoldState, language: Language) -> &'static str {
    match (language, state) {
        (Language::Spanish, HoldState::Held) => "vigente",
        (Language::Spanish, HoldState::Settled) => "liquidada",
        (Language::Spanish, HoldState::Released) => "liberada",
        (Language::Spanish, HoldState::Expired) => "vencida",
        (Language::English, state) => state.word(),
    }
}

fn invoice_word(state: InvoiceState, language: Language) -> &'static str {
    match (language, state) {
        (Language::Spanish, InvoiceState::Open) => "abierta",
        (Language::Spanish, InvoiceState::Paid) => "pagada",
        (Language::Spanish, InvoiceState::Cancelled) => "cancelada",
        (Language::English, state) => state.word(),
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Figure::Money(money, _) => money.serialize(serializer),
            Figure::Number(number) => number.serialize(serializer),
            Figure::Text(text) => text.serialize(serializer),
            Figure::Status(status) => status.word().serialize(serializer),
            Figure::Hold(state) => state.word().serialize(serializer),
            Figure::Invoice(state) => state.word().serialize(serializer),
            Figure::Credential(fault) => fault.code().serialize(serializer),
            Figure::List(texts) => texts.serialize(serializer),
            Figure::Fields(fields) => fields.serialize(serializer),
        }
    }
}

/// The figures of a problem by name, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details(pub Vec<(&'static str, Figure)>);

impl Details {
    /// A template with each `{name}` replaced by its figure, in one pass: what a caller wrote is
    /// never read as a template.
    pub fn fill(&self, template: &str, language: Language) -> String {
        let mut sentence = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            sentence.push_str(before);
            rest = match after.split_once('}').and_then(|(name, after)| Some((self.find(name)?, after))) {
                Some((figure, after)) => {
                    sentence.push_str(&figure.in_language(language));
                    after
                }
                None => {
                    sentence.push('{');
                    after
                }
            };
        }
        sentence.push_str(rest);
        sentence
    }

    fn find(&self, wanted: &str) -> Option<&Figure> {
        self.0.iter().find(|(name, _)| *name == wanted).map(|(_, figure)| figure)
    }
}

impl Serialize for Details {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, figure) in &self.0 {
            map.serialize_entry(name, figure)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_caller_wrote_is_no_template() {
        let details =
            Details(vec![("order_id", Figure::Text("{amount}{".to_owned())), ("amount", Figure::Number(7))]);
        let sentence = details.fill("{order_id}: {amount}, {unknown} {", Language::English);
        assert_eq!(sentence, "{amount}{: 7, {unknown} {");
    }
}
