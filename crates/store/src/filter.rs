use fiado_core::account::InvoiceState;
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{CustomerId, InvoiceId, OrderId};
use fiado_core::money::Amount;
use fiado_core::profile::{Document, Email, Observation};

/// Which positions of a list are wanted, from 1, both included (VTEX paging).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first, at least 1.
    pub first: u64,
    /// The last, not before the first.
    pub last: u64,
}

/// Which accounts are listed. Requests that were never granted are no accounts here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountFilter {
    /// Only open ones, or only closed ones; it holds beside the terms.
    pub open: Option<bool>,
    /// What is asked of them; nothing: all match.
    pub terms: Vec<AccountTerm>,
    /// Whether one term is enough; else all must hold.
    pub any: bool,
}

/// Something asked of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountTerm {
    /// It is open (granted, suspended or not), or it is closed.
    Open(bool),
    /// Its e-mail is this.
    Email(Email),
    /// Its document is this: its contact's, or where it has no contact, its profile's tax number.
    Document(Document),
    /// Its key is this, or it has a holder with this id.
    User(String),
}

/// Which invoices are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvoiceFilter {
    /// Only those of this account; it holds beside the terms.
    pub customer: Option<CustomerId>,
    /// What is asked of them; nothing: all match.
    pub terms: Vec<InvoiceTerm>,
    /// Whether one term is enough; else all must hold.
    pub any: bool,
}

/// Something asked of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceTerm {
    /// It is of this account.
    Customer(CustomerId),
    /// It was issued from one moment until before another.
    Issued {
        /// From then on.
        from: Option<Instant>,
        /// Before then.
        before: Option<Instant>,
    },
    /// It falls due from one day to another, both included.
    Due {
        /// From that day on.
        from: Option<Day>,
        /// Until that day.
        to: Option<Day>,
    },
    /// Its value is this.
    Value(Amount),
    /// It stands so.
    State(InvoiceState),
    /// Its friendly name is this ([`InvoiceId::friendly`]).
    Friendly(String),
    /// This was noted on it.
    Observation(Observation),
    /// Its id is this.
    Id(InvoiceId),
    /// It is of this order.
    Order(OrderId),
}

/// How many invoices match, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InvoiceTotals {
    /// The open ones.
    pub open: Total,
    /// The paid ones.
    pub paid: Total,
    /// The cancelled ones.
    pub cancelled: Total,
}

impl InvoiceTotals {
    /// Those at a state.
    pub fn of(&self, state: InvoiceState) -> Total {
        match state {
            InvoiceState::Open => self.open,
            InvoiceState::Paid => self.paid,
            InvoiceState::Cancelled => self.cancelled,
        }
    }

    pub(crate) fn of_mut(&mut self, state: InvoiceState) -> &mut Total {
        match state {
            InvoiceState::Open => &mut self.open,
            InvoiceState::Paid => &mut self.paid,
            InvoiceState::Cancelled => &mut self.cancelled,
        }
    }

    /// All of them together.
    pub fn count(&self) -> u64 {
        self.open.count.saturating_add(self.paid.count).saturating_add(self.cancelled.count)
    }
}

/// How many there are, and the sum of their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// How many.
    pub count: u64,
    /// The sum, in minor units. It may be more than an amount can be.
    pub minor: u128,
}
