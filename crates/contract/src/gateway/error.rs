use crate::catalogue::{Language, Problem};
use crate::fields::{Fault, FieldError};
use crate::vtex::{self, Figures, VtexError, WrongField};
use serde::Serialize;
use utoipa::ToSchema;

/// What the gateway says of a value that is not above zero, in whatever language is asked for: it is
/// published so, and clients know it.
const VALUE_NOT_ABOVE_ZERO: (&str, &str) = ("1", "Value must be greater than Zero");

/// Why something was not done: the gateway's `error`, and beside it what the Customer Credit face says.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GatewayError {
    /// As the gateway says it.
    pub error: ErrorBody,
    /// The integer code: for ever the same for the same reason.
    #[schema(example = 2001)]
    pub code: u16,
    /// A sentence for people, in English unless Spanish is asked for.
    #[schema(
        example = "The request is not valid: request.value must be more than zero. Correct it and send again; nothing was recorded."
    )]
    pub message: String,
    /// The fields that are wrong, the first hundred.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<WrongField>>,
    /// The figures of the sentence, by name.
    #[schema(nullable = false, value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Figures>,
}

/// Why something was not done, as the gateway says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = GatewayErrorBody)]
pub struct ErrorBody {
    /// `1` for a value that is not above zero, as it is published; else the integer code as a text.
    #[schema(example = "1")]
    pub code: String,
    /// A sentence for people.
    #[schema(example = "Value must be greater than Zero")]
    pub message: String,
    /// Always null: nothing of what happens inside is told.
    #[schema(required = true, nullable = true)]
    pub exception: Option<String>,
}

impl GatewayError {
    /// A problem in one language.
    pub fn new(problem: &Problem, language: Language) -> GatewayError {
        let VtexError { code, message, fields, details } = VtexError::new(problem, language);
        let (published, sentence) = match problem {
            Problem::Invalid(errors) if errors.iter().any(is_value_not_above_zero) => {
                let (code, sentence) = VALUE_NOT_ABOVE_ZERO;
                (code.to_owned(), sentence.to_owned())
            }
            _ => (code.to_string(), message.clone()),
        };
        let error = ErrorBody { code: published, message: sentence, exception: None };
        GatewayError { error, code, message, fields, details }
    }
}

/// The HTTP status a problem is answered with here.
pub fn status(problem: &Problem) -> u16 {
    vtex::status(problem)
}

/// Whether it is the value of a purchase, or of a payment of it, that is zero or below.
fn is_value_not_above_zero(error: &FieldError) -> bool {
    let is_value =
        error.field.strip_prefix("request.").is_some_and(|name| name == "value" || name.ends_with("].value"));
    is_value && matches!(error.fault, Fault::Zero | Fault::Negative)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(problem: &Problem, language: Language) -> String {
        serde_json::to_string(&GatewayError::new(problem, language)).unwrap()
    }

    fn invalid(field: &str, fault: Fault) -> Problem {
        Problem::Invalid(vec![
            FieldError { field: "request.x".to_owned(), fault: Fault::Missing },
            FieldError { field: field.to_owned(), fault },
        ])
    }

    #[test]
    fn a_value_that_is_not_above_zero_is_refused_as_published() {
        let published = r#"{"error":{"code":"1","message":"Value must be greater than Zero","exception":null},"code":2001,"message":""#;
        for language in [Language::English, Language::Spanish] {
            for field in ["request.value", "request.paymentDetails[3].value"] {
                for fault in [Fault::Zero, Fault::Negative] {
                    let text = text(&invalid(field, fault), language);
                    assert!(text.starts_with(published) && text.contains(field), "{text}");
                }
            }
        }
        let others = [
            ("request.value", Fault::Missing),
            ("request.value", Fault::NotANumber("5000.00")),
            ("minimumValue", Fault::Negative),
            ("request.paymentDetails[0].id", Fault::Negative),
        ];
        for (field, fault) in others {
            let error = GatewayError::new(&invalid(field, fault), Language::English);
            assert_eq!((error.error.code.as_str(), error.error.message), ("2001", error.message), "{field}");
        }
    }

    #[test]
    fn every_refusal_is_there_for_clients_of_either_face() {
        let unknown = Problem::RuleUnknown { rule: "r-1".to_owned() };
        assert_eq!(
            text(&unknown, Language::English),
            r#"{"error":{"code":"2137","message":"There is no payment rule r-1, or not any more. Use one of the ids of GET /api/pvt/rules.","exception":null},"code":2137,"message":"There is no payment rule r-1, or not any more. Use one of the ids of GET /api/pvt/rules.","details":{"ruleId":"r-1"}}"#
        );
        let full = Problem::TooManyRules { most: 1_000 };
        assert_eq!((status(&unknown), status(&full)), (404, 400));
        assert!(text(&full, Language::Spanish).contains(r#""details":{"most":1000}"#));
    }
}
