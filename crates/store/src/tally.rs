//! How many invoices stand at each state and what they come to: kept, never summed up.
//!
//! It promises that what comes and goes again leaves nothing, whatever it came to.

use crate::cells::Cells;
use crate::{InvoiceTotals, StoreError, Total};
use fiado_core::account::InvoiceState;
use fiado_core::money::Amount;

/// How totals change: what comes to them, less what goes from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// Of the open ones.
    pub(crate) open: Change,
    /// Of the paid ones.
    pub(crate) paid: Change,
    /// Of the cancelled ones.
    pub(crate) cancelled: Change,
}

/// How one total changes. Its sum stands in two halves, high × 2^32 + low, so that none can overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Change {
    pub(crate) count: i64,
    pub(crate) high: i64,
    pub(crate) low: i64,
}

impl Tally {
    /// An invoice comes to a state.
    pub(crate) fn add(&mut self, state: InvoiceState, value: Amount) {
        let minor = i64::try_from(value.minor()).unwrap_or(i64::MAX);
        self.change(state, Change { count: 1, high: minor >> 32, low: minor & 0xffff_ffff });
    }

    /// An invoice goes from a state.
    pub(crate) fn take(&mut self, state: InvoiceState, value: Amount) {
        let mut gone = Tally::default();
        gone.add(state, value);
        self.change(state, gone.of(state).negated());
    }

    /// All of these are counted no more.
    pub(crate) fn take_all(&mut self, totals: &[(InvoiceState, Change)]) {
        for (state, change) in totals {
            self.change(*state, change.negated());
        }
    }

    /// Another change comes to this one.
    pub(crate) fn join(&mut self, other: &Tally) {
        for state in InvoiceState::ALL {
            self.change(state, other.of(state));
        }
    }

    /// What has come since another.
    pub(crate) fn since(&self, before: &Tally) -> Tally {
        let mut since = *self;
        for state in InvoiceState::ALL {
            since.change(state, before.of(state).negated());
        }
        since
    }

    fn change(&mut self, state: InvoiceState, by: Change) {
        let change = match state {
            InvoiceState::Open => &mut self.open,
            InvoiceState::Paid => &mut self.paid,
            InvoiceState::Cancelled => &mut self.cancelled,
        };
        change.count = change.count.saturating_add(by.count);
        change.high = change.high.saturating_add(by.high);
        change.low = change.low.saturating_add(by.low);
    }

    pub(crate) fn of(&self, state: InvoiceState) -> Change {
        match state {
            InvoiceState::Open => self.open,
            InvoiceState::Paid => self.paid,
            InvoiceState::Cancelled => self.cancelled,
        }
    }
}

impl Change {
    fn negated(self) -> Change {
        Change {
            count: self.count.saturating_neg(),
            high: self.high.saturating_neg(),
            low: self.low.saturating_neg(),
        }
    }
}

/// A total in the next three columns.
pub(crate) fn read(cells: &mut Cells<'_>) -> Result<Total, StoreError> {
    let (count, high, low): (u64, u64, u64) = (cells.next()?, cells.next()?, cells.next()?);
    Ok(Total { count, minor: (u128::from(high) << 32).saturating_add(u128::from(low)) })
}

/// The totals in the next nine columns: of what is open, paid and cancelled.
pub(crate) fn read_all(cells: &mut Cells<'_>) -> Result<InvoiceTotals, StoreError> {
    Ok(InvoiceTotals { open: read(cells)?, paid: read(cells)?, cancelled: read(cells)? })
}

/// A change in the next three columns.
pub(crate) fn read_change(cells: &mut Cells<'_>) -> Result<Change, StoreError> {
    Ok(Change { count: cells.next()?, high: cells.next()?, low: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_and_goes_again_leaves_nothing() {
        let mut tally = Tally::default();
        let values =
            [1, 0xffff_ffff, 1 << 32, 999_999_999_999_999].map(|minor| Amount::from_minor(minor).unwrap());
        for value in values {
            tally.add(InvoiceState::Open, value);
        }
        let sum = (i128::from(tally.open.high) << 32) + i128::from(tally.open.low);
        assert_eq!(sum, values.iter().map(|value| i128::from(value.minor())).sum::<i128>());
        for value in values {
            tally.take(InvoiceState::Open, value);
        }
        assert_eq!(tally, Tally::default());
    }
}
