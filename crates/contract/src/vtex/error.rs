use crate::catalogue::{Details, FieldProblem, Figure, Language, MOST_FIELDS, Problem};
use fiado_core::account::{Rejection, Status};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use utoipa::ToSchema;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, serde::Serialize, ToSchema)]
#[schema(as = Error)]
pub struct VtexError {
    /// The integer code: for ever the same for the same reason.
    #[schema(example = 1099)]
    pub code: u16,
    /// A sentence for people, in English unless Spanish is asked for.
    #[schema(example = "The Credit Account is already open.")]
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

/// A field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, ToSchema)]
pub struct WrongField {
    /// Its path: `claims.email`.
    #[schema(example = "creditLimit")]
    pub field: String,
    /// What is wrong with it, and what is expected.
    #[schema(example = "cannot be negative")]
    pub message: String,
}

impl VtexError {
    /// A problem in one language.
    pub fn new(problem: &Problem, language: Language) -> VtexError {
        let problem = as_seen(problem);
        let fields = match problem.as_ref() {
            Problem::Invalid(errors) => {
                let named = errors.iter().take(MOST_FIELDS);
                Some(named.map(|error| WrongField::from(FieldProblem::new(error, language))).collect())
            }
            _ => None,
        };
        let Details(figures) = problem.details(language);
        let is_figure = |(_, figure): &(&str, Figure)| !matches!(figure, Figure::Fields(_));
        let figures: Vec<(&'static str, Figure)> = figures.into_iter().filter(is_figure).collect();
        VtexError {
            code: problem.message().number,
            message: problem.sentence_in(language),
            fields,
            details: (!figures.is_empty()).then_some(Figures(figures)),
        }
    }
}

impl From<FieldProblem> for WrongField {
    fn from(problem: FieldProblem) -> WrongField {
        WrongField { field: problem.field, message: problem.message }
    }
}

/// The HTTP status a problem is answered with here.
pub fn status(problem: &Problem) -> u16 {
    as_seen(problem).message().vtex_status()
}

/// A problem as this face sees it: a line that was never granted is no account here (DECISIONS 2), and
/// one that has ended is a closed one; nothing but an opening is stopped by a request that waits.
pub fn as_seen(problem: &Problem) -> Cow<'_, Problem> {
    match problem {
        Problem::Rejected {
            customer,
            currency,
            rejection: Rejection::LineNotOpen { was_granted: false, .. },
        } => Cow::Owned(Problem::Rejected {
            customer: customer.clone(),
            currency: *currency,
            rejection: Rejection::AccountNotFound {},
        }),
        Problem::Rejected {
            customer,
            rejection: Rejection::LineNotOpen { current: Status::Cancelled, was_granted: true },
            ..
        } => Cow::Owned(Problem::AccountClosed { customer: customer.clone() }),
        Problem::Rejected {
            customer,
            rejection: Rejection::InvalidTransition { current: Status::Pending, target: Status::Approved },
            ..
        } => Cow::Owned(Problem::RequestWaiting { customer: customer.clone() }),
        problem => Cow::Borrowed(problem),
    }
}

/// Figures under names in this face's spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures(Vec<(&'static str, Figure)>);

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, figure) in &self.0 {
            map.serialize_entry(&spelled(name), figure)?;
        }
        map.end()
    }
}

/// `invoice_id` is `invoiceId` here; what the façade calls a customer is a credit account.
fn spelled(name: &str) -> String {
    if name == "customer_id" {
        return "creditAccountId".to_owned();
    }
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}
