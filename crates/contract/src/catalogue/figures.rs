use super::{CredentialFault, FieldProblem, Language, Message};
use crate::Money;
use crate::facade::PlanView;
use fiado_core::account::{HoldState, InvoiceState, PlanChoice, Status};
use fiado_core::money::{Balance, Currency};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt::Display;

/// A figure of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Money; with its currency where people read it.
    Money(Money, Currency),
    /// A whole number.
    Number(u64),
    /// A text as it was given.
    Text(String),
    /// A word of ours, which people read in their language.
    Word(Word),
    /// Several texts.
    List(Vec<String>),
    /// A plan; with its currency where people read it.
    Plan(Box<PlanView>, Currency),
    /// Which plan was asked for.
    Choice(PlanChoice),
    /// Wrong fields.
    Fields(Vec<FieldProblem>),
}

impl Figure {
    /// Money in this currency.
    pub fn money(value: impl Into<Balance>, currency: Currency) -> Figure {
        Figure::Money(Money::new(value, currency), currency)
    }

    /// A whole number.
    pub(super) fn number(number: impl Into<u64>) -> Figure {
        Figure::Number(number.into())
    }

    /// A text as it is written.
    pub(super) fn text(text: &dyn Display) -> Figure {
        Figure::Text(text.to_string())
    }

    /// One of our words.
    pub(super) fn word(word: impl Into<Word>) -> Figure {
        Figure::Word(word.into())
    }

    /// As people read it.
    pub fn in_language(&self, language: Language) -> String {
        match self {
            Figure::Money(money, currency) => format!("{money} {}", currency.code()),
            Figure::Number(number) => number.to_string(),
            Figure::Text(text) => text.clone(),
            Figure::Word(word) => word.in_language(language).to_owned(),
            Figure::List(texts) => texts.join(", "),
            Figure::Plan(plan, currency) => plan_sentence(plan, *currency, language),
            Figure::Choice(choice) => choice_sentence(choice, language),
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

/// How many parts, what they add up to, and when the first falls due.
fn plan_sentence(plan: &PlanView, currency: Currency, language: Language) -> String {
    let currency = currency.code();
    let PlanView { installments, total, parts, .. } = plan;
    let first = parts.first().map_or("", |part| part.due_date.as_str());
    match language {
        Language::Spanish => {
            format!("{installments} cuota(s) que suman {total} {currency}, la primera el {first}")
        }
        Language::English => {
            format!("{installments} installment(s) adding up to {total} {currency}, the first due on {first}")
        }
    }
}

fn choice_sentence(choice: &PlanChoice, language: Language) -> String {
    let word = choice_word(choice);
    match (choice, language) {
        (PlanChoice::Installments(_), Language::Spanish) => format!("en {word} cuota(s)"),
        (PlanChoice::Installments(_), Language::English) => format!("in {word} installment(s)"),
        (PlanChoice::Days(_), Language::Spanish) => format!("a {word} días"),
        (PlanChoice::Days(_), Language::English) => format!("after {word} days"),
        (PlanChoice::Plan(_), _) => word,
    }
}

/// `3`, `15-30`, or the id.
fn choice_word(choice: &PlanChoice) -> String {
    match choice {
        PlanChoice::Installments(count) => count.get().to_string(),
        PlanChoice::Days(days) => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            days.join("-")
        }
        PlanChoice::Plan(id) => id.to_string(),
    }
}

/// A word with its code, which stays, and how people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    code: &'static str,
    spanish: &'static str,
    english: &'static str,
}

impl Word {
    fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
        }
    }

    /// One whose code is English.
    const fn named(code: &'static str, spanish: &'static str) -> Word {
        Word { code, spanish, english: code }
    }
}

impl From<Status> for Word {
    fn from(status: Status) -> Word {
        let spanish = match status {
            Status::Pending => "pendiente",
            Status::Rejected => "rechazada",
            Status::Approved => "aprobada",
            Status::Suspended => "suspendida",
            Status::Cancelled => "cancelada",
        };
        Word::named(status.word(), spanish)
    }
}

impl From<HoldState> for Word {
    fn from(state: HoldState) -> Word {
        let spanish = match state {
            HoldState::Held => "vigente",
            HoldState::Settled => "liquidada",
            HoldState::Released => "liberada",
            HoldState::Expired => "vencida",
        };
        Word::named(state.word(), spanish)
    }
}

impl From<InvoiceState> for Word {
    fn from(state: InvoiceState) -> Word {
        let spanish = match state {
            InvoiceState::Open => "abierta",
            InvoiceState::Paid => "pagada",
            InvoiceState::Cancelled => "cancelada",
        };
        Word::named(state.word(), spanish)
    }
}

impl From<CredentialFault> for Word {
    fn from(fault: CredentialFault) -> Word {
        let (spanish, english) = fault.words();
        Word { code: fault.code(), spanish, english }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Figure::Money(money, _) => money.serialize(serializer),
            Figure::Number(number) => number.serialize(serializer),
            Figure::Text(text) => text.serialize(serializer),
            Figure::Word(word) => word.code.serialize(serializer),
            Figure::List(texts) => texts.serialize(serializer),
            Figure::Plan(plan, _) => plan.serialize(serializer),
            Figure::Choice(choice) => choice_word(choice).serialize(serializer),
            Figure::Fields(fields) => fields.serialize(serializer),
        }
    }
}

/// Figures by name, in order.
pub(super) type Figures = Vec<(&'static str, Figure)>;

/// The figures of a problem by name, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details(pub Figures);

impl Details {
    /// A message's sentence with each `{name}` replaced by its figure.
    pub fn fill(&self, message: &Message, language: Language) -> String {
        self.fill_template(message.in_language(language), language)
    }

    /// In one pass: what a caller wrote is never read as a template.
    fn fill_template(&self, template: &str, language: Language) -> String {
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
        let sentence = details.fill_template("{order_id}: {amount}, {unknown} {", Language::English);
        assert_eq!(sentence, "{amount}{: 7, {unknown} {");
    }
}
