//! What a shop has decided about its lines: the figures that the rules take as given.

use crate::installments::DueDates;
use crate::late::LateCharges;
use crate::money::{Amount, Currency, Tolerance};
use crate::rules::Offering;
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
    /// How far a hold may grow above what was authorized first (VTEX
    /// `maxPreAuthorizationGrowthRate`).
    #[serde(default)]
    pub hold_growth: Tolerance,
    /// Whether and how far invoices may be postponed.
    #[serde(default)]
    pub postponement: Postponement,
    /// Whether a shopper nobody knows is given a line (VTEX
    /// `automaticCheckingAccountCreationEnabled`).
    #[serde(default)]
    pub automatic_opening: bool,
    /// The limit of such a line (VTEX `defaultCreditValue`); `None`: 2,000 units of currency.
    #[serde(default)]
    pub default_limit: Option<Amount>,
    /// What overdue invoices cost.
    #[serde(default)]
    pub late_charges: LateCharges,
    /// When purchases fall due; where nothing is said, every term, on any day (DECISIONS 9).
    #[serde(default)]
    pub due_dates: DueDates,
    /// What is offered on account. A store keeps the rules in rows of their own; whoever loads the
    /// policy puts them in.
    #[serde(skip)]
    pub offering: Offering,
}

/// Whether and how far the shop lets invoices be postponed (VTEX store configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Postponement {
    /// Whether at all (`postponementEnabled`).
    pub enabled: bool,
    /// How many times one invoice may be (`invoicePostponementLimit`).
    pub most_times: u16,
    /// By how many days in total (`maxPostponementDays`).
    pub most_days: u16,
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
        Policy {
            currency,
            tolerance_enabled: true,
            least_request: currency.units(1_000),
            largest_request: currency.units(100_000),
            own_request_approval: false,
            overdue_stop: None,
            hold_growth: Tolerance::NONE,
            postponement: Postponement::default(),
            automatic_opening: false,
            default_limit: None,
            late_charges: LateCharges::default(),
            due_dates: DueDates::default(),
            offering: Offering::default(),
        }
    }

    /// The limit of a line that is opened by itself.
    pub fn automatic_limit(&self) -> Amount {
        self.default_limit.unwrap_or(self.currency.units(2_000))
    }
}
