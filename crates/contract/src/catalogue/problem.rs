use super::faults::MOST_FIELDS;
use super::messages::{self, Message};
use super::{CredentialFault, Details, FieldProblem, Figure, Language, Sentence};
use crate::fields::FieldError;
use crate::json::MalformedJson;
use fiado_core::account::Rejection;
use fiado_core::calendar::Instant;
use fiado_core::money::Currency;

/// Everything that can be answered instead of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Fields that cannot be what they are.
    Invalid(Vec<FieldError>),
    /// A body that is not JSON.
    Malformed(MalformedJson),
    /// A body that does not say it is JSON.
    UnsupportedMediaType,
    /// A body that is too large.
    PayloadTooLarge {
        /// The most bytes a body may have.
        most_bytes: u64,
    },
    /// A body that did not come in time.
    BodyTimeout,
    /// No credential, or one that does not hold.
    Unauthorized(CredentialFault),
    /// A credential without the permission.
    InsufficientPermissions {
        /// What is demanded.
        required: &'static str,
        /// What the credential has.
        held: Vec<String>,
    },
    /// A token bound to another customer.
    CustomerMismatch {
        /// The customer it is bound to.
        bound_to: String,
    },
    /// No organization in the token, and none in the header.
    OrganizationRequired,
    /// Another organization in the header than in the token.
    OrganizationMismatch,
    /// An organization nobody has made.
    OrganizationUnknown {
        /// Its key.
        organization: String,
    },
    /// An address that does not exist.
    RouteNotFound,
    /// An address that does not take the method.
    MethodNotAllowed,
    /// An idempotency key with another body.
    KeyReused,
    /// An idempotency key that is still being worked on.
    KeyInProgress,
    /// A command that the account refused.
    Rejected {
        /// Whose account.
        customer: String,
        /// In what currency.
        currency: Currency,
        /// Why.
        rejection: Rejection,
    },
    /// A snapshot that is too old to preview from.
    SnapshotExpired {
        /// Until when it held.
        valid_until: Instant,
    },
    /// A fault of ours.
    Internal,
    /// The database cannot be reached.
    Unavailable,
    /// Too many requests wait.
    Overloaded {
        /// After how many seconds to try again.
        retry_after: u64,
    },
    /// The pages were not built.
    NotBuilt {
        /// What builds them.
        command: &'static str,
    },
}

impl Problem {
    /// Its line in the catalogue.
    pub fn message(&self) -> Message {
        match self {
            Problem::Invalid(_) => messages::INVALID,
            Problem::Malformed(_) => messages::MALFORMED_JSON,
            Problem::UnsupportedMediaType => messages::UNSUPPORTED_MEDIA_TYPE,
            Problem::PayloadTooLarge { .. } => messages::PAYLOAD_TOO_LARGE,
            Problem::BodyTimeout => messages::BODY_TIMEOUT,
            Problem::Unauthorized(_) => messages::UNAUTHORIZED,
            Problem::InsufficientPermissions { .. } => messages::INSUFFICIENT_PERMISSIONS,
            Problem::CustomerMismatch { .. } => messages::CUSTOMER_MISMATCH,
            Problem::OrganizationRequired => messages::ORGANIZATION_REQUIRED,
            Problem::OrganizationMismatch => messages::ORGANIZATION_MISMATCH,
            Problem::OrganizationUnknown { .. } => messages::ORGANIZATION_UNKNOWN,
            Problem::RouteNotFound => messages::ROUTE_NOT_FOUND,
            Problem::MethodNotAllowed => messages::METHOD_NOT_ALLOWED,
            Problem::KeyReused => messages::KEY_REUSED,
            Problem::KeyInProgress => messages::KEY_IN_PROGRESS,
            Problem::Rejected { rejection, .. } => rejection_message(rejection),
            Problem::SnapshotExpired { .. } => messages::SNAPSHOT_EXPIRED,
            Problem::Internal => messages::INTERNAL,
            Problem::Unavailable => messages::UNAVAILABLE,
            Problem::Overloaded { .. } => messages::OVERLOADED,
            Problem::NotBuilt { .. } => messages::NOT_BUILT,
        }
    }

    /// Its figures.
    pub fn details(&self, language: Language) -> Details {
        let text = |text: &str| Figure::Text(text.to_owned());
        Details(match self {
            Problem::Invalid(errors) => {
                let fields =
                    errors.iter().take(MOST_FIELDS).map(|error| FieldProblem::new(error, language)).collect();
                vec![("fields", Figure::Fields(fields))]
            }
            Problem::Malformed(place) => {
                let figures = [("line", place.line), ("column", place.column)];
                let field = place.field.as_ref().map(|field| ("field", text(field)));
                figures
                    .map(|(name, number)| (name, Figure::Number(number as u64)))
                    .into_iter()
                    .chain(field)
                    .collect()
            }
            Problem::PayloadTooLarge { most_bytes } => vec![("most_bytes", Figure::Number(*most_bytes))],
            Problem::Unauthorized(fault) => vec![("reason", Figure::Credential(*fault))],
            Problem::InsufficientPermissions { required, held } => {
                vec![("required", text(required)), ("user_permissions", Figure::List(held.clone()))]
            }
            Problem::CustomerMismatch { bound_to } => vec![("customer_id", text(bound_to))],
            Problem::OrganizationUnknown { organization } => vec![("organization", text(organization))],
            Problem::Rejected { customer, currency, rejection } => {
                rejection_figures(customer, *currency, rejection)
            }
            Problem::SnapshotExpired { valid_until } => vec![("valid_until", text(&valid_until.to_string()))],
            Problem::Overloaded { retry_after } => vec![("retry_after", Figure::Number(*retry_after))],
            Problem::NotBuilt { command } => vec![("command", text(command))],
            Problem::UnsupportedMediaType
            | Problem::BodyTimeout
            | Problem::OrganizationRequired
            | Problem::OrganizationMismatch
            | Problem::RouteNotFound
            | Problem::MethodNotAllowed
            | Problem::KeyReused
            | Problem::KeyInProgress
            | Problem::Internal
            | Problem::Unavailable => Vec::new(),
        })
    }

    /// Its sentence in one language.
    pub fn sentence_in(&self, language: Language) -> String {
        let message = self.message();
        let template = match language {
            Language::Spanish => message.spanish,
            Language::English => message.english,
        };
        self.details(language).fill(template, language)
    }

    /// Its sentence in both languages.
    pub fn sentence(&self) -> Sentence {
        Sentence { es: self.sentence_in(Language::Spanish), en: self.sentence_in(Language::English) }
    }
}

fn rejection_message(rejection: &Rejection) -> Message {
    match rejection {
        Rejection::AccountNotFound {} => messages::ACCOUNT_NOT_FOUND,
        Rejection::OrderConflict { .. } => messages::ORDER_CONFLICT,
        Rejection::PaymentConflict { .. } => messages::PAYMENT_CONFLICT,
        Rejection::InvalidTransition { .. } => messages::INVALID_TRANSITION,
        Rejection::LineNotOpen { .. } => messages::LINE_NOT_OPEN,
        Rejection::OwnRequest {} => messages::OWN_REQUEST,
        Rejection::LineSuspended {} => messages::LINE_SUSPENDED,
        Rejection::OverdueDebt { .. } => messages::OVERDUE_DEBT,
        Rejection::TooManyInstallments { .. } => messages::TOO_MANY_INSTALLMENTS,
        Rejection::CreditNotAvailable { .. } => messages::CREDIT_NOT_AVAILABLE,
        Rejection::DebtOutstanding { .. } => messages::DEBT_OUTSTANDING,
        Rejection::InvoiceNotOpen { .. } => messages::INVOICE_NOT_OPEN,
        Rejection::AllocationAboveInvoice { .. } => messages::ALLOCATION_ABOVE_INVOICE,
        Rejection::AllocationsAbovePayment { .. } => messages::ALLOCATIONS_ABOVE_PAYMENT,
        Rejection::TotalTooLarge { .. } => messages::TOTAL_TOO_LARGE,
    }
}

fn rejection_figures(
    customer: &str,
    currency: Currency,
    rejection: &Rejection,
) -> Vec<(&'static str, Figure)> {
    let money = |amount| Figure::money(fiado_core::money::Balance::from(amount), currency);
    let text = |text: &dyn std::fmt::Display| Figure::Text(text.to_string());
    let number = |number: u8| Figure::Number(u64::from(number));
    match rejection {
        Rejection::AccountNotFound {} => vec![("customer_id", text(&customer))],
        Rejection::OrderConflict { order, first_amount, first_installments, amount, installments } => vec![
            ("order_id", text(order)),
            ("first_amount", money(*first_amount)),
            ("first_installments", number(*first_installments)),
            ("amount", money(*amount)),
            ("installments", number(*installments)),
        ],
        Rejection::PaymentConflict { reference, first_amount, amount } => vec![
            ("payment_reference", text(reference)),
            ("first_amount", money(*first_amount)),
            ("amount", money(*amount)),
        ],
        Rejection::InvalidTransition { current, target } => vec![
            ("resource", text(&"credit_account")),
            ("current_state", Figure::Status(*current)),
            ("target_state", Figure::Status(*target)),
        ],
        Rejection::LineNotOpen { current } => vec![("current_state", Figure::Status(*current))],
        Rejection::OwnRequest {} | Rejection::LineSuspended {} => Vec::new(),
        Rejection::OverdueDebt { overdue, above, grace_days, earliest_due } => vec![
            ("overdue", money(*overdue)),
            ("above", money(*above)),
            ("grace_days", Figure::Number(u64::from(*grace_days))),
            ("earliest_due_date", text(earliest_due)),
        ],
        Rejection::TooManyInstallments { amount, installments, most } => vec![
            ("amount", money(*amount)),
            ("installments", number(installments.get())),
            ("most_installments", number(most.map_or(0, |most| most.get()))),
        ],
        Rejection::CreditNotAvailable {
            limit,
            ceiling,
            used,
            held,
            available,
            spendable,
            required,
            shortfall,
        } => vec![
            ("credit_limit", money(*limit)),
            ("credit_ceiling", Figure::money(*ceiling, currency)),
            ("credit_used", money(*used)),
            ("credit_held", money(*held)),
            ("credit_available", money(*available)),
            ("spendable", money(*spendable)),
            ("required", money(*required)),
            ("shortfall", money(*shortfall)),
        ],
        Rejection::DebtOutstanding { outstanding, held } => {
            vec![("outstanding", money(*outstanding)), ("held", money(*held))]
        }
        Rejection::InvoiceNotOpen { invoice } => vec![("invoice_id", text(invoice))],
        Rejection::AllocationAboveInvoice { invoice, left, allocated } => vec![
            ("invoice_id", text(invoice)),
            ("outstanding", money(*left)),
            ("allocated", money(*allocated)),
        ],
        Rejection::AllocationsAbovePayment { amount, allocated } => {
            vec![("amount", money(*amount)), ("allocated", money(*allocated))]
        }
        Rejection::TotalTooLarge { largest } => vec![("largest", money(*largest))],
    }
}
