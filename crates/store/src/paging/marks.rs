//! What the lists of an account and of an organization are ordered by.

use super::{Mark, Walk};
use crate::cells::Cells;
use crate::{EntryRecord, StoreError};
use fiado_core::account::{Invoice, Usage};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{CustomerId, InvoiceId, TransactionId};

/// The mark of lists that run from the newest entry to the oldest: its sequence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BySequence(pub(crate) u64);

impl BySequence {
    /// Reads an entry with its mark: sequence, body, link, remark, and which life it is of.
    pub(crate) fn with_entry(cells: &mut Cells<'_>) -> Result<(BySequence, EntryRecord), StoreError> {
        let mark = BySequence(cells.next()?);
        let (entry, hash, remark) = (cells.next_json()?, cells.next()?, cells.next()?);
        Ok((mark, EntryRecord { entry, life: cells.next()?, hash, remark }))
    }
}

impl Mark for BySequence {
    fn start() -> BySequence {
        BySequence(u64::MAX)
    }

    fn write(&self) -> String {
        self.0.to_string()
    }

    fn read(text: &str) -> Option<BySequence> {
        text.parse().ok().map(BySequence)
    }
}

/// Oldest request first, then by customer.
pub(crate) struct ByRequest {
    pub(crate) requested_at: i64,
    pub(crate) customer: String,
}

impl Mark for ByRequest {
    fn start() -> ByRequest {
        ByRequest { requested_at: i64::MIN, customer: String::new() }
    }

    fn write(&self) -> String {
        format!("{}|{}", self.requested_at, self.customer)
    }

    fn read(text: &str) -> Option<ByRequest> {
        let (requested_at, customer) = text.split_once('|')?;
        Some(ByRequest {
            requested_at: Instant::from_microseconds(requested_at.parse().ok()?)?.microseconds(),
            customer: CustomerId::new(customer).ok()?.as_str().to_owned(),
        })
    }
}

/// In the order payments reach invoices.
pub(crate) struct ByDueDay {
    pub(crate) due_day: i32,
    pub(crate) transaction: String,
    pub(crate) installment: u8,
}

impl ByDueDay {
    pub(crate) fn of(invoice: &Invoice) -> ByDueDay {
        ByDueDay {
            due_day: invoice.due.days_since_epoch(),
            transaction: invoice.id.transaction.as_str().to_owned(),
            installment: invoice.id.installment,
        }
    }
}

impl Mark for ByDueDay {
    fn start() -> ByDueDay {
        ByDueDay { due_day: i32::MIN, transaction: String::new(), installment: 0 }
    }

    fn write(&self) -> String {
        format!("{}|{}-{:02}", self.due_day, self.transaction, self.installment)
    }

    fn read(text: &str) -> Option<ByDueDay> {
        let (due_day, id) = text.split_once('|')?;
        let id = InvoiceId::parse(id)?;
        Some(ByDueDay {
            due_day: Day::from_days_since_epoch(due_day.parse().ok()?)?.days_since_epoch(),
            transaction: id.transaction.as_str().to_owned(),
            installment: id.installment,
        })
    }
}

/// In the order purchases were made.
pub(crate) struct ByTime {
    pub(crate) used_at: i64,
    pub(crate) transaction: String,
}

impl ByTime {
    pub(crate) fn of(usage: &Usage) -> ByTime {
        ByTime { used_at: usage.used_at.microseconds(), transaction: usage.transaction.as_str().to_owned() }
    }
}

impl Mark for ByTime {
    fn start() -> ByTime {
        ByTime { used_at: i64::MAX, transaction: String::new() }
    }

    fn write(&self) -> String {
        format!("{}@{}", self.used_at, self.transaction)
    }

    fn read(text: &str) -> Option<ByTime> {
        let (used_at, transaction) = text.split_once('@')?;
        Some(ByTime {
            used_at: Instant::from_microseconds(used_at.parse().ok()?)?.microseconds(),
            transaction: TransactionId::new(transaction).ok()?.as_str().to_owned(),
        })
    }
}

/// Newest entry first, and its last line first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByLine {
    pub(crate) sequence: u64,
    pub(crate) line: u32,
}

impl ByLine {
    /// Whether whoever walks on from a mark comes to this one.
    pub(crate) fn is_beyond(&self, from: &ByLine, walk: Walk) -> bool {
        match walk {
            Walk::Up => self > from,
            Walk::Down => self < from,
        }
    }
}

impl Mark for ByLine {
    fn start() -> ByLine {
        ByLine { sequence: u64::MAX, line: u32::MAX }
    }

    fn write(&self) -> String {
        format!("{}|{}", self.sequence, self.line)
    }

    fn read(text: &str) -> Option<ByLine> {
        let (sequence, line) = text.split_once('|')?;
        Some(ByLine { sequence: sequence.parse().ok()?, line: line.parse().ok()? })
    }
}
