//! Everything that can be refused: one code, one HTTP status, one sentence in each language.
//!
//! [`Problem`] says what went wrong, with its figures; [`Message`] is its line in the one table.
//! Codes are for ever: a code is never given another meaning, and one that is no longer used is
//! not used again. No sentence for people stands anywhere else.

mod credential;
mod faults;
mod figures;
mod messages;
mod misallocated;
mod objected;
mod problem;
mod rejected;
mod samples;
mod unread;

pub use credential::CredentialFault;
pub use faults::{FaultMessage, FieldProblem, MOST_FIELDS};
pub use figures::{Details, Figure, Word};
pub use messages::{MESSAGES, Message};
pub(crate) use misallocated::{misallocation_figures, misallocation_message};
pub(crate) use objected::{objection_figures, objection_message};
pub use problem::Problem;
pub use samples::samples;
pub use unread::Unread;

use serde::Serialize;

/// A language that is spoken here. Spanish is spoken unless English is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Español.
    #[default]
    Spanish,
    /// English.
    English,
}

impl Language {
    /// The language of an `Accept-Language` header: the first of ours by weight, the usual one where
    /// there is none (RFC 9110, section 12.5.4).
    pub fn of_header(header: Option<&str>, usual: Language) -> Language {
        let ranges = header.unwrap_or_default().split(',').filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1000), thousandths)?;
            let language = match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
                "en" => Language::English,
                "es" => Language::Spanish,
                "*" => usual,
                _ => return None,
            };
            (weight > 0).then_some((weight, language))
        });
        // Of equal weights the first written is meant, so only a greater one displaces it.
        let best = ranges.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or(usual, |(_, language)| language)
    }

    /// Its tag, for `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Spanish => "es",
            Language::English => "en",
        }
    }
}

/// A weight of up to three decimals, in thousandths.
fn thousandths(weight: &str) -> Option<u32> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let whole: u32 = whole.parse().ok()?;
    whole.checked_mul(1000)?.checked_add(fraction.parse().ok()?)
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Sentence {
    /// En español.
    pub es: String,
    /// In English.
    pub en: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_chooses_the_language_by_weight() {
        let cases = [
            (None, Language::Spanish),
            (Some(""), Language::Spanish),
            (Some("en"), Language::English),
            (Some("en-US,en;q=0.9,es;q=0.8"), Language::English),
            (Some("es-PA, en;q=0.9"), Language::Spanish),
            (Some("fr, en;q=0.5, es;q=0.7"), Language::Spanish),
            (Some("fr"), Language::Spanish),
            (Some("es;q=0, en;q=0.1"), Language::English),
            (Some("en;q=x, ,;;q"), Language::Spanish),
        ];
        for (header, expected) in cases {
            assert_eq!(Language::of_header(header, Language::Spanish), expected, "{header:?}");
        }
        for header in [None, Some("fr"), Some("*")] {
            assert_eq!(Language::of_header(header, Language::English), Language::English, "{header:?}");
        }
    }
}
