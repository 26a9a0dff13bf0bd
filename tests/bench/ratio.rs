//! One figure beside another, and what was wanted of the two.

use crate::table::Table;
use serde::Serialize;
use std::fmt;

/// A ratio, or a figure in a unit of its own.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ratio {
    what: &'static str,
    value: f64,
    wanted: Wanted,
    is_met: bool,
}

/// What was wanted.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wanted {
    AtLeast(f64),
    AtMost(f64),
}

/// How many of the other one is.
#[expect(clippy::float_arithmetic, reason = "rates and times are no money")]
pub(crate) fn divided(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

impl Ratio {
    pub(crate) fn of(what: &'static str, value: f64, wanted: Wanted) -> Ratio {
        let is_met = match wanted {
            Wanted::AtLeast(least) => value >= least,
            Wanted::AtMost(most) => value <= most,
        };
        Ratio { what, value, wanted, is_met }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wanted::AtLeast(least) => write!(formatter, "≥ {least}"),
            Wanted::AtMost(most) => write!(formatter, "≤ {most}"),
        }
    }
}

/// All of them as a table.
pub(crate) struct Ratios<'a>(pub(crate) &'a [Ratio]);

impl fmt::Display for Ratios<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(["side by side", "is", "wanted", ""]);
        for Ratio { what, value, wanted, is_met } in self.0 {
            let verdict = if *is_met { "met" } else { "MISSED" };
            table.add([(*what).to_owned(), format!("{value:.2}"), wanted.to_string(), verdict.to_owned()]);
        }
        write!(formatter, "{table}")
    }
}
