//! Why a question cannot be answered from what was handed over: all that a preview may say instead of
//! an answer.

use super::faults::MOST_FIELDS;
use super::figures::Figures;
use super::messages::{self, Message};
use super::{FieldProblem, Figure, Language, Problem};
use crate::fields::FieldError;
use fiado_core::calendar::Instant;

/// Why there is no answer. Each is the [`Problem`] of its name: a type of its own, so that a browser
/// carries no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// Fields that cannot be what they are.
    Invalid(Vec<FieldError>),
    /// A snapshot that is too old to preview from.
    SnapshotExpired {
        /// Until when it held.
        valid_until: Instant,
    },
}

impl Unread {
    /// Its line in the catalogue.
    pub(crate) fn message(&self) -> &'static Message {
        match self {
            Unread::Invalid(_) => &messages::INVALID,
            Unread::SnapshotExpired { .. } => &messages::SNAPSHOT_EXPIRED,
        }
    }

    /// Its figures.
    pub(crate) fn figures(&self, language: Language) -> Figures {
        match self {
            Unread::Invalid(errors) => wrong_fields(errors, language),
            Unread::SnapshotExpired { valid_until } => expired(*valid_until),
        }
    }
}

/// The wrong fields, as many as are named.
pub(super) fn wrong_fields(errors: &[FieldError], language: Language) -> Figures {
    let fields = errors.iter().take(MOST_FIELDS).map(|error| FieldProblem::new(error, language)).collect();
    vec![("fields", Figure::Fields(fields))]
}

/// Until when a snapshot held.
pub(super) fn expired(valid_until: Instant) -> Figures {
    vec![("valid_until", Figure::text(&valid_until))]
}

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Problem {
        match unread {
            Unread::Invalid(errors) => Problem::Invalid(errors),
            Unread::SnapshotExpired { valid_until } => Problem::SnapshotExpired { valid_until },
        }
    }
}
