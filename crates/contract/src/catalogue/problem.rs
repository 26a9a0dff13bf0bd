use super::messages::{self, Message};
use super::misallocated::misallocation_message;
use super::objected::objection_message;
use super::rejected::rejection_figures;
use super::{CredentialFault, Details, Figure, Language, Sentence, unread};
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
    /// An address with an id of a form that is never given.
    IdUnknown {
        /// Which part of the address.
        parameter: &'static str,
    },
    /// An address that does not take the method.
    MethodNotAllowed,
    /// An idempotency key with another body.
    KeyReused,
    /// An idempotency key that is still being worked on.
    KeyInProgress,
    /// An operation that was left out because another one of its request could not be done.
    NotCarriedOut {
        /// The place of the other one in the request, from 0.
        because_of: usize,
    },
    /// A command that the account refused.
    Rejected {
        /// Whose account.
        customer: String,
        /// In what currency.
        currency: Currency,
        /// Why.
        rejection: Rejection,
    },
    /// An e-mail of nobody who may buy on account.
    ShopperUnknown,
    /// An account that has ended, in the words of VTEX's face.
    AccountClosed {
        /// Whose it was.
        customer: String,
    },
    /// An account that is not opened because a request for it waits, in the words of VTEX's face.
    RequestWaiting {
        /// Whose it is.
        customer: String,
    },
    /// A payment rule that is not there.
    RuleUnknown {
        /// Its id, as it was asked for.
        rule: String,
    },
    /// A payment rule more than a shop may have.
    TooManyRules {
        /// How many it may have.
        most: u64,
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
    pub fn message(&self) -> &'static Message {
        match self {
            Problem::Invalid(_) => &messages::INVALID,
            Problem::Malformed(_) => &messages::MALFORMED_JSON,
            Problem::UnsupportedMediaType => &messages::UNSUPPORTED_MEDIA_TYPE,
            Problem::PayloadTooLarge { .. } => &messages::PAYLOAD_TOO_LARGE,
            Problem::BodyTimeout => &messages::BODY_TIMEOUT,
            Problem::Unauthorized(_) => &messages::UNAUTHORIZED,
            Problem::InsufficientPermissions { .. } => &messages::INSUFFICIENT_PERMISSIONS,
            Problem::CustomerMismatch { .. } => &messages::CUSTOMER_MISMATCH,
            Problem::OrganizationRequired => &messages::ORGANIZATION_REQUIRED,
            Problem::OrganizationMismatch => &messages::ORGANIZATION_MISMATCH,
            Problem::OrganizationUnknown { .. } => &messages::ORGANIZATION_UNKNOWN,
            Problem::RouteNotFound => &messages::ROUTE_NOT_FOUND,
            Problem::IdUnknown { .. } => &messages::ID_UNKNOWN,
            Problem::MethodNotAllowed => &messages::METHOD_NOT_ALLOWED,
            Problem::KeyReused => &messages::KEY_REUSED,
            Problem::KeyInProgress => &messages::KEY_IN_PROGRESS,
            Problem::NotCarriedOut { .. } => &messages::NOT_CARRIED_OUT,
            Problem::Rejected { rejection, .. } => rejection_message(rejection),
            Problem::ShopperUnknown => &messages::SHOPPER_UNKNOWN,
            Problem::AccountClosed { .. } => &messages::ACCOUNT_CLOSED,
            Problem::RequestWaiting { .. } => &messages::REQUEST_WAITING,
            Problem::RuleUnknown { .. } => &messages::RULE_UNKNOWN,
            Problem::TooManyRules { .. } => &messages::TOO_MANY_RULES,
            Problem::SnapshotExpired { .. } => &messages::SNAPSHOT_EXPIRED,
            Problem::Internal => &messages::INTERNAL,
            Problem::Unavailable => &messages::UNAVAILABLE,
            Problem::Overloaded { .. } => &messages::OVERLOADED,
            Problem::NotBuilt { .. } => &messages::NOT_BUILT,
        }
    }

    /// Its figures.
    pub fn details(&self, language: Language) -> Details {
        let text = |text: &str| Figure::Text(text.to_owned());
        Details(match self {
            Problem::Invalid(errors) => unread::wrong_fields(errors, language),
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
            Problem::Unauthorized(fault) => vec![("reason", Figure::word(*fault))],
            Problem::InsufficientPermissions { required, held } => {
                vec![("required", text(required)), ("user_permissions", Figure::List(held.clone()))]
            }
            Problem::NotCarriedOut { because_of } => {
                vec![("operation", Figure::Text(format!("operations[{because_of}]")))]
            }
            Problem::IdUnknown { parameter } => vec![("parameter", text(parameter))],
            Problem::CustomerMismatch { bound_to } => vec![("customer_id", text(bound_to))],
            Problem::OrganizationUnknown { organization } => vec![("organization", text(organization))],
            Problem::Rejected { customer, currency, rejection } => {
                rejection_figures(customer, *currency, rejection)
            }
            Problem::AccountClosed { customer } | Problem::RequestWaiting { customer } => {
                vec![("customer_id", text(customer))]
            }
            Problem::RuleUnknown { rule } => vec![("rule_id", text(rule))],
            Problem::TooManyRules { most } => vec![("most", Figure::Number(*most))],
            Problem::SnapshotExpired { valid_until } => unread::expired(*valid_until),
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
            | Problem::ShopperUnknown
            | Problem::Internal
            | Problem::Unavailable => Vec::new(),
        })
    }

    /// Its sentence in one language.
    pub fn sentence_in(&self, language: Language) -> String {
        self.details(language).fill(self.message(), language)
    }

    /// Its sentence in both languages.
    pub fn sentence(&self) -> Sentence {
        Sentence { es: self.sentence_in(Language::Spanish), en: self.sentence_in(Language::English) }
    }
}

fn rejection_message(rejection: &Rejection) -> &'static Message {
    match rejection {
        Rejection::AccountNotFound {}
        | Rejection::LineNotOpen { .. }
        | Rejection::PlanNotOffered { .. }
        | Rejection::LineSuspended {}
        | Rejection::OverdueDebt { .. }
        | Rejection::TooManyInstallments { .. }
        | Rejection::CreditNotAvailable { .. }
        | Rejection::TotalTooLarge { .. } => {
            rejection.objection().as_ref().map_or(&messages::INTERNAL, objection_message)
        }
        Rejection::TransactionNotFound { .. } => &messages::TRANSACTION_NOT_FOUND,
        Rejection::InvoiceNotFound { .. } => &messages::INVOICE_NOT_FOUND,
        Rejection::HolderNotFound { .. } => &messages::HOLDER_NOT_FOUND,
        Rejection::OrderConflict { .. } => &messages::ORDER_CONFLICT,
        Rejection::PaymentConflict { .. } => &messages::PAYMENT_CONFLICT,
        Rejection::StatementConflict { .. } => &messages::STATEMENT_CONFLICT,
        Rejection::AlreadyOpen {} => &messages::ALREADY_OPEN,
        Rejection::InvalidTransition { .. } => &messages::INVALID_TRANSITION,
        Rejection::OwnRequest {} => &messages::OWN_REQUEST,
        Rejection::HoldEnded { .. } => &messages::HOLD_ENDED,
        Rejection::HoldFirm { .. } => &messages::HOLD_FIRM,
        Rejection::ExpirationPassed { .. } => &messages::EXPIRATION_PASSED,
        Rejection::NoOpenInvoice { .. } => &messages::NO_OPEN_INVOICE,
        Rejection::GrowthTooLarge { .. } => &messages::GROWTH_TOO_LARGE,
        Rejection::InvoiceResolved { .. } => &messages::INVOICE_RESOLVED,
        Rejection::PostponementDisabled {} => &messages::POSTPONEMENT_DISABLED,
        Rejection::PostponedTooOften { .. } => &messages::POSTPONED_TOO_OFTEN,
        Rejection::PostponedTooFar { .. } => &messages::POSTPONED_TOO_FAR,
        Rejection::PlanChanged { current: Some(_), .. } => &messages::PLAN_CHANGED,
        Rejection::PlanChanged { current: None, .. } => &messages::PLAN_WITHDRAWN,
        Rejection::SettlementBelowPaid { .. } => &messages::SETTLEMENT_BELOW_PAID,
        Rejection::RefundTooLarge { .. } => &messages::REFUND_TOO_LARGE,
        Rejection::DebtOutstanding { .. } => &messages::DEBT_OUTSTANDING,
        Rejection::InvoiceNotOpen { .. }
        | Rejection::AllocationAboveInvoice { .. }
        | Rejection::AllocationsAbovePayment { .. } => {
            rejection.misallocation().as_ref().map_or(&messages::INTERNAL, misallocation_message)
        }
    }
}
