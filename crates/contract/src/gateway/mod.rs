//! The face of VTEX's payments gateway: bodies and queries in, answers out (`/api/pvt/…`).
//!
//! A rule is read into what decides by it and kept as it was written: [`RuleDocument`] gives it back
//! to the letter, what no decision asks for as well. Bodies and queries are read as on the Customer
//! Credit face: unknown fields are let be, null is absence, and every number may be a text. Numbers
//! are answered as short as they are, and a refusal has the gateway's shape and the Customer Credit
//! face's at once, so that clients of either read it.

mod document;
mod error;
mod installments;
mod rule;
mod view;

pub use document::{RuleDocument, UnreadableRule, read_stored};
pub use error::{ErrorBody, GatewayError, status};
pub use installments::{
    InstallmentsAnswer, InstallmentsQuery, OptionView, PaymentDetail, PaymentOptionView, PaymentView,
    Reference, SystemInstallments,
};
pub use view::{
    ConditionView, ConnectorView, CountryView, DeadlineView, InstallmentOptionsView, IntervalView, NamedView,
    QuantityView, RuleView, SalesChannelView, SystemView, TermView,
};

use fiado_core::identity::TextError;

/// The most characters of a sales channel's id.
pub(crate) const LONGEST_CHANNEL: usize = 100;

/// Reads a text that is kept as it was written: not empty, on one line, of so many characters at most.
pub(crate) fn plain(longest: usize) -> impl FnMut(String) -> Result<String, TextError> {
    move |text| {
        if text.trim().is_empty() {
            Err(TextError::Empty)
        } else if text.chars().count() > longest {
            Err(TextError::TooLong)
        } else if text.chars().any(char::is_control) {
            Err(TextError::Forbidden)
        } else {
            Ok(text)
        }
    }
}
