//! What a shop has decided about its lines: the figures that the rules take as given.

use crate::money::{Amount, Currency};
use serde::{Deserialize, Serialize};

/// The rules of one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The one currency of its accounts.
    pub currency: Currency,
    /// Whether a line's tolerance counts (VTEX `toleranceEnabled`; DECISIONS 3: true).
    pub tolerance_enabled: bool,
    /// The least limit that may be asked for (façade family: 1,000.00).
    pub least_request: Amount,
    /// The largest limit that may be asked for (façade family: 100,000.00).
    pub largest_request: Amount,
    /// Whether whoever asked for a line may approve it. No, unless the shop says so.
    pub own_request_approval: bool,
    /// When overdue debt stops new purchases; `None`: never.
    pub overdue_stop: Option<OverdueStop>,
}

/// Overdue debt stops new purchases when it is more than a few cents for longer than a few days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueStop {
    /// Overdue debt up to this much is let pass.
    pub above: Amount,
    /// An invoice counts when it is overdue for more days than this: with 0, from the day after its
    /// due day.
    pub grace_days: u16,
}

impl Policy {
    /// What a new organization starts with (DECISIONS 3), in its currency.
    pub fn usual(currency: Currency) -> Policy {
        let units = |units: u64| {
            let minor = 10_u64.saturating_pow(currency.decimals()).saturating_mul(units);
            Amount::from_minor(minor).unwrap_or(Amount::LARGEST)
        };
        Policy {
            currency,
            tolerance_enabled: true,
            least_request: units(1_000),
            largest_request: units(100_000),
            own_request_approval: false,
            overdue_stop: None,
        }
    }
}
